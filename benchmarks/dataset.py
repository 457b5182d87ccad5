"""A labelled collection as files: documents, questions, and which document answers which question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a collection.

    Args:
        id: unique within the collection.
        title: heading; may be empty.
        text: body.
    """

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A labelled collection.

    Args:
        documents: in the order of the file.
        questions: text by id.
        grades: question id → document id → 2 where it answers, 1 where it is related.
    """

    documents: tuple[Document, ...]
    questions: dict[str, str]
    grades: dict[str, dict[str, int]]


def read(folder: Path) -> Dataset:
    """Reads a collection; only questions with a graded document are kept.

    Args:
        folder: holds corpus.jsonl {"id","title","text"}, one or more queries*.jsonl {"id","text"} and
            as many qrels*.json {question id: {document id: grade}}.

    Returns:
        The collection.

    Raises:
        FileNotFoundError: one of the three is not there.
    """
    documents = tuple(
        Document(str(line["id"]), line.get("title", ""), line["text"]) for line in _lines(folder / "corpus.jsonl")
    )
    grades: dict[str, dict[str, int]] = {}
    for path in _matching(folder, "qrels*.json"):
        graded = json.loads(path.read_text(encoding="utf-8"))
        grades |= {question: {d: g for d, g in of.items() if g > 0} for question, of in graded.items()}
    questions = {str(line["id"]): line["text"] for path in _matching(folder, "queries*.jsonl") for line in _lines(path)}
    return Dataset(documents, {key: text for key, text in questions.items() if grades.get(key)}, grades)


def _matching(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.glob(pattern))
    if not found:
        raise FileNotFoundError(f"{folder}: no {pattern}")
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
