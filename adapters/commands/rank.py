"""`madoguchi rank`: the engine over documents and queries of one's own, for measuring."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from adapters.commands.common import FILE, Failure, tell
from adapters.jsonlines import LineError, read_lines


@click.command(help="文書の集まりを質問ごとに順位づけします（測定用）。")
@click.option("--corpus", "documents", type=FILE, required=True, help='{"id","title","text"} の行からなるファイル')
@click.option("--queries", type=FILE, required=True, help='{"id","text"} の行からなるファイル')
@click.pass_context
def rank(ctx: click.Context, documents: Path, queries: Path) -> None:
    """Prints one line {"id","ranking"} for each query, in order."""
    from retrieval.errors import RetrievalError
    from retrieval.ranking import rank as rank_documents
    from retrieval.words import WordVectors

    pool, unread = _all(documents, ("title", "text"))
    asked, unasked = _all(queries, ("text",))
    try:
        for query_id, ranking in rank_documents(pool, asked, words=WordVectors.cached(ctx.obj.data_dir / "words")):
            click.echo(json.dumps({"id": query_id, "ranking": ranking}, ensure_ascii=False))
    except RetrievalError as error:
        raise Failure(str(error)) from error
    if unread or unasked:
        raise Failure(f"読めない行が{unread + unasked}行ありました。ほかの行だけで順位づけしました。")


def _all(path: Path, text_fields: Sequence[str]) -> tuple[list[dict[str, Any]], int]:
    """The lines that can be read, and how many cannot."""
    lines = list(read_lines(path, text_fields))
    broken = [line for line in lines if isinstance(line, LineError)]
    for error in broken:
        tell(str(error))
    return [line for line in lines if not isinstance(line, LineError)], len(broken)
