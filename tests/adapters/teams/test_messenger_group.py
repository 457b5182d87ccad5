from __future__ import annotations

import pytest

from adapters.teams.config import TeamsConfig
from bot.errors import Refused
from bot.places import Place
from tests.adapters.teams.served import MemoryAddresses, Received, serving
from tests.contracts.messenger import new_delivery, saying
from tests.doubles.teams import Fault, TeamsDouble

GENERAL = "19:general@thread.tacv2"


async def test_a_team_that_nobody_tells_of_is_no_channel_that_is_gone() -> None:
    async with TeamsDouble() as teams:
        registration = teams.register("app-1")
        config = TeamsConfig((registration,), **teams.addresses)
        async with serving(config, Received(), MemoryAddresses()) as bot:
            await teams.deliver(bot.endpoint, teams.activities(registration, group="").mention("こんにちは"))
            place = Place(platform="teams", tenant="tenant-1", channel=GENERAL)
            teams.conversations.faults.append(Fault(404))
            with pytest.raises(Refused, match="which team"):
                await bot.platform.messenger.find(place, new_delivery())
            assert await bot.platform.messenger.post(place, saying("届きます"), new_delivery())
