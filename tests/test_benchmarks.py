"""The benchmarks run, judge rankings as they say, and tell what is not installed."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from benchmarks import retrieval, synthetic
from benchmarks.dataset import read
from benchmarks.measures import percentile, quality

#: Ten documents, each with a question whose words stand in no other.
_TITLES = {
    "ごみ": "粗大ごみの収集を予約したい",
    "保育所": "保育所に子どもを預けたい",
    "水道": "水道の使用開始を申し込みたい",
    "免許": "運転免許証を切り替えたい",
    "税": "住民税の納付書をなくした",
    "犬": "飼い犬の登録をしたい",
    "図書館": "図書館の利用者カードを作りたい",
    "年金": "国民年金の保険料を免除してほしい",
    "婚姻": "婚姻届を提出したい",
    "避難": "避難場所を地図で確認したい",
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A folder with ten documents, each the answer to its own title."""
    documents = [{"id": key, "title": key, "text": f"{title}人は、窓口へ。"} for key, title in _TITLES.items()]
    questions = [{"id": f"q-{key}", "text": title} for key, title in _TITLES.items()]
    for name, lines in (("corpus", documents), ("queries", questions)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    grades = {f"q-{key}": {key: 2} for key in _TITLES}
    (tmp_path / "qrels.json").write_text(json.dumps(grades, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def test_our_engine_and_fts5_find_ten_documents(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    retrieval.main(["--data", str(collection), "--systems", "madoguchi,fts5", "--json"])
    ours, fts5 = map(json.loads, capsys.readouterr().out.splitlines())
    assert (ours["system"], fts5["system"]) == ("madoguchi", "fts5")
    for result in (ours, fts5):
        assert (result["recall"], result["ndcg"], result["hit"]) == (1, 1, 1)
        assert 0 < result["p50_ms"] <= result["p95_ms"]


@pytest.mark.skipif(importlib.util.find_spec("haystack") is not None, reason="Haystack is installed here")
def test_what_is_not_installed_is_one_line(collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = str(collection / "no-such-environments")
    retrieval.main(["--data", str(collection), "--systems", "haystack,fts5", "--peers", nowhere])
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert "not installed" in rows[1]
    assert "1.000" in rows[2]


def test_a_system_that_breaks_is_told(collection: Path) -> None:
    (collection / "corpus.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(retrieval.ContestantFailedError, match="KeyError"):
        retrieval.measure("fts5", collection, python=Path(sys.executable), cache=collection)


def test_a_system_that_nobody_knows_is_refused(collection: Path) -> None:
    with pytest.raises(SystemExit):
        retrieval.main(["--data", str(collection), "--systems", "google"])


def test_quality_by_hand() -> None:
    grades = {"a": {"1": 2, "2": 1}, "b": {"3": 1}, "c": {"4": 2}}
    judged = quality({"a": ["2", "9", "1"], "b": ["3"], "c": []}, grades)
    assert judged.recall == pytest.approx((1 + 1 + 0) / 3)
    # a: gains 1 and 2 at ranks 1 and 3; at best 2 and 1 at ranks 1 and 2 (log2 of 2, 3, 4 is 1, 1.585, 2)
    assert judged.ndcg == pytest.approx(((1 + 2 / 2) / (2 + 1 / 1.5849625) + 1 + 0) / 3)
    assert judged.hit == 0  # of a and c, the only ones with an answer, neither has it first


def test_only_the_first_ten_count() -> None:
    deep = quality({"a": [*map(str, range(10)), "x"]}, {"a": {"x": 2}})
    assert (deep.recall, deep.ndcg, deep.hit) == (0, 0, 0)


@pytest.mark.parametrize(("share", "value"), [(0.5, 10), (0.95, 19), (1.0, 20)])
def test_percentile_is_the_nearest_rank(share: float, value: int) -> None:
    assert percentile([float(n) for n in range(20, 0, -1)], share) == value


def test_questions_without_a_graded_document_are_left_out(collection: Path) -> None:
    (collection / "queries-more.jsonl").write_text('{"id": "ungraded", "text": "雨"}\n\n', encoding="utf-8")
    dataset = read(collection)
    assert set(dataset.questions) == {f"q-{key}" for key in _TITLES}
    assert len(dataset.documents) == len(_TITLES)


def test_a_collection_that_lacks_a_file_names_it(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="qrels"):
        read(tmp_path)


def test_synthetic_passages_are_as_long_as_real_ones_and_always_the_same() -> None:
    passages = synthetic.corpus(200).passages
    assert passages == synthetic.corpus(200).passages
    assert len({passage.text for passage in passages}) == 200
    assert all(synthetic.SHORTEST <= len(passage.text) <= synthetic.LONGEST for passage in passages)
    assert all(passage.section for passage in passages)
