"""The embedded lexicon is whole and true to its form, and a broken one is refused with its line."""

from __future__ import annotations

import csv
import json
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.lexicon import (
    KINDS,
    LexiconError,
    Relation,
    load,
    read_asked_for,
    read_question_words,
    read_rows,
)

FACTS = Path(__file__).parents[3] / "shared" / "facts"
HEADER = "formal\tspoken\trelation\tsection\tnote\tsource"

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the fact sheets (../shared/facts) are not here")


def table(*lines: str) -> str:
    return "\n".join((HEADER, *lines)) + "\n"


def expansions(said: str) -> set[str]:
    """The formal terms that the lexicon adds to a question with this very form."""
    return {term for row in load().rows if row.relation.expands and said in row.spoken for term in row.formal}


def test_it_is_large_enough_to_cover_a_residents_life() -> None:
    lexicon = load()
    assert len(lexicon.rows) >= 900
    assert 120 <= len(lexicon.question_words) <= 250
    assert {kind for _, kind in lexicon.asked_for} == KINDS


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("国保", "国民健康保険"),
        ("クビ", "解雇"),
        ("ハンコ", "印鑑"),
        ("ビザの更新", "在留期間更新許可"),
        ("オーバーステイ", "不法残留"),
        ("ワクチン", "予防接種"),
        ("燃えるゴミ", "可燃ごみ"),
        ("タダ", "無料"),
    ],
)
def test_everyday_words_lead_to_the_terms_of_documents(said: str, written: str) -> None:
    assert written in expansions(said)


@pytest.mark.parametrize("said", ["首", "手帳", "もらえない", "再発行", "一時金"])
def test_words_that_mean_many_things_lead_nowhere(said: str) -> None:
    assert expansions(said) == set()


def test_a_pair_that_is_confusable_somewhere_expands_nowhere() -> None:
    rows = load().rows
    confusable = {
        (said, term) for row in rows if not row.relation.expands for said in row.spoken for term in row.formal
    }
    expanding = {(said, term) for row in rows if row.relation.expands for said in row.spoken for term in row.formal}
    assert confusable
    assert not confusable & expanding


def test_every_confusable_or_obsolete_row_says_why() -> None:
    assert [row.spoken for row in load().rows if not row.relation.expands and not row.note] == []


def test_question_words_keep_the_words_that_carry_the_topic() -> None:
    words = load().question_words
    assert words["教える"] == 0
    assert 0 < words["場合"] < 1
    assert not {"外国人", "在留", "ごみ", "税", "学校", "病院"} & words.keys()


def test_longer_cues_come_before_the_cues_they_contain() -> None:
    lengths = [len(cue) for cue, _ in load().asked_for]
    assert lengths == sorted(lengths, reverse=True)


@needs_facts
def test_every_row_of_the_networks_synonym_list_is_contained() -> None:
    forms: dict[str, set[str]] = {}
    for row in load().rows:
        forms.setdefault(row.source, set()).update(row.formal, row.spoken)
    with (FACTS / "synonyms.tsv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(listed) == 149
    missing = {
        (entry["id"], said)
        for entry in listed
        for said in entry["said_as"].split("|")
        if unicodedata.normalize("NFKC", said) not in forms.get(entry["id"], set())
    }
    assert missing == set()


def test_sections_are_sections_of_the_embedded_guidebook() -> None:
    lines = files("corpus").joinpath("data", "guidebook.jsonl").read_text(encoding="utf-8").splitlines()
    known = {entry["section_id"] for entry in map(json.loads, lines) if "section_id" in entry}
    assert {row.section for row in load().rows if row.section} <= known


def test_what_is_only_said_does_not_stand_for_what_is_written() -> None:
    both_ways = {said for row in load().rows if row.relation.both_ways for said in row.spoken}
    assert {"国保", "学童"} <= both_ways
    assert not {"マットレス", "夫に殴られる", "家賃が払えない", "国民健康保健"} & both_ways


def test_a_row_is_read_as_it_stands() -> None:
    (row,) = read_rows(table("住民税|市町村民税\t市民税\tsynonym\tch08.2\t1月1日の住所\tSYN112"))
    assert row.formal == ("住民税", "市町村民税")
    assert row.spoken == ("市民税",)
    assert row.relation is Relation.SYNONYM
    assert (row.section, row.note, row.source) == ("ch08.2", "1月1日の住所", "SYN112")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("住民税\t市民税\tsynonym\tch08.2\town", "5 cells"),
        ("住民税\t\tsynonym\t\t\town", "empty"),
        ("住民税\t市民税|\tsynonym\t\t\town", "empty"),
        ("住民税\t市民税|住民税\tsynonym\t\t\town", "twice"),
        ("住民税\t市民税|市民税\tsynonym\t\t\town", "twice"),
        ("住民税\t市民税\tlike\t\t\town", "relation"),
        ("住民税\t市民税\tsynonym\t8.2\t\town", "section"),
        ("住民税\t市民税\tsynonym\t\t\tSYN1", "source"),
        ("住民税\tｼﾐﾝｾﾞｲ\tsynonym\t\t\town", "NFKC"),
        ("住民税\t市民税 \tsynonym\t\t\town", "blanks"),
    ],
)
def test_a_broken_line_is_named(line: str, fault: str) -> None:
    with pytest.raises(LexiconError, match=rf"^lexicon\.tsv:3: .*{fault}"):
        read_rows(table("在留カード\t外国人カード\tsynonym\t\t\town", line))


def test_a_pair_may_not_stand_twice_whatever_its_relation() -> None:
    with pytest.raises(LexiconError, match=r"^lexicon\.tsv:3: .*line 2"):
        read_rows(table("査証\tビザ\tmapping\t\t\town", "旅券|査証\tビザ\tconfusable\t\t\town"))


def test_a_wrong_header_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"^lexicon\.tsv:1: "):
        read_rows("formal\tspoken\n")


@pytest.mark.parametrize("weight", ["1.5", "-1", "x", "", "nan"])
def test_a_weight_outside_its_range_is_refused(weight: str) -> None:
    with pytest.raises(LexiconError, match=r"^questionwords\.tsv:2: "):
        read_question_words(f"word\tweight\tnote\n場合\t{weight}\t\n")


def test_a_question_word_may_not_stand_twice() -> None:
    with pytest.raises(LexiconError, match=r"^questionwords\.tsv:3: "):
        read_question_words("word\tweight\tnote\n場合\t.3\t\n場合\t.2\t\n")


def test_cues_are_sorted_and_may_have_several_kinds() -> None:
    assert read_asked_for("cue\tkind\nどこ\tplace\n有効期限\tdate\n有効期限\tduration\n") == (
        ("有効期限", "date"),
        ("有効期限", "duration"),
        ("どこ", "place"),
    )


@pytest.mark.parametrize("line", ["いくら\tprice", "いつ\tdate", "\tdate"])
def test_a_cue_of_unknown_kind_or_twice_is_refused(line: str) -> None:
    with pytest.raises(LexiconError, match=r"^askedfor\.tsv:3: "):
        read_asked_for(f"cue\tkind\nいつ\tdate\n{line}\n")
