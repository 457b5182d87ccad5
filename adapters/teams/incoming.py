"""What Teams sends, as the assistant's own values: one pure function over activity JSON.

The place of a press or a form is where Teams says that it happened. What a card carries passes through the client and
could be changed there, so nothing of it decides where the assistant speaks.
"""

from __future__ import annotations

from datetime import datetime

from adapters.teams.activities import PLATFORM, Seen
from adapters.teams.forms import submitted
from adapters.teams.shapes import Json, identity, mapping, mappings, string
from adapters.teams.wording import from_html, is_mentioned, same_bot, words_of
from bot.incoming import Asked, Incoming, Joined, Left, Pressed, Searched, Submitted, Way
from bot.places import Person, Receipt

#: The message extension's commands; `adapters.teams.manifest` declares them.
SEARCH_COMMAND = "search_guidebook"
LOOK_UP_COMMAND = "look_up"

#: The parameter of the search.
SEARCH_PARAMETER = "question"

_GONE = frozenset({"channelDeleted", "teamDeleted", "teamHardDeleted", "teamArchived"})
_BACK = frozenset({"channelRestored", "teamRestored", "teamUnarchived"})


def to_incoming(activity: Json, *, bot_id: str, now: datetime) -> Incoming | None:
    """Reads an activity.

    Args:
        activity: the JSON of an activity whose token was checked.
        bot_id: our own id, with or without its "28:".
        now: when it came in, for an activity that does not say when it was sent.

    Returns:
        What it means, or None where it means nothing to the assistant (typing, reactions, edits, other bots).
    """
    seen = Seen(activity, bot_id, now)
    if not seen.tenant or not seen.place.channel:
        return None
    match activity.get("type"):
        case "message":
            return _message(seen)
        case "conversationUpdate":
            return _conversation_update(seen)
        case "installationUpdate":
            return _installation_update(seen)
        case "invoke":
            return _invoke(seen)
        case _:
            return None


def _message(seen: Seen) -> Asked | Pressed | None:
    sender = mapping(seen.activity.get("from"))
    from_bot = sender.get("role") == "bot" or string(sender.get("id")).startswith("28:")
    person = seen.person
    if from_bot or person is None or seen.data.get("eventType") == "editMessage":
        return None
    value = mapping(seen.activity.get("value"))
    if value.get("action"):  # a button of a client that knows no Action.Execute
        return _press(seen, person, value)
    way = _way(seen)
    text = words_of(seen.activity, seen.bot_id)
    if not text and way in {Way.OVERHEARD, Way.THREAD}:
        return None  # a picture or a card, not meant for us
    place = seen.place
    if seen.kind == "channel" and not place.thread:
        place = seen.at(place.channel, seen.message)
    return Asked(keys=seen.keys, place=place, person=person, text=text, way=way, at=seen.when, message=seen.message)


def _way(seen: Seen) -> Way:
    if seen.kind == "personal":
        return Way.DIRECT
    if is_mentioned(seen.activity, seen.bot_id):
        return Way.MENTION
    in_thread = seen.kind == "channel" and seen.place.thread not in {"", seen.message}
    return Way.THREAD if in_thread else Way.OVERHEARD


def _conversation_update(seen: Seen) -> Joined | Left | None:
    event = string(seen.data.get("eventType"))
    channel = identity(mapping(seen.data.get("channel")).get("id")) or seen.place.channel
    if event in _GONE:
        return _left(seen, channel)
    if event in _BACK:
        return _joined(seen, channel)
    if seen.kind == "personal":
        return None  # installationUpdate tells of it, and of the removal too
    if _holds_us(seen.activity.get("membersRemoved"), seen.bot_id):
        return _left(seen, seen.place.channel)
    if _holds_us(seen.activity.get("membersAdded"), seen.bot_id):
        selected = mapping(mapping(seen.data.get("settings")).get("selectedChannel"))
        return _joined(seen, identity(selected.get("id")) or seen.place.channel)
    return None


