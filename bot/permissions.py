"""Who may do what: one table of roles and verbs, and the one question that is put to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum

from bot.desks import Member, Role


class Verb(StrEnum):
    """What somebody may want to do. The values are also the verbs of the audit."""

    ASK = "ask"
    REDEEM_CODE = "redeem_code"
    LINK_CHANNEL = "link_channel"  # give a channel to a desk or bureau; asked of whom it belongs to so far
    SET_CHANNEL = "set_channel"  # change what the assistant replies to in a channel, and to whom
    SEE_DESK = "see_desk"  # a desk's channels, counts and open questions, with their text
    SEE_DELIVERIES = "see_deliveries"  # what could not be delivered, of all desks
    RETRY_DELIVERY = "retry_delivery"
    REFER = "refer"  # draft a referral in a desk's name, and send it
    FOLLOW_REFERRAL = "follow_referral"  # the desk's later steps: supplement, record, resolve, reopen, withdraw
    HANDLE_REFERRAL = "handle_referral"  # the bureau's steps: take, ask back, reply, reassign
    SEE_REFERRAL = "see_referral"  # with its text; asked of the desk, and once it was sent of the bureau in charge
    SEE_BUREAU = "see_bureau"  # a bureau's overview and its roster
    SET_ROSTER = "set_roster"


class Whose(Enum):
    """Whose thing it is."""

    NOBODYS = "no desk's or bureau's"
    OWN = "one's own desk's or bureau's"
    ANOTHERS = "another's"


_NONE: frozenset[Whose] = frozenset()
_UNOWNED = frozenset({Whose.NOBODYS})
_OWN = frozenset({Whose.OWN})
_UNOWNED_OR_OWN = _UNOWNED | _OWN
_ALL = frozenset(Whose)

#: Role (None: no member) → verb → of whose things. The text of a desk's questions is its own, and that of a referral
#: its two sides': administrators keep the machine running and do not read along.
TABLE: Mapping[Role | None, Mapping[Verb, frozenset[Whose]]] = {
    None: {
        Verb.ASK: _ALL,
        Verb.REDEEM_CODE: _ALL,
        Verb.LINK_CHANNEL: _UNOWNED,
        Verb.SET_CHANNEL: _UNOWNED,
        Verb.SEE_DESK: _NONE,
        Verb.SEE_DELIVERIES: _NONE,
        Verb.RETRY_DELIVERY: _NONE,
        Verb.REFER: _NONE,
        Verb.FOLLOW_REFERRAL: _NONE,
        Verb.HANDLE_REFERRAL: _NONE,
        Verb.SEE_REFERRAL: _NONE,
        Verb.SEE_BUREAU: _NONE,
        Verb.SET_ROSTER: _NONE,
    },
    Role.COUNSELLOR: {
        Verb.ASK: _ALL,
        Verb.REDEEM_CODE: _ALL,
        Verb.LINK_CHANNEL: _UNOWNED_OR_OWN,
        Verb.SET_CHANNEL: _UNOWNED_OR_OWN,
        Verb.SEE_DESK: _OWN,
        Verb.SEE_DELIVERIES: _NONE,
        Verb.RETRY_DELIVERY: _NONE,
        Verb.REFER: _OWN,
        Verb.FOLLOW_REFERRAL: _OWN,
        Verb.HANDLE_REFERRAL: _NONE,
        Verb.SEE_REFERRAL: _OWN,
        Verb.SEE_BUREAU: _NONE,
        Verb.SET_ROSTER: _NONE,
    },
    Role.COORDINATOR: {
        Verb.ASK: _ALL,
        Verb.REDEEM_CODE: _ALL,
        Verb.LINK_CHANNEL: _UNOWNED_OR_OWN,
        Verb.SET_CHANNEL: _UNOWNED_OR_OWN,
        Verb.SEE_DESK: _NONE,
        Verb.SEE_DELIVERIES: _NONE,
        Verb.RETRY_DELIVERY: _NONE,
        Verb.REFER: _NONE,
        Verb.FOLLOW_REFERRAL: _NONE,
        Verb.HANDLE_REFERRAL: _OWN,
        Verb.SEE_REFERRAL: _OWN,
        Verb.SEE_BUREAU: _OWN,
        Verb.SET_ROSTER: _OWN,
    },
    Role.AGENCY: {
        Verb.ASK: _ALL,
        Verb.REDEEM_CODE: _ALL,
        Verb.LINK_CHANNEL: _UNOWNED,
        Verb.SET_CHANNEL: _UNOWNED,
        Verb.SEE_DESK: _NONE,
        Verb.SEE_DELIVERIES: _NONE,
        Verb.RETRY_DELIVERY: _NONE,
        Verb.REFER: _NONE,
        Verb.FOLLOW_REFERRAL: _NONE,
        Verb.HANDLE_REFERRAL: _NONE,
        Verb.SEE_REFERRAL: _NONE,
        Verb.SEE_BUREAU: _NONE,
        Verb.SET_ROSTER: _NONE,
    },
    Role.ADMINISTRATOR: {
        Verb.ASK: _ALL,
        Verb.REDEEM_CODE: _ALL,
        Verb.LINK_CHANNEL: _ALL,
        Verb.SET_CHANNEL: _ALL,
        Verb.SEE_DESK: _NONE,
        Verb.SEE_DELIVERIES: _ALL,
        Verb.RETRY_DELIVERY: _ALL,
        Verb.REFER: _NONE,
        Verb.FOLLOW_REFERRAL: _NONE,
        Verb.HANDLE_REFERRAL: _NONE,
        Verb.SEE_REFERRAL: _NONE,
        Verb.SEE_BUREAU: _NONE,
        Verb.SET_ROSTER: _NONE,
    },
}


def may(member: Member | None, verb: Verb, desk: str = "", *, bureau: str = "") -> bool:
    """Whether somebody may do something.

    Args:
        member: what they are, or None for who is no member.
        verb: what they want to do.
        desk: id of the desk whose thing it is; "" where it is no desk's.
        bureau: id of the bureau whose thing it is; "" where it is no bureau's.
    """
    return whose(member, desk, bureau=bureau) in TABLE[member.role if member else None][verb]


def whose(member: Member | None, desk: str, *, bureau: str = "") -> Whose:
    """Whose thing it is, as somebody sees it.

    Args:
        member: who, or None for who is no member.
        desk: id of the desk whose it is, or "".
        bureau: id of the bureau whose it is, or ""; what is a desk's and a bureau's is each one's own.
    """
    if not desk and not bureau:
        return Whose.NOBODYS
    theirs = {("desk", desk), ("bureau", bureau)} - {("desk", ""), ("bureau", "")}
    own = {("desk", member.desk), ("bureau", member.bureau)} if member else set()
    return Whose.OWN if theirs & own else Whose.ANOTHERS
