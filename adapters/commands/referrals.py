"""`madoguchi referrals`: how referrals stand, without what they say; and a hand-over sheet as PDF."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from adapters.commands.common import Failure, failing_in_a_line, tell
from adapters.commands.store_common import in_store, now
from adapters.tabular import table
from bot import referral_talk as words
from bot.desks import Desk
from bot.office_hours import JAPAN
from bot.ports import Work
from bot.practice import real
from bot.referrals import OPEN, Referral, State
from bot.referring.timing import is_overdue

_ALL = frozenset(State)

#: More than all desks together will ever have open at once; what ended is erased after a time.
_MOST = 1_000_000


@click.group(help="照会の状況を調べ、引継票を作ります。")
def referrals() -> None:
    """The group; its commands follow."""


@referrals.command("list", help="照会の件数と状況を一覧にします。照会の内容は表示しません。")
@click.option("--all", "every", is_flag=True, help="下書きや、終わったものも表示します。")
@click.option("--json", "as_json", is_flag=True, help="JSONで出力します。")
@click.pass_context
def list_referrals(ctx: click.Context, every: bool, as_json: bool) -> None:
    """Lists referrals by number, and tells how many there are in each state."""
    found = [referral for _, referral in in_store(ctx.obj, _every)]
    shown = sorted((one for one in found if every or one.state in OPEN), key=lambda one: one.number)
    if as_json:
        counts = Counter(one.state.value for one in found)
        told = {"counts": dict(sorted(counts.items())), "referrals": [_record(one) for one in shown]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = [
        (
            str(one.number),
            words.standing(one.state, by_hand=one.by_hand),
            one.desk,
            f"{one.bureau}（引継票）" if one.by_hand else one.bureau,
            _in_japan(one.sent) if one.sent else "",
            f"{_in_japan(one.due)}{'（超過）' if is_overdue(one, now()) else ''}" if one.due else "",
        )
        for one in shown
    ]
    click.echo(table(("番号", "状況", "窓口", "照会先", "照会日時", "回答期限"), rows))
    # As the rows and the cards say it: what travels by hand waits for no coordinator.
    in_order = sorted(found, key=lambda one: list(State).index(one.state))
    standing = Counter(words.standing(one.state, by_hand=one.by_hand) for one in in_order)
    tell("　".join(f"{state}: {count}" for state, count in standing.items()) or "照会はまだありません。")


@referrals.command(help="引継票をPDFで作ります。")
@click.argument("number", type=int, metavar="照会番号")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="作るファイル（.pdf）")
@click.pass_context
def sheet(ctx: click.Context, number: int, out: Path) -> None:
    """Writes the hand-over sheet of a referral that was sent."""
    from adapters.sheets import sheet_pdf
    from bot.referring.sheet import sheet_of
    from corpus import directory

    async def read(work: Work) -> tuple[Desk, Referral] | None:
        found = next((pair for pair in await _every(work) if pair[1].number == number and pair[1].sent), None)
        if found:
            await work.audit.note("print_sheet", None, f"referral/{found[1].id}", now())
        return found

    found = in_store(ctx.obj, read)
    if found is None:
        raise Failure(
            f"照会 {number} はありません（下書きは引継票にできません）。referrals list --all で確かめてください。"
        )
    desk, referral = found
    with failing_in_a_line():
        bureau = directory.load().bureau(real(referral.bureau))
    try:
        out.write_bytes(sheet_pdf(sheet_of(referral, desk, bureau, now())))
    except OSError as error:
        raise Failure(f"{out}: 書き込めません（{error.strerror}）。") from error
    tell(f"{out} に、照会 {number} の引継票を作りました。")


async def _every(work: Work) -> list[tuple[Desk, Referral]]:
    desks = await work.desks.desks()
    return [(desk, one) for desk in desks for one in await work.referrals.of_desk(desk.id, _ALL, _MOST)]


def _in_japan(at: datetime) -> str:
    """Whatever zone the machine is set to: deadlines are the offices'."""
    return f"{at.astimezone(JAPAN):%Y-%m-%d %H:%M}"


def _record(referral: Referral) -> dict[str, object]:
    return {
        "number": referral.number,
        "state": referral.state.value,
        "desk": referral.desk,
        "bureau": referral.bureau,
        "by_hand": referral.by_hand,
        "sent": referral.sent.isoformat() if referral.sent else None,
        "due": referral.due.isoformat() if referral.due else None,
        "overdue": is_overdue(referral, now()),
        "changed": referral.changed.isoformat(),
    }
