"""The only wiring: settings in, everything that serves out. Nothing is decided here but what is connected to what."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from random import random as uniform
from typing import Protocol, TypeVar

from aiohttp import web

from adapters.console.app import make_app
from adapters.console.rooms.platform import ConsolePlatform
from adapters.console.views import Answerer
from adapters.database.addresses import Addresses
from adapters.database.console import ConsoleMessages
from adapters.database.engine import Database, open_database
from adapters.database.queue import SqlQueue
from adapters.database.secrets import Secrets
from adapters.database.store import SqlStore
from adapters.documents import Sheets
from adapters.holidays import JapaneseHolidays
from adapters.metrics import Metrics
from adapters.naming import renew_names
from adapters.pacing_limits import LIMITS
from adapters.resolved import ResolvedSearch
from adapters.sending import Sender
from adapters.settings import Settings
from adapters.ticking import Ticker
from adapters.tidying import chores
from adapters.web import Probes, observing
from adapters.working import Chore, InboxWorker, keep_house
from bot.documents import Documents
from bot.incoming import Asked, Incoming
from bot.means import Means, OffLoop
from bot.places import Place
from bot.ports import Messenger
from bot.reactions import Reaction
from bot.reception import Receive, Reception
from bot.referring.deadlines import tick
from bot.referring.gate import AnonymisingGate

T = TypeVar("T")

_log = logging.getLogger(__name__)

#: Set once a worker has ended by itself: what is taken in then is not done before a new process begins.
ENDED = web.AppKey("ended", asyncio.Event)

#: Threads that search. They compute in Python, one at a time whatever their number; each more of them only makes the
#: event loop wait longer for its turn. The second is for when one is held up.
_THINKING = 2

#: Seconds between looks at what linked channels are called.
_NAMES_EVERY = 600.0


class Platform(Protocol):
    """A platform as the wiring sees it."""

    @property
    def messenger(self) -> Messenger:
        """What speaks on it."""

    def add_routes(self, app: web.Application) -> None:
        """Adds what it is called at."""

    async def channel_name(self, place: Place) -> str:
        """What a channel is called; "" where that is not told."""

    async def start(self) -> None:
        """Opens its connections."""

    async def stop(self) -> None:
        """Closes them."""


@asynccontextmanager
async def assembled(settings: Settings, answerer: Answerer, *, only_loopback: bool) -> AsyncIterator[web.Application]:
    """Puts everything together that is configured, and runs its workers while the context lasts.

    Args:
        settings: what is configured.
        answerer: answers questions.
        only_loopback: refuse visitors of the local page who come from elsewhere. The practice rooms have no log-in
            and every role, so there are none where this is False.

    Yields:
        What is to be served over HTTP, until `ENDED`. Requests should have ended before the context is left.

    Raises:
        StoreUnavailable: the database cannot be used.
        SettingsError: the file of Teams' registrations cannot be used.
        ValueError: the database's address is none.
        ExceptionGroup: on leaving; a worker had ended by itself.
    """
    metrics = Metrics()
    async with AsyncExitStack() as stack:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = await open_database(settings.database)
        stack.push_async_callback(database.close)
        store = SqlStore(database)
        queue = SqlQueue(database, LIMITS)
        workers: list[Sender | InboxWorker] = []

        def wake() -> None:
            for worker in workers:
                worker.wake()

        resolved = ResolvedSearch(answerer.over)
        means = Means(
            store=store,
            answerer=answerer,
            gate=AnonymisingGate(),
            resolved=resolved,
            holidays=JapaneseHolidays(),
            now=_now,
            off_loop=_off_loop(stack.enter_context(ThreadPoolExecutor(_THINKING, "thinking"))),
            prefecture=settings.prefecture,
            language=settings.language,
        )
        reception = Reception(means, wake=wake)
        receive = _counting(reception.receive, metrics)
        has_rooms = only_loopback and serves_console(settings)
        rooms = _console(settings, receive, database, store, answerer) if has_rooms else None
        sheets = Sheets(store, Secrets(database), settings.public_url, _now)
        platforms = _platforms(settings, receive, database, sheets)
        if rooms:
            platforms["console"] = rooms
        name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        sender = Sender(
            queue,
            {key: platform.messenger for key, platform in platforms.items()},
            worker=name,
            now=_now,
            random=uniform,
            observer=metrics,
        )
        workers += [sender, InboxWorker(store, reception, worker=name, now=_now, random=uniform)]
        for platform in platforms.values():
            stack.push_async_callback(platform.stop)
            await platform.start()
        clock = Ticker(partial(tick, means))
        namers = {key: platform.channel_name for key, platform in platforms.items()}
        naming = Ticker(partial(renew_names, store, namers), every=_NAMES_EVERY)
        to_tidy = chores(settings.keep_days, store, queue, database, resolved)
        work = await stack.enter_async_context(_working([*workers, clock, naming], to_tidy))
        app = _web(settings, answerer, rooms, metrics, only_loopback=only_loopback)
        app[ENDED] = asyncio.Event()
        work.add_done_callback(lambda _: app[ENDED].set())
        for key, platform in platforms.items():
            if key != "console":
                platform.add_routes(app)
        if settings.has_teams and settings.public_url:  # elsewhere nobody is given a link
            sheets.add_routes(app)

        async def working() -> bool:
            return not work.done()

        async def counts() -> Mapping[str, int]:
            async with store() as work:
                return await work.outbox.counts()

        def told() -> Mapping[str, object]:
            return {"sources": len(answerer.sources), "notice": answerer.notice, "platforms": sorted(platforms)}

        probes = Probes(vital={"workers": working}, needed={"database": database.ready}, told=told, counts=counts)
        probes.add_routes(app, metrics)
        yield app


def _off_loop(threads: Executor) -> OffLoop:
    async def run(func: Callable[[], T], /) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, func)

    return run


def serves_console(settings: Settings) -> bool:
    """Whether the local page is served: where platforms send requests over the network only if that was asked for."""
    return settings.console == "on" or (settings.console == "auto" and not settings.is_public)


def _platforms(settings: Settings, receive: Receive, database: Database, documents: Documents) -> dict[str, Platform]:
    """The platforms with accounts that are configured; their libraries are loaded only then."""
    platforms: dict[str, Platform] = {}
    if settings.has_slack:
        from adapters.slack.app import SlackPlatform
        from adapters.slack.config import SlackConfig

        slack = SlackConfig(
            signing_secret=settings.slack_signing_secret,
            bot_token=settings.slack_bot_token,
            app_token=settings.slack_app_token,
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret,
            api_url=settings.slack_api_url,
            public_url=settings.public_url,
        )
        platforms["slack"] = SlackPlatform(slack, receive, documents, database, Addresses(database))
    if settings.has_teams:
        from adapters.registrations import registrations_of
        from adapters.teams.app import TeamsPlatform
        from adapters.teams.config import TeamsConfig

        teams = TeamsConfig(
            registrations_of(settings),
            login_url=settings.teams_login_url,
            openid_url=settings.teams_openid_url,
            issuer=settings.teams_issuer,
            graph_url=settings.teams_graph_url,
        )
        platforms["teams"] = TeamsPlatform(teams, receive, Addresses(database), documents)
    return platforms


def _console(
    settings: Settings, receive: Receive, database: Database, store: SqlStore, answerer: Answerer
) -> ConsolePlatform:
    languages = {language.code: language.name for language in answerer.directory.languages}
    return ConsolePlatform(receive, ConsoleMessages(database), store, languages=languages, now=_now)


def _web(
    settings: Settings, answerer: Answerer, rooms: ConsolePlatform | None, metrics: Metrics, *, only_loopback: bool
) -> web.Application:
    if not serves_console(settings):
        return web.Application(middlewares=[observing(metrics)])
    return make_app(
        answerer,
        prefecture=settings.prefecture,
        language=settings.language,
        only_loopback=only_loopback,
        rooms=rooms,
        around=[observing(metrics)],
    )


def _counting(receive: Receive, metrics: Metrics) -> Receive:
    async def counted(incoming: Incoming) -> Reaction | None:
        platform = incoming.platform if incoming.kind == "left" else incoming.place.platform
        kind = incoming.way.value if isinstance(incoming, Asked) else incoming.kind
        metrics.received(platform, kind)
        return await receive(incoming)

    return counted


@asynccontextmanager
async def _working(
    workers: Sequence[Sender | InboxWorker | Ticker], to_tidy: Sequence[Chore]
) -> AsyncIterator[asyncio.Task[None]]:
    """Runs the workers and the housekeeping; at the end what is in hand is finished.

    They run in a task of their own: what goes wrong while serving must not be wrapped into a group of errors.
    """

    async def work() -> None:
        async with asyncio.TaskGroup() as group:
            tidying = group.create_task(keep_house(to_tidy, _now))
            async with asyncio.TaskGroup() as hands:
                for worker in workers:
                    hands.create_task(worker.run())
            tidying.cancel()

    def tell(ended: asyncio.Task[None]) -> None:
        if not ended.cancelled() and (error := ended.exception()):
            _log.error("a worker ended by itself", exc_info=error)

    task = asyncio.create_task(work())
    task.add_done_callback(tell)
    try:
        yield task
    finally:
        for worker in workers:
            worker.stop()
        await task


def _now() -> datetime:
    return datetime.now(UTC)
