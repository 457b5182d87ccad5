"""Questions in, passages out, whatever is typed."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Corpus
from retrieval.engine import Engine
from retrieval.finding import Findings
from retrieval.words import WordVectors
from tests.retrieval.town import corpus_of, town

#: What people type, and what gets pasted: kana, romaji, emoji, other scripts, control characters, anything.
_ALPHABETS = (
    "ざいりゅうこうしんひっこしごみのだしかたー、。",
    "zairyukoushin hikkoshi gomi 0123456789",
    "🎉👨‍👩‍👧🇯🇵❤️‍🔥",
    "متى تنتهي الإقامة",
    "体留カード再入国転入届印鑑\n\t 　",
    "ｺﾞﾐﾉﾀﾞｼｶﾀＧＯＭＩ①㍿ﷺ゙゚",
    "\x00\x07\x1b\x7f\u200b\u202e\ufeff\u2028",
)
typed = st.one_of(
    *(st.text(alphabet=alphabet, max_size=60) for alphabet in _ALPHABETS),
    st.text(max_size=120),
    st.lists(st.sampled_from([*_ALPHABETS, "引越しの届出はどこですか。"]), max_size=6).map("".join),
)


def first(engine: Engine, question: str) -> str:
    """Heading of the first passage."""
    return engine.find(question).found[0].passage.section[-1]


def assert_well_formed(findings: Findings, limit: int) -> None:
    assert len(findings.found) <= limit
    assert 0 <= findings.confidence <= 1
    assert findings.found or not findings.answered, "what finds nothing answers nothing"
    assert all(math.isfinite(one.score) for one in findings.found)
    assert all(before.score >= after.score for before, after in pairwise(findings.found))
    assert len({one.passage.id for one in findings.found}) == len(findings.found)
    for one in findings.found:
        assert not one.passage.superseded_by
        assert all(0 <= begin < end <= len(one.passage.text) for begin, end in one.answering)
        assert all(before[1] <= after[0] for before, after in pairwise(one.answering))


@settings(deadline=None, max_examples=250)
@given(question=typed, limit=st.integers(1, 12))
def test_any_text_gets_well_formed_findings(engine: Engine, question: str, limit: int) -> None:
    assert_well_formed(engine.find(question, limit), limit)


@pytest.mark.parametrize(
    "question",
    [
        "隣の部屋に住む友人のことです。" * 150 + "引越しの届出は何日以内ですか。",
        "ごみ" * 1_500,
        "x" * 3_000,
        "🎉" * 2_000,
        "あ" * 10_000,
        "。" * 5_000,
        "在留カード\n" * 4_000,
    ],
    ids=["case", "one word", "latin", "emoji", "hiragana", "signs", "more than SudachiPy takes"],
)
def test_long_texts_get_well_formed_findings(engine: Engine, question: str) -> None:
    assert_well_formed(engine.find(question), 10)


@pytest.mark.parametrize("question", ["", " \n\t　", "？", "\x00", "は、が。", "\u200b"])
def test_a_question_without_words_finds_nothing(engine: Engine, question: str) -> None:
    assert engine.find(question) == Findings((), 0.0, False)


@pytest.mark.parametrize("question", ["あ", "a", "税", "7", "🎉", "ء", "ー"])
def test_one_letter_is_a_question(engine: Engine, question: str) -> None:
    assert_well_formed(engine.find(question), 10)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("引っ越したら何日以内に届けますか", "引越し"),
        ("布団を捨てたい", "粗大ごみ"),
        ("結婚するときの証人は何人", "婚姻届"),
        ("会社をやめたあとの健康保険", "国民健康保険"),
        ("本は何冊借りられますか", "貸出し"),
        ("弁護士に無料で相談したい", "法律相談"),
        ("自転車を駅に置きたい", "駐輪場"),
    ],
)
def test_the_passage_that_answers_comes_first(engine: Engine, question: str, heading: str) -> None:
    assert first(engine, question) == heading


@pytest.mark.parametrize(
    "spellings",
    [
        ("引越しの届出", "引っ越しの届け出", "ひっこしのとどけで", "引越の届出", "hikkoshi no todokede"),
        ("予防接種の券", "よぼうせっしゅの券", "予防　接種の　券", "ヨボウセッシュノ券", "予防\u200b接種の券"),
        ("粗大ごみの処理券", "粗大ゴミの処理券", "粗大ｺﾞﾐの処理券", "そだいごみの処理券"),
        ("1日100円の駐輪場", "１日１００円の駐輪場", "１日１００円のちゅうりんじょう"),
        ("地震の避難所", "じしんのひなんじょ", "ジシンのヒナンジョ", "ｼﾞｼﾝのﾋﾅﾝｼﾞｮ", "jishin no hinanjo"),
        ("国民健康保険に加入", "こくみんけんこうほけんに加入", "国民健庫保険に加入", "国民健康保健に加入"),
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_one_question_find_the_same_passage(engine: Engine, spellings: tuple[str, ...]) -> None:
    assert {first(engine, spelling) for spelling in spellings} == {first(engine, spellings[0])}


def test_superseded_passages_are_neither_found_nor_kept(engine: Engine) -> None:
    findings = engine.find("印鑑登録の手数料は200円ですか")
    assert findings.found[0].passage.text.endswith("登録の手数料は300円です。")
    assert all("200円" not in one.passage.text for one in findings.found)
    assert engine.corpus.passages == town().current


def test_the_answering_sentence_is_marked(engine: Engine) -> None:
    best = engine.find("定期の利用ができますか").found[0]
    assert [best.passage.text[begin:end] for begin, end in best.answering] == ["定期の利用もできます。"]


def test_as_many_are_found_as_are_asked_for(engine: Engine) -> None:
    ten = engine.find("手数料はいくらですか").found
    assert len(ten) == 10
    assert engine.find("手数料はいくらですか", 3).found == ten[:3]


def test_the_same_question_gets_the_same_findings(engine: Engine, words: WordVectors) -> None:
    told: list[int] = []
    again = Engine.build(town(), words=words, progress=told.append)
    assert told[-1] == len(town().current)
    for question in ("保育園の申込み", "ゴミ", "住民税はいつ", "火星への移住"):
        findings = engine.find(question)
        assert engine.find(question) == findings
        assert again.find(question) == findings


@pytest.mark.parametrize(
    "corpus",
    [Corpus(), corpus_of("。"), corpus_of("在留カード"), corpus_of("ごみ", "ごみ")],
    ids=["none", "a sign", "one", "twice the same"],
)
def test_the_smallest_corpora_answer(words: WordVectors, corpus: Corpus) -> None:
    engine = Engine.build(corpus, words=words)
    for question in ("在留カードの更新", "ごみ", "あ", ""):
        assert_well_formed(engine.find(question), len(corpus.passages))
