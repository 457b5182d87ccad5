"""How sure it is that the first passages answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Corpus
from retrieval.confidence import Calibration, calibrate
from retrieval.encoders import WordEncoder
from retrieval.engine import Engine
from retrieval.index import Index
from retrieval.words import WordVectors
from tests.retrieval.town import corpus_of

#: Evidence for an answer, and against one.
FOR = ("score", "titled", "words", "topics", "routed_first", "agree", "near", "length")
AGAINST = ("far_first", "missed")

shares = st.floats(0, 1)
evidences = st.fixed_dictionaries(dict.fromkeys((*FOR, *AGAINST), shares))
calibrations = st.builds(
    Calibration,
    units=st.fixed_dictionaries({}, optional=dict.fromkeys(("score", "titled", "words"), st.floats(0.5, 3))),
    breadth=st.floats(0, 1),
)


@given(calibrations, evidences)
def test_confidence_is_a_share(calibration: Calibration, evidence: dict[str, float]) -> None:
    assert 0 < calibration.confidence(evidence) < 1


@pytest.mark.parametrize("name", FOR)
@given(calibration=calibrations, evidence=evidences, more=st.floats(0.01, 1))
def test_more_evidence_for_an_answer_never_makes_it_less_sure(
    name: str, calibration: Calibration, evidence: dict[str, float], more: float
) -> None:
    assert calibration.confidence({**evidence, name: evidence[name] + more}) > calibration.confidence(evidence)


@pytest.mark.parametrize("name", AGAINST)
@given(calibration=calibrations, evidence=evidences, more=st.floats(0.01, 1))
def test_more_evidence_against_it_never_makes_it_surer(
    name: str, calibration: Calibration, evidence: dict[str, float], more: float
) -> None:
    assert calibration.confidence({**evidence, name: evidence[name] + more}) < calibration.confidence(evidence)


@given(evidences, st.floats(0, 0.9))
def test_a_broad_index_is_asked_stricter(evidence: dict[str, float], breadth: float) -> None:
    narrow, broad = Calibration({}, breadth), Calibration({}, breadth + 0.1)
    assert broad.confidence(evidence) < narrow.confidence(evidence)


@given(evidences, st.floats(0.1, 1))
def test_what_is_usual_in_an_index_says_less_there(evidence: dict[str, float], unit: float) -> None:
    usual, rare = Calibration({"score": 2 * unit}, 0.5), Calibration({"score": unit}, 0.5)
    assert usual.confidence({**evidence, "score": 1}) < rare.confidence({**evidence, "score": 1})


@pytest.mark.parametrize("value", [-1e6, 1e6])
def test_no_evidence_is_too_much(value: float) -> None:
    assert 0 <= Calibration({}, 0.0).confidence(dict.fromkeys((*FOR, *AGAINST), value)) <= 1


@pytest.mark.parametrize(
    "corpus",
    [Corpus(), corpus_of(""), corpus_of("。"), corpus_of("在留カード"), corpus_of("は、が。", "ごみ", "ごみ")],
    ids=["empty", "no text", "a sign", "one passage", "no content words"],
)
def test_the_smallest_corpora_are_measured(words: WordVectors, corpus: Corpus) -> None:
    index = Index.build(corpus, words, WordEncoder(words))
    calibration = calibrate(index, lambda _: None)
    assert calibration.units == {}
    assert 0 <= calibration.breadth <= 1


def test_units_are_the_mean_over_questions_made_of_the_index_itself(index: Index) -> None:
    asked: list[str] = []

    def evidence_for(question: str) -> dict[str, float] | None:
        asked.append(question)
        return None if len(asked) == 1 else dict.fromkeys(FOR, float(len(asked) % 2))

    calibration = calibrate(index, evidence_for)
    assert all(any(question in one.text for one in index.passages) for question in asked)
    assert len(asked) == len(index.passages) == 14
    assert calibration.units["score"] == pytest.approx(6 / 13), "what could not be asked does not count"
    assert 0 < calibration.breadth < 1


def test_a_unit_is_never_next_to_nothing(index: Index) -> None:
    units = calibrate(index, lambda _: dict.fromkeys(FOR, 0.0)).units
    assert units
    assert min(units.values()) > 0


def test_what_the_town_tells_is_surer_than_what_it_does_not(engine: Engine) -> None:
    told = [engine.find(question).confidence for question in ("印鑑登録の手数料", "ごみは何曜日", "本は何冊借りられる")]
    untold = [engine.find(question).confidence for question in ("犬の散歩", "火星への移住", "カレーの作り方")]
    assert min(told) > max(untold)
