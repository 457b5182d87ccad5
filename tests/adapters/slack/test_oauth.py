from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from adapters.database.engine import Database, open_database
from adapters.slack.app import SlackPlatform
from adapters.slack.config import SlackConfig
from adapters.slack.needs import scopes
from bot import labels
from bot.errors import Gone, Unavailable
from bot.incoming import Left
from bot.places import Place
from tests.adapters.slack.scene import SECRET, Scene, scene
from tests.contracts.messenger import new_delivery, saying
from tests.doubles.slack import Fault, SlackDouble, payloads

# slack_sdk 3.47 still uses a class that aiohttp will drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

PUBLIC = "https://madoguchi.example"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(f"sqlite:///{tmp_path / 'slack.sqlite3'}")
    yield opened
    await opened.close()


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as double:
        yield double


@pytest.fixture
async def here(slack: SlackDouble, database: Database) -> AsyncIterator[Scene]:
    async with scene(slack, by_oauth(slack), database=database) as one:
        yield one


def by_oauth(slack: SlackDouble, bot_token: str = "") -> SlackConfig:
    return SlackConfig(
        signing_secret=SECRET,
        bot_token=bot_token,
        client_id="1.2",
        client_secret="client secret",
        api_url=slack.api_url,
        public_url=PUBLIC,
    )


@dataclass
class Page:
    status: int
    text: str
    location: str
    cookie: str


async def get(here: Scene, path: str, cookie: str = "") -> Page:
    # The cookie is for https alone: a jar would not send it here.
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser,
        browser.get(f"{here.url}{path}", allow_redirects=False, headers={"Cookie": cookie}) as page,
    ):
        given = page.headers.get("Set-Cookie", "")
        return Page(page.status, await page.text(), page.headers.get("Location", ""), given.partition(";")[0])


async def install(here: Scene, tenant: str, enterprise: str = "") -> Page:
    """The whole way through a browser, with Slack's part in between."""
    first = await get(here, "/slack/install")
    state = parse_qs(urlsplit(first.location).query)["state"][0]
    code = here.slack.oauth_code(tenant, enterprise)
    return await get(here, f"/slack/oauth_redirect?code={code}&state={state}", first.cookie)


async def say(platform: SlackPlatform, tenant: str, text: str) -> None:
    place = Place(platform="slack", tenant=tenant, channel=f"C{tenant}")
    await platform.messenger.post(place, saying(text), new_delivery())


def spoken_as(slack: SlackDouble) -> dict[str, str]:
    """For which tenant's token each message was said."""
    return {message.text: slack.state.grants[message.token].tenant for message in slack.state.landed}


async def test_the_first_page_leads_to_slack_with_what_the_app_needs(here: Scene) -> None:
    page = await get(here, "/slack/install")
    asked = parse_qs(urlsplit(page.location).query)
    assert (page.status, page.location.partition("?")[0]) == (302, "https://slack.com/oauth/v2/authorize")
    assert asked["client_id"] == ["1.2"]
    assert asked["scope"] == [",".join(scopes())]
    assert asked["redirect_uri"] == [f"{PUBLIC}/slack/oauth_redirect"]


async def test_two_workspaces_are_heard_and_answered_each_with_its_own_token(here: Scene) -> None:
    for tenant in ("T1", "T2"):
        page = await install(here, tenant)
        assert (page.status, labels.INSTALLED in page.text) == (200, True)
        await here.sender.event(payloads.mention(tenant, "C1", f"{tenant}の質問です"))
        await say(here.platform, tenant, f"{tenant}の答え")
    assert here.ears.questions == ["T1の質問です", "T2の質問です"]
    assert spoken_as(here.slack) == {"T1の答え": "T1", "T2の答え": "T2"}


