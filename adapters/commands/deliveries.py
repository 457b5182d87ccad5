"""`madoguchi deliveries`: what could not be delivered, why, and the one command that tries again."""

from __future__ import annotations

import json

import click

from adapters.commands.common import Failure, tell
from adapters.commands.store_common import in_store, now
from adapters.tabular import table
from bot.deliveries import Delivery
from bot.ports import Work

#: Most that are shown, or tried again, at once.
_MOST = 1000


@click.group(help="届けられなかった投稿を調べ、送り直します。")
def deliveries() -> None:
    """The group; its commands follow."""


@deliveries.command("list", help="届けられなかった投稿を、理由とともに一覧にします。内容は表示しません。")
@click.option("--json", "as_json", is_flag=True, help="JSONで出力します。")
@click.pass_context
def list_dead(ctx: click.Context, as_json: bool) -> None:
    """Lists dead deliveries, the newest first, and tells how many there are in each state."""

    async def read(work: Work) -> tuple[list[Delivery], dict[str, int]]:
        return list(await work.outbox.dead(_MOST)), dict(await work.outbox.counts())

    dead, counts = in_store(ctx.obj, read)
    if as_json:
        found = [
            {
                "id": delivery.id,
                "state": delivery.state.value,
                "place": delivery.place.lane,
                "made": delivery.made.isoformat(),
                "attempts": delivery.attempts,
                "reason": delivery.reason,
            }
            for delivery in dead
        ]
        click.echo(json.dumps({"counts": counts, "dead": found}, ensure_ascii=False, indent=2))
        return
    rows = [
        (d.id, d.state.value, f"{d.made.astimezone():%Y-%m-%d %H:%M}", str(d.attempts), d.place.lane, d.reason)
        for d in dead
    ]
    click.echo(table(("ID", "状態", "日時", "試行", "宛先", "理由"), rows))
    tell("　".join(f"{state}: {count}" for state, count in sorted(counts.items())) or "投稿はまだありません。")


@deliveries.command(help="届けられなかった投稿を、もう一度送ります。")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="一覧にあるものを、すべて送り直します。")
@click.pass_context
def retry(ctx: click.Context, ids: tuple[str, ...], every: bool) -> None:
    """Makes dead deliveries wait again; a running `serve` sends them."""
    if every == bool(ids):
        raise click.UsageError("IDか --all のどちらかを指定してください。")

    async def put_back(work: Work) -> list[tuple[str, bool]]:
        wanted = [delivery.id for delivery in await work.outbox.dead(_MOST)] if every else list(dict.fromkeys(ids))
        done = [(one, await work.outbox.retry(one, now())) for one in wanted]
        for one, can in done:
            if can:
                await work.audit.note("retry_delivery", None, one, now())
        return done

    done = in_store(ctx.obj, put_back)
    refused = [one for one, can in done if not can]
    tell(f"{len(done) - len(refused)}件を、もう一度送ります（madoguchi serve が動いている間に送られます）。")
    if refused:
        raise Failure(f"送り直せません（届いているか、保存期間が過ぎて内容が消えています）: {'、'.join(refused)}")
