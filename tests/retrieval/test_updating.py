"""Passages added and withdrawn without analysing the others again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Corpus, Passage
from retrieval.engine import Engine
from retrieval.words import WordVectors
from tests.retrieval.town import TOWN, passages, town

POOL = Passage(
    id="midori/pool",
    source=TOWN.key,
    section=("体育", "町営プール"),
    text="町営プールは7月から8月まで泳げます。水泳帽を持ってきてください。",
)
TAX, WASTE = 7, 3


def corpus_with(*changed: Passage) -> Corpus:
    return Corpus({TOWN.key: TOWN}, changed)


@pytest.fixture(scope="module")
def updated(engine: Engine) -> Engine:
    """The town without its tax, with a pool, and with another day for waste."""
    kept = list(town().current)
    kept[WASTE] = replace(kept[WASTE], text="燃えるごみは月曜日と木曜日の朝9時までに出します。")
    del kept[TAX]
    return engine.updated(corpus_with(*kept, POOL), "updated")


def test_what_was_added_is_found(updated: Engine) -> None:
    assert updated.find("どこで泳げますか").found[0].passage == POOL
    assert updated.fingerprint == "updated"


def test_what_was_withdrawn_is_not(updated: Engine) -> None:
    withdrawn = town().current[TAX]
    assert withdrawn not in updated.corpus.passages
    for question in ("住民税はいつ納めますか", "納付書", withdrawn.text):
        assert withdrawn not in [one.passage for one in updated.find(question).found]


def test_what_was_changed_is_told_as_it_is_now(updated: Engine) -> None:
    best = updated.find("燃えるごみは何曜日ですか").found[0].passage
    assert "月曜日と木曜日" in best.text
    assert all("火曜日と金曜日" not in one.passage.text for one in updated.find("燃えるごみは火曜日と金曜日").found)


@pytest.mark.parametrize("question", ["布団を捨てたい", "本は何冊借りられますか", "結婚するときの証人は何人"])
def test_what_stayed_is_found_as_before(engine: Engine, updated: Engine, question: str) -> None:
    assert updated.find(question).found[0].passage == engine.find(question).found[0].passage


def test_the_engine_before_goes_on_answering(engine: Engine, updated: Engine) -> None:
    assert updated is not engine
    assert engine.corpus.passages == town().current
    assert engine.find("住民税はいつ納めますか").found[0].passage == town().current[TAX]
    assert POOL not in [one.passage for one in engine.find("どこで泳げますか").found]


def test_nothing_changed_changes_nothing(engine: Engine) -> None:
    again = engine.updated(town(), "town")
    for question in ("保育園の申込み", "ゴミ", "火星への移住"):
        assert again.find(question) == engine.find(question)


#: Words of every passage, words of none, a misspelling and a situation.
QUESTIONS = (
    *(one.text for one in (*town().current, POOL)),
    "どこで泳げますか",
    "ごみは何曜日",
    "ひっこしの届出",
    "手数料はいくらですか",
    "隣の人が夜うるさい",
    "火星への移住",
)


def test_what_is_added_is_as_if_it_had_always_been_there(engine: Engine, words: WordVectors) -> None:
    corpus = corpus_with(*town().current, POOL)
    added, fresh = engine.updated(corpus), Engine.build(corpus, words=words)
    assert added.corpus == fresh.corpus
    for question in QUESTIONS:
        assert added.find(question) == fresh.find(question)


def test_what_is_withdrawn_is_as_if_it_had_never_been_there(updated: Engine, words: WordVectors) -> None:
    """Terms are numbered in another order, so that sums may differ in their last digits."""
    fresh = Engine.build(updated.corpus, words=words)
    for question in QUESTIONS:
        one, other = updated.find(question), fresh.find(question)
        assert one.found[0].passage == other.found[0].passage
        assert one.found[0].answering == other.found[0].answering
        assert one.confidence == pytest.approx(other.confidence, abs=1e-3)
        scores = {found.passage.id: found.score for found in other.found}
        assert {found.passage.id: found.score for found in one.found} == pytest.approx(scores, abs=1e-2)


def test_many_small_updates_are_as_good_as_one(engine: Engine) -> None:
    step = engine
    for upto in range(len(town().current), 3, -4):
        step = step.updated(corpus_with(*town().current[:upto]))
    step = step.updated(corpus_with(*step.corpus.passages, POOL))
    at_once = engine.updated(corpus_with(*step.corpus.passages))
    for question in QUESTIONS:
        assert step.find(question) == at_once.find(question)


def test_what_is_superseded_from_now_on_is_no_longer_found(engine: Engine) -> None:
    old = town().current[2]
    new = replace(old, id="midori/2b", text="印鑑を登録すると、印鑑登録証を渡します。登録の手数料は400円です。")
    current = (replace(one, superseded_by=new.id) if one == old else one for one in town().current)
    found = engine.updated(corpus_with(*current, new)).find("印鑑登録の手数料は300円ですか").found
    assert found[0].passage == new
    assert all("300円" not in one.passage.text for one in found)


def test_all_may_be_withdrawn_and_come_back(engine: Engine) -> None:
    empty = engine.updated(Corpus())
    assert empty.find("ごみ").found == ()
    pages = passages([(("体育", "町営プール"), "泳げます。"), (("図書館",), "本を貸します。")])
    assert empty.updated(corpus_with(*pages)).find("本を借りる").found[0].passage == pages[1]
