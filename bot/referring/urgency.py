"""Where life or safety is at stake: whom to call, before anything else, and that a referral is no emergency service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import labels, talk
from bot import referral_talk as words
from bot.answer import UrgentHelp
from bot.posts import Contacts, Field, Fields, Post, Text, Tone
from bot.referrals import Entry, Intake, Step
from bot.urgent import urgent_help
from corpus.directory import Directory

#: Steps with which a desk tells more of what is going on.
TELLING = frozenset({Step.SUPPLEMENT, Step.REOPEN})


def help_for(intake: Intake, directory: Directory) -> UrgentHelp | None:
    """Whom to call at once, where what a desk tells speaks of danger.

    Args:
        intake: what is told, as typed or anonymised.
        directory: holds the numbers.
    """
    return urgent_help("\n".join((intake.question, intake.situation, intake.tried)), directory)


def tells_of_danger(intake: Intake, history: Sequence[Entry], directory: Directory) -> bool:
    """Whether anything that a desk told so far speaks of danger.

    Args:
        intake: what it told at first.
        history: the referral's.
        directory: holds the numbers.
    """
    later = "\n".join(entry.text for entry in history if entry.step in TELLING)
    return bool(help_for(intake, directory) or urgent_help(later, directory))


def urgent_blocks(found: UrgentHelp | None) -> Iterator[Text | Fields]:
    """The same as the first blocks of a form.

    Args:
        found: whom to call; None where nothing speaks of danger.
    """
    if found:
        yield Text(found.message, Tone.URGENT)
        yield Fields(
            tuple(
                Field(contact.name, " ".join(filter(None, (labels.number(contact), contact.hours))))
                for contact in found.contacts
            )
        )
        yield Text(words.NO_EMERGENCY, Tone.URGENT)


def urgent_post(found: UrgentHelp) -> Post:
    """The same as a post for the desk's thread.

    Args:
        found: whom to call.
    """
    return Post(
        blocks=(
            Text(found.message, Tone.URGENT),
            Contacts(talk.CALL_NOW, found.contacts),
            Text(words.NO_EMERGENCY, Tone.URGENT),
        ),
        summary=found.message,
    )
