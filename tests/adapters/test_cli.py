from __future__ import annotations

import json
import resource
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from adapters.cli import COMMANDS, main

PASSAGE_FIELDS = [
    *("rank", "text", "grade", "source", "title", "edition", "section_id", "section", "page", "url", "score"),
]
LOST_CARD = "在留カードをなくしたときは、どうすればいいですか"


def madoguchi(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def index(own_data: Path, tmp_path: Path) -> Path:
    """An index of two small documents of our own."""
    folder = tmp_path / "documents"
    folder.mkdir()
    write(
        folder / "garbage.md", "# ごみの手引き\n\n## 粗大ごみ\n\n粗大ごみは、電話で申し込みます。手数料は500円です。\n"
    )
    write(folder / "library.md", "# 図書館の手引き\n\n## 貸し出し\n\n本は2週間借りられます。\n")
    result = madoguchi("index", folder, "--out", tmp_path / "index")
    assert result.exit_code == 0, result.output
    return tmp_path / "index"


def test_help_names_every_command(own_data: Path) -> None:
    result = madoguchi("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.output


def test_version() -> None:
    result = madoguchi("--version")
    assert result.exit_code == 0
    assert result.output.startswith("madoguchi ")


def test_every_fault_of_the_settings_is_told_in_a_line(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_PORT", "http")
    monkeypatch.setenv("MADOGUCHI_COLOUR", "red")
    result = madoguchi("ask", LOST_CARD)
    assert result.exit_code == 2
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["設定の誤り", "設定の誤り"]


def test_an_answer_names_where_it_stands_and_whom_to_call(own_data: Path) -> None:
    result = madoguchi("ask", LOST_CARD)
    assert result.exit_code == 0
    assert "生活・就労ガイドブック 第8版" in result.stdout
    assert "在留カードの紛失 p.2" in result.stdout
    assert "0570-013904" in result.stdout


def test_what_is_not_found_exits_with_three(own_data: Path) -> None:
    result = madoguchi("ask", "")
    assert result.exit_code == 3
    assert "質問を入力してください" in result.stdout


def test_json_holds_what_people_see(own_data: Path) -> None:
    result = madoguchi("ask", "札幌の入管の受入環境調整担当官の電話番号", "--json")
    answer = json.loads(result.stdout)
    assert answer["prefecture"] == "北海道"
    assert answer["contacts"][0]["number"] == "0570-003259"
    assert {"headline", "word", "next_step", "remarks", "urgent"} <= set(answer)
    assert "要約" in answer["remarks"][0]


def test_the_prefecture_may_be_given_in_many_ways(own_data: Path) -> None:
    answer = json.loads(madoguchi("ask", LOST_CARD, "--json", "--prefecture", "Okinawa").stdout)
    assert answer["prefecture"] == "沖縄県"
    wrong = madoguchi("ask", LOST_CARD, "--prefecture", "火星")
    assert wrong.exit_code == 2
    assert "火星" in wrong.stderr


def test_the_language_may_be_given_by_name(own_data: Path) -> None:
    by_name, by_code = (madoguchi("ask", LOST_CARD, "--language", given) for given in ("ベトナム語", "vi"))
    assert "ベトナム語の版は、まだ入っていません" in by_name.stdout
    assert by_name.stdout == by_code.stdout


def test_an_index_of_ones_own_holds_nothing_else(index: Path) -> None:
    result = madoguchi("ask", "粗大ごみの手数料", "--index", index, "--json")
    passages = json.loads(result.stdout)["passages"]
    assert {passage["source"] for passage in passages} <= {"garbage", "library"}
    assert passages[0]["section"][-1] == "粗大ごみ"
    assert "500円" in passages[0]["text"]


def test_batch_lines_have_the_form_that_scripts_rely_on(index: Path, tmp_path: Path) -> None:
    questions = write(
        tmp_path / "questions.jsonl", '{"id": "q1", "question": "粗大ごみの手数料"}\n\n{"id": 2, "question": ""}\n'
    )
    result = madoguchi("ask", "--batch", questions, "--index", index)
    assert result.exit_code == 0
    lines: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["q1", 2]
    for line in lines:
        assert list(line) == ["id", "status", "confidence", "passages", "latency_ms"]
        assert line["status"] in {"answered", "not_found"}
        assert 0 <= line["confidence"] <= 1
        assert line["latency_ms"] >= 0
        for rank, passage in enumerate(line["passages"], start=1):
            assert list(passage) == PASSAGE_FIELDS
            assert passage["rank"] == rank
            assert len(passage["text"]) <= 600
    assert lines[0]["passages"][0]["grade"] == "手引き"
    assert lines[1]["passages"] == []


def test_a_broken_line_is_named_and_the_others_are_answered(index: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    broken_lines = [
        b'{"id": "b"}',
        b"not json",
        b"[1]",
        b"\xff",
        b'{"question": "x"}',
        b'{"id": "c", "question": 1}',
        b'{"id": true, "question": "x"}',
    ]
    questions.write_bytes(b"\n".join([b'{"id": "a", "question": "x"}', *broken_lines]))
    result = madoguchi("ask", "--batch", questions, "--index", index)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a"]
    *broken, last = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in broken] == [f"{questions}:{number}" for number in range(2, 9)]
    assert "7行" in last


def test_one_question_or_a_file_of_them(own_data: Path) -> None:
    assert madoguchi("ask").exit_code == 2


def test_bad_files_are_told_and_the_rest_is_indexed(own_data: Path, tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", "粗大ごみは、電話で申し込みます。")
    empty = write(tmp_path / "empty.pdf", "")
    result = madoguchi("index", good, empty, tmp_path / "nowhere", "--out", tmp_path / "index")
    assert result.exit_code == 1
    assert madoguchi("ask", "粗大ごみ", "--index", tmp_path / "index").exit_code in {0, 3}
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert {line.split(":")[0] for line in lines[:2]} == {str(empty), str(tmp_path / "nowhere")}


def test_where_nothing_can_be_read_the_old_index_stays(index: Path, tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.pdf", "")
    result = madoguchi("index", empty, "--out", index)
    assert result.exit_code == 1
    assert json.loads(madoguchi("ask", "粗大ごみ", "--index", index, "--json").stdout)["passages"]


def test_a_full_disk_is_one_clear_line_and_the_old_index_stays(index: Path, tmp_path: Path) -> None:
    text = write(tmp_path / "new.txt", "図書館は、本を貸し出しています。月曜日は休みです。")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, hard))  # less than the word vectors need
    try:
        result = madoguchi("index", text, "--out", index)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{index}: 索引を書き込めません。")
    assert "500円" in madoguchi("ask", "粗大ごみの手数料", "--index", index).stdout


def test_an_index_that_cannot_be_used_is_one_clear_line(index: Path, tmp_path: Path) -> None:
    missing = madoguchi("ask", "粗大ごみ", "--index", tmp_path / "nowhere")
    assert missing.exit_code == 1
    assert len(missing.stderr.splitlines()) == 1
    largest = max((path for path in index.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    with largest.open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    damaged = madoguchi("ask", "粗大ごみ", "--index", index)
    assert damaged.exit_code == 1
    assert len(damaged.stderr.splitlines()) == 1
    assert "壊れています" in damaged.stderr


def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_DATA_DIR", str(write(tmp_path / "file", "")))
    lines = write(tmp_path / "lines.jsonl", '{"id": "a", "title": "図書館", "text": "本を借りられます。"}\n')
    result = madoguchi("ask", "図書館")
    assert result.exit_code == 1
    assert "MADOGUCHI_DATA_DIR" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr
    # what needs no library goes on: the word vectors are read anew instead of kept
    assert madoguchi("rank", "--corpus", lines, "--queries", lines).exit_code == 0


def test_a_file_that_is_not_there_is_one_line(index: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.jsonl", tmp_path):
        result = madoguchi("ask", "--batch", path, "--index", index)
        assert result.exit_code == 2
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"{path}: ")


def test_rank_names_the_documents_of_each_query(own_data: Path, tmp_path: Path) -> None:
    documents = write(
        tmp_path / "documents.jsonl",
        '{"id": "a", "title": "粗大ごみ", "text": "電話で申し込みます。"}\n'
        '{"id": 2, "title": "図書館", "text": "本は2週間借りられます。"}\n'
        '{"id": "c", "title": "住民票", "text": "窓口で請求します。"}\n'
        '{"id": "a", "title": "同じid", "text": "図書館の本です。"}\n',
    )
    queries = write(
        tmp_path / "queries.jsonl", '{"id": 1, "text": "図書館の本"}\n{"id": "q", "text": "粗大ごみ"}\n{}\n'
    )
    result = madoguchi("rank", "--corpus", documents, "--queries", queries)
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stderr.splitlines()[:2]] == [f"{documents}:4", f"{queries}:3"]
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [list(line) for line in lines] == [["id", "ranking"]] * 2
    assert [(line["id"], line["ranking"][0]) for line in lines] == [(1, 2), ("q", "a")]


def test_evaluate_measures_a_labelled_file(index: Path, tmp_path: Path) -> None:
    labelled = write(
        tmp_path / "labelled.jsonl",
        '{"id": "1", "type": "exact", "question": "粗大ごみの手数料", "answers": ["手数料は500円です。"]}\n'
        '{"id": "2", "kind": "far", "question": "火星の天気", "section_id": []}\n'
        '{"id": "3", "question": "図書館"}\n',
    )
    result = madoguchi("evaluate", labelled, "--index", index)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{labelled}:3: ")
    assert "exact" in result.stdout
    assert "far" in result.stdout
    report = json.loads(madoguchi("evaluate", labelled, "--index", index, "--json").stdout)
    assert (report["total"]["answerable"], report["total"]["unanswerable"]) == (1, 1)
    assert report["by_kind"]["exact"]["first"] == 1.0
    empty = madoguchi("evaluate", write(tmp_path / "empty.jsonl", ""), "--index", index)
    assert empty.exit_code == 1


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (("foo",), "foo というコマンドはありません。（使い方：madoguchi --help）"),
        (("index",), "PATHS を指定してください。（使い方：madoguchi index --help）"),
        (("ask", "--foo", "x"), "--foo というオプションはありません。（使い方：madoguchi ask --help）"),
        (("serve", "--port", "x"), "port の値が正しくありません。（使い方：madoguchi serve --help）"),
        (("ask", "a", "b"), "余分な指定があります: b（使い方：madoguchi ask --help）"),
    ],
)
def test_what_is_typed_wrongly_is_one_line(typed: tuple[str, ...], line: str) -> None:
    result = CliRunner().invoke(main, typed, prog_name="madoguchi")
    assert result.exit_code == 2
    assert result.stderr == f"{line}\n"
