"""`madoguchi corpus add`: takes documents into the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count as counting
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.commands.common import FILE, PATH, Failure, progress_bar, tell
from adapters.commands.corpus_common import downloads_of, failing_plainly, library_of
from adapters.shelf import Shelf, sha256_of
from corpus import official_pdfs
from corpus.catalogue import CATALOGUE, read_catalogue
from corpus.editions import SUMMARY_MARK, WITHDRAWN, undecided
from corpus.errors import CatalogueError
from corpus.files import printable
from corpus.holdings import Holding, Origin
from corpus.library import Library
from corpus.withdrawals import unmarked_key

if TYPE_CHECKING:  # the libraries that read documents are heavy; imported when something is read
    from adapters.staging import ReadFiles


@click.command(help="資料（PDF・HTML・Word・Markdown・テキスト）を追加します。フォルダーは中身をすべて追加します。")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATH)
@click.option("--sources", type=FILE, help="資料の題名や版を書いた一覧（sources.toml と同じ形）。")
@click.option("--id", help="資料のID。版や言語が違っても同じものにします。")
@click.option("--title", help="題名")
@click.option("--edition", help="版（例：第8版、令和6年度）")
@click.option("--date", help="版の日付（例：2024、2024-07、2026-02-26）")
@click.option("--language", help="言語コード（例：ja、en、vi、やさしい日本語は ja-x-easy）")
@click.option("--url", help="資料が載っている公式のページ")
@click.pass_context
def add(ctx: click.Context, /, paths: Sequence[Path], sources: Path | None, **given: str | None) -> None:
    """Reads documents and adds them, all or none; files that cannot be read are told and left out."""
    from adapters.staging import read_files, read_files_as

    identity = {name: text for name, text in given.items() if text}
    if identity and (sources or len(paths) > 1 or paths[0].is_dir()):
        raise click.UsageError(
            "--id などの指定は、ファイルを一つだけ追加するときに使えます。複数のときは sources.toml に書いてください。"
        )
    library, downloads = library_of(ctx), downloads_of(ctx)
    with failing_plainly():
        with progress_bar("ファイル") as progress:
            if sources:
                found = read_files_as(paths, _text_of(sources), str(sources), _counting(progress))
            else:
                found = read_files(paths, _counting(progress))
                if len(found.files) == len(paths) == 1:
                    found = _named(found, identity, downloads)
        for problem in found.reading.problems:
            tell(str(problem))
        if not found.files:
            raise Failure("追加できる資料がありませんでした。")
        before, cited = {holding.source.key: holding for holding in library.list()}, _cited(library)
        held = library.add(found.reading.corpus, {key: _origin(file, downloads) for key, file in found.files.items()})
        _tell_added(library, held, before)
        _tell_displaced(cited, _cited(library))
    if found.reading.problems:
        ctx.exit(1)


def _text_of(sources: Path) -> str:
    try:
        return sources.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{sources}: UTF-8の文字ではありません。UTF-8で保存し直してください") from error


def _counting(progress: Callable[[int], None] | None) -> Callable[[Path], None] | None:
    """Counts files for the progress bar."""
    if progress is None:
        return None
    numbers = counting(1)
    return lambda _file: progress(next(numbers))


def _named(found: ReadFiles, identity: Mapping[str, str], downloads: Path) -> ReadFiles:
    """One file, read again as what the person, or the catalogue of official PDFs, says it is.

    It is read again because the numbering of sections depends on the document's id.
    """
    from adapters.staging import catalogue_of, read_files_as

    ((key, file),) = found.files.items()
    own = found.reading.corpus.sources[key]
    listed = file.parent / CATALOGUE
    if listed.is_file() and file.resolve() in read_catalogue(listed).sources:
        if identity:
            raise click.UsageError(f"{file.name} は {listed} に書かれています。題名や版はそこで直してください。")
        return found
    said: dict[str, Any] = {**_catalogued(file, downloads), **identity}
    source = replace(own, **said)
    if source == own:
        return found
    return read_files_as([file], catalogue_of(file, source), "指定された内容")


def _catalogued(file: Path, downloads: Path) -> dict[str, str]:
    """What the catalogue of official PDFs says of a file that was fetched."""
    pdf = official_pdfs.load().get(file.stem) if file.parent.resolve() == downloads.resolve() else None
    if pdf is None:
        return {}
    return {
        "id": pdf.source,
        "title": pdf.title,
        "publisher": pdf.publisher,
        "language": pdf.language,
        "url": pdf.page,
    }


def _origin(file: Path, downloads: Path) -> Origin:
    fetched = Shelf(downloads, file.stem).retrieval() if file.parent.resolve() == downloads.resolve() else None
    return Origin(path=printable(str(file.absolute())), sha256=sha256_of(file), url=fetched.url if fetched else "")


def _tell_added(library: Library, held: Sequence[Holding], before: Mapping[str, Holding]) -> None:
    """Says what was added or replaced, and what will not be cited or cannot be told from another edition."""
    corpus = library.corpus()
    added = {holding.source.key: holding for holding in held}
    for key, holding in added.items():
        click.echo(f"追加しました: {key}（{holding.source.title}、{holding.passages}箇所）")
        if key in before and before[key].origin.sha256 != holding.origin.sha256:
            tell(f"  同じ版として前に追加したファイルを置き換えました: {before[key].origin.path}")
        if not (holding.source.edition or holding.source.date):
            tell("  版が分かりません。--edition と --date を付けて追加し直すと、答えに版が示されます。")
        reasons = {p.superseded_by for p in corpus.passages if p.source == key}
        if "" not in reasons:
            withdrawn = reasons == {WITHDRAWN}
            why = "取り下げられている" if withdrawn else f"新しい版（{'、'.join(sorted(reasons - {WITHDRAWN}))}）がある"
            tell(f"  {why}ため、この版は引用されません。")
    for one, other in undecided(corpus):
        if one.key in added or other.key in added:
            tell(f"  {one.key} と {other.key} のどちらが新しいか分かりません。両方に --date を付けてください。")


def _cited(library: Library) -> Counter[tuple[str, bool]]:
    """How many passages of each edition are cited, by its key and whether it is official."""
    corpus = library.corpus()
    return Counter((unmarked_key(source), source.official) for source in map(corpus.source_of, corpus.current))


def _tell_displaced(before: Counter[tuple[str, bool]], after: Counter[tuple[str, bool]]) -> None:
    """Says what is cited no longer: nobody should learn it from an answer that fails to come."""
    for (key, official), count in (before - after).items():
        name = key if official else f"{key}{SUMMARY_MARK}"
        left = after[key, official]
        rest = f"残りの{left}箇所は引用されます" if left else "もう引用されません"
        tell(f"  代わりに、{name} の{count}箇所が引用されなくなりました（{rest}）。")
