"""A person in a channel of Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.doubles.slack import Message, Sender, SlackDouble, payloads
from tests.seats import NoButton, Refused, all_words, soon

#: What no person reads.
_UNREAD = frozenset({"type", "block_id", "action_id", "value", "private_metadata", "callback_id", "style", "url"})


@dataclass(frozen=True)
class SlackSeat:
    """A `tests.seats.Seat`.

    Args:
        slack: the double.
        sender: how the assistant is reached now.
        tenant: the workspace.
        channel: the channel.
        user: who sits there.
        looks_at: which of the channel's messages somebody presses buttons of.
    """

    slack: SlackDouble
    sender: Callable[[], Sender]
    tenant: str
    channel: str
    user: str
    looks_at: Callable[[Message], bool] = lambda _: True

    async def says(self, text: str) -> None:
        sent = await self.sender().event(payloads.mention(self.tenant, self.channel, text, user=self.user))
        assert sent.status == 200

    async def presses(self, label: str) -> SlackShown:
        trigger = await self._press(label)
        await soon(lambda: self._opened(trigger))
        return SlackShown(self, self._opened(trigger)[0])

    async def clicks(self, label: str) -> None:
        await self._press(label)

    async def _press(self, label: str) -> str:
        """Presses a button; returns what whatever it opens is opened with."""
        message, button = self._button(label)
        action, value, trigger = button["action_id"], button.get("value", ""), payloads.trigger()
        press = payloads.press(self.tenant, self.channel, message.ts, action, value, user=self.user, trigger_id=trigger)
        if message.thread:
            press["container"]["thread_ts"] = message.thread
        answer = await self.sender().interaction(press)
        if answer.status != 200:
            raise Refused(answer.status)
        return trigger

    def _opened(self, trigger: str) -> list[Mapping[str, Any]]:
        """What was opened by one press."""
        calls = reversed(self.slack.calls("views.open"))
        return [call.arguments["view"] for call in calls if call.arguments["trigger_id"] == trigger]

    async def looks(self) -> None:
        """What stands there is seen by itself."""

    def reads(self) -> str:
        return "\n".join(one.words for one in self.slack.messages(self.channel))

    def messages(self) -> int:
        return len(self.slack.messages(self.channel))

    def _button(self, label: str) -> tuple[Message, Mapping[str, Any]]:
        for message in filter(self.looks_at, reversed(self.slack.messages(self.channel))):
            for block in message.blocks:
                for one in block.get("elements", ()):
                    if one.get("type") == "button" and one["text"]["text"] == label:
                        return message, one
        raise NoButton(f"no button {label} in:\n{self.reads()}")


@dataclass(frozen=True)
class SlackShown:
    """A `tests.seats.Shown`: a modal."""

    seat: SlackSeat
    view: Mapping[str, Any]

    @property
    def words(self) -> str:
        return all_words(dict(self.view), but=_UNREAD)

    @property
    def fields(self) -> Mapping[str, str]:
        return {block["block_id"]: block["label"]["text"] for block in self._inputs()}

    async def sends(self, **values: str) -> SlackShown | None:
        assert "submit" in self.view, self.words
        assert set(values) <= set(self.fields), self.fields
        state = {block["block_id"]: _filled(block, values.get(block["block_id"])) for block in self._inputs()}
        payload = payloads.submission(self.seat.tenant, dict(self.view), {}, user=self.seat.user)
        payload["view"]["state"]["values"] = state
        answer = await self.seat.sender().interaction(payload)
        if answer.status != 200:
            raise Refused(answer.status)
        body = answer.json if answer.body else {}
        assert body.get("response_action") != "errors", body
        return SlackShown(self.seat, body["view"]) if "view" in body else None

    def _inputs(self) -> list[Mapping[str, Any]]:
        return [block for block in self.view["blocks"] if block["type"] == "input"]


def _filled(block: Mapping[str, Any], given: str | None) -> dict[str, Any]:
    """What the client sends for a field."""
    element = block["element"]
    kind = element["type"]
    state: dict[str, Any] = {"type": kind}
    options = {option["text"]["text"]: option for option in element.get("options", ())}
    if kind == "plain_text_input":
        state["value"] = element.get("initial_value") if given is None else given or None
    elif kind == "datepicker":
        state["selected_date"] = element.get("initial_date") if given is None else given or None
    elif kind == "multi_static_select":
        state["selected_options"] = element.get("initial_options", []) if given is None else [options[given]]
    else:
        state["selected_option"] = element.get("initial_option") if given is None else options[given]
    return {block["block_id"]: state}
