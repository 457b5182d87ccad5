"""`madoguchi index`: an index of one's own files, with nothing else in it."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.commands.common import Failure, progress_bar, tell


@click.command(help="PDF・HTML・Word・Markdown・テキストのファイルやフォルダーから、索引を作ります。")
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="索引を置くフォルダー")
@click.pass_context
def index(ctx: click.Context, paths: tuple[Path, ...], out: Path) -> None:
    """Builds an index and swaps it in whole; files that cannot be read are told and left out, with exit code 1."""
    from adapters.knowledge import build
    from corpus.errors import CorpusError
    from corpus.reading import read_documents
    from retrieval.errors import RetrievalError

    try:
        with progress_bar("ファイル") as progress:
            read = 0

            def count(_path: Path) -> None:
                nonlocal read
                read += 1
                if progress:
                    progress(read)

            reading = read_documents(paths, progress=count)
        for problem in reading.problems:
            tell(str(problem))
        if not reading.corpus.passages:
            raise Failure("読める資料が一つもありませんでした。索引は作りません。")
        with progress_bar("件") as progress:
            build(reading.corpus, ctx.obj, tell, progress=progress).save(out)
    except (CorpusError, RetrievalError) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        # NumPy's error of a full disk has neither a file nor a text for it.
        why = f"（{error.strerror}）" if error.strerror else ""
        raise Failure(
            f"{error.filename or out}: 索引を書き込めません{why}。空き容量と書き込みの許可を確かめてください。"
        ) from error
    sources, passages = len(reading.corpus.sources), len(reading.corpus.current)
    tell(f"{out}: 資料{sources}点、{passages}箇所の索引を作りました。")
    if reading.problems:
        ctx.exit(1)
