"""Makes a post of an answer: what must be seen first stands first, and nothing that must be said is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import labels, referral_talk, sentences, talk
from bot.answer import Answer, UrgentHelp
from bot.posts import Block, Button, Buttons, Cited, Contacts, Folded, Post, Quote, Text, Tone
from bot.referring.resolved import Earlier, earlier_blocks
from corpus.directory import Contact

#: Passages shown open; a counsellor reads these with a client in front of them.
OPEN = 3

#: Sections named as nearest where nothing was found.
NEAREST = 5

#: The action of the button that opens the form to ask again; its value is the id of the exchange.
ASK_AGAIN = "ask_again"

#: The action of the button that refers the question to a coordinator; its value is the id of the exchange.
REFER = "refer"


def answer_post(  # noqa: PLR0913 - what decides on how an answer looks
    answer: Answer,
    exchange: str,
    *,
    notice: str = "",
    quoted: bool = False,
    earlier: Sequence[Earlier] = (),
    referable: bool = False,
) -> Post:
    """The post that answers a question.

    Args:
        answer: what to say.
        exchange: id of the exchange, carried by the buttons.
        notice: what must be said beside any answer (that documents are out of date), or "".
        quoted: True where the question stands in no message that can be seen beside the answer.
        earlier: resolved referrals that its readers may see.
        referable: True where it was asked for a desk, which may refer what remains open.
    """
    blocks = [*_help(answer.urgent), *_quote(answer, quoted), *_head(answer, notice)]
    if answer.is_answered:
        blocks += [*_passages(answer), *earlier_blocks(earlier), *_contacts(answer), *_next_step(answer)]
    else:
        blocks += [*earlier_blocks(earlier), *_next_step(answer), *_contacts(answer), *_nearest(answer)]
    again = Button(action=ASK_AGAIN, label=talk.ASK_AGAIN, value=exchange, opens_form=True)
    refer = Button(action=REFER, label=referral_talk.REFER, value=exchange, opens_form=True)
    return Post(blocks=(*blocks, Buttons((again, refer) if referable else (again,))), summary=_summary(answer))


def broken_post(contacts: tuple[Contact, ...], question: str = "") -> Post:
    """The post that says that something broke, and whom to call.

    Args:
        contacts: whom to call.
        question: the question, where it stands in no message that can be seen; else "".
    """
    quote = (Quote(question),) if question else ()
    return Post(
        blocks=(
            *quote,
            Text(sentences.BROKEN, Tone.HEADING),
            Text(sentences.NEXT_STEP_BROKEN),
            Contacts(talk.CONTACTS, contacts),
        ),
        summary=sentences.BROKEN,
    )


def urgent_post(found: UrgentHelp) -> Post:
    """The post that says whom to call, where nothing else is said.

    Args:
        found: whom to call.
    """
    return Post(blocks=tuple(_help(found)), summary=found.message)


def said(sentence: str) -> Post:
    """A post that is one sentence.

    Args:
        sentence: what is said.
    """
    return Post(blocks=(Text(sentence),), summary=sentence)


def _help(found: UrgentHelp | None) -> Iterator[Block]:
    if found:
        yield Text(found.message, Tone.URGENT)
        yield Contacts(talk.CALL_NOW, found.contacts)


def _quote(answer: Answer, quoted: bool) -> Iterator[Block]:
    if quoted:
        yield Quote(answer.question)


def _head(answer: Answer, notice: str) -> Iterator[Block]:
    yield Text(_graded(answer), Tone.HEADING)
    for remark in filter(None, (notice, *answer.remarks)):
        yield Text(remark, Tone.NOTE)


def _passages(answer: Answer) -> Iterator[Block]:
    cited = tuple(Cited(citation) for citation in answer.citations)
    yield from cited[:OPEN]
    if cited[OPEN:]:
        yield Folded(talk.more_passages(len(cited[OPEN:])), cited[OPEN:])


def _contacts(answer: Answer) -> Iterator[Block]:
    if answer.contacts:
        yield Contacts(talk.contacts_title(answer.prefecture), answer.contacts)


def _next_step(answer: Answer) -> Iterator[Block]:
    if answer.next_step:
        yield Text(answer.next_step)


def _nearest(answer: Answer) -> Iterator[Block]:
    """The nearest sections by name only: a passage that does not answer must not be read as one that does."""
    nearest = answer.nearest[:NEAREST]
    if nearest:
        lines = (f"・{labels.heading(citation)}（{labels.source(citation)}）" for citation in nearest)
        yield Text("\n".join((sentences.NEAREST, *lines)), Tone.NOTE)


def _graded(answer: Answer) -> str:
    return f"【{answer.word}】{answer.headline}" if answer.word else answer.headline


def _summary(answer: Answer) -> str:
    """Without the person's words: it is shown on locked screens."""
    return f"{answer.urgent.message}{_graded(answer)}" if answer.urgent else _graded(answer)
