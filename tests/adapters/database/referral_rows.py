"""Referrals for the tests of stores."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from bot.answer import Citation
from bot.highlight import Piece
from bot.places import Person
from bot.ports import Store
from bot.referrals import Intake, Referral, State, Step
from corpus.model import Grade
from tests.adapters.database.events import NOW, PLACE, SATO

KATO = Person(platform="teams", tenant="tenant-1", id="coordinator-1")
CITED = Citation(
    rank=1,
    score=0.5,
    pieces=(Piece("在留カード", answering=True), Piece("の再交付")),
    grade=Grade.GUIDE,
    source="guidebook",
    title="生活・就労ガイドブック",
    publisher="出入国在留管理庁",
    edition="第8版",
    section_id="1.2",
    section=("在留手続", "在留カード"),
    page=12,
    url="https://example.test/guidebook",
)
DRAFT = Referral(
    id="",
    number=0,
    version=1,
    state=State.DRAFTED,
    desk="13-shinjuku",
    author=SATO,
    place=PLACE,
    prefecture="東京都",
    bureau="tokyo",
    intake=Intake(question="在留カードを失くした。再交付は？"),
    made=NOW,
    changed=NOW,
)


async def added(store: Store, referral: Referral = DRAFT) -> Referral:
    """A draft with an id and number of its own."""
    async with store() as work:
        kept = await work.referrals.add(replace(referral, id=uuid.uuid4().hex))
        await work.commit()
        return kept


async def changed(store: Store, referral: Referral) -> bool:
    """Whether a change counts."""
    async with store() as work:
        done = await work.referrals.change(referral)
        await work.commit()
        return done


async def standing(
    store: Store,
    state: State,
    *,
    desk: str = "13-shinjuku",
    bureau: str = "tokyo",
    sent: bool = True,
    at: datetime = NOW,
    remind: timedelta | None = None,
) -> Referral:
    """A referral that came to a state at some time."""
    draft = await added(store, replace(DRAFT, desk=desk, bureau=bureau))
    there = replace(
        draft,
        version=2,
        state=state,
        changed=at,
        sent=NOW if sent else None,
        remind=None if remind is None else NOW + remind,
        official="再交付できます。",
        result="解決した。",
    )
    assert await changed(store, there)
    return there


def told(step: Step) -> str:
    """What was said with a step."""
    return f"{step}のときの言葉"
