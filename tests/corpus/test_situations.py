"""The embedded situations are whole and true to their form, and a broken row is refused with its line."""

from __future__ import annotations

import json
import re
from itertools import chain
from pathlib import Path

import pytest

from corpus.lexicon import LexiconError
from corpus.situations import MOST_GROUPS, MOST_TERMS, load, read_situations

FACTS = Path(__file__).parents[3] / "shared" / "facts"
HEADER = "cues\tterms\tsection\tnote"


def table(*lines: str) -> str:
    return "\n".join((HEADER, *lines)) + "\n"


def terms_for(question: str) -> set[str]:
    """The terms of all rows whose cues stand in the question, the last kana of a verb left open."""
    return {
        term
        for row in load()
        if all(any(re.sub("[うくぐすつぬぶむる]$", "", cue) in question for cue in group) for group in row.cues)
        for term in row.terms
    }


def test_it_is_large_enough_for_residents_and_for_foreign_residents() -> None:
    rows = load()
    assert len(rows) >= 900
    assert sum(1 for row in rows if row.section) >= len(rows) // 2


def test_every_chapter_of_the_guidebook_is_met() -> None:
    assert {row.section[:4] for row in load() if row.section} == {f"ch{chapter:02}" for chapter in range(1, 13)}


def test_a_row_stays_within_its_measure() -> None:
    for row in load():
        assert 1 <= len(row.cues) <= MOST_GROUPS
        assert 1 <= len(row.terms) <= MOST_TERMS


def test_most_rows_need_two_words_together() -> None:
    rows = load()
    assert sum(1 for row in rows if len(row.cues) > 1) >= 0.98 * len(rows)


def test_a_row_of_one_group_has_no_cue_of_one_letter() -> None:
    alone = [row.cues[0] for row in load() if len(row.cues) == 1]
    assert [cue for cue in chain.from_iterable(alone) if len(cue) < 2] == []


def test_cues_hold_no_punctuation_and_no_particle_at_their_end() -> None:
    cues = set(chain.from_iterable(group for row in load() for group in row.cues))
    assert [cue for cue in cues if re.search(r"[、。?!「」()]|[^ぁ-ん][をがはに]$", cue)] == []


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("隣の犬が一晩中吠えるので眠れません", "騒音"),
        ("会社が倒産して家賃が払えなくなりました", "住居確保給付金"),
        ("夫に殴られるので逃げたい", "配偶者からの暴力"),
        ("子どもを隣の学区の小学校に通わせたい", "指定校変更"),
        ("市役所は土曜に開いていますか", "休日開庁"),
    ],
)
def test_a_description_leads_to_the_terms_of_documents(question: str, term: str) -> None:
    assert term in terms_for(question)


def test_a_question_about_nothing_here_leads_nowhere() -> None:
    assert terms_for("明日の天気を教えてください") == set()


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact sheets (../shared/facts) are not here")
def test_sections_are_sections_of_the_guidebook() -> None:
    listed = json.loads((FACTS / "guidebook_toc8.json").read_text(encoding="utf-8"))["sections"]
    assert {row.section for row in load() if row.section} <= {section["id"] for section in listed}


def test_a_row_is_read_as_it_stands() -> None:
    (row,) = read_situations(table("犬|猫 吠える|鳴く\t騒音|近隣トラブル\tch12.1-2\t夜間は警察"))
    assert row.cues == (("犬", "猫"), ("吠える", "鳴く"))
    assert row.terms == ("騒音", "近隣トラブル")
    assert (row.section, row.note) == ("ch12.1-2", "夜間は警察")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("犬\t騒音\t", "3 cells"),
        ("\t騒音\t\t", "empty"),
        ("犬\t\t\t", "empty"),
        ("犬|\t騒音\t\t", "empty"),
        ("犬  吠える\t騒音\t\t", "empty"),
        ("犬 猫|犬\t騒音\t\t", "twice"),
        ("犬\t騒音|騒音\t\t", "twice"),
        ("犬 \t騒音\t\t", "blanks"),
        ("犬\tﾍﾟｯﾄ\t\t", "NFKC"),
        ("一 二 三 四 五\t騒音\t\t", "groups"),
        ("犬\t一|二|三|四|五|六|七\t\t", "terms"),
        ("犬\t騒音\t12.1\t", "section"),
        ("鳴く 猫\t騒音\t\t", "line 2"),
    ],
)
def test_a_broken_line_is_named(line: str, fault: str) -> None:
    with pytest.raises(LexiconError, match=rf"^situations\.tsv:3: .*{fault}"):
        read_situations(table("猫 鳴く\t騒音\t\t", line))


def test_a_wrong_header_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"^situations\.tsv:1: "):
        read_situations("cues\tterms\n")
