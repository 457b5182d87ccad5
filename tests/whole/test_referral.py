"""A whole referral with the command served as a process, which is killed every few steps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from tests.dialogs.test_referral_platforms import NAME, PHONE, REPLY, RESULT, WANTED, a_referral
from tests.seats.slack import SlackSeat
from tests.seats.teams import TeamsSeat
from tests.whole.serving import WORKSPACE, Here, command, let_leases_run_out, served, town

#: What stands in no log: what was asked, answered, and whose matter it is.
PLANTED = (NAME, PHONE, WANTED, REPLY, RESULT)


class Mortal:
    """A server that can be killed and started again; what it logged stays."""

    def __init__(self, start: Callable[[], Awaitable[Here]]) -> None:
        self._start = start
        self.logged: list[str] = []
        self._here: Here | None = None
        self._steps = 0

    @property
    def here(self) -> Here:
        """The server as it runs now."""
        assert self._here is not None
        return self._here

    async def lives_on(self) -> None:
        """Between two steps: of four times it dies once (every time in tests/dialogs/test_referral_platforms)."""
        self._steps += 1
        if self._steps % 4 == 0:
            await self.dies()

    async def dies(self) -> None:
        """It is killed, if it runs, and started again."""
        if self._here is not None:
            self._here.server.kill()
            await self._here.server.ended()
            self.logged += self._here.server.said
            let_leases_run_out(self._here.town.database)
        self._here = await self._start()


async def test_a_referral_survives_kills_between_its_steps_and_stands_in_no_log(index: Path, tmp_path: Path) -> None:
    async with town(index, tmp_path) as both, AsyncExitStack() as servers:
        sheet = tmp_path / "desks.csv"
        sheet.write_text("id,name,prefecture\nminato,港町の窓口,東京都\n", encoding="utf-8")
        await command(both.settings, "desks", "import", str(sheet))
        codes = [
            await command(both.settings, "desks", "invite", *whom)
            for whom in (["minato"], ["--role", "coordinator", "--bureau", "tokyo"])
        ]
        process = Mortal(lambda: servers.enter_async_context(served(both)))
        await process.dies()
        made = both.teams.activities(both.registration, group="group-1")
        desk = SlackSeat(both.slack, lambda: process.here.sender, WORKSPACE, "C1", "U1")
        bureau = TeamsSeat(
            both.teams, lambda: f"{process.here.server.address}api/messages", made, "19:b@thread.tacv2", "person-2"
        )
        await desk.says(f"登録 {codes[0]}")
        await bureau.says(f"登録 {codes[1]}")
        await a_referral(desk, bureau, process.lives_on)
        process.logged += process.here.server.said
    told = "\n".join(process.logged)
    assert "event handled" in told
    assert not [planted for planted in PLANTED if planted in told]
