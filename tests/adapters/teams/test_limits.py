"""Cards fit into what Teams takes, and what was cut can be seen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.teams import limits
from adapters.teams.rendering import render, render_card
from bot import labels
from bot.highlight import Piece
from bot.posts import Block, Button, Buttons, Cited, Contacts, Document, Folded, Post, Quote, Text, Tone
from tests.adapters.teams.samples import check, citation, contact, counterpart, seen

words = st.text(st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0x2FFFF), max_size=60)
long = st.builds(lambda text, times: text * times, words, st.integers(0, 40))
names = words.map(lambda text: f"名{text.strip()}")
citations = st.builds(
    lambda text, section, notices, page, counterparts, url: citation(
        pieces=(Piece(text), Piece("答え。", answering=True)),
        section=(section,),
        notices=notices,
        page=page,
        counterparts=counterparts,
        url=url,
    ),
    long,
    names,
    st.lists(names, max_size=2).map(tuple),
    st.none() | st.integers(1, 300),
    st.sampled_from(((), (counterpart(),))),
    st.sampled_from(("", "https://www.example.go.jp/guide.pdf")),
)
numbers = st.from_regex(r"0[1-9]{1,3}-[0-9]{2,4}-[0-9]{4}", fullmatch=True)
contacts = st.builds(lambda number, name: contact(number=number, name=name), numbers, names)
simple = st.one_of(
    st.builds(Text, long, st.just(Tone.PLAIN)),
    st.builds(Text, names, st.sampled_from([Tone.NOTE, Tone.URGENT, Tone.HEADING])),
    st.builds(Quote, long, words),
    st.builds(Cited, citations),
    st.builds(Contacts, names, st.lists(contacts, min_size=1, max_size=3).map(tuple)),
)
blocks = st.one_of(
    simple,
    st.builds(Folded, names, st.lists(simple, max_size=3).map(tuple)),
    st.builds(Document, names, st.just("0" * 32), st.sampled_from(("", "https://madoguchi.example/sheets/1"))),
    st.just(Buttons((Button(action="refer", label="担当官に照会"),))),
)
posts = st.lists(blocks, min_size=1, max_size=6)


def kept(block: Block) -> list[str]:  # noqa: PLR0911 - one for each kind of block
    """What must be seen of a block however long its message is."""
    match block:
        case Cited():
            one = block.citation
            links = [url for _, url in labels.links(one)]
            return [
                labels.heading(one),
                labels.source(one),
                *one.notices,
                *links,
                *map(labels.counterpart, one.counterparts),
            ]
        case Contacts():
            return [each for one in block.contacts for each in (one.number, one.name, labels.details(one))]
        case Text(tone=Tone.NOTE | Tone.URGENT):
            return [block.text]
        case Folded():
            return [block.title, *(each for inner in block.blocks for each in kept(inner))]
        case Buttons():
            return [button.label for button in block.buttons]
        case Document():
            return [block.title, labels.OPEN_FILE if block.address else labels.NO_FILE]
        case _:
            return []


def lines(texts: list[str]) -> list[str]:
    return [line for text in texts for line in text.split("\n") if line.strip()]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(posts)
def test_any_post_fits_and_keeps_notices_numbers_editions_and_pages(made: list[Block]) -> None:
    card = render_card(Post(blocks=tuple(made), summary="要旨"), "0" * 32)
    check(card)
    assert limits.size(card) <= limits.CARD_BYTES
    text = seen(card)
    missing = [line for block in made for line in lines(kept(block)) if line not in text]
    assert missing == []


def test_a_long_post_keeps_all_and_cuts_passages_visibly() -> None:
    cited = [Cited(citation(pieces=(Piece(f"{n}番の文章です。" * 300),), page=n)) for n in range(1, 9)]
    card = render_card(Post(blocks=tuple(cited), summary="要旨"))
    assert limits.CARD_BYTES // 4 < limits.size(card) <= limits.CARD_BYTES
    assert seen(card).count(labels.CONTINUED) == 8
    assert all(f"p.{n}（" in seen(card) for n in range(1, 9))


def test_what_has_no_room_at_all_is_named_and_help_is_left_out_last() -> None:
    cited = [Cited(citation(page=n, section=(f"第{n}節",))) for n in range(1, 200)]
    help_first = (Text("すぐに110番へ電話してください。", Tone.URGENT), Contacts("連絡先", (contact(),)))
    post = Post(blocks=(*help_first, *cited, Text("次にすること")), summary="要旨")
    card = render_card(post, "0" * 32)
    assert limits.size(card) <= limits.CARD_BYTES
    text = seen(card)
    assert "すぐに110番へ電話してください。" in text
    assert "011-261-7502" in text
    assert "第1節" in text
    assert "長すぎるため、次の内容は表示していません" in text


@pytest.mark.parametrize("block", [Text("注" * 50_000, Tone.NOTE), Contacts("連絡先", (contact(),) * 500)])
def test_even_what_is_never_cut_cannot_break_the_limit(block: Block) -> None:
    card = render_card(Post(blocks=(block, Text("以上")), summary="要" * 50_000))
    assert limits.size(card) <= limits.CARD_BYTES
    assert "長すぎるため" in seen(card)


def test_a_summary_is_short_enough_for_a_notification() -> None:
    message: dict[str, Any] = render(Post(blocks=(Text("x"),), summary="要" * 5000))
    assert len(message["summary"]) <= limits.SUMMARY + len(labels.SHORTENED)


def test_a_text_is_cut_after_a_sentence() -> None:
    assert limits.shortened("一つ目です。二つ目です。三つ目です。", 14, "…") == "一つ目です。二つ目です。…"
    assert limits.shortened("切れ目のない長い文章", 4, "…") == "切れ目の…"
    assert limits.shortened("短い。", 4, "…") == "短い。"


def test_a_cut_passage_still_holds_the_sentence_that_answers() -> None:
    pieces = (Piece("前置きです。" * 30), Piece("答えはこれです。", answering=True), Piece("続きです。" * 30))
    cut = limits.shortened_pieces(pieces, 40)
    assert [piece.text for piece in cut if piece.answering] == ["答えはこれです。"]
    assert cut[0].text == "…"
    assert cut[-1].text == labels.CONTINUED
    assert limits.shortened_pieces(pieces, 1000) == pieces
