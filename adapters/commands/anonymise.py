"""`madoguchi anonymise`: what identifies people is taken out of a text, or of a file of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.commands.common import FILE, Failure, tell

if TYPE_CHECKING:
    from bot.anonymise import Anonymised


@click.command(help="文章から、個人を特定する情報を取り除きます。文章は標準入力から読みます。")
@click.option("--batch", type=FILE, help='{"id","text"} の行からなるファイルの、すべての文章から取り除きます')
def anonymise(batch: Path | None) -> None:
    """Prints JSON: the text with labels, and what was taken out."""
    if batch:
        _anonymise_file(batch)
        return
    from bot.anonymise import anonymise as mask

    raw = sys.stdin.buffer.read()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Failure("UTF-8の文章ではありません。文字コードを直してください。") from None
    _print(_record(mask(text)))


def _anonymise_file(batch: Path) -> None:
    """Each line as soon as it is done; where some cannot be read, the command fails at its end."""
    from adapters.jsonlines import each_line, with_texts
    from bot.anonymise import anonymise as mask

    faults = 0
    for entries, wrong in each_line(batch, with_texts("text")):
        for fault in wrong:
            faults += 1
            tell(fault)
        for entry in entries:
            _print({"id": entry["id"], **_record(mask(entry["text"]))})
    if faults:
        raise Failure(f"{batch}: 読めない行が{faults}行ありました。ほかの行からは取り除きました。")


def _print(record: dict[str, Any]) -> None:
    # Lone surrogates, which JSON may hold and UTF-8 may not, go out as they came in: escaped.
    click.echo(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def _record(done: Anonymised) -> dict[str, Any]:
    return {
        "text": done.text,
        "findings": [
            {"kind": found.kind.value, "start": found.start, "end": found.end, "replacement": found.replacement}
            for found in done.findings
        ],
    }
