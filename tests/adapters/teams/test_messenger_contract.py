"""The Teams messenger keeps to the contract that all messengers keep to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence

import pytest

from adapters.teams.config import TeamsConfig
from bot.places import Person, Place
from bot.ports import Messenger
from tests.adapters.teams.served import MemoryAddresses, Received, serving
from tests.contracts.messenger import MessengerContract, Trouble
from tests.doubles.teams import Fault, Landed, TeamsDouble

CHANNEL, CLOSED, PERSON = "19:general@thread.tacv2", "19:closed@thread.tacv2", "person-1"

FAULTS = {
    Trouble.THROTTLED: Fault(429, "TooManyRequests", retry_after=7),
    Trouble.UNAVAILABLE: Fault(503, "ServiceUnavailable"),
    Trouble.UNCLEAR: Fault(0, lands=True),
    Trouble.REFUSED: Fault(400, "BadArgument"),
}


class TeamsStage:
    looks_back = True
    troubles = frozenset(Trouble)

    def __init__(self, teams: TeamsDouble, messenger: Messenger, tenant: str) -> None:
        self.messenger = messenger
        self.place = Place(platform="teams", tenant=tenant, channel=CHANNEL)
        self.closed = Place(platform="teams", tenant=tenant, channel=CLOSED)
        self.person = Person(platform="teams", tenant=tenant, id=PERSON)
        self._teams = teams

    async def public(self, place: Place) -> Sequence[str]:
        return [text_of(one) for one in self._teams.conversations.said_in(place.channel)]

    async def private(self, person: Person) -> Sequence[str]:
        chats = self._teams.conversations.chats.values()
        return [text_of(one) for chat in chats for one in self._teams.conversations.said_in(chat)]

    async def meet(self, trouble: Trouble) -> None:
        self._teams.conversations.faults.append(FAULTS[trouble])


def text_of(landed: Landed) -> str:
    return json.dumps(landed.activity["attachments"], ensure_ascii=False)


class TestTeamsMessenger(MessengerContract):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[TeamsStage]:
        async with TeamsDouble() as teams:
            registration = teams.register("app-1")
            teams.graph.groups.add("group-1")
            config = TeamsConfig((registration,), **teams.addresses)
            async with serving(config, Received(), MemoryAddresses()) as bot:
                made = teams.activities(registration, group="group-1")
                for channel in (CHANNEL, CLOSED):
                    status, _ = await teams.deliver(bot.endpoint, made.mention("こんにちは", channel=channel))
                    assert status == 200
                teams.conversations.closed[CLOSED] = Fault(404, "ConversationNotFound")
                yield TeamsStage(teams, bot.platform.messenger, registration.tenant_id)
