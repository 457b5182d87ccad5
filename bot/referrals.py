"""A referral (照会): a question that a desk cannot resolve, on its way to the right bureau's coordinator and back.

    drafted ──send──▶ sent ──take──▶ taken ──reply──▶ answered ──resolve──▶ resolved
                       │              │  ▲              │                      │
                       │        ask_back  supplement    └──────reopen──────────┘──▶ taken (or sent, if nobody holds it)
                       │              ▼  │
                       │           asked_back ──reply──▶ answered
                       └── reassign (from sent, taken, asked_back) ──▶ sent
    withdrawn: by the desk, until it is answered.
    hand_back: by the clock, from taken ──▶ sent, once who took it is no coordinator of the bureau any more.
    lapse: by the clock, once nobody went on with it for long: from answered ──▶ resolved, before ──▶ withdrawn.

Who may do what is in `bot.permissions`; which step leads where is `after`, and nothing else decides it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.answer import Citation
from bot.places import Person, Place


class State(StrEnum):
    """How far a referral is."""

    DRAFTED = "drafted"
    SENT = "sent"
    TAKEN = "taken"
    ASKED_BACK = "asked_back"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What somebody does to a referral. The values are also the verbs of the audit."""

    SEND = "send"  # the desk, after seeing exactly what will leave
    TAKE = "take"  # a coordinator
    ASK_BACK = "ask_back"  # a coordinator, to the desk
    SUPPLEMENT = "supplement"  # the desk, to the coordinator
    REPLY = "reply"  # a coordinator: the official answer
    RECORD = "record"  # the desk: an answer that came by telephone or post, from a bureau that is not on the network
    REASSIGN = "reassign"  # a coordinator: to another coordinator, or another bureau
    RESOLVE = "resolve"  # the desk, with the result in one line
    REOPEN = "reopen"  # the desk
    WITHDRAW = "withdraw"  # the desk
    HAND_BACK = "hand_back"  # nobody: who took it has left the bureau
    LAPSE = "lapse"  # nobody: the time is over; see `bot.referring.timing.LAPSES_AFTER`


_STEPS: Mapping[State, Mapping[Step, State]] = {
    State.DRAFTED: {Step.SEND: State.SENT, Step.WITHDRAW: State.WITHDRAWN},
    State.SENT: {
        Step.TAKE: State.TAKEN,
        Step.SUPPLEMENT: State.SENT,
        Step.RECORD: State.ANSWERED,
        Step.REASSIGN: State.SENT,
        Step.WITHDRAW: State.WITHDRAWN,
        Step.LAPSE: State.WITHDRAWN,
    },
    State.TAKEN: {
        Step.ASK_BACK: State.ASKED_BACK,
        Step.SUPPLEMENT: State.TAKEN,
        Step.REPLY: State.ANSWERED,
        Step.RECORD: State.ANSWERED,
        Step.REASSIGN: State.SENT,
        Step.WITHDRAW: State.WITHDRAWN,
        Step.HAND_BACK: State.SENT,
        Step.LAPSE: State.WITHDRAWN,
    },
    State.ASKED_BACK: {
        Step.ASK_BACK: State.ASKED_BACK,
        Step.SUPPLEMENT: State.TAKEN,
        Step.REPLY: State.ANSWERED,
        Step.RECORD: State.ANSWERED,
        Step.REASSIGN: State.SENT,
        Step.WITHDRAW: State.WITHDRAWN,
        Step.LAPSE: State.WITHDRAWN,
    },
    State.ANSWERED: {
        Step.REPLY: State.ANSWERED,
        Step.RESOLVE: State.RESOLVED,
        Step.REOPEN: State.TAKEN,
        Step.LAPSE: State.RESOLVED,
    },
    State.RESOLVED: {Step.REOPEN: State.TAKEN},
    State.WITHDRAWN: {},
}

#: States in which somebody still has to do something.
OPEN = frozenset({State.SENT, State.TAKEN, State.ASKED_BACK, State.ANSWERED})


