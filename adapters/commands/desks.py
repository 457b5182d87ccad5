"""`madoguchi desks`: the desks that use the assistant, and the codes that let their channels in."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from adapters.commands.common import FILE, Failure, failing_in_a_line, tell
from adapters.commands.store_common import in_store, now
from adapters.console.rooms.people import PLATFORM as CONSOLE
from adapters.tabular import table
from bot.desks import Desk, DeskKind, Invitation, Member, Role
from bot.leaving import dismiss as dismissed
from bot.linking import new_code
from bot.office_hours import JAPAN
from bot.places import Person
from bot.ports import Work

_KINDS = {
    DeskKind.PREFECTURE: "都道府県",
    DeskKind.CITY: "市区町村",
    DeskKind.JOINT: "共同",
    DeskKind.OUTSOURCED: "委託",
    DeskKind.WITHOUT: "窓口なし",
}
_ROLES = {
    Role.COUNSELLOR: "相談員",
    Role.COORDINATOR: "担当官",
    Role.AGENCY: "入管庁",
    Role.ADMINISTRATOR: "管理者",
}
#: Whose members.
_of_desk = click.option("--desk", default="", metavar="ID", help="この窓口の人だけ")
_of_bureau = click.option("--bureau", default="", metavar="ID", help="この地方局・支局・出張所の人だけ（例：tokyo）")


@click.group(help="相談窓口を登録し、招待コードを発行し、離れた人の登録を外します。")
def desks() -> None:
    """The group; its commands follow."""


@desks.command("import", help="CSVかExcelの一覧から窓口を登録します。同じIDの窓口は置き換えます。")
@click.argument("file", type=FILE)
@click.option("--check", is_flag=True, help="誤りがないかを調べるだけで、登録しません。")
@click.pass_context
def import_desks(ctx: click.Context, file: Path, check: bool) -> None:
    """Imports all desks of a file, or none."""
    from adapters.desk_sheets import SheetError, read_desks

    try:
        found = read_desks(file)
    except SheetError as error:
        for line in str(error).splitlines():
            tell(line)
        raise Failure("誤りがあるので、1件も登録していません。直してから、もう一度実行してください。") from error
    except OSError as error:
        raise Failure(f"{file}: 読めません（{error.strerror}）。") from error
    if check:
        tell(f"{len(found)}件の窓口に、誤りはありません。")
        return

    async def put(work: Work) -> int:
        known = {desk.id for desk in await work.desks.desks()}
        for desk in found:
            await work.desks.put(desk)
            await work.audit.note("import_desk", None, desk.id, now())
        return sum(desk.id in known for desk in found)

    replaced = in_store(ctx.obj, put)
    tell(f"{len(found)}件の窓口を登録しました（うち{replaced}件は置き換え）。")


@desks.command("list", help="登録されている窓口を一覧にします。")
@click.option("--json", "as_json", is_flag=True, help="JSONで出力します。")
@click.pass_context
def list_desks(ctx: click.Context, as_json: bool) -> None:
    """Lists all desks."""

    async def read(work: Work) -> list[Desk]:
        return list(await work.desks.desks())

    found = in_store(ctx.obj, read)
    if as_json:
        click.echo(json.dumps([asdict(desk) for desk in found], ensure_ascii=False, indent=2))
        return
    rows = [(desk.id, desk.name, desk.prefecture, _KINDS[desk.kind], "、".join(desk.languages)) for desk in found]
    click.echo(table(("ID", "名称", "都道府県", "種別", "言語"), rows))


@desks.command(help="招待コードを発行します。コードは一度だけ表示され、保存されません。")
@click.argument("desk", required=False, default="")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.COUNSELLOR.value,
    help="コードを使う人の役割（相談員、担当官、入管庁、管理者）",
)
@click.option("--bureau", default="", help="担当官の地方局・支局・出張所のID（例：tokyo）")
@click.option("--days", type=click.IntRange(1, 365), default=14, help="有効な日数")
@click.option("--uses", type=click.IntRange(1, 1000), default=1, help="使える回数")
@click.pass_context
def invite(ctx: click.Context, desk: str, role: str, bureau: str, days: int, uses: int) -> None:  # noqa: PLR0913, PLR0917 - one for each option
    """Makes an invitation code for a desk's channels, or for a person with another role."""
    from corpus.directory.bureaus import all_bureaus

    wanted = Role(role)
    if (wanted is Role.COUNSELLOR) != bool(desk):
        raise click.UsageError("相談員のコードには窓口のIDを指定してください。ほかの役割には指定しません。")
    with failing_in_a_line():
        known = [known.id for known in all_bureaus()]
    if (wanted is Role.COORDINATOR) != bool(bureau) or (bureau and bureau not in known):
        raise click.UsageError(f"担当官のコードには --bureau を指定してください（{'、'.join(known)}）。")
    code = new_code(secrets.SystemRandom())
    at = now()

    async def keep(work: Work) -> bool:
        if desk and await work.desks.desk(desk) is None:
            return False
        invitation = Invitation(role=wanted, desk=desk, bureau=bureau, until=at + timedelta(days=days), uses=uses)
        await work.desks.invite(code, invitation)
        await work.audit.note("invite", None, desk or bureau or wanted.value, at)
        return True

    if not in_store(ctx.obj, keep):
        raise Failure(f"{desk}: この窓口は登録されていません。madoguchi desks list で確かめてください。")
    click.echo(code)
    tell(f"SlackかTeamsで、アシスタントにメンションして「登録 {code}」と書いてください（{days}日間、{uses}回まで）。")


