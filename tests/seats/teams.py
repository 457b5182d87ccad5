"""A person in a channel of Teams."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.doubles.teams import Landed, TeamsDouble
from tests.doubles.teams.activities import Activities, Activity
from tests.seats import NoButton, Refused, all_words

#: What no person reads.
_UNREAD = frozenset(
    {"type", "data", "verb", "id", "$schema", "version", "contentType", "fallbackText", "style", "url", "refresh"}
    | {"weight", "size", "spacing", "color", "errorMessage", "targetElements", "width", "height"}
)


@dataclass(frozen=True)
class TeamsSeat:
    """A `tests.seats.Seat`.

    Args:
        teams: the double.
        endpoint: where the assistant is reached now.
        made: makes activities.
        channel: the channel.
        person: who sits there.
        looks_at: which of the channel's messages somebody presses buttons of.
    """

    teams: TeamsDouble
    endpoint: Callable[[], str]
    made: Activities
    channel: str
    person: str
    looks_at: Callable[[Landed], bool] = lambda _: True

    async def says(self, text: str) -> None:
        await self.tells(self.made.mention(text, channel=self.channel, person=self.person))

    async def presses(self, label: str) -> TeamsShown:
        landed, action = self._action(label)
        assert action["type"] == "Action.Submit", action
        data = {**action["data"]}
        return TeamsShown.of(self, landed, await self._invokes("task/fetch", {"data": data}, landed))

    async def clicks(self, label: str) -> None:
        landed, action = self._action(label)
        assert action["type"] == "Action.Execute", action
        told = {"action": {key: action[key] for key in ("type", "verb", "data")}, "trigger": "manual"}
        body = await self._invokes("adaptiveCard/action", told, landed)
        if str(body["type"]).startswith("application/vnd.microsoft.card"):  # the client shows it in the card's place
            landed.activity = {**landed.activity, "attachments": [{"content": body["value"]}]}

    async def looks(self) -> None:
        """What stands there is seen by itself."""

    def reads(self) -> str:
        return "\n".join(all_words(one.activity, but=_UNREAD) for one in self._said())

    def messages(self) -> int:
        return len(self._said())

    def link(self, label: str) -> str:
        """Where the latest link with this label leads."""
        links = [one for landed in self._said() for one in _elements(landed.activity) if one.get("title") == label]
        return str(links[-1]["url"])

    async def submits(self, data: Activity, landed: Landed) -> Any:  # noqa: ANN401 - JSON
        """Sends a dialog."""
        return await self._invokes("task/submit", {"data": data}, landed)

    async def tells(self, activity: Activity) -> Any:  # noqa: ANN401 - JSON
        """Sends anything; returns the body of the answer."""
        status, body = await self.teams.deliver(self.endpoint(), activity)
        if status != 200:
            raise Refused(status)
        return body

    async def _invokes(self, name: str, value: Activity, landed: Landed) -> Any:  # noqa: ANN401 - JSON
        thread = landed.thread or landed.id
        place = self.made.mention("", channel=self.channel, thread=thread)
        where = {key: place[key] for key in ("conversation", "channelData")}
        return await self.tells(self.made.invoke(name, value, person=self.person, replyToId=landed.id) | where)

    def _said(self) -> list[Landed]:
        return self.teams.conversations.said_in(self.channel)

    def _action(self, label: str) -> tuple[Landed, Activity]:
        for landed in filter(self.looks_at, reversed(self._said())):
            for action in _actions(landed.activity):
                if action.get("title") == label:
                    return landed, action
        raise NoButton(f"no button {label} in:\n{self.reads()}")


@dataclass(frozen=True)
class TeamsShown:
    """A `tests.seats.Shown`: a dialog."""

    seat: TeamsSeat
    landed: Landed
    told: str
    card: Activity

    @classmethod
    def of(cls, seat: TeamsSeat, landed: Landed, body: Any) -> TeamsShown:  # noqa: ANN401 - JSON
        """What the body of an answer shows."""
        task = body["task"]
        if task["type"] == "message":
            return cls(seat, landed, task["value"], {})
        value = task["value"]
        return cls(seat, landed, value["title"], value["card"]["content"])

    @property
    def words(self) -> str:
        return f"{self.told}\n{all_words(self.card, but=_UNREAD)}"

    @property
    def fields(self) -> Mapping[str, str]:
        return {one["id"]: one["label"] for one in self._inputs()}

    async def sends(self, **values: str) -> TeamsShown | None:
        assert set(values) <= set(self.fields), self.fields
        (send,) = self.card["actions"]
        filled = {one["id"]: _filled(one, values.get(one["id"])) for one in self._inputs()}
        body = await self.seat.submits({**send["data"], **filled}, self.landed)
        return TeamsShown.of(self.seat, self.landed, body) if body else None

    def _inputs(self) -> list[Activity]:
        return [one for one in _elements(self.card) if str(one.get("type", "")).startswith("Input.")]


def _filled(one: Activity, given: str | None) -> str:
    if given is None:
        return str(one.get("value", ""))
    if one["type"] == "Input.ChoiceSet":
        return next(str(choice["value"]) for choice in one["choices"] if choice["title"] == given)
    return given


def _actions(shown: object) -> Iterator[Activity]:
    return (one for one in _elements(shown) if str(one.get("type", "")) in {"Action.Submit", "Action.Execute"})


def _elements(shown: object) -> Iterator[Activity]:
    """Every object in a piece of JSON."""
    if isinstance(shown, dict):
        yield shown
    for value in shown.values() if isinstance(shown, dict) else shown if isinstance(shown, list) else ():
        yield from _elements(value)
