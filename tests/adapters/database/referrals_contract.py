"""What every store's referrals must do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.desks import Channel, Member, Role
from bot.ports import Store
from bot.referrals import Entry, Intake, Referral, State, Step
from bot.referring.deadlines import tick
from tests.adapters.database.events import LATER, NOW, PLACE, POST, SATO
from tests.adapters.database.referral_rows import CITED, DRAFT, KATO, added, changed, standing, told
from tests.dialogs.town import knowledge
from tests.fakes_means import means_of

ALL = frozenset(State)
#: A moment after `NOW` at which offices are open: a Tuesday morning in Japan.
OPEN = datetime(2026, 12, 1, 1, tzinfo=UTC)


async def numbers(referrals: Awaitable[Sequence[Referral]]) -> list[int]:
    return [one.number for one in await referrals]


class ReferralsContract:
    async def test_all_that_stands_in_a_referral_comes_back(self, store: Store, other: Store) -> None:
        intake = Intake(
            question="再交付は？",
            situation="先月紛失。\ud83d",
            status="就労",
            language="ベトナム語",
            tried="案内済み",
            by_when="2026-12-01",
            sit_in=True,
            visit=True,
            citations=(CITED,),
        )
        draft = await added(store, replace(DRAFT, place=PLACE.privately(SATO), intake=intake, by_hand=True))
        intake = replace(intake, situation="先月紛失。\ufffd")  # half of a character, as phones cut them
        async with other() as work:
            assert await work.referrals.referral(draft.id) == replace(draft, intake=intake)
        filled = replace(
            draft,
            version=2,
            state=State.ANSWERED,
            intake=intake,
            prefecture="神奈川県",
            bureau="yokohama",
            by_hand=False,
            changed=LATER,
            sent=NOW,
            due=LATER,
            left=90,
            remind=LATER,
            reminded=2,
            holder=KATO,
            official="できます。",
            result="済み",
            desk_card="d" * 32,
            bureau_card="b" * 32,
        )
        assert await changed(other, filled)
        async with store() as work:
            assert await work.referrals.referral(draft.id) == filled
            assert await work.referrals.referral("0" * 32) is None
        assert await changed(store, replace(filled, version=3, holder=None, due=None, remind=None))
        async with other() as work:
            again = await work.referrals.referral(draft.id)
            assert again is not None
            assert (again.holder, again.due, again.remind, again.number) == (None, None, None, draft.number)

    async def test_numbers_ascend_and_are_nobody_elses(self, store: Store, other: Store) -> None:
        first = (await added(store)).number
        together = await asyncio.gather(*(added((store, other)[i % 2]) for i in range(12)))
        last = (await added(other)).number
        between = [one.number for one in together]
        assert len(set(between)) == 12
        assert first < min(between) <= max(between) < last

    async def test_a_number_that_did_not_count_is_no_mark_of_an_earlier_one(self, store: Store) -> None:
        first = await added(store)
        async with store() as work:
            await work.referrals.add(replace(DRAFT, id="f" * 32))
        assert (await added(store)).number > first.number
        async with store() as work:
            assert await work.referrals.referral("f" * 32) is None

    async def test_of_changes_to_one_version_one_counts(self, store: Store, other: Store) -> None:
        sent = await standing(store, State.SENT)
        takes = [replace(sent, version=3, state=State.TAKEN, holder=replace(KATO, id=str(i))) for i in range(8)]
        outcomes = await asyncio.gather(*(changed((store, other)[i % 2], one) for i, one in enumerate(takes)))
        (winner,) = [one for one, done in zip(takes, outcomes, strict=True) if done]
        async with store() as work:
            assert await work.referrals.referral(sent.id) == winner
        assert not await changed(store, replace(sent, version=5))
        assert not await changed(store, replace(sent, version=4, id="0" * 32))

    async def test_each_side_sees_its_own_the_oldest_first(self, store: Store) -> None:
        taken = await standing(store, State.TAKEN)
        sent = await standing(store, State.SENT)
        elsewhere = await standing(store, State.SENT, desk="04-sendai", bureau="sendai")
        answered = await standing(store, State.ANSWERED, desk="04-sendai")
        async with store() as work:
            of_desk, of_bureau = work.referrals.of_desk, work.referrals.of_bureau
            assert await numbers(of_desk("13-shinjuku", ALL)) == [taken.number, sent.number]
            assert await numbers(of_desk("04-sendai", ALL)) == [elsewhere.number, answered.number]
            assert await numbers(of_desk("04-sendai", ALL, 1)) == [elsewhere.number]
            assert await numbers(of_desk("04-sendai", frozenset({State.ANSWERED}))) == [answered.number]
            assert await numbers(of_desk("99-nowhere", ALL)) == []
            assert await numbers(of_bureau("tokyo", ALL)) == [taken.number, sent.number, answered.number]
            assert await numbers(of_bureau("tokyo", ALL, 2)) == [taken.number, sent.number]
            assert await numbers(of_bureau("sendai", frozenset({State.SENT}))) == [elsewhere.number]

    async def test_a_bureau_sees_no_draft_not_even_one_that_was_withdrawn(self, store: Store) -> None:
        draft = await added(store)
        thrown_away = await standing(store, State.WITHDRAWN, sent=False)
        withdrawn = await standing(store, State.WITHDRAWN)
        async with store() as work:
            assert await numbers(work.referrals.of_bureau("tokyo", ALL)) == [withdrawn.number]
            of_desk = await numbers(work.referrals.of_desk("13-shinjuku", ALL))
            assert of_desk == [draft.number, thrown_away.number, withdrawn.number]

    async def test_who_waits_longest_for_a_reminder_comes_first(self, store: Store) -> None:
        hour = timedelta(hours=1)
        today = await standing(store, State.TAKEN, remind=-hour)
        now = await standing(store, State.ANSWERED, remind=0 * hour)
        yesterday = await standing(store, State.SENT, remind=-24 * hour)
        for state in (State.RESOLVED, State.WITHDRAWN, State.DRAFTED):
            await standing(store, state, remind=-48 * hour)
        await standing(store, State.ASKED_BACK)
        later = await standing(store, State.ASKED_BACK, remind=hour)
        async with store() as work:
            reached = [yesterday.number, today.number, now.number]
            assert await numbers(work.referrals.due(NOW)) == reached
            assert await numbers(work.referrals.due(NOW, 2)) == reached[:2]
            assert await numbers(work.referrals.due(NOW + hour)) == [*reached, later.number]

    async def test_those_whose_card_found_its_channel_gone_are_unmet(self, store: Store) -> None:
        ends, stays = PLACE.in_channel(), replace(PLACE.in_channel(), channel="C-other")
        async with store() as work:
            gone, waiting = [await work.outbox.owe(place, POST, NOW) for place in (ends, stays)]
            await work.commit()
        taken = await standing(store, State.TAKEN)
        for one, card, by_hand in (
            (taken, gone, False),
            (await standing(store, State.SENT), waiting, False),
            (await standing(store, State.SENT), gone, True),
            (await standing(store, State.ANSWERED), gone, False),
        ):
            assert await changed(store, replace(one, version=3, bureau_card=card, by_hand=by_hand))
        async with store() as work:
            assert await numbers(work.referrals.unmet()) == []
            await work.desks.leave(ends.platform, ends.tenant, ends.channel, NOW)
            assert await numbers(work.referrals.unmet()) == [taken.number]

    async def test_those_that_were_taken_by_who_is_of_the_bureau_no_more_are_orphaned(self, store: Store) -> None:
        taken, elsewhere = await standing(store, State.TAKEN), await standing(store, State.TAKEN, bureau="osaka")
        nobodys, asked_back = await standing(store, State.TAKEN), await standing(store, State.ASKED_BACK)
        for one in (taken, elsewhere, asked_back):
            assert await changed(store, replace(one, version=3, holder=KATO))
        assert await changed(store, replace(nobodys, version=3, holder=None))
        member = Member(person=KATO, role=Role.COORDINATOR, bureau="tokyo")
        async with store() as work:
            orphaned = work.referrals.orphaned
            assert await numbers(orphaned()) == [taken.number, elsewhere.number]
            assert await numbers(orphaned(1)) == [taken.number]
            await work.desks.enrol(replace(member, person=replace(KATO, platform="slack")))
            await work.desks.enrol(replace(member, person=replace(KATO, tenant="tenant-2")))
            await work.desks.enrol(replace(member, role=Role.AGENCY))
            assert await numbers(orphaned()) == [taken.number, elsewhere.number]
            await work.desks.enrol(member)
            assert await numbers(orphaned()) == [elsewhere.number]

    async def test_those_that_were_asked_aside_by_who_is_no_more_are_unheard(self, store: Store) -> None:
        own = SATO.own_conversation
        async with store() as work:
            await work.outbox.owe(own, POST, LATER)
            await work.commit()
        told = [await standing(store, state, at=LATER) for state in (State.ASKED_BACK, State.ANSWERED, State.RESOLVED)]
        for one in told:
            assert await changed(store, replace(one, version=3, place=own))
        await standing(store, State.ANSWERED, at=LATER)  # in a thread
        later = await standing(store, State.ANSWERED, at=LATER + timedelta(minutes=1))
        assert await changed(store, replace(later, version=3, place=own))
        elsewhere = await standing(store, State.ANSWERED, at=LATER)
        other = replace(SATO, tenant="T2")
        assert await changed(store, replace(elsewhere, version=3, author=other, place=other.own_conversation))
        async with store() as work:
            assert await numbers(work.referrals.unheard()) == []
            await work.desks.leave(own.platform, own.tenant, "", LATER)
            assert await numbers(work.referrals.unheard()) == [told[0].number, told[1].number]
            assert await numbers(work.referrals.unheard(1)) == [told[0].number]

    async def test_open_and_overdue_ones_are_counted_for_each_side(self, store: Store) -> None:
        for state in State:
            one = await standing(store, state)
            assert await changed(store, replace(one, version=3, due=NOW))
        await standing(store, State.TAKEN)
        await standing(store, State.SENT, desk="04-sendai", bureau="sendai")
        async with store() as work:
            counts = work.referrals.open_counts
            assert await counts(NOW, desk="13-shinjuku") == (5, 4)
            assert await counts(NOW, bureau="tokyo") == (5, 4)
            assert await counts(NOW - timedelta(seconds=1), bureau="tokyo") == (5, 0)
            assert await counts(NOW, bureau="sendai") == (1, 0)
            assert await counts(NOW, desk="99-nowhere") == (0, 0)

    async def test_processes_that_look_at_the_clock_at_once_remind_once(self, store: Store, other: Store) -> None:
        for _ in range(5):
            asked = await standing(store, State.ASKED_BACK, remind=timedelta(0))
            assert await changed(store, replace(asked, version=3, place=PLACE))
        async with store() as work:
            await work.desks.set_channel(Channel(place=PLACE.in_channel(), desk="13-shinjuku"))
            await work.commit()
        every = [means_of(one, knowledge(), lambda: OPEN) for one in (store, other, store, other)]
        assert sum(await asyncio.gather(*(tick(means) for means in every))) == 5
        async with store() as work:
            assert sum((await work.outbox.counts()).values()) == 5
            assert await work.referrals.due(OPEN) == []

    async def test_a_history_is_told_in_its_order(self, store: Store) -> None:
        one, another = await added(store), await added(store)
        entries = [
            Entry(referral=one.id, step=step, at=NOW, by_bureau=step is Step.TAKE, text=told(step))
            for step in (Step.SEND, Step.TAKE, Step.SUPPLEMENT)
        ]
        async with store() as work:
            for entry in entries:
                await work.referrals.tell(entry)
                await work.referrals.tell(replace(entry, referral=another.id, text=""))
            await work.commit()
        async with store() as work:
            assert list(await work.referrals.history(one.id)) == entries
            assert [entry.text for entry in await work.referrals.history(another.id)] == ["", "", ""]
            assert list(await work.referrals.history("0" * 32)) == []

    async def test_what_ended_long_ago_loses_its_words_and_nothing_else(self, store: Store) -> None:
        hour = timedelta(hours=1)
        ended = [await standing(store, state) for state in (State.RESOLVED, State.WITHDRAWN)]
        kept = [await standing(store, State.RESOLVED, at=NOW + hour), await standing(store, State.ANSWERED)]
        async with store() as work:
            for one in (*ended, *kept):
                await work.referrals.tell(
                    Entry(referral=one.id, step=Step.REPLY, at=NOW, by_bureau=True, text=told(Step.REPLY))
                )
            assert await work.referrals.erase(NOW + hour) == 2
            assert await work.referrals.erase(NOW + hour) == 0
            for one in ended:
                erased = replace(one, intake=Intake(question=""), official="", result="")
                assert await work.referrals.referral(one.id) == erased
                assert [entry.text for entry in await work.referrals.history(one.id)] == [""]
            for one in kept:
                assert await work.referrals.referral(one.id) == one
                assert [entry.text for entry in await work.referrals.history(one.id)] == [told(Step.REPLY)]
