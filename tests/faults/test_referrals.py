"""What the run over both platforms would tell of, were it so."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from adapters.database.deliveries import deliveries, receipt_parts
from adapters.database.engine import Database, open_database
from adapters.database.store import SqlStore
from adapters.slack.rendering import render
from bot.means import Means
from bot.places import Person, Place, Receipt
from bot.posts import Post, Text
from bot.referrals import Intake, Referral, State
from bot.referring.cards import bureau_card, desk_card
from bot.referring.relay import view_of
from tests.dialogs.town import knowledge
from tests.doubles.slack import Message
from tests.fakes_means import means_of
from tests.faults.referring.serving import Servings
from tests.faults.referring.stories import Day, Story
from tests.faults.referring.town import NAME, Side, Town, sides_of
from tests.faults.referring.verdict import Judge, Verdict

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(f"sqlite:///{tmp_path}/town.db")
    yield opened
    await opened.close()


@pytest.fixture
def town() -> Town:
    return Town(sides_of(1))


async def judged(town: Town, database: Database, logs: Path, *stories: Story) -> Verdict:
    return await Judge(town, stories, database, means(database)).judges(logs)


async def owed(database: Database, side: Side, state: str = "sent") -> str:
    async with SqlStore(database)() as work:
        delivery = await work.outbox.owe(place_of(side), Post(blocks=(Text("本文"),), summary="本文"), NOW)
        await work.commit()
    async with database.begin() as connection:
        ended = update(deliveries).where(deliveries.c.id == delivery)
        await connection.execute(ended.values(state=state, ended=NOW))
    return delivery


def lands(town: Town, side: Side, delivery: str, thread: str = "", blocks: Sequence[Any] = ()) -> str:
    metadata = {"event_payload": {"delivery": delivery}}
    ts = town.slack.state.new_ts()
    town.slack.state.landed.append(Message(side.channel, ts, "本文", list(blocks), thread, metadata))
    return ts


def place_of(side: Side) -> Place:
    return Place(platform=side.platform, tenant=side.tenant, channel=side.channel)


def means(database: Database) -> Means:
    return means_of(SqlStore(database), knowledge(), lambda: NOW)


def desk_of(town: Town) -> Side:
    return next(side for side in town.sides if side.is_desk)


def story(town: Town, database: Database) -> Story:
    day = Day(town, Servings([]), SqlStore(database))
    return Story(day, 7, desk_of(town), [town.sides[0]], random.Random(1))


async def test_what_stands_once_where_it_belongs_is_well(town: Town, database: Database, tmp_path: Path) -> None:
    desk = desk_of(town)
    lands(town, desk, await owed(database, desk))
    assert not (await judged(town, database, tmp_path)).faults


async def test_what_is_missing_or_was_given_up_is_lost(town: Town, database: Database, tmp_path: Path) -> None:
    await owed(database, desk_of(town))
    await owed(database, desk_of(town), "failed")
    verdict = await judged(town, database, tmp_path)
    assert {kind: len(found) for kind, found in verdict.faults.items()} == {"lost": 2}


async def test_what_stands_twice_is_told_and_counted_apart_where_nobody_can_look(
    town: Town, database: Database, tmp_path: Path
) -> None:
    desk = desk_of(town)
    delivery = await owed(database, desk)
    for _ in range(2):
        lands(town, desk, delivery)
    verdict = await judged(town, database, tmp_path)
    assert (len(verdict.twice), verdict.unsearchable) == (1, 0)


async def test_what_stands_elsewhere_is_astray(town: Town, database: Database, tmp_path: Path) -> None:
    desk = desk_of(town)
    lands(town, desk, await owed(database, desk), thread="another")
    verdict = await judged(town, database, tmp_path)
    assert list(verdict.faults) == ["astray"]


async def test_a_question_without_an_answer_and_a_referral_that_is_not_there_are_lost(
    town: Town, database: Database, tmp_path: Path
) -> None:
    told = story(town, database)
    told.thread, told.asked, told.sent = "1", True, True
    verdict = await judged(town, database, tmp_path, told)
    assert {kind: len(found) for kind, found in verdict.faults.items()} == {"lost": 2}


async def test_a_bureau_that_sees_what_was_not_sent_is_told(town: Town, database: Database, tmp_path: Path) -> None:
    told, bureau = story(town, database), town.sides[0]
    town.shown += [(told.desk, told.question), (bureau, told.question), (bureau, NAME), (bureau, told.desk.raw[0])]
    verdict = await judged(town, database, tmp_path, told)
    assert {kind: len(found) for kind, found in verdict.faults.items()} == {"astray": 3}


async def test_words_in_a_log_are_told(town: Town, database: Database, tmp_path: Path) -> None:
    (tmp_path / "p0.log").write_text(f"{desk_of(town).raw[1]}\n", encoding="utf-8")
    verdict = await judged(town, database, tmp_path)
    assert len(verdict.faults["logged"]) == 1


@pytest.mark.parametrize(("shown", "faults"), [(State.TAKEN, []), (State.SENT, ["stale"])])
async def test_a_card_that_shows_another_state_is_stale(
    shown: State, faults: list[str], town: Town, database: Database, tmp_path: Path
) -> None:
    desk, bureau = desk_of(town), town.sides[0]
    cards = [await owed(database, side) for side in (desk, bureau)]
    async with SqlStore(database)() as work:
        kept = await work.referrals.add(referral(desk, bureau, *cards))
        view = await view_of(work, means(database), replace(kept, state=shown))
        await work.commit()
    for side, delivery, draw in zip((desk, bureau), cards, (desk_card, bureau_card), strict=True):
        stood = Receipt(place_of(side), lands(town, side, delivery, blocks=render(draw(view))["blocks"]))
        async with database.begin() as connection:
            card = update(deliveries).where(deliveries.c.id == delivery)
            await connection.execute(card.values(receipt=receipt_parts(stood)))
    assert list((await judged(town, database, tmp_path)).faults) == faults


def referral(desk: Side, bureau: Side, desk_card: str, bureau_card: str) -> Referral:
    return Referral(
        id="1" * 32,
        number=0,
        version=1,
        state=State.TAKEN,
        desk=desk.name,
        author=Person(platform=desk.platform, tenant=desk.tenant, id=desk.people[0]),
        place=place_of(desk),
        prefecture=desk.prefecture,
        bureau=bureau.name,
        intake=Intake(question="再交付に何がいりますか。"),
        made=NOW,
        changed=NOW,
        sent=NOW,
        desk_card=desk_card,
        bureau_card=bureau_card,
    )
