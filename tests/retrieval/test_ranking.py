"""The engine over documents and queries of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retrieval.ranking import LONGEST, rank
from retrieval.words import WordVectors

DOCUMENTS: list[Mapping[str, Any]] = [
    {"id": "swim", "title": "町営プール", "text": "7月から8月まで泳げます。"},
    {"id": "waste", "title": "ごみの出し方", "text": "燃えるごみは火曜日に出します。"},
    {"id": "tax", "title": "住民税", "text": "納付書は6月に送ります。"},
    *({"id": number, "title": f"{number}番の窓口", "text": "平日に開いています。"} for number in range(12)),
]


def test_the_documents_that_answer_come_first(words: WordVectors) -> None:
    queries: list[Mapping[str, Any]] = [
        {"id": "q1", "text": "夏に泳ぐところはありますか"},
        {"id": "q2", "text": "ゴミはいつ出すの"},
        {"id": 3, "text": "税金の納付書が届かない"},
    ]
    ranked = list(rank(DOCUMENTS, queries, words=words))
    assert [(query, ids[0]) for query, ids in ranked] == [("q1", "swim"), ("q2", "waste"), (3, "tax")]
    assert all(len(ids) == LONGEST == len(set(ids)) for _, ids in ranked)


def test_a_query_without_words_ranks_nothing(words: WordVectors) -> None:
    queries = [{"id": text, "text": text} for text in ("", "  \n", "？！")]
    assert [ids for _, ids in rank(DOCUMENTS[:2], queries, words=words)] == [[], [], []]


def test_documents_of_one_id_are_documents_all_the_same(words: WordVectors) -> None:
    twice = [*DOCUMENTS[:3], DOCUMENTS[0]]
    ((_, ids),) = rank(twice, [{"id": "q", "text": "町営プール"}], words=words)
    assert ids[:2] == ["swim", "swim"]


def test_no_documents_and_no_queries(words: WordVectors) -> None:
    assert list(rank([], [{"id": "q", "text": "住民税"}], words=words)) == [("q", [])]
    assert list(rank([], [], words=words)) == []
