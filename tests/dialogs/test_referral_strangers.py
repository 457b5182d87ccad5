"""Every button and every form of a referral, by every role of another desk and bureau, whatever their programs send."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest

from bot.desks import Member, Role
from bot.incoming import Incoming, Pressed, Submitted
from bot.reactions import Reaction
from bot.referrals import Referral, State, Step
from bot.referring.entrance import ACTIONS, FORMS
from bot.referring.forms import Seen
from bot.referring.intake_form import Drafting
from tests.dialogs.desks import HAKATA, enrol
from tests.dialogs.drafts import NAME, drafts, referred, thread
from tests.dialogs.network import coordinate, open_network
from tests.dialogs.talk import Talk

#: What stands in the referrals, as typed and as sent.
TOLD = (NAME, "人物A", "再交付に必要な", "会社の寮")
FILLED = {
    "text": "追記です",
    "question": "別の質問です",
    "situation": "別の状況です",
    "prefecture": "大阪府",
    "choice": "send",
    "to": "bureau-osaka",
    "what": "add",
}


@pytest.fixture(autouse=True)
async def _network(talk: Talk) -> None:
    await open_network(talk)


async def is_there(talk: Talk, role: Role | None) -> str:
    """Somebody of this role, of another desk or bureau."""
    name = f"よその{role}"
    match role:
        case Role.COUNSELLOR:
            await enrol(talk, HAKATA, name)
        case Role.COORDINATOR:
            await coordinate(talk, name, "osaka")
        case Role.AGENCY | Role.ADMINISTRATOR:
            async with talk.store() as work:
                await work.desks.enrol(Member(person=talk.person(name), role=role))
                await work.commit()
    return name


def states(referral: Referral) -> list[str]:
    """What a form can carry to name this referral."""
    steps = ("", *Step)
    return [Drafting(referral.id).state, *(Seen(referral.id, step, referral.version).state for step in steps)]


async def tries(talk: Talk, name: str, referral: Referral) -> list[Reaction | None]:
    """They press everything, and send every form; what they are shown."""
    place, person, at = thread(talk), talk.person(name), talk.clock()
    values = {field: (value,) for field, value in FILLED.items()}

    def pressed(action: str) -> Pressed:
        keys = (uuid4().hex,)
        return Pressed(keys=keys, place=place, person=person, at=at, action=action, value=referral.id)

    def submitted(form: str, state: str) -> Submitted:
        keys = (uuid4().hex,)
        return Submitted(keys=keys, place=place, person=person, at=at, form=form, values=values, state=state)

    everything: list[Incoming] = [
        *(pressed(action) for action in ACTIONS),
        *(submitted(form, state) for form in FORMS for state in states(referral)),
    ]
    shown = [await talk.reception.receive(incoming) for incoming in everything]
    await talk.settles()
    return shown


def rows(folder: Path) -> list[tuple[object, ...]]:
    """All that is told of referrals, and all that is owed."""
    database = sqlite3.connect(folder / "state.db")
    tables = ("referrals", "referral_entries", "shifts", "deliveries", "audit")
    found = [row for table in tables for row in database.execute(f"SELECT * FROM {table}")]
    database.close()
    return found


@pytest.mark.parametrize("role", [None, *Role])
async def test_a_stranger_changes_nothing_and_sees_nothing(talk: Talk, tmp_path: Path, role: Role | None) -> None:
    name = await is_there(talk, role)
    await referred(talk)
    await drafts(talk)
    async with talk.store() as work:
        draft, sent = sorted(
            await work.referrals.of_desk("13-shinjuku", frozenset(State)), key=lambda one: one.state is State.SENT
        )
    assert (draft.state, sent.state) == (State.DRAFTED, State.SENT)
    before = rows(tmp_path)
    for referral in (draft, sent):
        for reaction in await tries(talk, name, referral):
            assert reaction is not None
            assert not [told for told in TOLD if told in repr(reaction)]
    assert rows(tmp_path) == before