async def test_an_installation_outlives_the_process(slack: SlackDouble, database: Database) -> None:
    async with scene(slack, by_oauth(slack), database=database) as here:
        await install(here, "T1", "E1")
        await here.sender.event(payloads.event("T1", {"type": "app_home_opened"}, enterprise="E1"))
    async with scene(slack, by_oauth(slack), database=database) as here:
        # Nothing has come in yet: which organisation the workspace belongs to is remembered.
        await say(here.platform, "T1", "お知らせ")
    assert spoken_as(slack) == {"お知らせ": "T1"}


async def test_after_the_app_was_removed_nobody_is_heard_or_answered(here: Scene) -> None:
    await install(here, "T1")
    await install(here, "T2")
    assert (await here.sender.event(payloads.uninstalled("T1"))).status == 200
    [left] = here.ears.heard
    assert isinstance(left, Left)
    assert (left.tenant, left.channel) == ("T1", "")
    answer = await here.sender.event(payloads.mention("T1", "C1", "まだいますか"))
    assert (answer.status, answer.body) == (200, "")
    with pytest.raises(Gone):
        await say(here.platform, "T1", "答え")
    await here.sender.event(payloads.mention("T2", "C1", "こちらはいますか"))
    assert here.ears.questions == ["こちらはいますか"]


async def test_a_revoked_token_is_forgotten(here: Scene) -> None:
    await install(here, "T1")
    await here.sender.event(payloads.tokens_revoked("T1"))
    with pytest.raises(Gone):
        await say(here.platform, "T1", "答え")


async def test_a_late_word_of_a_removal_does_not_undo_a_new_installation(here: Scene) -> None:
    late = payloads.uninstalled("T1")
    late["event_time"] = int(time.time()) - 60
    await install(here, "T1")
    assert (await here.sender.event(late)).status == 200
    await say(here.platform, "T1", "答え")
    assert spoken_as(here.slack) == {"答え": "T1"}


async def test_an_organisation_installs_once_for_all_its_workspaces(here: Scene) -> None:
    assert (await install(here, "E1")).status == 200
    await here.sender.event(payloads.mention("E1", "C1", "組織の質問です"))
    [asked] = here.ears.heard
    assert here.ears.questions == ["組織の質問です"]
    await say(here.platform, asked.place.tenant, "組織への答え")  # type: ignore[union-attr]
    assert spoken_as(here.slack) == {"組織への答え": "E1"}
    await here.sender.event(payloads.uninstalled("E1"))
    with pytest.raises(Gone):
        await say(here.platform, "E1", "答え")


async def test_the_token_of_one_workspace_and_oauth_work_side_by_side(slack: SlackDouble, database: Database) -> None:
    async with scene(slack, by_oauth(slack, slack.install("T1")), database=database) as here:
        await install(here, "T2")
        for tenant in ("T1", "T2", "T3"):
            await here.sender.event(payloads.mention(tenant, "C1", f"{tenant}の質問です"))
        await say(here.platform, "T1", "ひとつめ")
        await say(here.platform, "T2", "ふたつめ")
        assert here.ears.questions == ["T1の質問です", "T2の質問です"]
        assert spoken_as(slack) == {"ひとつめ": "T1", "ふたつめ": "T2"}


async def test_a_token_that_soon_ends_is_renewed_before_it_does(here: Scene) -> None:
    here.slack.methods.lifetime = 60
    await install(here, "T1")
    [first] = here.slack.state.grants
    here.slack.methods.lifetime = 43_200
    await say(here.platform, "T1", "答え")
    await say(here.platform, "T1", "また答え")
    tokens = {message.token for message in here.slack.state.landed}
    assert len(tokens) == 1
    assert first not in tokens
    assert len(here.slack.state.grants) == 2  # renewed once, and kept


async def test_a_token_that_has_not_ended_serves_while_it_cannot_be_renewed(here: Scene) -> None:
    here.slack.methods.lifetime = 60
    await install(here, "T1")
    here.slack.faults.next("oauth.v2.access", Fault(error="internal_error"))
    await say(here.platform, "T1", "答え")
    assert spoken_as(here.slack) == {"答え": "T1"}


