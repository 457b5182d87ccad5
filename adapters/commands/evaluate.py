"""`madoguchi evaluate`: how good the answers to a labelled file of questions are."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.commands.common import FILE, Failure, open_knowledge, read_or_tell

if TYPE_CHECKING:
    from retrieval.evaluation import Labelled


@click.command(help="答えの分かっている質問のファイルで、検索の質を測ります。")
@click.argument("file", type=FILE)
@click.option("--index", type=click.Path(path_type=Path), help="madoguchi index で作った索引で測ります")
@click.option("--json", "as_json", is_flag=True, help="JSONで出力します")
@click.pass_context
def evaluate(ctx: click.Context, file: Path, index: Path | None, *, as_json: bool) -> None:
    """Prints the quality table for lines {"id","question","section_id" or "answers", perhaps "kind" or "type"}."""
    from retrieval.evaluation import evaluate as measure

    questions, faults = read_or_tell(file, _labelled)
    if not questions:
        raise Failure(f"{file}: 測れる質問がありません。")
    report = measure(open_knowledge(ctx.obj, index).engine, questions)
    click.echo(json.dumps(dataclasses.asdict(report), ensure_ascii=False) if as_json else report.table())
    if faults:
        raise Failure(f"{file}: 読めない行が{faults}行ありました。ほかの行だけで測りました。")


def _labelled(entry: dict[str, Any]) -> Labelled:
    from retrieval.evaluation import Labelled

    return Labelled.of({"kind": entry.get("type", ""), **entry})
