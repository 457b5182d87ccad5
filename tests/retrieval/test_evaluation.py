"""Metrics by hand-counted examples."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import PASSAGE_LIMIT, Passage
from retrieval.evaluation import Labelled, Score, bears, evaluate, hit_at, ndcg_at, recall_at
from retrieval.finding import Findings, Found

RANKING = ["a", "b", "c", "d"]


def test_recall_counts_the_relevant_among_the_first() -> None:
    assert recall_at(RANKING, {"b", "d", "x"}, 4) == pytest.approx(2 / 3)
    assert recall_at(RANKING, {"b", "d", "x"}, 2) == pytest.approx(1 / 3)
    assert recall_at(RANKING, set(), 4) == 0
    assert recall_at([], {"a"}, 4) == 0


def test_a_hit_is_one_relevant_document() -> None:
    assert hit_at(RANKING, {"b", "x"}, 2) == 1
    assert hit_at(RANKING, {"b", "x"}, 1) == 0
    assert hit_at(RANKING, set(), 4) == 0


def test_gain_is_linear_in_the_grade_and_discounted_by_the_logarithm() -> None:
    grades = {"a": 1.0, "c": 2.0, "x": 1.0}
    gain = 1 / math.log2(2) + 2 / math.log2(4)
    ideal = 2 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at(RANKING, grades, 10) == pytest.approx(gain / ideal)
    assert ndcg_at(RANKING, grades, 1) == pytest.approx(1 / 2)
    assert ndcg_at(RANKING, {}, 10) == 0


@given(st.permutations("abcdef"), st.dictionaries(st.sampled_from("abcdefxyz"), st.sampled_from([1.0, 2.0])))
def test_the_best_order_is_worth_most(ranking: list[str], grades: dict[str, float]) -> None:
    best = sorted(ranking, key=lambda one: -grades.get(one, 0.0))
    assert 0 <= ndcg_at(ranking, grades, 4) <= ndcg_at(best, grades, 4) <= 1 + 1e-9


ANSWER = "印鑑登録の手数料は300円です。登録証は窓口で渡します。"


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        "印鑑登録の 手数料は\n３００円です。登録証は窓口で渡します。",
        "前置きです。" * 20 + ANSWER,
        "手数料は300円です。登録証は",
        "印鑑登録の手数料は300円です。",
        "手数料は300円",
    ],
    ids=["itself", "spaced and wide", "among much else", "a part of it", "its first half", "one run of it"],
)
def test_a_passage_that_says_it_bears_the_evidence(text: str) -> None:
    assert bears(text, ANSWER)


@pytest.mark.parametrize(
    "text",
    ["", "印鑑登録", "婚姻届の手数料はかかりません。", "あ" * PASSAGE_LIMIT + ANSWER],
    ids=["nothing", "shorter than a run", "another matter", "beyond what is shown"],
)
def test_a_passage_that_does_not_say_it_bears_none(text: str) -> None:
    assert not bears(text, ANSWER)


@given(st.text(max_size=PASSAGE_LIMIT))
def test_every_text_bears_itself_unless_it_is_blank(text: str) -> None:
    assert bears(text, text) == bool(unicodedata.normalize("NFKC", text).split())


def test_lines_of_labelled_files_are_read() -> None:
    by_section = Labelled.of({"id": "1", "question": "問", "kind": "long", "section_id": ["ch01"], "note": "x"})
    assert by_section == Labelled("問", "long", sections=("ch01",))
    assert Labelled.of({"id": "2", "question": "問", "answers": [ANSWER]}).answerable
    assert not Labelled.of({"id": "3", "question": "問", "answers": []}).answerable
    assert not Labelled.of({"id": "4", "question": "問", "section_id": []}).answerable


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "1", "section_id": []},
        {"id": "1", "question": 3, "section_id": []},
        {"id": "1", "question": "問"},
        {"id": "1", "question": "問", "section_id": "ch01"},
        {"id": "1", "question": "問", "answers": [1]},
    ],
)
def test_a_line_that_cannot_be_read_says_why(entry: Mapping[str, object]) -> None:
    with pytest.raises(ValueError, match=r"question|section_id|answers") as refused:
        Labelled.of(entry)
    assert "\n" not in str(refused.value)


class Prepared:
    """Finds what was laid out for each question: sections best first, and the confidence."""

    def __init__(self, findings: Mapping[str, tuple[str, float]]) -> None:
        self._findings = findings

    def find(self, question: str, limit: int = 10) -> Findings:
        sections, confidence = self._findings[question]
        found = tuple(
            Found(Passage(id=str(place), source="s", section_id=section, text=ANSWER if section == "z" else ""), 1.0)
            for place, section in enumerate(sections[:limit])
        )
        return Findings(found, confidence, confidence >= 0.5)


FINDER = Prepared(
    {
        "first": ("axxxxx", 0.95),
        "third": ("xxaxxx", 0.55),
        "fifth": ("xxxxax", 0.65),
        "sixth": ("xxxxxa", 0.15),
        "text": ("xzxxxx", 1.0),
        "near": ("axxxxx", 0.85),
        "far": ("", 0.0),
    }
)
QUESTIONS = [
    *(Labelled(name, "plain", sections=("a",)) for name in ("first", "third", "fifth", "sixth")),
    Labelled("text", "text", answers=(ANSWER,)),
    *(Labelled(name, "none") for name in ("near", "far")),
]


def test_what_is_right_answered_and_sure_is_counted() -> None:
    total = evaluate(FINDER, QUESTIONS).total
    assert (total.answerable, total.unanswerable, total.wrongly_answered) == (5, 2, 1)
    assert (total.first, total.within_three, total.within_five) == (1 / 5, 3 / 5, 4 / 5)
    assert total.answered == 4 / 5
    assert total.right == 3 / 5, "of five answers; the one to an unanswerable question is wrong"
    apart = [0.05, 0.45, 0.65, 0.15, 0.0, 0.85, 0.0]  # each question is alone in its bin, or right and sure
    together = [abs((0.95 - 1) + (1.0 - 1)), *apart[1:4], *apart[5:]]
    assert total.calibration_error == pytest.approx(sum(together) / 7)


def test_kinds_are_counted_apart() -> None:
    by_kind = evaluate(FINDER, QUESTIONS).by_kind
    assert list(by_kind) == ["plain", "text", "none"]
    assert (by_kind["plain"].answerable, by_kind["plain"].first) == (4, 1 / 4)
    assert (by_kind["text"].first, by_kind["text"].within_three) == (0, 1)
    assert (by_kind["none"].answerable, by_kind["none"].first, by_kind["none"].right) == (0, None, 0)


def test_the_table_shows_every_kind_and_every_figure() -> None:
    head, total, plain, *rest = evaluate(FINDER, QUESTIONS).table().splitlines()
    assert head.split() == ["問い", "１位", "３位内", "５位内", "回答", "正答", "答なし", "誤回答", "較正誤差", "種類"]
    assert total.split() == ["5", "0.200", "0.600", "0.800", "0.800", "0.600", "2", "1", "0.307", "全体"]
    assert plain.split()[-1] == "plain"
    assert [line.split()[-1] for line in rest[:2]] == ["text", "none"]
    assert rest[1].split()[:3] == ["0", "-", "-"]


def test_no_questions_have_no_shares() -> None:
    report = evaluate(FINDER, [])
    assert report.total == Score(0, None, None, None, None, None, 0, 0, None)
    assert report.table()
