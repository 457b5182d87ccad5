"""The floor: each question is echoed where it was asked, without database, search or outbox; as little as can be done.

Slack's side is Bolt with one listener. Teams' side is our transport, since the SDK's own turn cannot be served as it
is (`adapters.teams.authentication` tells why), with a receiver that posts at once.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.teams.app import TeamsPlatform
from adapters.teams.config import Registration, TeamsConfig
from benchmarks.load.platforms import application, tenant
from benchmarks.load.servers import SECRET
from bot.incoming import Asked, Incoming
from bot.posts import Post, Text
from tests.fakes_documents import FakeDocuments


class Memory:
    """Addresses that are forgotten with the process."""

    def __init__(self) -> None:
        self._kept: dict[str, Mapping[str, str]] = {}

    async def remember(self, key: str, value: Mapping[str, str]) -> None:
        """Keeps one."""
        self._kept[key] = value

    async def recall(self, key: str) -> Mapping[str, str] | None:
        """One, or None."""
        return self._kept.get(key)


def slack_app(told: Mapping[str, Any]) -> AsyncApp:
    """Bolt, answering mentions."""
    client = AsyncWebClient(token=told["token"], base_url=told["slack"])
    app = AsyncApp(client=client, signing_secret=SECRET, logger=logging.getLogger("bolt"))

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text=event["text"])

    return app


async def run() -> None:
    """Serves until it is told to stop."""
    told = json.loads(os.environ["LOAD_TOLD"])
    slack = slack_app(told)

    async def receive(incoming: Incoming) -> None:
        if isinstance(incoming, Asked):
            post = Post(blocks=(Text(incoming.text),), summary=incoming.text)
            posting.add(asyncio.create_task(teams.messenger.post(incoming.place, post, "")))

    posting: set[asyncio.Task[Any]] = set()
    config = TeamsConfig((Registration(application(1), "password", tenant(1)),), **told["teams"])
    teams = TeamsPlatform(config, receive, Memory(), FakeDocuments())

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await slack.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post("/slack/events", events)
    teams.add_routes(app)
    await teams.start()
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    sys.stderr.write(f"http://127.0.0.1:{runner.addresses[0][1]}/ \n")
    sys.stderr.flush()
    await stopped.wait()
    await runner.cleanup()
    await asyncio.gather(*posting)
    await teams.stop()


if __name__ == "__main__":
    asyncio.run(run())
