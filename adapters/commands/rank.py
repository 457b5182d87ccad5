"""`madoguchi rank`: the engine over documents and queries of one's own, for measuring."""

from __future__ import annotations

import json
from pathlib import Path

import click

from adapters.commands.common import FILE, Failure, failing_in_a_line, read_or_tell
from adapters.jsonlines import unlike_before, with_texts


@click.command(help="文書の集まりを質問ごとに順位づけします（測定用）。")
@click.option("--corpus", "documents", type=FILE, required=True, help='{"id","title","text"} の行からなるファイル')
@click.option("--queries", type=FILE, required=True, help='{"id","text"} の行からなるファイル')
@click.pass_context
def rank(ctx: click.Context, documents: Path, queries: Path) -> None:
    """Prints one line {"id","ranking"} for each query, in order."""
    from retrieval.ranking import rank as rank_documents
    from retrieval.words import WordVectors

    # Of two documents with one id, a ranking could not say which is meant.
    pool, unread = read_or_tell(documents, unlike_before(with_texts("title", "text")))
    asked, unasked = read_or_tell(queries, with_texts("text"))
    with failing_in_a_line():
        words = WordVectors.cached(ctx.obj.data_dir / "words")
    for query_id, ranking in rank_documents(pool, asked, words=words):
        click.echo(json.dumps({"id": query_id, "ranking": ranking}, ensure_ascii=False))
    if unread or unasked:
        raise Failure(f"読めない行が{unread + unasked}行ありました。ほかの行だけで順位づけしました。")
