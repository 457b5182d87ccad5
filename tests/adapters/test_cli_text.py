from __future__ import annotations

from dataclasses import replace

import click

from adapters.plaintext import render
from bot import sentences
from bot.answer import Answer, Citation, Counterpart, Status, UrgentHelp
from bot.highlight import pieces
from corpus.directory import Contact
from corpus.model import Grade

POLICE = Contact(name="警察", number="110")
CENTRE = Contact(
    name="外国人在留支援センター",
    number="0570-011000",
    extension="内線 1",
    other_numbers=("03-1234-5678（海外から）",),
    hours="平日",
    as_of="2026-01",
)
CITATION = Citation(
    rank=1,
    score=1.0,
    pieces=pieces("14日以内に届け出ます。\nほかの文です。", ((0, 12),)),
    grade=Grade.GUIDE,
    source="book",
    title="手引き集",
    publisher="入管庁",
    edition="第8版",
    section_id="1",
    section=("在留", "紛失"),
    page=2,
    url="https://example.org",
    as_of="2026-02-26",
    notices=("2027年に変わります。",),
    counterparts=(Counterpart(language="vi", text="Trong 14 ngày.", title="Sổ tay", edition="8", page=3, url=""),),
)
ANSWER = Answer(
    question="紛失",
    status=Status.ANSWERED,
    headline=sentences.HEADLINE_CERTAIN,
    word=sentences.CERTAIN,
    citations=(CITATION,),
    contacts=(CENTRE,),
    prefecture="東京都",
)


def plain(answer: Answer) -> list[str]:
    return click.unstyle(render(answer)).splitlines()


def test_an_answer_on_the_terminal() -> None:
    assert plain(ANSWER) == [
        f"【確実】{sentences.HEADLINE_CERTAIN}",
        "",
        "1. [手引き] 手引き集 第8版 在留 › 紛失 p.2",
        "   14日以内に届け出ます。",
        "   ほかの文です。",
        "   ※ 2027年に変わります。",
        "   [vi] Sổ tay 8 p.3",
        "   Trong 14 ngày.",
        "   出典: https://example.org（2026年2月26日時点）",
        "",
        "■ 連絡先（東京都）",
        "  0570-011000 内線 1  外国人在留支援センター",
        "      03-1234-5678（海外から）／平日／2026年1月時点",
    ]


def test_danger_stands_before_the_answer() -> None:
    lines = plain(replace(ANSWER, urgent=UrgentHelp("すぐに電話してください。", (POLICE,))))
    assert lines[:4] == ["すぐに電話してください。", "  110  警察", "      時点不明", ""]


def test_a_summary_and_an_unconfirmed_passage_carry_their_marks() -> None:
    marked = replace(CITATION, official=False, unconfirmed=True)
    assert "1. [手引き・要約・未確認] 手引き集 第8版 在留 › 紛失 p.2" in plain(replace(ANSWER, citations=(marked,)))


def test_not_found_names_each_near_section_once_and_shows_no_passage() -> None:
    near = tuple(replace(CITATION, rank=rank, page=None) for rank in (1, 2))
    lines = plain(
        replace(
            ANSWER, status=Status.NOT_FOUND, word="", headline="見当たりません。", next_step="次へ。", citations=near
        )
    )
    assert lines[:2] == ["見当たりません。", "次へ。"]
    assert lines[-2:] == [f"■ {sentences.NEAREST}", "  手引き集 第8版 在留 › 紛失"]
    assert not any("届け出ます" in line for line in lines)
