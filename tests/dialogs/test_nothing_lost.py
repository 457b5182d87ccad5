from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot import sentences
from bot.answer import Answer
from bot.errors import StoreUnavailable
from bot.incoming import Asked, Way
from bot.ports import Kept, Outcome, Work
from bot.reception import Reception
from corpus.directory import Directory
from tests.dialogs.talk import Talk, a_talk
from tests.dialogs.town import knowledge
from tests.fakes_means import means_of


def _asked(talk: Talk, key: str = "1", text: str = "在留カードをなくした", way: Way = Way.MENTION) -> Asked:
    return Asked(
        keys=(key,),
        place=talk.place(thread="1"),
        person=talk.person("田中"),
        text=text,
        way=way,
        at=talk.clock(),
    )


async def _kept(talk: Talk, asked: Asked) -> Kept:
    await talk.reception.receive(asked)
    kept = await talk.takes()
    assert kept is not None
    return kept


async def _owed(talk: Talk) -> int:
    async with talk.store() as work:
        return sum((await work.outbox.counts()).values())


async def test_what_was_acknowledged_is_answered_after_a_crash(talk: Talk) -> None:
    await _kept(talk, _asked(talk))  # taken, and then the process dies
    talk.passes(minutes=2)
    await talk.settles()
    talk.hears("14日以内")


async def test_an_event_handled_twice_is_answered_once(talk: Talk) -> None:
    kept = await _kept(talk, _asked(talk))
    await talk.reception.handle(kept)
    await talk.reception.handle(kept)
    assert await _owed(talk) == 1


async def test_who_was_too_slow_leaves_the_answer_to_who_took_over(talk: Talk) -> None:
    slow = await _kept(talk, _asked(talk))
    talk.passes(minutes=2)
    quick = await talk.takes()
    assert quick is not None
    await asyncio.gather(talk.reception.handle(slow), talk.reception.handle(quick))
    assert await _owed(talk) == 1
    async with talk.store() as work:
        assert len(await work.exchanges.in_thread(talk.place(thread="1"))) == 1


async def test_a_crash_before_the_commit_leaves_nothing_behind(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = await _kept(talk, _asked(talk))

    class Broken(Exception):
        pass

    async def record(*_: object) -> None:
        raise Broken

    with monkeypatch.context() as patched:
        patched.setattr("adapters.database.exchanges.SqlExchanges.record", record)
        with pytest.raises(Broken):
            await talk.reception.handle(kept)
    assert await _owed(talk) == 0
    await talk.reception.handle(kept)
    assert await _owed(talk) == 1


async def test_two_questions_of_one_thread_are_both_answered(talk: Talk) -> None:
    first = _asked(talk)
    second = _asked(talk, "2", "引っ越した人は、転入届をどこに出しますか", Way.MENTION)
    await asyncio.gather(talk.reception.receive(first), talk.reception.receive(second))
    await talk.settles()
    assert len(talk.heard) == 2
    async with talk.store() as work:
        assert len(await work.exchanges.in_thread(talk.place(thread="1"))) == 2


async def test_while_the_store_is_away_the_platform_is_told_to_try_again(talk: Talk) -> None:
    def away() -> AbstractAsyncContextManager[Work]:
        raise StoreUnavailable("cut off by the test")

    cut_off = Reception(means_of(away, knowledge(), talk.clock), wake=lambda: None)
    with pytest.raises(StoreUnavailable):
        await cut_off.receive(_asked(talk))
    await talk.happens(_asked(talk))  # the platform's second try
    talk.hears("14日以内")


async def test_who_cannot_be_answered_is_told_and_given_a_number(talk: Talk) -> None:
    kept = await _kept(talk, _asked(talk))
    await talk.reception.give_up(kept, "given up")
    await talk.settles()
    talk.hears(sentences.BROKEN, sentences.NEXT_STEP_BROKEN, "0570-011000", thread="1")
    async with talk.store() as work:
        (exchange,) = await work.exchanges.in_thread(talk.place(thread="1"))
    assert exchange.outcome is Outcome.BROKEN


async def test_talk_that_wanted_no_answer_is_given_up_without_a_word(talk: Talk) -> None:
    kept = await _kept(talk, _asked(talk, text="費用はいくらですか", way=Way.OVERHEARD))
    await talk.reception.give_up(kept, "given up")
    await talk.settles()
    talk.hears_nothing()
    assert await talk.takes() is None


async def test_a_code_that_could_not_be_redeemed_is_kept_nowhere(talk: Talk) -> None:
    kept = await _kept(talk, _asked(talk, text="登録 ACDEFGHJKM"))
    await talk.reception.give_up(kept, "given up")
    await talk.settles()
    talk.hears(sentences.BROKEN)
    async with talk.store() as work:
        assert not await work.exchanges.in_thread(talk.place(thread="1"))


async def test_talk_that_concerns_nobody_but_colleagues_is_not_even_kept(talk: Talk) -> None:
    await talk.reception.receive(_asked(talk, text="明日は私が対応します", way=Way.OVERHEARD))
    await talk.reception.receive(_asked(talk, text="了解です", way=Way.THREAD))
    assert await talk.takes() is None


async def test_what_breaks_while_answering_is_raised_and_stays_kept(tmp_path: Path) -> None:
    class Broken:
        notice = ""
        directory: Directory = knowledge().directory

        def answer(self, question: str, *, prefecture: str | None = None, language: str | None = None) -> Answer:
            raise OSError

    async with a_talk(tmp_path, Broken()) as talk:
        kept = await _kept(talk, _asked(talk))
        with pytest.raises(OSError):
            await talk.reception.handle(kept)
        talk.passes(minutes=2)
        assert await talk.takes() is not None


async def test_the_notice_of_the_documents_stands_in_every_answer(tmp_path: Path) -> None:
    knows = knowledge()
    knows.notice = sentences.OUTDATED
    async with a_talk(tmp_path, knows) as talk:
        await talk.says("田中", "在留カードをなくした")
        talk.hears(sentences.OUTDATED)
        await talk.says("田中", "火星への移住")
        talk.hears(sentences.OUTDATED)


async def test_workers_are_woken_after_the_commit(talk: Talk) -> None:
    await talk.reception.receive(_asked(talk))
    assert talk.woken == 1
    await talk.reception.receive(_asked(talk))  # seen before
    assert talk.woken == 1
    kept = await talk.takes()
    assert kept is not None
    await talk.reception.handle(kept)
    assert talk.woken == 2
