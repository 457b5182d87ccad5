"""`madoguchi corpus fetch`: downloads official PDFs of the catalogue."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.commands.common import FILE, tell
from adapters.commands.corpus_common import downloads_of, failing_plainly, json_option
from corpus import official_pdfs
from corpus.files import one_writer
from corpus.official_pdfs import OfficialPdf

if TYPE_CHECKING:  # aiohttp is heavy; it is imported when something is downloaded
    from adapters.fetch import Fetched, FetchError, Progress


@click.command(help="公式のPDFを取得します。ID も --all も付けないと、取得できるPDFの一覧を示します。")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="場所が確かめられているPDFを、すべて取得します。")
@click.option("--max-mb", type=click.IntRange(min=1), default=100, show_default=True, help="一つのPDFの上限（MB）。")
@click.option("--catalogue", type=FILE, help="内蔵の一覧の代わりに使う、自分の一覧（TOML）。")
@json_option
@click.pass_context
def fetch(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context, ids: Sequence[str], everything: bool, max_mb: int, catalogue: Path | None, as_json: bool
) -> None:
    """Downloads what is new; exit code 1 when any failed."""
    with failing_plainly():
        pdfs = official_pdfs.read(catalogue) if catalogue else official_pdfs.load()
    if unknown := [name for name in ids if name not in pdfs]:
        raise click.UsageError(
            f"{'、'.join(unknown)}: このIDはありません。一覧は madoguchi corpus fetch で見られます。"
        )
    if not (ids or everything):
        click.echo(_listed(pdfs.values(), as_json))
        return
    chosen = [pdf for pdf in pdfs.values() if pdf.id in ids or (everything and pdf.confirmed)]
    folder = downloads_of(ctx)
    with failing_plainly(), one_writer(folder):
        outcomes = asyncio.run(_fetch_all(chosen, folder, max_mb))
    if as_json:
        records = [_record(pdf, outcome) for pdf, outcome in zip(chosen, outcomes, strict=True)]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    if any(isinstance(outcome, Exception) for outcome in outcomes):
        ctx.exit(1)


async def _fetch_all(chosen: Sequence[OfficialPdf], folder: Path, max_mb: int) -> list[Fetched | FetchError]:
    """One after the other: nobody's server is asked for several files at once."""
    from adapters.fetch import MEGABYTE, FetchError, Policy, open_session
    from adapters.fetch import fetch as fetch_one

    outcomes: list[Fetched | FetchError] = []
    async with open_session() as session:
        for pdf in chosen:
            if pdf.note:
                tell(f"{pdf.id}: {pdf.note}")
            try:
                with _bar(pdf.id) as progress:
                    policy = Policy(max_bytes=max_mb * MEGABYTE)
                    outcome = await fetch_one(pdf, folder, session, policy=policy, progress=progress)
                _tell_fetched(pdf, outcome)
                outcomes.append(outcome)
            except FetchError as error:
                tell(str(error))
                outcomes.append(error)
    return outcomes


@contextmanager
def _bar(name: str) -> Iterator[Progress | None]:
    """A progress bar in bytes, when a person is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(desc=name, unit="B", unit_scale=True, leave=False) as bar:

        def show(here: int, whole: int | None) -> None:
            bar.total = whole
            bar.update(here - bar.n)

        yield show


def _tell_fetched(pdf: OfficialPdf, fetched: Fetched) -> None:
    if not fetched.changed:
        tell(f"{pdf.id}: 前に取得したときから変わっていません（{fetched.path}）。")
        return
    tell(f"{pdf.id}: 取得しました（{fetched.path}）。")
    if fetched.earlier:
        tell(f'  内容が変わりました。違いを見るには: madoguchi corpus diff "{fetched.earlier}" "{fetched.path}"')
    # The address does not say which edition lies there; only the cover does.
    tell(
        f'  表紙で版と日付を確かめて、追加してください: madoguchi corpus add "{fetched.path}" --edition 版 --date 日付'
    )


def _listed(pdfs: Iterable[OfficialPdf], as_json: bool) -> str:
    from adapters.tabular import table

    if as_json:
        return json.dumps([asdict(pdf) for pdf in pdfs], ensure_ascii=False, indent=1)
    rows = [
        (
            pdf.id,
            pdf.language,
            "確認済み" if pdf.confirmed else "未確認",
            pdf.title + (f"　※{pdf.note}" if pdf.note else ""),
        )
        for pdf in pdfs
    ]
    return table(("ID", "言語", "場所", "題名"), rows)


def _record(pdf: OfficialPdf, outcome: Fetched | FetchError) -> dict[str, object]:
    if isinstance(outcome, Exception):
        return {"id": pdf.id, "error": str(outcome)}
    return {"id": pdf.id, "path": str(outcome.path), "changed": outcome.changed, **asdict(outcome.retrieval)}
