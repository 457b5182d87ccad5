"""The labelled questions in tests/questions: well-formed, and answered well enough."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus import embedded
from corpus.reading import read_documents
from retrieval.engine import Engine
from retrieval.evaluation import Labelled, evaluate
from retrieval.words import WordVectors

FOLDER = Path(__file__).parents[1] / "questions"
SHARED = Path(__file__).parents[3] / "shared"
KINDS = {"situation", "colloquial", "misspelt", "long", "direct", "keyword", "mixed"}
GUIDEBOOK = {passage.section_id for passage in embedded.load().passages if passage.id.startswith("guidebook/")}


def entries(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", ["guidebook_dev.jsonl", "guidebook_test.jsonl"])
def test_every_line_is_a_labelled_question(name: str) -> None:
    for entry in entries(name):
        assert entry.keys() == {"id", "kind", "question", "section_id", "note"}
        assert entry["id"].startswith(f"g-{name.removeprefix('guidebook_').removesuffix('.jsonl')}-")
        assert entry["kind"] in KINDS
        assert set(entry["section_id"]) <= GUIDEBOOK
        assert Labelled.of(entry).question.strip() == entry["question"] != ""


@pytest.mark.parametrize("name", ["guidebook_dev.jsonl", "guidebook_test.jsonl"])
def test_there_are_110_answerable_and_40_unanswerable_ones(name: str) -> None:
    assert Counter(bool(entry["section_id"]) for entry in entries(name)) == {True: 110, False: 40}


def test_no_question_stands_twice() -> None:
    asked = [entry for name in ("guidebook_dev.jsonl", "guidebook_test.jsonl") for entry in entries(name)]
    assert len({entry["id"] for entry in asked}) == len({entry["question"] for entry in asked}) == len(asked) == 300


def test_the_right_section_is_among_the_first(embedded_engine: Engine) -> None:
    """A guard against regressions, some points below what was measured: nothing is tuned to it."""
    questions = [Labelled.of(entry) for entry in entries("guidebook_dev.jsonl")]
    total = evaluate(embedded_engine, questions).total
    assert total.first is not None and total.first >= 0.65
    assert total.within_three is not None and total.within_three >= 0.85


@pytest.mark.skipif(not SHARED.exists(), reason="the Agency's documents are not beside the repository")
def test_the_evidence_in_the_agencys_documents_is_among_the_first(words: WordVectors) -> None:
    """A guard like the one above, over text taken out of real PDFs."""
    engine = Engine.build(read_documents([SHARED / "documents"]).corpus, words=words)
    total = evaluate(engine, [Labelled.of(entry) for entry in entries("handbook_dev.jsonl", SHARED / "eval")]).total
    assert total.first is not None and total.first >= 0.70
    assert total.within_three is not None and total.within_three >= 0.80