def after(state: State, step: Step, *, held: bool = True) -> State | None:
    """Where a step leads.

    Args:
        state: how far the referral is.
        step: what somebody wants to do.
        held: whether a coordinator holds it; what is reopened without one waits to be taken again.

    Returns:
        The new state, or None where the step is not possible.
    """
    found = _STEPS[state].get(step)
    return State.SENT if step is Step.REOPEN and found and not held else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a desk tells, as 仙台 and the coordinators' slides ask (R32, R33): once sent, anonymised throughout.

    Args:
        question: what is asked.
        situation: what happened, and what matters for it.
        status: group of the status of residence, or "" where it is not told.
        language: name of the language that the person consults in, or "".
        tried: what the desk tried so far.
        by_when: ISO date by which an answer is needed, or "".
        sit_in: True where the coordinator is asked to sit in (同席依頼, R31).
        visit: True where an officer's visit is asked for (R16).
        citations: what the documents said.
    """

    question: str
    situation: str = ""
    status: str = ""
    language: str = ""
    tried: str = ""
    by_when: str = ""
    sit_in: bool = False
    visit: bool = False
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral as it stands.

    Args:
        id: 32 hexadecimal digits.
        number: what people call it by (照会 12); counted over all desks.
        version: counts every change; a step counts only if the version is still the one it was taken from.
        state: how far it is.
        desk: id of the desk.
        author: who drafted it. Others of the desk may go on with it.
        place: the desk's thread, where what comes back belongs.
        prefecture: full name of the prefecture that decides on the bureau: the person's residence, or the desk's.
        bureau: id of the bureau or branch in charge.
        by_hand: True where the bureau is not on the network: a hand-over sheet goes out, the answer is recorded.
        intake: what is told.
        made: when it was drafted.
        changed: when it last changed.
        sent: when it was sent, or None.
        due: when an answer is owed, in office hours of the bureau; None while none is.
        left: minutes of office hours that were left until `due` when the clock was stopped; 0 while it runs.
        remind: when somebody is to be reminded next, or None; `bot.referring.deadlines` says of what.
        reminded: how many of the reminders that belong to this deadline went out.
        holder: the coordinator who took it, or None.
        official: the answer in force, or "".
        result: what came of it, in a line (❹ of the coordinators' slides), or "".
        desk_card: delivery of the card in the desk's thread, or "".
        bureau_card: delivery of the card in the bureau's channel, or "".
    """

    id: str
    number: int
    version: int
    state: State
    desk: str
    author: Person
    place: Place
    prefecture: str
    bureau: str
    intake: Intake
    made: datetime
    changed: datetime
    by_hand: bool = False
    sent: datetime | None = None
    due: datetime | None = None
    left: int = 0
    remind: datetime | None = None
    reminded: int = 0
    holder: Person | None = None
    official: str = ""
    result: str = ""
    desk_card: str = ""
    bureau_card: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a referral's history: who (by side) did what, and what was said. What was said is anonymised.

    Args:
        referral: id.
        step: what was done.
        at: when.
        by_bureau: True for the bureau's side.
        text: what was said, or "".
    """

    referral: str
    step: Step
    at: datetime
    by_bureau: bool
    text: str = ""


class Turn(StrEnum):
    """What somebody is on a bureau's roster."""

    DUTY = "duty"  # 担当
    DEPUTY = "deputy"  # 代理
    ABSENT = "absent"  # 不在: counts more than the other two


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A stretch of a bureau's roster.

    Args:
        id: 32 hexadecimal digits.
        bureau: id of the bureau.
        person: who.
        turn: what they are meanwhile.
        since: first ISO date.
        until: last ISO date.
        name: what colleagues call them, as it was entered for the roster; shown to their own bureau only.
    """

    id: str
    bureau: str
    person: Person
    turn: Turn
    since: str
    until: str
    name: str = ""
