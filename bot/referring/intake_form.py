"""The form of a referral, as 仙台 and the coordinators' slides ask (R32, R33), and what comes back with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from bot import drafting_talk as words
from bot import labels, referral_talk
from bot.answer import Citation
from bot.incoming import Submitted
from bot.office_hours import day_in_japan
from bot.posts import Choice, ChoiceInput, DateInput, Fields, Form, Quote, Text, TextInput, Tone
from bot.reactions import Correct
from bot.referrals import Intake
from bot.referring.forms import chosen
from bot.referring.urgency import help_for, urgent_blocks
from corpus.directory import Directory

#: Name of the form.
NAME = "refer"

#: Label, longest text in characters, and hint of each text. All together fit into what platforms show at once.
_TEXTS = {
    "question": (referral_talk.QUESTION, 700, words.QUESTION_HINT),
    "situation": (referral_talk.SITUATION, 1400, words.SITUATION_HINT),
    "tried": (referral_talk.TRIED, 700, ""),
}

#: What stands for "none" among choices: platforms refuse an empty value.
_NONE = "-"
_ID = re.compile("[0-9a-f]{32}")
_SIT_IN, _VISIT = "sit_in", "visit"


@dataclass(frozen=True, slots=True)
class Drafting:
    """What the form carries unseen.

    Args:
        draft: id that the draft has or will have, so that a form sent twice makes one draft.
        exchange: id of the question that it began with, or "".
    """

    draft: str
    exchange: str = ""

    @property
    def state(self) -> str:
        """The same as a form's state."""
        return json.dumps([self.draft, self.exchange])


def drafting_in(state: str) -> Drafting:
    """What a form's state says; a new draft where it was damaged.

    Args:
        state: as `Drafting.state` wrote it, or anything.
    """
    try:
        draft, exchange = map(str, json.loads(state))
    except (ValueError, TypeError, RecursionError):
        draft, exchange = "", ""
    return Drafting(draft if _ID.fullmatch(draft) else uuid4().hex, exchange)


def begun_with(question: str, citations: tuple[Citation, ...], before: Sequence[str] = ()) -> Intake:
    """What stands in a new form: the question, or where it is a whole case, that as the situation.

    Args:
        question: as it was asked, or "".
        citations: what the documents said to it.
        before: what was asked before in the same talk, the oldest first.
    """
    is_case = len(question) > _TEXTS["question"][1]
    situation = "\n".join((words.ASKED_BEFORE, *(f"・{one}" for one in before))) if before else ""
    told = Intake(question="", situation=question) if is_case else Intake(question=question, situation=situation)
    return replace(told, citations=citations)


def intake_form(directory: Directory, intake: Intake, prefecture: str, drafting: Drafting) -> Form:
    """The form, filled in as far as it is known.

    Args:
        directory: knows prefectures, languages and whom to call.
        intake: what stands in it at first.
        prefecture: full name of the prefecture at first.
        drafting: what it carries.
    """
    none = Choice(_NONE, words.UNTOLD)
    status = next((key for key, label in words.STATUSES.items() if label == intake.status), _NONE)
    language = next((one.code for one in directory.languages if one.name == intake.language), _NONE)
    wishes = tuple(key for key, wanted in ((_SIT_IN, intake.sit_in), (_VISIT, intake.visit)) if wanted)
    return Form(
        name=NAME,
        title=words.FORM_TITLE,
        submit=words.FORM_SUBMIT,
        blocks=(*urgent_blocks(help_for(intake, directory)), Text(words.FORM_WHAT), *_found(intake.citations)),
        inputs=(
            _text("question", intake.question),
            _text("situation", intake.situation),
            ChoiceInput(
                name="status",
                label=referral_talk.STATUS,
                choices=(none, *(Choice(key, label) for key, label in words.STATUSES.items())),
                value=(status,),
            ),
            ChoiceInput(
                name="language",
                label=referral_talk.LANGUAGE,
                choices=(none, *(Choice(one.code, one.name) for one in directory.languages)),
                value=(language,),
            ),
            ChoiceInput(
                name="prefecture",
                label=referral_talk.PREFECTURE,
                choices=tuple(Choice(known.name, known.name) for known in directory.prefectures),
                value=(prefecture,),
            ),
            _text("tried", intake.tried),
            DateInput(name="by_when", label=referral_talk.BY_WHEN, value=intake.by_when, required=False),
            ChoiceInput(
                name="wishes",
                label=referral_talk.WISHES,
                choices=(Choice(_SIT_IN, referral_talk.SIT_IN), Choice(_VISIT, referral_talk.VISIT)),
                value=wishes,
                several=True,
                required=False,
            ),
        ),
        state=drafting.state,
    )


def faults_of(submitted: Submitted, directory: Directory, now: datetime) -> Correct | None:
    """What is wrong with a form that was sent, or None; a form can be sent by any program.

    Args:
        submitted: the form as it was sent.
        directory: knows prefectures and languages.
        now: the time.
    """
    faults: dict[str, str] = {}
    if not chosen(submitted, "question"):
        faults["question"] = words.QUESTION_MISSING
    for name, known in (
        ("status", {_NONE, "", *words.STATUSES}),
        ("language", {_NONE, "", *(one.code for one in directory.languages)}),
        ("prefecture", {one.name for one in directory.prefectures}),
    ):
        if chosen(submitted, name) not in known:
            faults[name] = referral_talk.NO_SUCH_CHOICE
    if (day := chosen(submitted, "by_when")) and not _is_to_come(day, now):
        faults["by_when"] = words.DAY_IS_OVER
    return Correct(faults) if faults else None


def intake_of(submitted: Submitted, directory: Directory) -> Intake:
    """What was filled in, as it was typed; without the citations, which no form carries.

    Args:
        submitted: a form without faults.
        directory: knows languages.
    """
    wishes = submitted.values.get("wishes", ())
    return Intake(
        question=_typed(submitted, "question"),
        situation=_typed(submitted, "situation"),
        status=words.STATUSES.get(chosen(submitted, "status"), ""),
        language=next((one.name for one in directory.languages if one.code == chosen(submitted, "language")), ""),
        tried=_typed(submitted, "tried"),
        by_when=chosen(submitted, "by_when"),
        sit_in=_SIT_IN in wishes,
        visit=_VISIT in wishes,
    )


def _found(citations: tuple[Citation, ...]) -> Iterator[Text | Quote | Fields]:
    if not citations:
        yield Text(words.NOT_FOUND, Tone.NOTE)
        return
    yield Text(words.FOUND, Tone.HEADING)
    for citation in citations:
        yield Quote(citation.text, by=labels.source(citation))


def _text(name: str, value: str) -> TextInput:
    label, limit, hint = _TEXTS[name]
    return TextInput(
        name=name, label=label, value=value[:limit], lines=True, required=name == "question", limit=limit, hint=hint
    )


def _typed(submitted: Submitted, name: str) -> str:
    return chosen(submitted, name)[: _TEXTS[name][1]]


def _is_to_come(day: str, now: datetime) -> bool:
    try:
        read = date.fromisoformat(day)
    except ValueError:
        return False
    return read.isoformat() == day and read >= day_in_japan(now)
