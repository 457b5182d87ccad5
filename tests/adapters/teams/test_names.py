"""What channels of Teams are called is learned from what Teams tells by the way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from adapters.teams.activities import Seen
from adapters.teams.config import Registration, TeamsConfig
from adapters.teams.references import References
from bot.places import Place
from tests.adapters.teams.payloads import payload
from tests.adapters.teams.served import MemoryAddresses

US = Registration("0f0f0f0f-1111-4222-8333-444455556666", "password", "7a1c0f9e-0000-4000-8000-00000000a001")
GENERAL, CHOSEN = "19:0team0general0@thread.tacv2", "19:1a2b3c4d5e6f@thread.tacv2"


def seen(name: str, **data: Any) -> Seen:  # noqa: ANN401 - any JSON
    activity = payload(name)
    activity["channelData"] |= data
    return Seen(activity, US.bot_id, datetime(2026, 11, 20, tzinfo=UTC))


def place(channel: str) -> Place:
    return Place(platform="teams", tenant=US.tenant_id, channel=channel)


async def test_a_teams_first_channel_is_called_as_the_team_and_others_by_their_own_name() -> None:
    references = References(TeamsConfig((US,)), MemoryAddresses())
    assert await references.name(place(GENERAL)) == ""
    await references.note(seen("team_bot_added"), US)
    assert await references.name(place(GENERAL)) == "窓口"
    assert await references.name(place(CHOSEN)) == ""
    for name in ("相談", "外国人相談"):
        renamed = {"eventType": "channelRenamed", "channel": {"id": CHOSEN, "name": name}}
        await references.note(seen("team_bot_added", **renamed), US)
        assert await references.name(place(CHOSEN)) == name
    # What tells no name, or none that is a text, changes none.
    for channel in ({"id": CHOSEN}, {"id": CHOSEN, "name": 7}):
        await references.note(seen("team_bot_added", channel=channel), US)
        assert await references.name(place(CHOSEN)) == "外国人相談"
