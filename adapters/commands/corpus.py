"""`madoguchi corpus`: the documents that are asked: added, listed, fetched, compared, withdrawn."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.commands.common import Failure
from adapters.commands.corpus_add import add
from adapters.commands.corpus_common import failing_plainly, json_option, library_of
from adapters.commands.corpus_fetch import fetch
from corpus.model import Passage


@click.group(help="資料を追加・一覧・取得・比較・取り下げします。")
def corpus() -> None:
    """The group; its commands follow."""


corpus.add_command(add)
corpus.add_command(fetch)


@corpus.command("list", help="どの資料のどの版が引用されるかを一覧にします。内蔵の要約も含みます。")
@json_option
@click.pass_context
def list_editions(ctx: click.Context, as_json: bool) -> None:
    """Lists all editions, those that come with the program included."""
    from adapters import corpus_tables

    with failing_plainly():
        listed = corpus_tables.entries(library_of(ctx))
    click.echo(corpus_tables.entries_json(listed) if as_json else corpus_tables.entries_table(listed))


@corpus.command(help="二つの版の違いを、節ごとに示します。A と B は、ファイルか、追加した資料の「ID@版」です。")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@json_option
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, as_json: bool) -> None:
    """Tells what a new edition added, changed, moved or dropped."""
    from adapters import corpus_tables
    from corpus.diff import compare

    with failing_plainly():
        difference = compare(_edition(ctx, old), _edition(ctx, new))
    show = corpus_tables.difference_json if as_json else corpus_tables.difference_table
    click.echo(show(difference))


@corpus.command(help="資料、またはその一つの節を、引用されないようにします。記録は残ります。")
@click.argument("source_id", metavar="ID")
@click.option("--edition", help="版（例：第8版）。省くと、すべての版です。")
@click.option("--section", help="節の番号（その下の節も含みます）か見出し。省くと、版の全体です。")
@click.option("--reason", default="", help="理由。記録に残ります。")
@click.option("--undo", is_flag=True, help="同じ指定で取り下げたものを、元に戻します。")
@click.pass_context
def withdraw(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context, source_id: str, edition: str | None, section: str | None, reason: str, undo: bool
) -> None:
    """Takes a document or a section out of what is cited, or puts it back."""
    library = library_of(ctx)
    with failing_plainly():
        before = {passage.source for passage in library.corpus().current}
        if undo:
            concerned = library.restore(source_id, edition, section)
        else:
            concerned = library.withdraw(source_id, edition, section, reason=reason)
        after = {passage.source for passage in library.corpus().current}
    for one in concerned:
        part = f" の「{one.section}」" if one.section else ""
        click.echo(f"{'元に戻しました' if undo else '取り下げました'}: {one.source}{part}")
    for key in sorted(after - before - {one.source for one in concerned}):
        click.echo(f"代わりに {key} が再び引用されます。古い内容でないか、確かめてください。")


def _edition(ctx: click.Context, name: str) -> tuple[Passage, ...]:
    """The passages of an edition: of a file, or of what the library or the program holds."""
    if Path(name).exists():
        from corpus.reading import read_documents

        reading = read_documents([Path(name)])
        if reading.problems:
            raise Failure(str(reading.problems[0]))
        return reading.corpus.passages
    everything = library_of(ctx).corpus()
    keys = [key for key in everything.sources if name in {key, key.rpartition("/")[0]}]
    if len(keys) == 1:
        return tuple(passage for passage in everything.passages if passage.source == keys[0])
    known = keys or [key for key in everything.sources if key.startswith(f"{name.partition('@')[0]}@")]
    if known:
        raise Failure(f"{name}: 版を一つに決められません。次のどれかを指定してください: {'、'.join(known)}")
    raise Failure(f"{name}: ファイルも資料もありません。資料は「ID@版」で指定します（一覧は madoguchi corpus list）。")
