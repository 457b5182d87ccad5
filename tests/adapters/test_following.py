"""A page that is being served follows the library, and never stops answering."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from bs4 import BeautifulSoup

from adapters.console.app import make_app, running
from adapters.following import Following
from adapters.knowledge import library_of, open_own, own_engine
from adapters.settings import Settings
from bot import sentences
from corpus.library import Library
from tests.adapters.town_book import ADDED, POOL

POOL_FEE = "町営プールの料金"
OLD_NUMBER, NEW_NUMBER = "045-000-0001", "045-000-0002"

#: Seconds between two looks, so short that tests need not wait.
OFTEN = 0.02


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def library(settings: Settings) -> Library:
    return library_of(settings)


@pytest.fixture
def following(settings: Settings, told: list[str]) -> Following:
    return Following(own_engine(settings, told.append), settings, told.append)


async def asked(web: ClientSession, page: str) -> dict[str, Any]:
    async with web.post(f"{page}api/ask", data={"q": POOL_FEE}) as reply:
        assert reply.status == 200
        answer: dict[str, Any] = await reply.json()
        return answer


async def asked_until(web: ClientSession, page: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Asks until the answer is as wanted; fails when it never is."""
    async with asyncio.timeout(30):
        while not wanted(answer := await asked(web, page)):
            pass
    return answer


def says(text: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a text stands in the first passage or in the notice."""
    return lambda answer: text in answer["passages"][0]["text"] + answer["notice"]


async def test_a_served_page_takes_in_what_is_added_corrected_and_withdrawn(
    following: Following, library: Library, settings: Settings, told: list[str]
) -> None:
    corrected = replace(POOL, text=POOL.text.replace(OLD_NUMBER, NEW_NUMBER))
    async with (
        following.following(OFTEN),
        running(make_app(following), "127.0.0.1", 0) as page,
        ClientSession() as web,
    ):
        assert (await asked(web, page))["passages"][0]["source"] != "town-book"
        await asyncio.to_thread(library.add, ADDED)
        await asked_until(web, page, says(OLD_NUMBER))
        async with web.get(page) as first:
            assert "町の手引き" in await first.text()
        await asyncio.to_thread(library.add, replace(ADDED, passages=(corrected, *ADDED.passages[1:])))
        assert OLD_NUMBER not in str(await asked_until(web, page, says(NEW_NUMBER)))
        await asyncio.to_thread(library.withdraw, "town-book", reason="番号が変わったため")
        await asked_until(web, page, lambda answer: NEW_NUMBER not in str(answer))
    assert told == [sentences.TAKEN_IN] * 3
    told.clear()
    assert open_own(settings, told.append).sources  # what was taken in is on the disk as well
    assert told == []


async def test_questions_are_answered_while_something_is_taken_in(following: Following, library: Library) -> None:
    """All through a change every answer is a whole one: the old or the new, and nothing else."""
    async with (
        following.following(OFTEN),
        running(make_app(following), "127.0.0.1", 0) as page,
        ClientSession() as web,
    ):
        before = await asked(web, page)
        await asyncio.to_thread(library.add, ADDED)
        seen = [before]
        async with asyncio.timeout(30):
            while not says(OLD_NUMBER)(seen[-1]):
                seen += await asyncio.gather(*(asked(web, page) for _ in range(4)))
        after = await asked(web, page)
    for answer in seen:
        assert answer["passages"] in (before["passages"], after["passages"])
        assert answer["notice"] in ("", sentences.TAKING_IN)


async def test_what_cannot_be_taken_in_is_told_once_and_shown_and_the_old_stays(
    following: Following, library: Library, settings: Settings, told: list[str]
) -> None:
    library.add(ADDED)
    ledger = settings.data_dir / "library" / "ledger.json"
    async with (
        following.following(OFTEN),
        running(make_app(following), "127.0.0.1", 0) as page,
        ClientSession() as web,
    ):
        await asked_until(web, page, says(OLD_NUMBER))
        sound = ledger.read_bytes()
        told.clear()
        ledger.write_bytes(b"{")
        await asked_until(web, page, says(sentences.OUTDATED))
        answer = await asked(web, page)
        assert OLD_NUMBER in answer["passages"][0]["text"]
        async with web.get(page) as first, web.post(page, data={"q": POOL_FEE}) as second:
            for reply in (first, second):
                shown = BeautifulSoup(await reply.text(), "lxml").select_one(".stale")
                assert shown is not None
                assert shown.text == sentences.OUTDATED
        following.look()
        assert len(told) == 1
        assert "ledger.json" in told[0]
        assert "\n" not in told[0]
        ledger.write_bytes(sound)
        following.look()
        assert following.notice == ""


async def test_nothing_is_left_running(following: Following, library: Library) -> None:
    tasks, threads = asyncio.all_tasks(), threading.active_count()
    async with following.following(OFTEN):
        library.add(ADDED)
        await asyncio.sleep(0)
    assert asyncio.all_tasks() == tasks
    await asyncio.get_running_loop().shutdown_default_executor()
    assert threading.active_count() == threads


def test_an_index_that_cannot_be_saved_is_told_and_answers_all_the_same(
    following: Following, library: Library, settings: Settings, told: list[str], tmp_path: Path
) -> None:
    (settings.data_dir / "index").rename(tmp_path / "gone")
    (settings.data_dir / "index").write_text("a file where the folder should be")
    library.add(ADDED)
    following.look()
    assert told[0] == sentences.TAKEN_IN
    assert "保存できない" in told[1]
    assert following.answer(POOL_FEE).citations[0].text == POOL.text