async def test_a_token_that_slack_calls_expired_is_renewed_and_the_post_comes_again(here: Scene) -> None:
    await install(here, "T1")
    for grant in here.slack.state.grants.values():
        grant.expires_at = 0
    with pytest.raises(Unavailable):
        await say(here.platform, "T1", "答え")
    await say(here.platform, "T1", "答え")
    assert len(here.slack.messages("CT1")) == 1


async def test_two_processes_do_not_use_one_refresh_token_twice(slack: SlackDouble, database: Database) -> None:
    slack.methods.lifetime = 60
    async with (
        scene(slack, by_oauth(slack), database=database) as one,
        scene(slack, by_oauth(slack), database=database) as other,
    ):
        await install(one, "T1")
        slack.methods.lifetime = 43_200
        for _ in range(2):
            await asyncio.gather(*(say(here.platform, "T1", "答え") for here in (one, other)))
    assert len(slack.messages("CT1")) == 4
    assert len(slack.state.grants) == 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("error=access_denied", 200),
        ("code=x", 400),
        ("code=x&state=y", 400),
        ("", 400),
        ("error=<script>alert(1)</script>", 200),
    ],
)
async def test_whoever_does_not_come_from_the_first_page_is_turned_away(here: Scene, query: str, status: int) -> None:
    page = await get(here, f"/slack/oauth_redirect?{query}")
    assert (page.status, labels.NOT_INSTALLED in page.text, "script" in page.text) == (status, True, False)
    assert here.slack.state.grants == {}


async def test_a_state_counts_once(here: Scene) -> None:
    first = await get(here, "/slack/install")
    state = parse_qs(urlsplit(first.location).query)["state"][0]
    statuses = [
        (
            await get(here, f"/slack/oauth_redirect?code={here.slack.oauth_code(tenant)}&state={state}", first.cookie)
        ).status
        for tenant in ("T1", "T2")
    ]
    assert statuses == [200, 401]
    assert {grant.tenant for grant in here.slack.state.grants.values()} == {"T1"}


async def test_slack_may_be_away_during_an_installation(here: Scene) -> None:
    here.slack.faults.next("oauth.v2.access", Fault(drops=True))
    page = await install(here, "T1")
    assert (page.status, labels.NOT_INSTALLED in page.text) == (503, True)
    assert (await install(here, "T1")).status == 200


async def test_while_the_database_is_of_no_use_nothing_is_acknowledged(here: Scene, database: Database) -> None:
    await install(here, "T1")
    async with database.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE slack_bots RENAME TO moved")
        await connection.exec_driver_sql("DROP TABLE slack_oauth_states")
    mention = payloads.mention("T1", "C1", "質問です")
    assert (await here.sender.event(mention)).status == 503
    with pytest.raises(Unavailable):
        await say(here.platform, "T1", "答え")
    assert (await get(here, "/slack/install")).status == 503
    async with database.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE moved RENAME TO slack_bots")
    assert (await here.sender.deliver(mention)).status == 200
    assert here.ears.questions == ["質問です"]


async def test_on_postgresql_it_is_the_same(slack: SlackDouble, postgres_url: str) -> None:
    database = await open_database(postgres_url)
    slack.methods.lifetime = 60
    try:
        async with scene(slack, by_oauth(slack), database=database) as here:
            await install(here, "T1", "E1")
            await here.sender.event(payloads.mention("T1", "C1", "質問です"))
            assert here.ears.questions == []  # without its organisation it is another workspace
            home = payloads.event("T1", {"type": "app_home_opened"}, enterprise="E1")
            await here.sender.event(home)
            await say(here.platform, "T1", "答え")
            await here.sender.event(payloads.uninstalled("T1", "E1"))
            with pytest.raises(Gone):
                await say(here.platform, "T1", "答え")
    finally:
        await database.close()
    assert spoken_as(slack) == {"答え": "T1"}
    assert len(slack.state.grants) >= 2  # it was renewed as well
