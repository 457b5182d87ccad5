"""What does not come from Teams is turned away, and nothing is done for it; the SDK alone would break or let it in."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import jwt
import pytest
from botbuilder.schema import Activity as SdkActivity
from botframework.connector.auth import (
    AuthenticationConfiguration,
    BotFrameworkAuthenticationFactory,
    PasswordServiceClientCredentialFactory,
)

from adapters.teams.config import Registration, TeamsConfig
from tests.adapters.teams.served import MemoryAddresses, Received, Served, serving
from tests.doubles.teams import TeamsDouble
from tests.doubles.teams.activities import Activity

EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"


@dataclass
class Scene:
    """A bot, Teams, and what reached the bot."""

    teams: TeamsDouble
    registration: Registration
    bot: Served
    received: Received
    addresses: MemoryAddresses

    def activity(self, **changes: object) -> Activity:
        """A question; with None what it shall not have."""
        made = self.teams.activities(self.registration).personal("在留カードをなくしました") | changes
        return {name: value for name, value in made.items() if value is not None}

    def token(self, **claims: Any) -> str:  # noqa: ANN401 - claims of any kind
        return self.teams.issuer.token(self.registration.app_id, self.teams.service_url, **claims)

    def nothing_was_done(self) -> bool:
        return not (self.received.seen or self.addresses.kept or self.teams.conversations.requests)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with TeamsDouble() as teams:
        registration, received, addresses = teams.register("app-1"), Received(), MemoryAddresses()
        async with serving(TeamsConfig((registration,), **teams.addresses), received, addresses) as bot:
            yield Scene(teams, registration, bot, received, addresses)


Wrong = Callable[[Scene], tuple[Activity, str]]

WRONG: dict[str, Wrong] = {
    "no token": lambda s: (s.activity(), ""),
    "garbage": lambda s: (s.activity(), "garbage"),
    "three parts of garbage": lambda s: (s.activity(), "a.b.c"),
    "two tokens": lambda s: (s.activity(), f"{s.token()} {s.token()}"),
    "expired": lambda s: (s.activity(), s.token(exp=int(time.time()) - 3600)),
    "without end": lambda s: (s.activity(), s.token(exp=None)),
    "of the future": lambda s: (s.activity(), s.token(nbf=int(time.time()) + 3600)),
    "another audience": lambda s: (s.activity(), s.token(aud="app-2")),
    "no audience": lambda s: (s.activity(), s.token(aud=None)),
    "another issuer": lambda s: (s.activity(), s.token(iss="https://issuer.example")),
    "no issuer": lambda s: (s.activity(), s.token(iss=None)),
    "the emulator": lambda s: (s.activity(), s.token(iss=EMULATOR, ver="1.0", appid="app-1")),
    "another bot": lambda s: (s.activity(), s.token(ver="1.0", appid="app-3")),
    "another key": lambda s: (s.activity(), s.token(key="stranger")),
    "an unknown key": lambda s: (s.activity(), s.token(key_id="stranger")),
    "no key id": lambda s: (s.activity(), jwt.encode({"iss": "https://api.botframework.com"}, "k" * 32, "HS256")),
    "no signature": lambda s: (s.activity(), jwt.encode({"iss": "https://api.botframework.com"}, "", "none")),
    "another service": lambda s: (s.activity(serviceUrl="http://127.0.0.1:9/"), s.token()),
    "no service claimed": lambda s: (s.activity(), s.token(serviceurl=None)),
    "no service": lambda s: (s.activity(serviceUrl=None), s.token()),
    "a service without TLS": lambda s: (
        s.activity(serviceUrl="http://connector.example/"),
        s.token(serviceurl="http://connector.example/"),
    ),
    "another tenant": lambda s: (s.activity(channelData={"tenant": {"id": "tenant-2"}}), s.token()),
    "another recipient": lambda s: (s.activity(recipient={"id": "28:app-2"}), s.token()),
    "web chat": lambda s: (s.activity(channelId="webchat"), s.token()),
    "no channel": lambda s: (s.activity(channelId=None), s.token()),
}


async def test_what_is_right_is_taken(scene: Scene) -> None:
    status, _ = await scene.teams.deliver(scene.bot.endpoint, scene.activity(), token=scene.token())
    assert status == 200
    assert len(scene.received.seen) == 1


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_wrong_is_turned_away_and_nothing_is_done(scene: Scene, name: str) -> None:
    activity, token = WRONG[name](scene)
    status, body = await scene.teams.deliver(scene.bot.endpoint, activity, token=token)
    assert (status, body) == (401, None)
    assert scene.nothing_was_done()


async def test_another_scheme_is_turned_away(scene: Scene) -> None:
    body = json.dumps(scene.activity()).encode()
    for header in (f"Basic {scene.token()}", f"bearer{scene.token()}", scene.token()):
        assert await scene.teams.post(scene.bot.endpoint, body, {"Authorization": header}) == 401
    assert scene.nothing_was_done()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe\x00", 400),
        (b"[" * 200_000, 400),
        (b"[1]", 400),
        (b'"text"', 400),
        (b"{}", 401),
        (b'{"text": "' + b"a" * 5_000_000 + b'"}', 413),
    ],
    ids=["empty", "cut off", "no text", "deep", "a list", "a string", "an empty object", "5 MB"],
)
async def test_what_is_no_activity_is_turned_away(scene: Scene, body: bytes, status: int) -> None:
    headers = {"Authorization": f"Bearer {scene.token()}"}
    assert await scene.teams.post(scene.bot.endpoint, body, headers) == status
    assert scene.nothing_was_done()


async def test_what_does_not_tell_its_length_is_cut_off(scene: Scene) -> None:
    headers = {"Authorization": f"Bearer {scene.token()}"}
    assert await scene.teams.post(scene.bot.endpoint, b" " * 5_000_000, headers, chunked=True) == 413
    assert scene.nothing_was_done()


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("garbage", "breaks"),
        ("expired", "breaks"),
        ("of the future", "breaks"),
        ("no issuer", "breaks"),
        ("another key", "breaks"),
        ("an unknown key", "breaks"),
        ("web chat", "breaks"),
        ("without end", "lets in"),
        ("no service", "lets in"),
        ("no channel", "lets in"),
        ("a service without TLS", "lets in"),
        ("another tenant", "lets in"),
        ("another recipient", "lets in"),
    ],
)
async def test_the_sdk_alone_breaks_or_lets_it_in(scene: Scene, name: str, outcome: str) -> None:
    """Where the SDK breaks with anything but PermissionError a web server answers 500; else the turn begins."""
    activity, token = WRONG[name](scene)
    assert await asyncio.to_thread(by_the_sdk, scene.teams, activity, token) == outcome


def by_the_sdk(teams: TeamsDouble, activity: Activity, token: str) -> str:
    """What the SDK does by itself; in a thread of its own, since it fetches the keys without leaving its loop."""
    sdk = BotFrameworkAuthenticationFactory.create(
        to_channel_from_bot_oauth_scope="https://api.botframework.com",
        to_bot_from_channel_token_issuer=teams.addresses["issuer"],
        to_bot_from_channel_open_id_metadata_url=f"{teams.addresses['openid_url']}?by-itself",
        credential_factory=PasswordServiceClientCredentialFactory("app-1", "password", "tenant-1"),
        auth_configuration=AuthenticationConfiguration(),
    )
    read = SdkActivity().deserialize(activity)
    try:
        asyncio.run(sdk.authenticate_request(read, f"Bearer {token}"))
    except PermissionError:
        return "turns away"
    except Exception:
        return "breaks"
    return "lets in"