@desks.command(help="登録されている人を、SlackやTeamsのIDで一覧にします。名前は保存していません。")
@_of_desk
@_of_bureau
@click.option("--json", "as_json", is_flag=True, help="JSONで出力します。")
@click.pass_context
def members(ctx: click.Context, desk: str, bureau: str, as_json: bool) -> None:
    """Lists members, but for those who are only played in the practice rooms."""

    async def read(work: Work) -> list[Member]:
        return await _members(work, desk, bureau)

    found = in_store(ctx.obj, read)
    if as_json:
        click.echo(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=2))
        return
    rows = [(_key(one.person), _ROLES[one.role], one.desk or one.bureau, _day(one)) for one in found]
    click.echo(table(("ID", "役割", "窓口・局", "登録日"), rows))


@desks.command(help="離れた人の登録を外します。権限と担当表の登録は、すぐになくなります。")
@click.argument("person", metavar="人のID")
@_of_desk
@_of_bureau
@click.pass_context
def dismiss(ctx: click.Context, person: str, desk: str, bureau: str) -> None:
    """Dismisses one member, as they are listed or by the platform's id alone."""

    async def leave(work: Work) -> tuple[list[Member], int]:
        # Two platforms may give the same id to different people.
        found = [one for one in await _members(work, desk, bureau) if person in {_key(one.person), one.person.id}]
        return found, await dismissed(work, found[0].person, now()) if len(found) == 1 else 0

    found, left_behind = in_store(ctx.obj, leave)
    if not found:
        raise Failure(f"{person}: この人は登録されていません。madoguchi desks members で確かめてください。")
    if len(found) > 1:
        raise Failure(
            f"{person}: 何人もいます（{'、'.join(_key(one.person) for one in found)}）。どれかを指定してください。"
        )
    (left,) = found
    tell(f"{_key(left.person)} の登録（{_ROLES[left.role]}）を外しました。チャンネルからも外してください。")
    if left_behind:
        tell(
            f"受け取っていた照会が{left_behind}件あります。サーバーが開庁時間に受け取り待ちへ戻し、同じ局に知らせます。"
        )


async def _members(work: Work, desk: str, bureau: str) -> list[Member]:
    """Those of a desk or bureau, where one is given."""
    return [
        one
        for one in await work.desks.members()
        if one.person.platform != CONSOLE and desk in {"", one.desk} and bureau in {"", one.bureau}
    ]


def _key(person: Person) -> str:
    return f"{person.platform}/{person.tenant}/{person.id}"


def _day(member: Member) -> str:
    return f"{member.since.astimezone(JAPAN):%Y-%m-%d}" if member.since else ""


def _record(member: Member) -> dict[str, object]:
    return {
        "id": _key(member.person),
        "platform": member.person.platform,
        "tenant": member.person.tenant,
        "person": member.person.id,
        "role": member.role.value,
        "desk": member.desk,
        "bureau": member.bureau,
        "since": member.since.isoformat() if member.since else None,
    }
