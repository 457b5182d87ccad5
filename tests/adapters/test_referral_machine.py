"""Whatever two desks and two bureaus do, in whatever order: no message is lost, none comes twice, none goes astray.

A longer run by hand: HYPOTHESIS_EXAMPLES=500 python -m pytest tests/adapters/test_referral_machine.py
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot import referral_talk as words
from bot.errors import Throttled, Unavailable, Unclear
from bot.places import Person
from bot.referrals import Referral, Step
from bot.referring.cards import BUREAU_STEPS, bureau_card, desk_card
from bot.referring.relay import view_of
from tests.adapters.referral_sides import DESKS, PEOPLE, RAW, SIDES, TOKEN, Offered, Side, side_of
from tests.adapters.referral_world import World
from tests.dialogs.talk import buttons, text_of
from tests.fakes_messenger import Fault

T = TypeVar("T")

FAULTS = [
    Fault(Throttled("busy", 7)),
    Fault(Unavailable("down")),
    Fault(Unclear("lost")),
    Fault(Unclear("lost"), lands=True),
]
TIMES = [timedelta(minutes=1), timedelta(hours=3), timedelta(days=1), timedelta(days=6), timedelta(weeks=14)]

people = st.sampled_from(sorted(PEOPLE, key=lambda person: person.id))
#: Mostly what is newest.
#: Which of the buttons there are, and which of the two people of its side.
steps = st.tuples(st.integers(0, 30), st.integers(0, 1))
places = st.one_of(st.integers(0, 2), st.integers(0, 60))


class Anything(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.world = self.do(World.opened())
        self.ended: set[str] = set()  # sides whose channel was ever gone
        self.read = 0

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @rule(person=people, alone=st.booleans())
    def somebody_asks(self, person: Person, alone: bool) -> None:
        self.do(self.world.asks(person, alone=alone))
        self.do(self.world.sends())

    @rule(number=places, member=st.integers(0, 1), twice=st.booleans())
    def somebody_presses(self, number: int, member: int, twice: bool) -> None:
        if offered := self.world.offered[-1 - number : len(self.world.offered) - number]:
            self.do(self.world.presses(offered[0].side.people[member], offered[0], twice=twice))

    @rule(number=places, twice=st.booleans(), anew=st.booleans())
    def somebody_sends_a_form(self, number: int, twice: bool, anew: bool) -> None:
        if forms := self.world.forms[-1 - number : len(self.world.forms) - number]:
            self.do(self.world.fills(*forms[0], twice=twice, anew=anew))

    @rule(number=places, stranger=people, form=st.booleans())
    def a_stranger_presses_what_was_never_theirs(self, number: int, stranger: Person, form: bool) -> None:
        self.do(self.trespasses(number, stranger, form=form))

    async def trespasses(self, number: int, stranger: Person, *, form: bool = False) -> None:
        """Somebody of another side finds a button or a form; nothing of that side changes by it."""
        stood = {one.id: one for one in await self.world.referrals()}
        mine = PEOPLE[stranger].name
        # Whoever asks anew shows a question to who can see it anyway; a referral has two sides.
        forms = [one for one in self.world.forms if "refer" in one[2].name]
        offered = [one for one in self.world.offered if "refer" in one.button.action]
        if form and forms:
            _, place, found = forms[-1 - number % len(forms)]
            await self.world.fills(stranger, place, found, anew=True)  # in words of their own
        elif offered:
            await self.to_its_end(stranger, offered[-1 - number % len(offered)])
        for one in await self.world.referrals():
            before = stood.get(one.id)
            if before and mine not in {before.desk, before.bureau} and mine != one.desk:
                assert one == before, f"{mine} changed a referral of {before.desk} to {before.bureau}"

    @initialize(
        desks=st.lists(st.sampled_from(DESKS), min_size=1, max_size=2),
        steps=st.lists(steps, max_size=8),
        strangers=st.lists(st.tuples(st.integers(0, 12), people), max_size=4),
    )
    def some_are_under_way(
        self, desks: list[Side], steps: list[tuple[int, int]], strangers: list[tuple[int, Person]]
    ) -> None:
        for side in desks:
            self.do(self.world.asks(side.people[0]))
            self.do(self.world.sends())
            self.do(self.to_its_end(side.people[0], self.world.offered[-1]))
        self.some_go_on(steps)
        for number, stranger in strangers:
            self.do(self.trespasses(number, stranger))

    @rule(steps=st.lists(steps, min_size=1, max_size=4))
    def some_go_on(self, steps: list[tuple[int, int]]) -> None:
        for number, member in steps:
            # Of each kind the newest, those of referrals alone: others press the rest.
            newest = {(one.side.name, one.button.action): one for one in self.world.offered}
            ours = sorted(one for one in newest if "refer" in one[1])
            offered = newest[ours[number % len(ours)]]
            self.do(self.to_its_end(offered.side.people[member], offered))

    async def to_its_end(self, person: Person, offered: Offered) -> None:
        """Somebody does a step, previews included."""
        before = len(self.world.forms)
        await self.world.presses(person, offered)
        for _ in range(3):
            if len(self.world.forms) == before:
                break
            before = len(self.world.forms)
            await self.world.fills(*self.world.forms[-1])
        await self.world.sends()

    @rule()
    def what_is_due_is_sent(self) -> None:
        self.do(self.world.sends())

    @rule(time=st.sampled_from(TIMES))
    def time_passes(self, time: timedelta) -> None:
        self.do(self.world.passes(time))

    @rule()
    def the_process_dies(self) -> None:
        self.do(self.world.restarts())

    @rule(
        platform=st.sampled_from(["slack", "teams"]), faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3)
    )
    def a_platform_will_falter(self, platform: str, faults: list[Fault]) -> None:
        self.world.platforms[platform].faults.extend(faults)

    @rule(side=st.sampled_from(SIDES))
    def a_channel_ends(self, side: Side) -> None:
        self.ended.add(side.name)
        self.do(self.world.channel_ends(side))

    @rule(side=st.sampled_from(SIDES))
    def a_channel_returns(self, side: Side) -> None:
        self.do(self.world.channel_returns(side))

    @rule(person=people)
    def somebody_opens_their_home(self, person: Person) -> None:
        self.do(self.world.opens_home(person))

    @invariant()
    def nothing_is_said_twice(self) -> None:
        for platform in self.world.platforms.values():
            said = [one.delivery for one in platform.said]
            assert len(said) == len(set(said))

    @invariant()
    def nothing_goes_astray(self) -> None:
        shown = list(self.world.everything_shown())
        for one in shown:
            raw = [name for desk, name in RAW.items() if name in one.text and desk != one.side.name]
            assert not raw, f"{one.side.name} was shown what never leaves {raw}: {one.text}"
        may_see = self.do(self.readers())
        for one in shown:
            astray = {token for token in TOKEN.findall(one.text) if one.side.name not in may_see[token]}
            assert not astray, f"{one.side.name} was shown {astray}: {one.text}"

    async def readers(self) -> dict[str, set[str]]:
        """Names of the sides that may read each token."""
        may_see = {token: {side.name} for token, side in self.world.typed.items()}
        for referral in await self.world.referrals():
            if referral.sent is None:
                continue
            sides = {referral.desk, *self.world.with_bureaus.get(referral.id, set())}
            intake = referral.intake
            for text in (intake.question, intake.situation, intake.tried, referral.official, referral.result):
                for token in TOKEN.findall(text):
                    may_see[token] |= sides
            async with self.world.store() as work:
                history = await work.referrals.history(referral.id)
            for entry in history:
                # Why a bureau handed something on is its own matter.
                readers = sides - {referral.desk} if entry.step is Step.REASSIGN else sides
                for token in TOKEN.findall(entry.text):
                    may_see[token] |= readers
        return may_see

    def teardown(self) -> None:
        try:
            self.do(self.world.settles())
            self.nothing_is_said_twice()
            self.nothing_goes_astray()
            for referral in self.do(self.world.referrals()):
                if referral.sent is not None:
                    self.do(self.cards_show_what_holds(referral))
                    self.do(self.nothing_is_lost(referral))
        finally:
            self.do(self.world.closed())
            self.runner.close()

    async def cards_show_what_holds(self, referral: Referral) -> None:
        async with self.world.store() as work:
            view = await view_of(work, self.world.means, referral)
        for card, owner, post in (
            (referral.desk_card, referral.desk, desk_card(view)),
            (referral.bureau_card, referral.bureau, bureau_card(view)),
        ):
            if owner in self.ended or not card:
                continue
            stands = [
                one.post for platform in self.world.platforms.values() for one in platform.said if one.delivery == card
            ]
            assert len(stands) == 1, (owner, referral.state)
            by_hand = referral.by_hand and owner == referral.desk
            assert stands[0].summary == words.headline(referral.number, referral.state, by_hand=by_hand)
            assert buttons(stands[0].blocks) == buttons(post.blocks)
            assert referral.official in text_of(stands[0].blocks)

    async def nothing_is_lost(self, referral: Referral) -> None:
        """What one side told the other stands there, unless there was no channel for it."""
        assert referral.desk_card or referral.desk in self.ended
        assert referral.bureau_card or referral.by_hand or referral.bureau in self.ended
        async with self.world.store() as work:
            history = await work.referrals.history(referral.id)
        if {referral.desk, *self.world.with_bureaus[referral.id]} & self.ended:
            return
        told = [entry.step for entry in history if entry.step not in {Step.SEND, Step.TAKE, Step.REASSIGN}]
        for step in set(told):
            reader = referral.desk if step in BUREAU_STEPS else referral.bureau
            if referral.by_hand and reader == referral.bureau:
                continue  # nobody there would read it
            if len(self.world.with_bureaus[referral.id]) == 1:
                assert self.news(reader, referral.number, step) == told.count(step), (reader, step)

    def news(self, side: str, number: int, step: Step) -> int:
        """How many posts tell a side of a step."""
        summary = words.news(number, step)
        said = [one for platform in self.world.platforms.values() for one in platform.said]
        return sum(one.post.summary == summary and side_of(one.receipt.place).name == side for one in said)


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "12")),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
