"""What somebody who wrote something wants of the assistant, from their words, their way, and the channel's rules."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from bot.desks import Channel, Desk, Listening
from bot.followup import reads_on
from bot.incoming import Asked, Way
from bot.linking import code_in
from bot.listening import Speech, heard
from bot.ports import Exchange, Work
from bot.question import read_question

#: A conversation without threads has no end; what was asked longer ago than this is another matter.
_SAME_TALK = timedelta(hours=1)

#: Ways in which words are meant for the assistant and nobody else.
_ADDRESSED = frozenset({Way.MENTION, Way.DIRECT, Way.COMMAND})
#: "登録" without a code wants to know how that is done.
_HELP_WORDS = frozenset({"ヘルプ", "へるぷ", "help", "使い方", "つかいかた", "登録", "登録コード"})
_SETTINGS_WORDS = frozenset({"設定", "せってい", "settings"})


class Wish(Enum):
    """What somebody wants of the assistant."""

    NOTHING = auto()
    ANSWER = auto()
    HELP = auto()
    SETTINGS = auto()
    LINK = auto()
    COURTESY = auto()  # they say thanks
    SILENCED = auto()  # an answer, in a channel that is set to silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What holds where something was written.

    Args:
        channel: the channel's rules.
        desk: the desk that the channel belongs to, else the person's own, or None.
        earlier: exchanges of the same talk that the person could see, the newest first.
    """

    channel: Channel
    desk: Desk | None = None
    earlier: tuple[Exchange, ...] = ()


async def surroundings(work: Work, asked: Asked) -> Surroundings:
    """Looks up what holds where something was written.

    Args:
        work: unit of work to read through.
        asked: what was written.
    """
    channel = await work.desks.channel(asked.place)
    member = await work.desks.member(asked.person)
    # A command stands in no thread: what others asked in the same channel is no talk with this person.
    seen = [] if asked.way is Way.COMMAND else await work.exchanges.in_thread(asked.place.privately(asked.person))
    return Surroundings(
        channel=channel,
        desk=await work.desks.desk(channel.desk or (member.desk if member else "")),
        earlier=tuple(one for one in seen if asked.place.thread or asked.at - one.at <= _SAME_TALK),
    )


def concerns(asked: Asked) -> bool:
    """Whether words could be for the assistant in any surroundings; what colleagues say otherwise is not even kept.

    Args:
        asked: what was written.
    """
    if asked.way in _ADDRESSED:
        return True
    speech = heard(asked.text)
    return speech is Speech.QUESTION or (asked.way is Way.THREAD and speech is Speech.OTHER and reads_on(asked.text))


def wish_of(asked: Asked, here: Surroundings) -> Wish:
    """What somebody wants.

    Args:
        asked: what was written.
        here: what holds there.
    """
    if asked.way not in _ADDRESSED:
        return _unaddressed(asked, here)
    word = unicodedata.normalize("NFKC", asked.text).strip().lower()
    if code_in(asked.text):
        return Wish.LINK
    if word in _SETTINGS_WORDS:
        return Wish.SETTINGS
    speech = heard(asked.text)
    if word in _HELP_WORDS or speech is Speech.GREETING or not read_question(asked.text).text:
        return Wish.HELP
    if speech is Speech.THANKS:
        return Wish.COURTESY
    is_silent = here.channel.listening is Listening.SILENT and asked.way is not Way.DIRECT
    return Wish.SILENCED if is_silent else Wish.ANSWER


def _unaddressed(asked: Asked, here: Surroundings) -> Wish:
    rule = here.channel.listening
    if rule is Listening.SILENT or not concerns(asked):
        return Wish.NOTHING
    if asked.way is Way.THREAD and here.earlier:
        return Wish.ANSWER
    is_question = rule is Listening.QUESTIONS and heard(asked.text) is Speech.QUESTION
    return Wish.ANSWER if is_question else Wish.NOTHING
