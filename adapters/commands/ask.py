"""`madoguchi ask`: one question, or a file of them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.commands.common import FILE, Failure, open_knowledge, read_or_tell
from corpus.directory.languages import language_named
from corpus.directory.prefectures import UnknownPrefectureError, prefecture_named

if TYPE_CHECKING:
    from adapters.knowledge import Knowledge

#: Exit code where the documents do not say; scripts rely on it.
NOT_FOUND = 3


@click.command(help="質問に、資料の文章と出典で答えます。終了コード：0 答えた、3 資料に見当たらない。")
@click.argument("question", required=False)
@click.option("--batch", type=FILE, help='{"id","question"} の行からなるファイルの、すべての質問に答えます')
@click.option("--index", type=click.Path(path_type=Path), help="madoguchi index で作った索引だけで答えます")
@click.option("--json", "as_json", is_flag=True, help="JSONで出力します")
@click.option("--prefecture", help="窓口のある都道府県（例：東京都）")
@click.option("--language", help="相談者の言語（例：ベトナム語、vi）。同じ節をその言語でも示します")
@click.pass_context
def ask(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    question: str | None,
    batch: Path | None,
    index: Path | None,
    *,
    as_json: bool,
    prefecture: str | None,
    language: str | None,
) -> None:
    """Answers on standard output."""
    if (question is None) == (batch is None):
        raise click.UsageError("質問か --batch のどちらか一つを指定してください。")
    try:
        place = prefecture_named(prefecture).name if prefecture else ctx.obj.prefecture or None
    except UnknownPrefectureError as error:
        raise click.UsageError(str(error)) from error
    knowledge = open_knowledge(ctx.obj, index)
    if batch:
        _answer_file(knowledge, batch, place)
        return
    known = language_named(language) if language else None
    code = known.code if known else language or ctx.obj.language or None
    answer = knowledge.answer(question or "", prefecture=place, language=code)
    if as_json:
        from adapters.records import full_record

        click.echo(json.dumps(full_record(answer), ensure_ascii=False))
    else:
        from adapters.plaintext import render

        click.echo(render(answer))
    ctx.exit(0 if answer.is_answered else NOT_FOUND)


def _answer_file(knowledge: Knowledge, batch: Path, prefecture: str | None) -> None:
    """Answers every line that can be read, in order; where some could not, the command fails at its end."""
    from adapters.jsonlines import with_texts
    from adapters.records import record

    lines, faults = read_or_tell(batch, with_texts("question"))
    for line in lines:
        started = time.perf_counter()
        answer = knowledge.answer(line["question"], prefecture=prefecture)
        latency = round((time.perf_counter() - started) * 1000, 2)
        click.echo(json.dumps({"id": line["id"], **record(answer), "latency_ms": latency}, ensure_ascii=False))
    if faults:
        raise Failure(f"{batch}: 読めない行が{faults}行ありました。ほかの行には答えました。")
