from __future__ import annotations

from dataclasses import replace

import pytest

from bot import sentences, talk
from bot.answer import Answer, Citation, Status, UrgentHelp
from bot.composing import ASK_AGAIN, NEAREST, OPEN, answer_post, broken_post
from bot.highlight import Piece
from bot.posts import Block, Button, Buttons, Cited, Contacts, Folded, Quote, Text, Tone
from corpus.directory import Contact
from corpus.model import Grade

POLICE = Contact(name="警察", number="110")
FRESC = Contact(name="FRESC", number="0570-011000")


def _citation(rank: int) -> Citation:
    return Citation(
        rank=rank,
        score=1.0 / rank,
        pieces=(Piece(f"文章{rank}"),),
        grade=Grade.GUIDE,
        source="book",
        title="手引き",
        publisher="入管庁",
        edition="第8版",
        section_id=f"ch01.{rank}",
        section=("在留", f"{rank}節"),
        page=rank,
        url="https://example.org",
        notices=("案です。",),
        unconfirmed=True,
    )


ANSWERED = Answer(
    question="個人の質問",
    status=Status.ANSWERED,
    headline=sentences.HEADLINE_CERTAIN,
    word=sentences.CERTAIN,
    urgent=UrgentHelp("すぐに110番へ", (POLICE,)),
    citations=tuple(map(_citation, range(1, 11))),
    contacts=(FRESC,),
    remarks=("備考1", "備考2"),
    prefecture="東京都",
)
NOT_FOUND = replace(
    ANSWERED, status=Status.NOT_FOUND, headline=sentences.HEADLINE_NOT_FOUND, word="", next_step="担当官へ", urgent=None
)


def _kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [block.kind for block in blocks]


def test_an_answer_stands_in_the_order_in_which_it_must_be_read() -> None:
    post = answer_post(ANSWERED, "e1", notice="古い資料です", quoted=True)
    assert _kinds(post.blocks) == [
        *("text", "contacts", "quote", "text", "text", "text", "text"),
        *("cited", "cited", "cited", "folded", "contacts", "buttons"),
    ]
    assert post.blocks[0] == Text("すぐに110番へ", Tone.URGENT)
    assert post.blocks[1] == Contacts(talk.CALL_NOW, (POLICE,))
    assert post.blocks[2] == Quote("個人の質問")
    assert post.blocks[3] == Text(f"【確実】{sentences.HEADLINE_CERTAIN}", Tone.HEADING)
    assert [block.text for block in post.blocks[4:7] if isinstance(block, Text)] == ["古い資料です", "備考1", "備考2"]
    assert Contacts("連絡先（東京都）", (FRESC,)) in post.blocks


def test_every_citation_stands_in_an_answer_with_all_its_notices() -> None:
    post = answer_post(ANSWERED, "e1")
    cited = [block.citation for block in post.blocks if isinstance(block, Cited)]
    folded = [block for block in post.blocks if isinstance(block, Folded)]
    inside = [one.citation for block in folded for one in block.blocks if isinstance(one, Cited)]
    assert len(cited) == OPEN
    assert (*cited, *inside) == ANSWERED.citations
    assert folded[0].title == "ほかの箇所（7件）"


def test_few_citations_are_not_folded() -> None:
    post = answer_post(replace(ANSWERED, citations=ANSWERED.citations[:OPEN]), "e1")
    assert not any(isinstance(block, Folded) for block in post.blocks)


def test_where_nothing_was_found_the_nearest_sections_are_named_and_no_passage_is_shown() -> None:
    post = answer_post(NOT_FOUND, "e1")
    assert _kinds(post.blocks) == ["text", "text", "text", "text", "contacts", "text", "buttons"]
    assert not any(isinstance(block, Cited | Folded) for block in post.blocks)
    nearest = post.blocks[-2]
    assert isinstance(nearest, Text)
    assert nearest.text.splitlines()[:2] == [sentences.NEAREST, "・在留 › 1節（手引き 第8版 ch01.1 p.1）"]
    assert len(nearest.text.splitlines()) == 1 + NEAREST
    assert Text("担当官へ") in post.blocks


@pytest.mark.parametrize("answer", [ANSWERED, NOT_FOUND])
def test_the_summary_holds_nothing_of_what_the_person_wrote(answer: Answer) -> None:
    post = answer_post(answer, "e1", quoted=True)
    assert answer.headline in post.summary
    assert answer.question not in post.summary
    assert (POLICE.number in post.summary) == bool(answer.urgent)


def test_it_can_be_asked_again_from_the_answer() -> None:
    last = answer_post(ANSWERED, "e1").blocks[-1]
    again = Button(action=ASK_AGAIN, label=talk.ASK_AGAIN, value="e1", opens_form=True)
    assert last == Buttons((again,))


def test_what_broke_is_said_with_a_number_to_call() -> None:
    post = broken_post((FRESC,), "個人の質問")
    assert post.blocks[0] == Quote("個人の質問")
    assert Contacts(talk.CONTACTS, (FRESC,)) in post.blocks
    assert post.summary == sentences.BROKEN
    assert "quote" not in _kinds(broken_post((FRESC,)).blocks)
