"""Questions in kana, in the words of the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analyser import fold, tokens
from retrieval.hearing import Hearing, in_kana
from tests.retrieval.vocabularies import vocabulary_of

TEXT = "函館市の相談窓口 研修会 労働の法律 会社 特定技能 翻訳機 手続き 受ける 指定 カウンセリング 北九州市 地震"


VOCABULARY = vocabulary_of(TEXT)
HEARING = Hearing(VOCABULARY, [1] * len(VOCABULARY))
#: What carries no topic keeps nothing of its weight.
TOPICLESS = dict.fromkeys(("する", "為る", "居る", "どう", "何", "自身"), 0.0)


def rewritten(text: str) -> str:
    folded = fold(text)
    found = tokens(folded)
    held = dict.fromkeys(VOCABULARY.terms, 1.0)
    return HEARING.rewritten(folded, found, [TOPICLESS.get(t.term, held.get(t.term)) for t in found])


@pytest.mark.parametrize(
    ("kana", "written"),
    [
        (
            "はこだてしは どうして そうだんまどぐちを おおきく しましたか",
            "函館市は どうして 相談窓口を おおきく しましたか",
        ),
        ("かいしゃが ろうどうの ほうりつを ききたい とき", "会社が 労働の 法律を ききたい とき"),
        ("とくていぎのうの てつづき", "特定技能の 手続き"),
        ("けんしゅうかいを していました", "研修会を していました"),
        ("うけるのは なんかいですか", "うけるのは 何回ですか"),
        ("じしんの ときは", "地震の ときは"),
        ("かうんせりんぐは なんようびですか", "カウンセリングは 何曜日ですか"),
        ("きたきゅしゅの そうだん", "北九州の 相談"),
    ],
)
def test_what_is_heard_is_written_as_the_index_writes_it(kana: str, written: str) -> None:
    assert rewritten(kana) == written


def test_what_the_index_does_not_hold_stays() -> None:
    assert rewritten("ぺんぎんの さんぽ") == "ぺんぎんの さんぽ"
    gone = Hearing(VOCABULARY, [0] * len(VOCABULARY))
    assert gone.rewritten("そうだん", [], []) == "そうだん"


@pytest.mark.parametrize("text", ["そうだんまどぐちはどこ", "フレスクの ばしょは どこ"])
def test_kana_is_told(text: str) -> None:
    assert in_kana(text)


@pytest.mark.parametrize(
    "text", ["相談員がすぐ辞めちゃう、なり手がいないときどうしてる", "どこ？", "", "where is it", "1234567"]
)
def test_other_writing_is_not_kana(text: str) -> None:
    assert not in_kana(text)


@given(st.text(alphabet=st.one_of(st.sampled_from("はこだてしそうんまどぐちなにー "), st.characters()), max_size=80))
def test_any_text_is_heard_and_what_is_no_kana_stays(text: str) -> None:
    kept = [c for c in fold(text) if not ("ぁ" <= c <= "ゖ" or c == "ー")]
    assert [c for c in rewritten(text) if c in kept][: len(kept)] or not kept
