"""What becomes of one question: people look, press, fill in, and do it again where nothing came of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp

from adapters.database.store import SqlStore
from bot import bureau_talk, drafting_talk, labels
from bot import referral_talk as words
from bot.referrals import Step
from corpus.directory import load
from tests.doubles.slack import payloads
from tests.faults.referring.serving import Servings
from tests.faults.referring.town import NAME, Side, Town
from tests.seats import NoButton, Refused, Seat, Shown
from tests.seats.slack import SlackSeat

T = TypeVar("T")

#: Seconds after which somebody who sees nothing does it again.
_PATIENCE = 6.0

ASKED = "在留カードをなくした人の相談です。再交付に何がいりますか。"


#: What marks what is said with a step: more than a letter might be taken for somebody's number or account.
LETTERS = {
    Step.ASK_BACK: "b",
    Step.SUPPLEMENT: "s",
    Step.REPLY: "r",
    Step.REASSIGN: "h",
    Step.RESOLVE: "e",
    Step.REOPEN: "o",
    Step.WITHDRAW: "w",
}

#: What is told to whom a step was taken from.
_SAID = {**drafting_talk.THANKS, **bureau_talk.SAID}


class Over(Exception):
    """It is time to go home."""


@dataclass
class Day:
    """What all stories share.

    Args:
        town: where they play.
        to: how the assistant is reached.
        store: where what happened is looked up by who saw no answer.
        over: set when nothing new is begun any more.
        again: how often somebody did something again.
    """

    town: Town
    to: Servings
    store: SqlStore
    over: asyncio.Event = field(default_factory=asyncio.Event)
    again: int = 0

    async def insisting(self, act: Callable[[], Awaitable[T]]) -> T:
        """Does something until it is answered."""
        while True:
            try:
                async with asyncio.timeout(_PATIENCE):
                    return await act()
            except NoButton:
                pass  # not yet
            except (aiohttp.ClientError, TimeoutError, Refused):
                self.again += 1
            await self.pauses(random.uniform(0.1, 0.8))

    async def until(self, true: Callable[[], T]) -> T:
        """Looks again and again."""
        while not (found := true()):
            await self.pauses(0.4)
        return found

    async def pauses(self, seconds: float) -> None:
        """Does nothing for a while."""
        if self.over.is_set():
            raise Over
        await asyncio.sleep(seconds)


@dataclass
class Story:
    """One question.

    Args:
        day: what all stories share.
        number: counted over all.
        desk: who asks.
        bureaus: who had it, in order; at first the bureau in charge.
        chance: decides what people do.
        said: what was said with which step, once somebody saw that it was taken.
        tried: the same, as soon as somebody tried to say it.
        referral: its id, once it was sent.
        thread: the desk's.
        asked: whether the question was acknowledged.
        sent: whether somebody saw that it was sent.
    """

    day: Day
    number: int
    desk: Side
    bureaus: list[Side]
    chance: random.Random
    said: list[tuple[Step, str]] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)
    referral: str = ""
    thread: str = ""
    asked: bool = False
    sent: bool = False

    async def is_told(self) -> None:
        """From the question to its result, or to the end of the day."""
        try:
            await self._refers()
            if self.chance.random() < 0.08:
                await self._says(self.desk, Step.WITHDRAW)
                return
            await self._is_taken()
            if self.chance.random() < 0.2:
                await self._is_handed_on()
            if self.chance.random() < 0.5:
                await self._goes_back_and_forth()
            await self._says(self.bureaus[-1], Step.REPLY)
            await self._says(self.desk, Step.RESOLVE)
            if self.chance.random() < 0.3:
                await self._says(self.desk, Step.REOPEN)
        except Over:
            return

    @property
    def question(self) -> str:
        """What stands in no other question."""
        return self._token("q")

    def _token(self, kind: str) -> str:
        return f"〔{kind}{self.number}〕"

    async def _refers(self) -> None:
        seat = await self._asks()
        form = await self._opens(seat, self.desk, words.REFER)
        phone, mail, secret = self.desk.raw
        situation = f"{NAME}さんの件です。電話{phone}、メール{mail}。{secret}に通っています。"
        preview = await self._sends(form, question=f"{ASKED}{self.question}", situation=situation)
        self._is_shown(self.desk, preview)
        assert preview is not None
        if self.chance.random() < 0.1:
            raise Over  # they think better of it: nothing may leave
        told = await self._sends(preview, further=secret)
        while told is not None and told.fields:
            self._is_shown(self.desk, told)
            told = await self._sends(told)
        self._is_shown(self.desk, told)
        self.sent = True
        self.referral = await self.day.until(self._card)

    async def _asks(self) -> Seat:
        """Asks until it is taken, as the platforms do: always the same message. Returns a seat that sees its thread."""
        text = f"{ASKED}〔a{self.number}〕"
        seat = self.day.town.seat(self.desk, 0, self.day.to, lambda shown: self.thread in shown.partition("\n")[0])
        if isinstance(seat, SlackSeat):
            mention = payloads.mention(seat.tenant, seat.channel, text, user=seat.user)
            self.thread = str(mention["event"]["ts"])

            async def says() -> None:
                if (await seat.sender().event(mention)).status != 200:
                    raise Refused
        else:
            activity = seat.made.mention(text, channel=seat.channel, person=seat.person)
            self.thread = str(activity["id"])

            async def says() -> None:
                await seat.tells(activity)

        await self.day.insisting(says)
        self.asked = True
        return seat

    def _card(self) -> str:
        """The referral's id, off a card in the desk's thread."""
        for message in self.day.town.stands(self.desk):
            thread, *shown = self.day.town.content(message).split("\n")
            if thread == self.thread and f"referral_{Step.WITHDRAW}" in shown:
                return next(word for word in shown if len(word) == 32 and set(word) <= set("0123456789abcdef"))
        return ""

    async def _is_taken(self) -> None:
        """Two coordinators press at once."""
        bureau = self.bureaus[-1]
        await self.day.until(lambda: self._offers(bureau, Step.TAKE))
        seats = [self._seat(bureau, who) for who in range(2)]
        await asyncio.gather(*(self._takes(seat) for seat in seats))
        await self.day.until(lambda: self._offers(bureau, Step.REPLY))

    async def _takes(self, seat: Seat) -> None:
        while True:
            try:
                async with asyncio.timeout(_PATIENCE):
                    return await seat.clicks(words.STEPS[Step.TAKE])
            except NoButton:  # a colleague was faster
                return
            except (aiohttp.ClientError, TimeoutError, Refused):
                self.day.again += 1
            await self.day.pauses(self.chance.uniform(0.1, 0.8))

    async def _is_handed_on(self) -> None:
        others = [side for side in self.day.town.sides if not side.is_desk and side != self.bureaus[-1]]
        other = self.chance.choice(others)
        before = self.bureaus[-1]
        self.bureaus.append(other)
        await self._says(before, Step.REASSIGN, to=load().bureau(other.name).name)
        await self._is_taken()

    async def _goes_back_and_forth(self) -> None:
        await self._says(self.bureaus[-1], Step.ASK_BACK)
        await self.day.until(lambda: self._token(LETTERS[Step.ASK_BACK]) in self._thread_of(self.desk))
        await self._says(self.desk, Step.SUPPLEMENT)
        await self.day.until(lambda: self._token(LETTERS[Step.SUPPLEMENT]) in self._thread_of(self.bureaus[-1]))

    async def _says(self, side: Side, step: Step, **choices: str) -> None:
        """Somebody says something on purpose: a form, a preview, and it is sent."""
        await self.day.until(lambda: self._offers(side, step))
        token = self._token(LETTERS[step])
        self.tried.add(token)
        while not await self._stands(token):
            form = await self._opens(self._seat(side, self.chance.randrange(2)), side, words.STEPS[step])
            if form.fields:
                about = f"{NAME}さんについて。" if side.is_desk else "ご確認ください。"
                shown = await self._sends(form, text=f"{about}{token}", **choices)
                while shown is not None and shown.fields and not (await self._stands(token)):
                    self._is_shown(side, shown)
                    shown = await self._sends(shown)
                self._is_shown(side, shown)
                if shown is not None and _SAID[step] in shown.words:
                    break
            # Either it was done and nobody heard of it, or it is not possible yet.
            await self.day.pauses(0.5)
        self.said.append((step, token))

    async def _opens(self, seat: Seat, side: Side, label: str) -> Shown:
        form = await self.day.insisting(lambda: _told(seat.presses(label)))
        assert form is not None
        self._is_shown(side, form)
        return form

    async def _sends(self, form: Shown, **values: str) -> Shown | None:
        return await self.day.insisting(lambda: _told(form.sends(**values)))

    def _is_shown(self, side: Side, shown: Shown | None) -> None:
        if shown is not None:
            self.day.town.shown.append((side, shown.words))

    def _seat(self, side: Side, who: int) -> Seat:
        return self.day.town.seat(side, who, self.day.to, lambda shown: self.referral in shown)

    def _offers(self, side: Side, step: Step) -> bool:
        """Whether the step's button stands on the card."""
        action = f"referral_{step}"
        shown = (self.day.town.content(message).split("\n") for message in self.day.town.stands(side))
        return any(self.referral in one and action in one for one in shown)

    def _thread_of(self, side: Side) -> str:
        return "\n".join(map(self.day.town.content, self.day.town.stands(side)))

    async def _stands(self, token: str) -> bool:
        """Whether something was said, in the history that everybody of the two sides reads off the card."""
        async with self.day.store() as work:
            return any(token in entry.text for entry in await work.referrals.history(self.referral))


async def _told(shown: Awaitable[Shown | None]) -> Shown | None:
    """What is shown, unless that is to try again."""
    told = await shown
    if told is not None and labels.TRY_AGAIN in told.words:
        raise Refused
    return told