def _installation_update(seen: Seen) -> Joined | Left | None:
    match seen.activity.get("action"):
        case "add" if seen.kind == "personal":
            return _joined(seen, seen.place.channel)
        case "remove":
            return _left(seen, seen.place.channel)
        case _:
            return None  # an upgrade, or told by conversationUpdate


def _joined(seen: Seen, channel: str) -> Joined:
    direct = seen.kind == "personal"
    return Joined(keys=seen.keys, place=seen.at(channel), at=seen.when, person=seen.person, direct=direct)


def _left(seen: Seen, channel: str) -> Left:
    return Left(keys=seen.keys, platform=PLATFORM, tenant=seen.tenant, at=seen.when, channel=channel)


def _invoke(seen: Seen) -> Pressed | Submitted | Searched | None:
    person = seen.person
    value = mapping(seen.activity.get("value"))
    data = mapping(value.get("data"))
    if person is None:
        return None
    read: Pressed | Submitted | Searched | None = None
    match seen.activity.get("name"):
        case "adaptiveCard/action":
            read = _press(seen, person, mapping(mapping(value.get("action")).get("data")))
        case "task/fetch":
            read = _press(seen, person, data)
        case "task/submit":
            read = _submit(seen, person, data)
        case "composeExtension/query":
            read = Searched(place=seen.place, person=person, text=_query(value))
        case "composeExtension/fetchTask":
            read = _look_up(seen, person, value)
        case "composeExtension/submitAction":
            read = _submit(seen, person, data) or _look_up(seen, person, value)
    return read


def _press(seen: Seen, person: Person, data: Json) -> Pressed | None:
    action = string(data.get("action"))
    if not action:
        return None
    holder = identity(seen.activity.get("replyToId"))
    return Pressed(
        keys=seen.keys,
        place=seen.place,
        person=person,
        action=action,
        value=string(data.get("value")),
        at=seen.when,
        message=Receipt(seen.place, holder) if holder else None,
    )


def _submit(seen: Seen, person: Person, data: Json) -> Submitted | None:
    sent = submitted(data)
    if sent is None:
        return None
    return Submitted(
        keys=seen.keys,
        place=seen.place,
        person=person,
        form=sent.form,
        values=sent.values,
        state=sent.state,
        at=seen.when,
        direct=seen.kind == "personal",
    )


def _query(value: Json) -> str:
    for parameter in mappings(value.get("parameters")):
        if parameter.get("name") == SEARCH_PARAMETER:
            return string(parameter.get("value")).strip()
    return ""  # the first run, before anything was typed


def _look_up(seen: Seen, person: Person, value: Json) -> Pressed | None:
    message = mapping(value.get("messagePayload"))
    if value.get("commandId") != LOOK_UP_COMMAND or not message:
        return None
    body = mapping(message.get("body"))
    content = string(body.get("content"))
    text = from_html(content, _our_mentions(message, seen.bot_id)) if body.get("contentType") == "html" else content
    place = seen.place
    id_ = identity(message.get("id"))
    if seen.kind == "channel":
        place = seen.at(place.channel, place.thread or identity(message.get("replyToId")) or id_)
    return Pressed(
        keys=seen.keys,
        place=place,
        person=person,
        action=LOOK_UP_COMMAND,
        value=text.strip(),
        at=seen.when,
        message=Receipt(place, id_) if id_ else None,
    )


def _our_mentions(message: Json, bot_id: str) -> list[int]:
    numbered = [
        (mention.get("id"), mapping(mapping(mention.get("mentioned")).get("application")))
        for mention in mappings(message.get("mentions"))
    ]
    return [id_ for id_, app in numbered if isinstance(id_, int) and same_bot(string(app.get("id")), bot_id)]


def _holds_us(members: object, bot_id: str) -> bool:
    return any(same_bot(string(member.get("id")), bot_id) for member in mappings(members))
