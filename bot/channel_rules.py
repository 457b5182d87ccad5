"""The use case "set": what the assistant replies to in a channel, who sees it, and the resident's language."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from bot import talk
from bot.desks import Audience, Channel, Listening
from bot.incoming import Pressed, Submitted
from bot.permissions import Verb, may
from bot.places import Person, Place
from bot.ports import Work
from bot.posts import Button, Buttons, Choice, ChoiceInput, Form, Post, Text
from bot.reactions import Correct, Reaction, ShowForm, Whisper
from corpus.directory import Directory

#: The action that opens the form, and the form's name.
SETTINGS = "settings"

#: The choice of no language beside Japanese.
_JAPANESE = "ja"


@dataclass(frozen=True, slots=True)
class _Aim:
    """The channel that is to be set: a button seen by one person may stand in another conversation."""

    place: Place
    direct: bool


def settings_button(place: Place, *, direct: bool, label: str = talk.SETTINGS) -> Button:
    """The button that opens the form.

    Args:
        place: the channel to set, or a place within it.
        direct: True for a conversation with one person, where only the language can be set.
        label: what stands on it.
    """
    value = json.dumps([place.platform, place.tenant, place.channel, direct], ensure_ascii=False)
    return Button(action=SETTINGS, label=label, value=value, opens_form=True)


def settings_post(place: Place, *, direct: bool) -> Post:
    """A post with that button, for ways that cannot open a form by themselves.

    Args:
        place: the channel to set, or a place within it.
        direct: True for a conversation with one person.
    """
    return Post(
        blocks=(Text(talk.SETTINGS_INVITE), Buttons((settings_button(place, direct=direct),))),
        summary=talk.SETTINGS_INVITE,
    )


async def open_form(work: Work, pressed: Pressed, directory: Directory) -> Reaction:
    """Opens the form for who may set the channel.

    Args:
        work: unit of work to read through.
        pressed: the press; its value tells the channel.
        directory: knows the languages.
    """
    aim = _aim(pressed.value, pressed.place)
    channel = await _may_set(work, aim, pressed.person)
    return ShowForm(_form(channel, aim.direct, directory, pressed.value)) if channel else Whisper(talk.MAY_NOT_SET)


async def submit(work: Work, submitted: Submitted, directory: Directory, now: datetime) -> Reaction:
    """Sets a channel as a form says, if who sent it may.

    Args:
        work: unit of work; whoever opened it commits.
        submitted: the form as it was sent.
        directory: knows the languages.
        now: when.
    """
    aim = _aim(submitted.state, submitted.place)
    channel = await _may_set(work, aim, submitted.person)
    if channel is None:
        return Whisper(talk.MAY_NOT_SET)
    changed = _changed(channel, submitted, directory)
    if isinstance(changed, Correct):
        return changed
    await work.desks.set_channel(changed)
    await work.audit.note(Verb.SET_CHANNEL, submitted.person, changed.place.lane, now)
    if aim.direct:
        return Whisper(talk.SAVED)
    return Whisper(talk.rules_set(changed.listening, changed.audience))


def _changed(channel: Channel, submitted: Submitted, directory: Directory) -> Channel | Correct:
    """The channel with the form's values; a field that the form does not have stays as it is."""
    chosen = {name: values[0] for name, values in submitted.values.items() if values}
    language = chosen.get("language", channel.language or _JAPANESE)
    allowed: dict[str, set[str]] = {
        "listening": {rule.value for rule in Listening},
        "audience": {rule.value for rule in Audience},
        "language": {known.code for known in directory.languages},
    }
    wrong = {name: talk.NO_SUCH_CHOICE for name in allowed if name in chosen and chosen[name] not in allowed[name]}
    if wrong:
        return Correct(wrong)
    return replace(
        channel,
        listening=Listening(chosen.get("listening", channel.listening)),
        audience=Audience(chosen.get("audience", channel.audience)),
        language="" if language == _JAPANESE else language,
    )


async def _may_set(work: Work, aim: _Aim, person: Person) -> Channel | None:
    channel = await work.desks.channel(aim.place)
    member = await work.desks.member(person)
    return channel if may(member, Verb.SET_CHANNEL, channel.desk, bureau=channel.bureau) else None


def _aim(value: str, place: Place) -> _Aim:
    """The channel that a button or form carries; its own where it carries none, or one of another workspace."""
    try:
        platform, tenant, channel, direct = json.loads(value)
    except (ValueError, TypeError):
        return _Aim(place.in_channel(), False)
    aimed = Place(platform=str(platform), tenant=str(tenant), channel=str(channel))
    # What a button carries passes through the hands of who presses it.
    return _Aim(aimed, direct is True) if aimed.workspace == place.workspace else _Aim(place.in_channel(), False)


def _form(channel: Channel, direct: bool, directory: Directory, state: str) -> Form:
    rules = (
        ChoiceInput(
            name="listening",
            label=talk.LISTENING_LABEL,
            choices=tuple(Choice(rule.value, talk.LISTENING[rule]) for rule in Listening),
            value=(channel.listening.value,),
        ),
        ChoiceInput(
            name="audience",
            label=talk.AUDIENCE_LABEL,
            choices=tuple(Choice(rule.value, talk.AUDIENCE[rule]) for rule in Audience),
            value=(channel.audience.value,),
        ),
    )
    others = (Choice(known.code, known.name) for known in directory.languages if known.code != _JAPANESE)
    language = ChoiceInput(
        name="language",
        label=talk.LANGUAGE,
        choices=(Choice(_JAPANESE, talk.JAPANESE_ONLY), *others),
        value=(channel.language or _JAPANESE,),
    )
    return Form(
        name=SETTINGS,
        title=talk.SETTINGS_TITLE,
        submit=talk.SAVE,
        inputs=(language,) if direct else (*rules, language),
        state=state,
    )
