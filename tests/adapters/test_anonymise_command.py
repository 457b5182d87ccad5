from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from adapters.cli import main


@pytest.fixture(autouse=True)
def _own_data(own_data: Path) -> None:
    """Every command reads settings; these are this test's own."""


def madoguchi(*arguments: str, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["anonymise", *arguments], input=text)


def test_a_text_from_standard_input_is_masked() -> None:
    text = "田中太郎さんの電話は090-1234-5678"
    result = madoguchi(text=text)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "text": "人物Aさんの電話は電話番号A",
        "findings": [
            {"kind": "name", "start": 0, "end": 4, "replacement": "人物A"},
            {"kind": "phone", "start": 10, "end": 23, "replacement": "電話番号A"},
        ],
    }


def test_nothing_to_mask_is_no_fault() -> None:
    assert json.loads(madoguchi(text="").stdout) == {"text": "", "findings": []}


def test_bytes_that_are_no_text_are_told_in_a_line() -> None:
    result = madoguchi(text="田中".encode("cp932"))
    assert result.exit_code == 1
    assert result.stderr == "UTF-8の文章ではありません。文字コードを直してください。\n"


def batch(path: Path, lines: list[str]) -> tuple[Result, list[dict[str, Any]]]:
    path.write_text("\n".join(lines), encoding="utf-8")
    result = madoguchi("--batch", str(path))
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def test_a_file_keeps_order_and_ids(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": f"t{n}", "text": text}) for n, text in enumerate(("田中太郎です", "ビザの更新", "李明さん"))
    ]
    result, out = batch(tmp_path / "texts.jsonl", lines)
    assert result.exit_code == 0
    assert [(one["id"], one["text"]) for one in out] == [("t0", "人物Aです"), ("t1", "ビザの更新"), ("t2", "人物Aさん")]


def test_wrong_lines_are_told_by_number_and_the_others_done(tmp_path: Path) -> None:
    lines = ['{"id": 1, "text": "李明さん"}', "no json", '{"id": 2}', '{"id": 3, "text": "ビザ"}']
    result, out = batch(tmp_path / "texts.jsonl", lines)
    assert result.exit_code == 1
    assert [one["id"] for one in out] == [1, 3]
    told = result.stderr.splitlines()
    assert [line.partition("texts.jsonl:")[2][0] for line in told[:2]] == ["2", "3"]
    assert "2行" in told[2]
    assert "李明" not in result.stderr


def test_lone_surrogates_come_through_escaped(tmp_path: Path) -> None:
    result, out = batch(tmp_path / "texts.jsonl", ['{"id": 1, "text": "\\ud800 田中太郎"}'])
    assert result.exit_code == 0
    assert out == [
        {"id": 1, "text": "\ud800 人物A", "findings": [{"kind": "name", "start": 2, "end": 6, "replacement": "人物A"}]}
    ]
