"""Shows at once what a press, a form, a command or a look brought about.

What fits into the acknowledgement goes there. All else is one more call to Slack, made after the acknowledgement so
that this is never late; nothing is owed for it: who sees nothing presses again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.failures import told
from adapters.slack.forms import render_faults, render_form
from adapters.slack.limits import BUTTON_TEXT, Json, cut
from adapters.slack.owning import own
from adapters.slack.rendering import blocks_of, render, render_home
from adapters.slack.web_api import WebApi
from bot import labels
from bot.errors import MessengerError
from bot.incoming import Asked, Incoming, Opened, Pressed, Submitted, Way
from bot.places import Place
from bot.posts import Post, Text
from bot.reactions import Correct, Prompts, Reaction, Replace, ShowForm, ShowHome, Whisper

_log = logging.getLogger(__name__)

#: Slack shows no more.
_PROMPTS = 4

_LAST_SECONDS = 5.0


class Reactions:
    """Shows reactions.

    Args:
        api: Slack's Web API.
    """

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._under_way: set[asyncio.Task[None]] = set()

    def show(
        self, reaction: Reaction | None, incoming: Incoming, payload: Mapping[str, Any], client: AsyncWebClient
    ) -> BoltResponse:
        """Shows what there is to be shown.

        Args:
            reaction: what came of it, or None.
            incoming: what came in.
            payload: the same as Slack sent it.
            client: speaks in its workspace.

        Returns:
            The acknowledgement.
        """
        submitted = payload.get("type") == "view_submission"
        match reaction, incoming:
            case Correct() as correct, _:
                return _json(render_faults(correct))
            case Whisper(text), _ if "command" in payload:
                return _json({"response_type": "ephemeral", "text": cut(text, 3000, labels.SHORTENED)})
            case Whisper(text), _ if submitted:
                return _json({"response_action": "update", "view": _note(text)})
            case ShowForm(form), Submitted() if submitted:
                return _json({"response_action": "update", "view": render_form(form, incoming.place)})
            case None, Asked() if "command" in payload:
                return _json({"response_type": "ephemeral", "text": labels.SEARCHING})
            case None, Asked(way=Way.DIRECT) if incoming.place.thread:
                self._later(self._searching(client, incoming.place))
            case (Whisper() | ShowForm() | Replace() | ShowHome() | Prompts()) as shown, _:
                self._later(self._called(shown, incoming, payload, client))
        return BoltResponse(status=200)

    def apologise(self, payload: Mapping[str, Any], client: AsyncWebClient) -> BoltResponse | None:
        """Tells the person that something broke, where Slack will not send it again.

        Args:
            payload: as Slack sent it.
            client: speaks in its workspace.

        Returns:
            The acknowledgement; None for an event, which Slack sends again.
        """
        if payload.get("type") == "view_submission":
            # On top of the form, so that what was filled in is still there.
            return _json({"response_action": "push", "view": _note(labels.TRY_AGAIN)})
        if "command" in payload:
            return _json({"response_type": "ephemeral", "text": labels.TRY_AGAIN})
        if "trigger_id" in payload:
            self._later(self._whisper(labels.TRY_AGAIN, None, payload, client))
            return BoltResponse(status=200)
        return None

    async def close(self) -> None:
        """Waits a little for what is under way, and ends the rest."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=_LAST_SECONDS)
        rest = set(self._under_way)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def _later(self, call: Awaitable[None]) -> None:
        own(self._under_way, _quietly(call))

    async def _called(
        self, reaction: Reaction, incoming: Incoming, payload: Mapping[str, Any], client: AsyncWebClient
    ) -> None:
        try:
            match reaction, incoming:
                case ShowForm(form), Pressed(place=place) | Asked(place=place):
                    await client.views_open(trigger_id=payload["trigger_id"], view=render_form(form, place))
                case Replace(post), Pressed():
                    await self._replace(post, incoming, payload, client)
                case Whisper(text), _:
                    await self._whisper(text, _place(incoming), payload, client)
                case ShowHome(post), Pressed(person=person, place=place) | Opened(person=person, place=place):
                    await client.views_publish(user_id=person.id, view=render_home(post, place))
                case Prompts(greeting, prompts), Opened(place=place):
                    await client.assistant_threads_setSuggestedPrompts(
                        channel_id=place.channel,
                        # Given where there is none, the call fails without a word.
                        thread_ts=place.thread or None,
                        title=greeting,
                        prompts=[{"title": cut(one, BUTTON_TEXT, "…"), "message": one} for one in prompts[:_PROMPTS]],
                    )
        except Exception:
            if "trigger_id" in payload and not isinstance(reaction, Whisper):
                self._later(self._whisper(labels.TRY_AGAIN, _place(incoming), payload, client))
            raise

    async def _replace(self, post: Post, pressed: Pressed, payload: Mapping[str, Any], client: AsyncWebClient) -> None:
        if pressed.message is not None and pressed.message.message and not _is_ephemeral(payload):
            place = pressed.message.place
            await client.chat_update(channel=place.channel, ts=pressed.message.message, **render(post))
        elif response_url := payload.get("response_url"):
            await self._api.respond(response_url, {"replace_original": True, **render(post)})

    async def _whisper(
        self, text: str, place: Place | None, payload: Mapping[str, Any], client: AsyncWebClient
    ) -> None:
        said = render(Post(blocks=(Text(text),), summary=text))
        if response_url := payload.get("response_url"):
            thread = {"thread_ts": place.thread} if place is not None and place.thread else {}
            await self._api.respond(
                response_url, {"response_type": "ephemeral", "replace_original": False, **thread, **said}
            )
        elif trigger := payload.get("trigger_id"):
            # From the home, where no message stands that it could be said under.
            await client.views_open(trigger_id=trigger, view=_note(text))

    async def _searching(self, client: AsyncWebClient, place: Place) -> None:
        await client.assistant_threads_setStatus(
            channel_id=place.channel, thread_ts=place.thread, status=labels.SEARCHING
        )


async def _quietly(call: Awaitable[None]) -> None:
    """Nobody awaits what is shown after the acknowledgement: what goes wrong is logged, by Slack's code alone."""
    try:
        with told():
            await call
    except MessengerError as error:
        _log.warning("not shown", extra={"error_kind": type(error).__name__, "reason": error.reason})
    except Exception as error:
        _log.exception("not shown", exc_info=error)


def _json(body: Json) -> BoltResponse:
    return BoltResponse(status=200, body=body)


def _note(text: str) -> Json:
    """A dialog that only wants to be read."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": labels.NOTE_TITLE},
        "close": {"type": "plain_text", "text": labels.CLOSE},
        "blocks": blocks_of(Post(blocks=(Text(text),), summary=text)),
    }


def _place(incoming: Incoming) -> Place | None:
    return getattr(incoming, "place", None)


def _is_ephemeral(payload: Mapping[str, Any]) -> bool:
    return bool((payload.get("container") or {}).get("is_ephemeral"))
