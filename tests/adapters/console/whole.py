"""The practice place with everything real behind it: reception, inbox worker, sender, database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import random

from adapters.console.app import make_app, running
from adapters.console.rooms.platform import ConsolePlatform
from adapters.database.console import ConsoleMessages
from adapters.database.engine import open_database
from adapters.database.queue import SqlQueue
from adapters.database.store import SqlStore
from adapters.knowledge import Knowledge
from adapters.pacing_limits import LIMITS
from adapters.sending import Sender
from adapters.working import InboxWorker
from bot.reception import Reception
from tests.adapters.console.practice import now
from tests.fakes_means import means_of


@asynccontextmanager
async def whole(folder: Path, knows: Knowledge) -> AsyncIterator[str]:
    """Serves it while the context lasts; yields the address."""
    database = await open_database(f"sqlite:///{folder / 'whole.sqlite3'}")
    store = SqlStore(database)

    def wake() -> None:
        inbox.wake()
        sender.wake()

    reception = Reception(means_of(store, knows, now), wake=wake)
    languages = {language.code: language.name for language in knows.directory.languages}
    platform = ConsolePlatform(reception.receive, ConsoleMessages(database), store, languages=languages, now=now)
    inbox = InboxWorker(store, reception, worker="w", now=now, random=random)
    sender = Sender(SqlQueue(database, LIMITS), {"console": platform.messenger}, worker="w", now=now)
    try:
        async with (
            asyncio.TaskGroup() as tasks,
            running(make_app(knows, rooms=platform), "127.0.0.1", 0) as address,
        ):
            tasks.create_task(inbox.run())
            tasks.create_task(sender.run())
            await platform.start()
            yield address
            await platform.stop()
            inbox.stop()
            sender.stop()
    finally:
        await database.close()
