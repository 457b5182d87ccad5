"""The preview: exactly what will leave, what was masked in it, and the choice to send it or to write it anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot import drafting_talk as words
from bot import labels, referral_talk
from bot.means import Means
from bot.posts import Choice, ChoiceInput, Fields, Form, Quote, Text, Tone
from bot.referrals import Intake, Referral
from bot.referring.cards import told
from bot.referring.forms import Seen, digest, further_input, is_shown_whole, missing_blocks
from bot.referring.gate import missing
from bot.referring.urgency import help_for, urgent_blocks
from corpus.directory import Directory

#: Name of the form.
NAME = "refer_preview"

#: What the platform with the least room shows of the three texts, in bytes.
_ROOM = 11_900

#: What can be chosen.
SEND, EDIT = "send", "edit"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave of a draft.

    Args:
        intake: masked.
        kinds: what kinds of things were masked.
        further: words that the author wanted masked too.
        missing: those of them that stand nowhere in it.
    """

    intake: Intake
    kinds: tuple[str, ...]
    further: tuple[str, ...]
    missing: tuple[str, ...]


async def masked(means: Means, intake: Intake, further: Sequence[str] = ()) -> Leaving:
    """Masks what was typed. Takes a while, so no unit of work may be open meanwhile.

    Args:
        means: the gate.
        intake: as typed.
        further: words that the author wants masked too.
    """
    texts = (intake.question, intake.situation, intake.tried)
    question, situation, tried = await means.off_loop(lambda: means.gate.mask(texts, further))
    return Leaving(
        replace(intake, question=question.text, situation=situation.text, tried=tried.text),
        (*question.kinds, *situation.kinds, *tried.kinds),
        tuple(further),
        missing(texts, further),
    )


def is_whole(leaving: Leaving) -> bool:
    """Whether every platform shows it whole.

    Args:
        leaving: what would leave.
    """
    intake = leaving.intake
    return is_shown_whole((intake.question, intake.situation, intake.tried), _ROOM)


def digest_of(draft: Referral, leaving: Leaving) -> str:
    """What tells this preview from any other.

    Args:
        draft: the draft.
        leaving: what would leave of it.
    """
    shown = [json.dumps([block.kind, repr(block)]) for block in _leaving_blocks(draft, leaving)]
    return digest(shown, leaving.further)


def preview_form(  # noqa: PLR0913 - what a preview shows
    directory: Directory, draft: Referral, leaving: Leaving, sides: Fields, *, by_hand: bool, note: str = ""
) -> Form:
    """The preview.

    Args:
        directory: whom to call.
        draft: the draft.
        leaving: what would leave of it.
        sides: which bureau it goes to, and from which desk.
        by_hand: True where the desk has to hand it over itself.
        note: what has to be said first, or "".
    """
    return Form(
        name=NAME,
        title=referral_talk.PREVIEW_TITLE,
        submit=words.PREVIEW_SUBMIT,
        blocks=(
            *urgent_blocks(help_for(draft.intake, directory)),
            *((Text(note, Tone.HEADING),) if note else ()),
            *missing_blocks(leaving.missing),
            Text(words.PREVIEW_SHEET if by_hand else words.PREVIEW_WHAT),
            sides,
            *((Text(words.TO_HAND_OVER),) if by_hand else ()),
            *_leaving_blocks(draft, leaving),
            Text(referral_talk.masked_kinds(leaving.kinds), Tone.NOTE),
        ),
        inputs=(
            further_input(leaving.further),
            ChoiceInput(
                name="choice",
                label=words.CHOICE,
                choices=(
                    Choice(SEND, words.CHOOSE_SHEET if by_hand else words.CHOOSE_SEND),
                    Choice(EDIT, words.CHOOSE_EDIT),
                ),
                value=(SEND,),
            ),
        ),
        state=Seen(draft.id, version=draft.version, digest=digest_of(draft, leaving)).state,
    )


def _leaving_blocks(draft: Referral, leaving: Leaving) -> Iterator[Text | Quote | Fields]:
    """Word for word what stands on the bureau's card; of the documents, which are public, only which they are."""
    yield from told(replace(draft, intake=leaving.intake))
    if leaving.intake.citations:
        named = dict.fromkeys(labels.source(citation) for citation in leaving.intake.citations)
        sources = "\n".join(f"・{source}" for source in named)
        yield Text(f"{words.DOCUMENTS_ALONG}\n{sources}", Tone.NOTE)
