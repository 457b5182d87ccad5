"""What the SDK's adapter does with a turn, and why no turn of ours goes through it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity as SdkActivity
from botbuilder.schema import AdaptiveCardInvokeValue
from botframework.connector.auth import BotFrameworkAuthenticationFactory, PasswordServiceClientCredentialFactory
from botframework.connector.auth.microsoft_app_credentials import MicrosoftAppCredentials

from adapters.teams.authentication import tenant_of
from adapters.teams.config import TeamsConfig
from adapters.teams.incoming import to_incoming
from bot.incoming import Asked, Pressed
from tests.adapters.teams.served import MemoryAddresses, Received, serving
from tests.contracts.messenger import new_delivery, saying
from tests.doubles.teams import TeamsDouble
from tests.doubles.teams.activities import Activities

TURNS = 3
MADE = Activities("app-1", "tenant-1", "http://127.0.0.1:9/")


class Counting(PasswordServiceClientCredentialFactory):  # type: ignore[misc] # the SDK has no types
    """The SDK's own factory; keeps what it made."""

    def __init__(self) -> None:
        super().__init__("app-1", "password", "tenant-1")
        self.made: list[MicrosoftAppCredentials] = []

    async def create_credentials(self, *asked: object, **named: object) -> MicrosoftAppCredentials:
        self.made.append(await super().create_credentials(*asked, **named))
        return self.made[-1]


async def test_a_turn_of_the_sdk_makes_credentials_anew_and_ours_has_one_token() -> None:
    async with TeamsDouble() as teams:
        registration, factory, received = teams.register("app-1"), Counting(), Received()
        activity = teams.activities(registration).mention("こんにちは")
        token = teams.issuer.token("app-1", teams.service_url)

        async def turns() -> None:
            sdk = BotFrameworkAuthenticationFactory.create(
                to_channel_from_bot_oauth_scope="https://api.botframework.com",
                to_bot_from_channel_token_issuer=teams.addresses["issuer"],
                to_bot_from_channel_open_id_metadata_url=f"{teams.addresses['openid_url']}?turns",
                credential_factory=factory,
            )
            for _ in range(TURNS):
                read = SdkActivity().deserialize(activity)
                await CloudAdapterBase(sdk).process_activity(f"Bearer {token}", read, nothing)

        await asyncio.to_thread(lambda: asyncio.run(turns()))
        assert len({id(made) for made in factory.made}) >= 2 * TURNS

        async with serving(TeamsConfig((registration,), **teams.addresses), received, MemoryAddresses()) as bot:
            for _ in range(TURNS):
                await teams.deliver(bot.endpoint, activity)
                asked = received.seen[-1]
                assert isinstance(asked, Asked)
                await bot.platform.messenger.post(asked.place, saying("返事"), new_delivery())
        assert teams.issuer.asked["token"] == 1


async def nothing(context: TurnContext) -> None:
    """A turn without work."""


def test_the_sdk_drops_the_tenant_of_a_conversation() -> None:
    activity = MADE.personal("こんにちは")
    assert SdkActivity().deserialize(activity).conversation.tenant_id is None
    assert tenant_of(activity) == "tenant-1"
    assert tenant_of(activity | {"channelData": None}) == "tenant-1"
    assert tenant_of({"conversation": "odd", "channelData": {"tenant": ["odd"]}}) == ""


def test_a_pressed_action_is_a_plain_object_for_the_sdk_and_is_read_as_one() -> None:
    press = MADE.press("confirm", "v")
    read = ActivityHandler()._get_adaptive_card_invoke_value(SdkActivity().deserialize(press))
    assert isinstance(read, AdaptiveCardInvokeValue)
    assert isinstance(read.action, dict)
    incoming = to_incoming(press, bot_id="28:app-1", now=datetime.now(UTC))
    assert isinstance(incoming, Pressed)
    assert (incoming.action, incoming.value) == ("confirm", "v")
