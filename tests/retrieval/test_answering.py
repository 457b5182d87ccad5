"""The sentences that answer, marked."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.model import Corpus
from retrieval.analyser import sentences
from retrieval.answering import Marker
from retrieval.closely import CloseReader
from retrieval.encoders import WordEncoder
from retrieval.fusion import Fusion
from retrieval.index import Index
from retrieval.question import Reader
from retrieval.words import WordVectors
from tests.retrieval.town import TOWN, passages

SEAL, BULKY, TAX, SHELTER, LAWYER = 2, 4, 7, 10, 11


def marked(index: Index, question: str, number: int) -> list[str]:
    """The sentences of a passage that are marked, in the order in which they are given."""
    read = Reader(index.vocabulary, index.postings, index.words, index.forms).read(question)
    [ranges] = Marker(index).mark(CloseReader(index).ask(read), Fusion(index).meaning(read), [number])
    assert all(before[1] <= after[0] for before, after in pairwise(ranges)), "in reading order, never overlapping"
    text = index.passages[number].text
    assert set(ranges) <= set(sentences(text)), "sentences, whole"
    return [text[begin:end] for begin, end in ranges]


@pytest.mark.parametrize(
    ("question", "number", "sentence"),
    [
        ("登録の手数料はいくらですか", SEAL, "登録の手数料は300円です。"),
        ("予約は必要ですか", LAWYER, "毎月第3水曜日の午後、予約が必要です。"),
        ("納付書はいつ届きますか", TAX, "納付書は6月に送ります。"),
        ("水と薬", SHELTER, "水と薬を持って避難してください。"),
    ],
)
def test_the_sentence_that_answers_is_marked(index: Index, question: str, number: int, sentence: str) -> None:
    assert marked(index, question, number) == [sentence]


@pytest.mark.parametrize("question", ["地震", "火星への移住", "犬を飼いたい"])
def test_where_none_stands_out_none_is_marked(index: Index, question: str) -> None:
    assert marked(index, question, SEAL) == []


def test_several_passages_are_marked_as_each_alone(index: Index) -> None:
    read = Reader(index.vocabulary, index.postings, index.words, index.forms).read("登録の手数料はいくらですか")
    reading, meant, marker = CloseReader(index).ask(read), Fusion(index).meaning(read), Marker(index)
    several = [LAWYER, SEAL, TAX]
    assert marker.mark(reading, meant, several) == [marker.mark(reading, meant, [one])[0] for one in several]
    assert marker.mark(reading, meant, []) == []


@pytest.mark.parametrize("question", ["ごみ", "手数料", "届け出", "登録の手数料と印鑑登録証", "町"])
def test_whatever_is_marked_is_a_sentence_or_two(index: Index, question: str) -> None:
    for number in range(len(index.passages)):
        assert len(marked(index, question, number)) <= 2


@pytest.fixture(scope="module")
def clinic(words: WordVectors) -> Index:
    """A passage of unlike sentences, one of like ones, one without any, and others to tell them from."""
    pages = [
        (("診療所",), "土曜日は休みです。駐車場は裏にあります。初診の受付は11時に終わります。"),
        (("歯科",), "虫歯の治療は月曜日です。昼は閉まります。虫歯の治療は火曜日です。虫歯の治療は水曜日です。"),
        (("救急外来",), ""),
        (("相撲",), "駐車場は裏にあります。"),
        (("図書館",), "本を貸します。"),
    ]
    return Index.build(Corpus({TOWN.key: TOWN}, passages(pages)), words, WordEncoder(words))


def test_of_sentences_as_good_as_each_other_two_are_marked_in_reading_order(clinic: Index) -> None:
    both = marked(clinic, "虫歯の治療", 1)
    assert len(both) == 2
    assert all(sentence.startswith("虫歯の治療は") for sentence in both)


def test_the_last_sentence_may_be_the_one(clinic: Index) -> None:
    assert marked(clinic, "初診の受付は何時まで", 0) == ["初診の受付は11時に終わります。"]


def test_a_heading_is_never_marked(clinic: Index) -> None:
    assert marked(clinic, "相撲", 3) == [], "the word stands in the heading only"
    assert marked(clinic, "救急外来", 2) == [], "there is no sentence"
