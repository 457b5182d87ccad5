"""The hand-over sheet (引継票) of a referral, for a bureau that is not on the network: a value, and the same as text.

It holds what a coordinator needs to answer without asking back (R31 to R33): who asks and how they are reached, what
is asked, what was tried, by when, and what the documents said. All of it is anonymised: only what was sent stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot import labels, referral_talk, sentences
from bot import sheet_talk as words
from bot.answer import Citation
from bot.desks import Desk
from bot.posts import Field
from bot.referrals import OPEN, Intake, Referral, State
from corpus.directory import Bureau

#: Passages on a sheet, and characters of each: a coordinator has the documents, and a fax has few pages.
_PASSAGES = 3
_PASSAGE = 200

#: What stands between the rules of a sheet as text.
_RULE = "―" * 20


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sheet.

    Args:
        title: its heading.
        fields: what stands in it, in order.
    """

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A hand-over sheet.

    Args:
        number: the referral's.
        title: heading.
        about: what it is, and what it is not.
        parts: from top to bottom.
        reply: title of the space for the reply.
        reply_fields: what the bureau fills in there; the last one wants most of the space.
    """

    number: int
    title: str
    about: str
    parts: tuple[Part, ...]
    reply: str
    reply_fields: tuple[str, ...]


def has_sheet(referral: Referral) -> bool:
    """Whether there is anything to hand over: it travels by hand, and nobody is done with it.

    Args:
        referral: as it stands; once its text was erased it has none.
    """
    return referral.by_hand and referral.state in OPEN and bool(referral.intake.question)


def sheet_of(referral: Referral, desk: Desk, bureau: Bureau, now: datetime) -> Sheet:
    """The sheet of a referral.

    Args:
        referral: sent, so that what stands in it is anonymised.
        desk: whose it is.
        bureau: which answers; only its current contact is shown, with its edition.
        now: when the sheet is made, with time zone.

    Raises:
        ValueError: the referral is a draft, which holds what must not leave the desk.
    """
    if referral.state is State.DRAFTED or referral.sent is None:
        raise ValueError("a draft has no sheet")
    intake = referral.intake
    return Sheet(
        number=referral.number,
        title=words.TITLE,
        about=words.ABOUT,
        parts=(
            Part(words.TO, tuple(_to(bureau))),
            Part(words.FROM, tuple(_from(desk))),
            Part(words.REFERRAL, tuple(_referral(referral, referral.sent, now))),
            Part(words.ASKED, tuple(_asked(intake))),
            Part(words.DOCUMENTS, tuple(_documents(intake.citations))),
        ),
        reply=words.REPLY,
        reply_fields=(words.REPLIED_BY, words.REPLIED_ON, words.REPLY_TEXT),
    )


def sheet_text(referral: Referral, desk: Desk, bureau: Bureau, now: datetime) -> str:
    """The same as text, to be copied into an e-mail; arguments and errors as for `sheet_of`."""
    sheet = sheet_of(referral, desk, bureau, now)
    lines = [sheet.title, sheet.about]
    for part in sheet.parts:
        lines += [_RULE, f"■ {part.title}"]
        for field in part.fields:
            lines.append(f"{field.label}：{_below(field.value)}")
    return "\n".join((*lines, _RULE, f"■ {sheet.reply}", *(f"{label}：" for label in sheet.reply_fields)))


def _to(bureau: Bureau) -> Iterator[Field]:
    contact = bureau.contact
    yield Field(words.OFFICE, bureau.name)
    yield Field(words.DEPARTMENT, f"{contact.department} {words.COORDINATOR}".strip())
    yield Field(words.PHONE, contact.dial)
    yield Field(words.ADDRESS, contact.address)
    yield Field(words.EDITION, f"{contact.edition}（{sentences.date_in_words(contact.valid_as_of)}時点）")


def _from(desk: Desk) -> Iterator[Field]:
    yield Field(words.DESK, desk.name)
    yield Field(words.PREFECTURE, desk.prefecture)
    yield Field(words.CONTACT, desk.contact or words.UNTOLD)
    if desk.hours:
        yield Field(words.HOURS, desk.hours)


def _referral(referral: Referral, sent: datetime, now: datetime) -> Iterator[Field]:
    intake = referral.intake
    yield Field(words.NUMBER, str(referral.number))
    yield Field(words.SENT_ON, referral_talk.day(sent))
    if referral_talk.day(now) != referral_talk.day(sent):
        yield Field(words.PRINTED_ON, referral_talk.day(now))
    yield Field(words.BY_WHEN, sentences.date_in_words(intake.by_when) or words.UNTOLD)
    yield Field(words.LIVES_IN, referral.prefecture or words.UNTOLD)
    yield Field(words.STATUS, intake.status or words.UNTOLD)
    yield Field(words.LANGUAGE, intake.language or words.UNTOLD)
    wishes = (words.SIT_IN if intake.sit_in else "", words.VISIT if intake.visit else "")
    if any(wishes):
        yield Field(words.WISHES, "・".join(filter(None, wishes)))


def _asked(intake: Intake) -> Iterator[Field]:
    yield Field(words.QUESTION, intake.question or words.UNTOLD)
    yield Field(words.SITUATION, intake.situation or words.UNTOLD)
    yield Field(words.TRIED, intake.tried or words.UNTOLD)


def _documents(citations: tuple[Citation, ...]) -> Iterator[Field]:
    if not citations:
        yield Field(words.SEARCHED, words.NOTHING_FOUND)
    for number, citation in enumerate(citations[:_PASSAGES], start=1):
        text = citation.text if len(citation.text) <= _PASSAGE else f"{citation.text[:_PASSAGE]}{labels.CONTINUED}"
        label = words.passage(number, "・".join(labels.marks(citation)))
        yield Field(label, "\n".join((labels.source(citation), labels.heading(citation), text, *citation.notices)))


def _below(value: str) -> str:
    """Several lines begin on a line of their own."""
    return f"\n{value}" if "\n" in value else value
