"""The analysed passages: spans, and tables cut and joined."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Passage
from retrieval.table import Kind, Table, Vocabulary, analyse, hash_text, heading_of, path_of
from tests.retrieval.town import town

PASSAGES = town().current


def table_of(passages: Sequence[Passage], vocabulary: Vocabulary) -> Table:
    return analyse(passages, vocabulary, lambda _: -1)


def assert_same(one: Table, other: Table) -> None:
    for field in dataclasses.fields(Table):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)


def spans_of(table: Table, number: int, vocabulary: Vocabulary) -> list[tuple[Kind, list[str]]]:
    """Kind and terms of each span of a passage."""
    return [
        (
            Kind(table.kind[span]),
            [vocabulary.terms[t] for t in table.terms[table.starts[span] : table.starts[span + 1]]],
        )
        for span in np.flatnonzero(table.passage == number)
    ]


def test_a_passage_is_its_heading_the_path_above_and_its_sentences() -> None:
    vocabulary = Vocabulary([], [], [])
    passage = Passage(
        id="1", source="s", section=("届出", "印鑑"), text="登録する。\n手数料は300円。", keywords=("はんこ",)
    )
    table = table_of([passage], vocabulary)
    heading, path, first, second = spans_of(table, 0, vocabulary)
    assert heading == (Kind.HEADING, ["印鑑", "判子"])
    assert path == (Kind.PATH, ["届け出"])
    assert first == (Kind.SENTENCE, ["登録", "為る"])
    assert second[1][:2] == ["手数", "料"]
    assert [passage.text[b:e] for b, e in zip(table.begin[2:], table.end[2:], strict=True)] == [
        "登録する。",
        "手数料は300円。",
    ]


def test_heading_and_path_are_told_apart() -> None:
    passage = Passage(id="1", source="s", section=("章", "節", "項"), text="", keywords=("語",))
    assert heading_of(passage) == "項\n語"
    assert path_of(passage) == "章\n節"
    assert heading_of(Passage(id="1", source="s", text="")) == ""


def test_every_token_has_its_span() -> None:
    table = table_of(PASSAGES, Vocabulary([], [], []))
    assert len(table.token_span) == len(table.terms)
    assert np.bincount(table.token_span, minlength=len(table.kind)).tolist() == np.diff(table.starts).tolist()


@settings(deadline=None, max_examples=30)
@given(st.lists(st.booleans(), min_size=len(PASSAGES), max_size=len(PASSAGES)))
def test_what_is_kept_is_as_if_only_that_had_been_analysed(kept: list[bool]) -> None:
    vocabulary = Vocabulary([], [], [])
    whole = table_of(PASSAGES, vocabulary)
    alone = table_of([passage for passage, stays in zip(PASSAGES, kept, strict=True) if stays], vocabulary)
    assert_same(whole.keep(np.array(kept)), alone)


@pytest.mark.parametrize("cut", [0, 1, 7, len(PASSAGES)])
def test_joined_tables_are_as_if_analysed_together(cut: int) -> None:
    vocabulary = Vocabulary([], [], [])
    whole = table_of(PASSAGES, vocabulary)
    joined = table_of(PASSAGES[:cut], vocabulary).joined(table_of(PASSAGES[cut:], vocabulary), cut)
    assert_same(joined, whole)


def test_a_sentence_that_stands_everywhere_is_boilerplate_whatever_its_numbers() -> None:
    repeated = [
        Passage(id=str(n), source="s", section=("問合せ",), text=f"内容{chr(0x4E00 + n)}です。問合せは電話{n}番へ。")
        for n in range(30)
    ]
    table = table_of(repeated, Vocabulary([], [], []))
    often = table.boilerplate(len(repeated))
    assert [bool(one) for one in often[table.passage == 3]] == [False, False, False, True]


def test_few_repetitions_are_no_boilerplate() -> None:
    table = table_of(
        [Passage(id=str(n), source="s", text="予約が必要です。") for n in range(5)], Vocabulary([], [], [])
    )
    assert not table.boilerplate(5).any()


def test_progress_is_told_to_the_end() -> None:
    told: list[int] = []
    analyse(PASSAGES * 10, Vocabulary([], [], []), lambda _: -1, told.append)
    assert told == sorted(told)
    assert told[-1] == len(PASSAGES) * 10


def test_hashes_do_not_change_from_run_to_run() -> None:
    assert hash_text("予約が必要です") == hash_text("予約が必要です") != hash_text("予約は不要です")
    assert 0 <= hash_text("") < 2**63
