"""A whole referral between a desk and a bureau, whatever platforms they are on, whenever the process is started anew.

Everything is real but the platforms: signed requests in, the platforms' own calls out, one process between them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters import app
from bot import referral_talk as words
from bot import sheet_talk
from bot.desks import Invitation, Role
from bot.referrals import State, Step
from tests.dialogs.desks import SHINJUKU
from tests.seats import Seat, Shown, hears
from tests.seats.town import Town

# slack_sdk 3.47 still uses a class that aiohttp will drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

NAME, PHONE = "グエン・ヴァン・アン", "090-1234-5678"
ASKED = "在留カードをなくしました"
WANTED = "旅券もないとき、再交付の申請に何を持って行けばよいですか"
ASKED_BACK = "盗難の届出は、いつ警察に出しましたか。"
SUPPLEMENTED = "先週の月曜日に届け出ました。"
REPLY = "理由書と写真を持って来てください。旅券がなくても申請できます。"
RESULT = "再交付を受けました。"

Seats = tuple[Seat, Seat]


async def slack_slack(town: Town) -> Seats:
    return await town.in_slack("T1", "C1", "U1"), await town.in_slack("T2", "C2", "U2")


async def slack_teams(town: Town) -> Seats:
    return await town.in_slack("T1", "C1", "U1"), await town.in_teams("tenant-2", "19:b@thread.tacv2", "person-2")


async def teams_slack(town: Town) -> Seats:
    return await town.in_teams("tenant-1", "19:a@thread.tacv2", "person-1"), await town.in_slack("T2", "C2", "U2")


async def teams_teams(town: Town) -> Seats:
    return (
        await town.in_teams("tenant-1", "19:a@thread.tacv2", "person-1"),
        await town.in_teams("tenant-2", "19:b@thread.tacv2", "person-2"),
    )


async def console(town: Town) -> Seats:
    return town.in_console("city"), town.in_console("bureau")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doubles take posts as fast as they come."""
    monkeypatch.setattr(app, "LIMITS", {})


async def invite(town: Town) -> None:
    """The desk and the bureau are on the network."""
    until = datetime(2099, 1, 1, tzinfo=UTC)
    async with town.store() as work:
        await work.desks.put(SHINJUKU)
        await work.desks.invite("ACDEFGHJKM", Invitation(role=Role.COUNSELLOR, desk=SHINJUKU.id, until=until))
        await work.desks.invite("NPQRTUVWXY", Invitation(role=Role.COORDINATOR, bureau="tokyo", until=until))


async def a_referral(desk: Seat, bureau: Seat, between: Callable[[], Awaitable[object]]) -> None:
    """From the question to its result, told step by step.

    Args:
        desk: the counsellor.
        bureau: the coordinator.
        between: what happens between any two steps.
    """
    await desk.says(ASKED)
    await hears(desk, "14日以内", words.REFER)
    await between()

    form = await desk.presses(words.REFER)
    assert ASKED in form.words
    assert "14日以内" in form.words  # what the documents said travels along
    await between()
    preview = await fills(form, question=WANTED, situation=f"{NAME}さん（電話{PHONE}）は盗難にあった。")
    assert WANTED in preview.words
    assert PHONE not in preview.words
    assert NAME not in preview.words
    await between()
    told = await preview.sends()
    assert told is not None
    assert "送りました" in told.words
    await hears(desk, words.STATES[State.SENT])
    await hears(bureau, WANTED, words.STATES[State.SENT], words.STEPS[Step.TAKE])
    await between()

    await bureau.clicks(words.STEPS[Step.TAKE])
    for seat in (desk, bureau):
        await hears(seat, words.STATES[State.TAKEN])
    await between()

    await through(bureau, Step.ASK_BACK, ASKED_BACK, between)
    for seat in (desk, bureau):
        await hears(seat, ASKED_BACK, words.STATES[State.ASKED_BACK])
    await between()

    await through(desk, Step.SUPPLEMENT, SUPPLEMENTED, between)
    for seat in (desk, bureau):
        await hears(seat, SUPPLEMENTED, words.STATES[State.TAKEN])
    await between()

    await through(bureau, Step.REPLY, REPLY, between)
    for seat in (desk, bureau):
        await hears(seat, REPLY, words.OFFICIAL, words.STATES[State.ANSWERED])
    await between()

    await through(desk, Step.RESOLVE, RESULT, between)
    for seat in (desk, bureau):
        await hears(seat, RESULT, words.STATES[State.RESOLVED])
    await between()

    await desk.says(f"{WANTED}。{ASKED}")
    await hears(desk, sheet_talk.EARLIER, "【公式回答】照会 1")
    assert PHONE not in bureau.reads()
    assert NAME not in bureau.reads()


async def through(seat: Seat, step: Step, text: str, between: Callable[[], Awaitable[object]]) -> None:
    """Somebody says something on purpose: a form, a preview of exactly what will be read, and it is sent."""
    form = await seat.presses(words.STEPS[step])
    await between()
    preview = await fills(form, text=text)
    assert text in preview.words
    await between()
    await preview.sends()


async def fills(form: Shown, **values: str) -> Shown:
    """Sends a form that is followed by another one."""
    shown = await form.sends(**values)
    assert shown is not None
    return shown


@pytest.mark.parametrize("process", ["one", "anew"])
@pytest.mark.parametrize("seats", [slack_slack, slack_teams, teams_slack, teams_teams])
async def test_a_referral_between_platforms(
    seats: Callable[[Town], Awaitable[Seats]], process: str, tmp_path: Path
) -> None:
    async with Town(tmp_path) as town:
        await invite(town)
        desk, bureau = await seats(town)
        await desk.says("登録 ACDEFGHJKM")
        await bureau.says("登録 NPQRTUVWXY")
        await hears(desk, SHINJUKU.name)
        await hears(bureau, "東京出入国在留管理局")
        await a_referral(desk, bureau, town.restarts if process == "anew" else nothing)


@pytest.mark.parametrize("process", ["one", "anew"])
async def test_a_referral_in_the_practice_place(process: str, tmp_path: Path) -> None:
    async with Town(tmp_path, console=True) as town:
        desk, bureau = await console(town)
        await a_referral(desk, bureau, town.restarts if process == "anew" else nothing)


async def nothing() -> None:
    """Nothing happens in between."""
