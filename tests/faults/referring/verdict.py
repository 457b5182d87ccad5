"""What stands in the doubles at the end, compared with what stands in the database and with what people did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from adapters.database.deliveries import deliveries, receipt_of
from adapters.database.engine import Database
from adapters.database.store import SqlStore
from adapters.teams.rendering import delivery_mark
from bot import referral_talk as words
from bot.means import Means
from bot.places import Receipt
from bot.ports import Work
from bot.posts import Buttons
from bot.referrals import Entry, Referral, State, Step
from bot.referring.cards import BUREAU_STEPS, bureau_card, desk_card
from bot.referring.relay import view_of
from tests.doubles.slack import Message
from tests.doubles.teams import Landed
from tests.faults.referring.stories import LETTERS, Story
from tests.faults.referring.town import NAME, Side, Town
from tests.seats import all_words

_TOKEN = re.compile(r"〔[a-z]\d+〕")
_MARK = re.compile(delivery_mark("([0-9a-f]{32})"))


@dataclass
class Verdict:
    """What is wrong, in words without anything that anybody wrote but tokens; and what was counted.

    Args:
        lost: what is missing, or stands somewhere else.
        twice: what stands more often than once where the assistant can look.
        stale: cards that show another state than the database's.
        astray: what somebody was shown that is none of theirs.
        logged: what a log holds that somebody wrote.
        unsearchable: what stands more often than once where nobody lets the assistant look.
        counts: what else was counted.
    """

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    astray: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    unsearchable: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> Mapping[str, Sequence[str]]:
        """All that is wrong, by kind."""
        kinds = ("lost", "twice", "stale", "astray", "logged")
        return {kind: found for kind in kinds if (found := getattr(self, kind))}


class Judge:
    """Compares.

    Args:
        town: what stands there.
        stories: what people did.
        database: where it was written.
        means: to draw cards with.
    """

    def __init__(self, town: Town, stories: Sequence[Story], database: Database, means: Means) -> None:
        self.town, self.stories, self.database, self.means = town, stories, database, means
        self.verdict = Verdict()
        self._sides = {side.name: side for side in town.sides}
        self._of_tenant = {side.tenant: side for side in town.sides}

    async def judges(self, logs: Path) -> Verdict:
        """All that is to be found.

        Args:
            logs: folder of what processes said.
        """
        await self._deliveries()
        async with SqlStore(self.database)() as work:
            referrals = await self._referrals(work)
            histories = {one.id: await work.referrals.history(one.id) for one in referrals}
            self._steps(referrals, histories)
            for one in referrals:
                if one.sent is not None:
                    await self._cards(work, one)
                    await self._news(work, one, histories[one.id])
        self._words(referrals, histories)
        self._logs(logs)
        self.verdict.counts["referrals"] = len(referrals)
        self.verdict.counts.update(f"{one.state}" for one in referrals)
        return self.verdict

    async def _deliveries(self) -> None:
        """Each delivery landed once, where it belongs."""
        landed: Counter[str] = Counter()
        places: dict[str, set[tuple[str, str]]] = {}
        for delivery, channel, thread in self._landed():
            landed[delivery] += 1
            places.setdefault(delivery, set()).add((channel, thread))
        async with self.database.reading() as connection:
            rows = (await connection.execute(select(deliveries))).all()
            states = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
            self.verdict.counts.update({f"{state} (outbox)": n for state, n in await connection.execute(states)})
            tried = select(func.count()).where(deliveries.c.attempts > 1)
            self.verdict.counts["sent again"] = await connection.scalar(tried) or 0
        for row in rows:
            side = self._of_tenant[row.tenant]
            if row.state != "sent" or not (row.edits or landed[row.id]):
                self.verdict.lost.append(f"delivery {row.id} to {side.name}: {row.state} {row.reason}")
            elif landed[row.id] > 1:
                self._is_twice(side, f"delivery {row.id} to {side.name}: {landed[row.id]} times")
            place = (row.channel or self._own_conversation(side, row.only_to), row.thread)
            if places.get(row.id, {place}) != {place}:
                self.verdict.astray.append(f"delivery {row.id} of {side.name} stands at {places[row.id]}")
        strange = set(landed) - {row.id for row in rows}
        self.verdict.astray += [f"delivery {one} is nobody's" for one in strange]
        self.verdict.counts["posts"] = sum(row.edits is None for row in rows)

    def _landed(self) -> Iterator[tuple[str, str, str]]:
        for message in self.town.slack.state.landed:
            if message.delivery:
                yield message.delivery, message.channel, message.thread
        for landed in self.town.teams.landed:
            first = all_words((landed.earlier or [landed.activity])[0])
            if found := _MARK.search(first):
                yield found[1], landed.conversation, landed.thread

    def _own_conversation(self, side: Side, person: str) -> str:
        """Where somebody is spoken to alone."""
        if side.platform == "slack":
            return f"D{person}"
        chats = self.town.teams.conversations.chats
        mine = (chat for (app, one), chat in chats.items() if app == f"app-{side.number}" and one.endswith(person))
        return next(mine, "")

    async def _referrals(self, work: Work) -> list[Referral]:
        desks = [side.name for side in self.town.sides if side.is_desk]
        return [one for desk in desks for one in await work.referrals.of_desk(desk, frozenset(State), 100_000)]

    def _steps(self, referrals: Sequence[Referral], histories: Mapping[str, Sequence[Entry]]) -> None:
        """What was taken stands in the history, once; nothing stands there that nobody did."""
        by_id = {one.id: one for one in referrals}
        sent = Counter(one for it in referrals if it.sent for one in _TOKEN.findall(it.intake.question))
        for story in self.stories:
            if story.asked and not any(one.thread == story.thread for one in self.town.stands(story.desk)):
                self.verdict.lost.append(f"answer to question {story.number} of {story.desk.name}")
            if story.sent and not sent[story.question]:
                self.verdict.lost.append(f"referral {story.number}")
            if sent[story.question] > 1:
                self.verdict.twice.append(f"referral {story.number}")
            if not story.referral:
                continue
            history = histories[story.referral]
            told = Counter(token for entry in history for token in _TOKEN.findall(entry.text))
            for step, token in story.said:
                self.verdict.counts[f"{step}"] += 1
                if not told[token]:
                    self.verdict.lost.append(f"step {token} of referral {by_id[story.referral].number}")
            again = [token for token, times in told.items() if times > 1]
            self.verdict.twice += [f"step {token} stands twice in the history" for token in again]
            self.verdict.astray += [f"step {one} that nobody did" for one in set(told) - story.tried]
            took = sum(entry.step is Step.TAKE for entry in history)
            self.verdict.counts["take"] += took
            if took > 1 + sum(entry.step in {Step.REASSIGN, Step.REOPEN} for entry in history):
                self.verdict.twice.append(f"referral {story.number} was taken {took} times")

    async def _cards(self, work: Work, referral: Referral) -> None:
        """The card of each side shows what the database holds."""
        view = await view_of(work, self.means, referral)
        for card, post in ((referral.desk_card, desk_card(view)), (referral.bureau_card, bureau_card(view))):
            message = self._at(await self._receipt(card))
            if message is None:
                self.verdict.lost.append(f"card of referral {referral.number}")
                continue
            content = self.town.content(message)
            wanted = (post.summary, referral.official, referral.result)
            shown = content.split("\n")
            actions = {one.action for block in post.blocks if isinstance(block, Buttons) for one in block.buttons}
            offered = {line for line in shown if line.startswith("referral_")}
            if offered != actions or any(part not in content for part in wanted):
                self.verdict.stale.append(f"card of referral {referral.number} ({referral.state}): offers {offered}")

    async def _receipt(self, delivery: str) -> Receipt | None:
        async with self.database.reading() as connection:
            return receipt_of(await connection.scalar(select(deliveries.c.receipt).where(deliveries.c.id == delivery)))

    def _at(self, receipt: Receipt | None) -> Message | Landed | None:
        if receipt is None:
            return None
        if receipt.place.platform == "teams":
            return self.town.teams.conversations.find(receipt.message)
        messages = self.town.slack.messages(receipt.place.channel)
        return next((one for one in messages if one.ts == receipt.message), None)

    async def _news(self, work: Work, referral: Referral, history: Sequence[Entry]) -> None:
        """Each step is told to the other side in its thread, once."""
        desk = self._sides[referral.desk]
        bureau = self._sides[referral.bureau]
        receipt = await self._receipt(referral.bureau_card)
        moved = sum(entry.step is Step.REASSIGN for entry in history)
        for step in {entry.step for entry in history} - {Step.SEND}:
            summary, count = words.news(referral.number, step), sum(entry.step is step for entry in history)
            by_bureau = step in BUREAU_STEPS
            side, thread = (desk, referral.place.thread) if by_bureau else (bureau, receipt.message if receipt else "")
            if moved and not by_bureau:
                continue  # what came before stands with the bureau that had it then
            stands = [one for one in self.town.stands(side) if one.thread == thread and self._begins(one, summary)]
            if len(stands) < count:
                self.verdict.lost.append(f"news of {step} of referral {referral.number} at {side.name}")
            elif len(stands) > count:
                self._is_twice(side, f"news of {step} of referral {referral.number} at {side.name}")

    def _begins(self, message: Message | Landed, summary: str) -> bool:
        return summary in self.town.content(message).split("\n")

    def _words(self, referrals: Sequence[Referral], histories: Mapping[str, Sequence[Entry]]) -> None:
        """Nobody was shown what is none of theirs."""
        readers = self._readers(referrals, histories)
        for side, shown in self.town.everything_shown():
            name = side.name if side else "nobody"
            strange = {token for token in _TOKEN.findall(shown) if side is None or name not in readers.get(token, ())}
            self.verdict.astray += [f"{name} was shown {token}" for token in strange]
            for other in self.town.sides:
                if other is not side and any(raw in shown for raw in other.raw):
                    self.verdict.astray.append(f"{name} was shown what {other.name} keeps")
            if NAME in shown and not (side and side.is_desk):
                self.verdict.astray.append(f"{name} was shown a name")
            self.verdict.counts["shown"] += 1

    def _readers(self, referrals: Sequence[Referral], histories: Mapping[str, Sequence[Entry]]) -> dict[str, set[str]]:
        """Names of the sides that may read each token."""
        readers: dict[str, set[str]] = {}
        sent = {token: one for one in referrals if one.sent for token in _TOKEN.findall(one.intake.question)}
        for story in self.stories:
            number, desk = story.number, {story.desk.name}
            bureaus = {side.name for side in story.bureaus}
            readers |= {f"〔a{number}〕": desk, story.question: desk}
            for token in story.tried:
                by_bureau = any(token[1] == letter for step, letter in LETTERS.items() if step in BUREAU_STEPS)
                readers[token] = bureaus if by_bureau else desk
            referral = sent.get(story.question)
            if referral is None:
                continue
            both = desk | bureaus
            readers[story.question] = both
            for entry in histories[referral.id]:
                if entry.step is not Step.REASSIGN:  # its reason is the bureaus' own
                    readers |= dict.fromkeys(_TOKEN.findall(entry.text), both)
        return readers

    def _logs(self, logs: Path) -> None:
        secret = [raw for side in self.town.sides for raw in side.raw]
        for log in logs.glob("*.log"):
            text = log.read_text(encoding="utf-8")
            found = [one for one in (*secret, NAME, *_TOKEN.findall(text), "再交付に何が") if one in text]
            self.verdict.logged += [f"{log.name}: {one}" for one in found]
            self.verdict.counts.update(re.findall(r'"level": "(?:error|critical)", "message": "[^"]*"', text))
            self.verdict.counts["log lines"] += text.count("\n")

    def _is_twice(self, side: Side, what: str) -> None:
        if side.searchable:
            self.verdict.twice.append(what)
        else:
            self.verdict.unsearchable += 1
