"""The form to ask with: the question, the prefecture, the resident's language. It asks anew, or again."""

from __future__ import annotations

from bot import talk
from bot.composing import ASK_AGAIN
from bot.desks import Audience, Listening
from bot.incoming import Pressed, Submitted
from bot.means import Means
from bot.ports import Work
from bot.posts import Choice, ChoiceInput, Form, TextInput
from bot.query import Query
from bot.question import QUESTION_LIMIT, read_question
from bot.reactions import Correct, Reaction, ShowForm
from corpus.directory import Directory

#: The action on any message that asks about it; `bot.incoming.Pressed` promises this name to the platforms.
LOOK_UP = "look_up"

#: The actions that open this form.
ACTIONS = frozenset({ASK_AGAIN, LOOK_UP})

#: Name of the form.
NAME = "ask"

#: What stands for "none" among choices: platforms refuse an empty value.
_NONE = "-"


async def open_form(work: Work, pressed: Pressed, means: Means) -> Reaction:
    """Opens the form, filled with the question that the button belongs to, or with the message's text.

    Args:
        work: unit of work to read through.
        pressed: the press; its value is an exchange's id, or for `LOOK_UP` a text.
        means: knows prefectures, languages and defaults.
    """
    channel = await work.desks.channel(pressed.place)
    member = await work.desks.member(pressed.person)
    desk = await work.desks.desk(channel.desk or (member.desk if member else ""))
    question = pressed.value
    if pressed.action == ASK_AGAIN:
        exchange = await work.exchanges.exchange(pressed.value)
        ours = exchange is not None and exchange.place.workspace == pressed.place.workspace
        question = exchange.question if exchange and ours else ""
    return ShowForm(
        _form(
            means.answerer.directory,
            read_question(question).text,
            desk.prefecture if desk else means.prefecture,
            channel.language or means.language,
        )
    )


def faults_of(submitted: Submitted) -> Correct | None:
    """What is wrong with a form that was sent, or None where it can be answered.

    Args:
        submitted: the form as it was sent.
    """
    if not read_question(_value(submitted, "question")).text:
        return Correct({"question": talk.QUESTION_MISSING})
    return None


async def query_of(work: Work, submitted: Submitted, means: Means) -> Query:
    """The question that a form asks.

    Args:
        work: unit of work to read through.
        submitted: the form as it was sent.
        means: knows prefectures and languages.
    """
    channel = await work.desks.channel(submitted.place)
    member = await work.desks.member(submitted.person)
    # Asked for by a press, so it is answered in a silent channel too, but seen by nobody else.
    aside = channel.audience is Audience.ASKER or channel.listening is Listening.SILENT
    place = submitted.place.privately(submitted.person) if aside else submitted.place
    directory = means.answerer.directory
    prefecture, language = _value(submitted, "prefecture"), _value(submitted, "language")
    return Query(
        text=_value(submitted, "question"),
        place=place,
        person=submitted.person,
        at=submitted.at,
        desk=channel.desk or (member.desk if member else ""),
        # What is not in the lists counts as not chosen: a form can be sent by any program.
        prefecture=prefecture if prefecture in {known.name for known in directory.prefectures} else None,
        language=language if language in {known.code for known in directory.languages} else None,
        private=submitted.direct or bool(place.only_to),
        quoted=True,
    )


def _form(directory: Directory, question: str, prefecture: str, language: str) -> Form:
    nothing = Choice(_NONE, talk.NOT_CHOSEN)
    return Form(
        name=NAME,
        title=talk.ASK_TITLE,
        submit=talk.ASK_SUBMIT,
        inputs=(
            TextInput(
                name="question",
                label=talk.QUESTION,
                value=question,
                lines=True,
                limit=QUESTION_LIMIT,
                hint=talk.NO_NAMES,
            ),
            ChoiceInput(
                name="prefecture",
                label=talk.PREFECTURE,
                choices=(nothing, *(Choice(known.name, known.name) for known in directory.prefectures)),
                value=(prefecture or _NONE,),
            ),
            ChoiceInput(
                name="language",
                label=talk.LANGUAGE,
                choices=(nothing, *(Choice(one.code, one.name) for one in directory.languages if one.code != "ja")),
                value=(language or _NONE,),
            ),
        ),
    )


def _value(submitted: Submitted, name: str) -> str:
    return next(iter(submitted.values.get(name, ())), "")
