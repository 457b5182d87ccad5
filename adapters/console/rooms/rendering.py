"""Renders what stands in the rooms to HTML. Pure; what it looks like stands in templates/rooms_*.html."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from adapters.console.rendering import make_templates
from adapters.console.rooms import incoming
from adapters.console.rooms.messages import Said
from adapters.console.rooms.people import SPOTS, Room, Spot
from bot import labels
from bot.composing import urgent_post
from bot.places import Place
from bot.posts import Form, Post, Text
from bot.reactions import Prompts, Results


def room_templates(languages: Mapping[str, str]) -> Environment:
    """The templates of the practice place.

    Args:
        languages: Japanese names of languages by BCP-47 code.
    """
    templates = make_templates(lambda code: languages.get(code, code), has_rooms=True)
    templates.globals["mention"] = incoming.MENTION
    templates.globals["new_id"] = new_id
    templates.globals["open_file"] = labels.OPEN_FILE
    return templates


@dataclass(frozen=True, slots=True)
class Rendering:
    """Renders posts, messages and forms.

    Args:
        templates: what `room_templates` made.
    """

    templates: Environment

    def post(self, room: Room, place: Place, post: Post, message: str = "") -> Markup:
        """The blocks of a post.

        Args:
            room: whose room it is shown in; its person is who presses.
            place: where it stands.
            post: what it says.
            message: id of the message, or "" where none holds it (the home).
        """
        # A message that begins a thread is pressed in that thread, as on Slack and Teams.
        spot = SPOTS[place.channel][1]
        thread = place.thread or (message if spot is Spot.CHANNEL else "")
        return self._macro("rooms_post.html", "post", room=room, spot=spot, thread=thread, post=post, message=message)

    def conversation(self, room: Room, said: Sequence[Said]) -> Markup:
        """The messages of a conversation as items of a list, replies within the thread that they belong to.

        Args:
            room: whose room it is shown in.
            said: in the order of writing.
        """
        seen = [one for one in said if visible(room, one)]
        firsts = {one.id for one in seen if not one.place.thread}
        replies: dict[str, list[Markup]] = {}
        for one in seen:
            if one.place.thread in firsts:
                replies.setdefault(one.place.thread, []).append(self.message(room, one))
        return Markup("\n").join(
            self.message(room, one, replies.get(one.id, ())) for one in seen if one.place.thread not in firsts
        )

    def message(self, room: Room, said: Said, replies: Sequence[Markup] = ()) -> Markup:
        """One message as an item of a list: the article, and room for replies where it may begin a thread."""
        spot = SPOTS[said.place.channel][1]
        written = [block.text for block in said.post.blocks if isinstance(block, Text)] if said.author else []
        return self._macro(
            "rooms_message.html",
            "message",
            room=room,
            spot=spot,
            said=said,
            words="\n".join(written),
            body=Markup() if said.author else self.post(room, said.place, said.post, said.id),
            opens_thread=spot is Spot.CHANNEL and not said.place.thread and not said.place.only_to,
            replies=replies,
        )

    def form(self, room: Room, place: Place, form: Form, *, is_open: bool) -> Markup:
        """A form as a dialog.

        Args:
            room: whose person fills it in.
            place: where it was opened from.
            form: its fields.
            is_open: True where no script will open it.
        """
        spot = SPOTS[place.channel][1]
        given = {"room": room, "spot": spot, "thread": place.thread, "form": form, "id": new_id(), "is_open": is_open}
        return self._macro("rooms_form.html", "dialog", **given)

    def prompts(self, room: Room, prompts: Prompts) -> Markup:
        """What can be asked, as buttons that ask it in the direct conversation."""
        return self._macro("rooms_parts.html", "prompts", room=room, prompts=prompts)

    def results(self, room: Room, results: Results) -> Markup:
        """What a search found, and before it whom to call."""
        place = room.place(Spot.CHANNEL)
        urgent = self.post(room, place, urgent_post(results.urgent)) if results.urgent else Markup()
        return self._macro("rooms_parts.html", "results", urgent=urgent, results=results)

    def whisper(self, text: str) -> Markup:
        """A sentence that only this person sees."""
        return self._macro("rooms_parts.html", "whisper", text=text)

    def page(self, template: str, **values: object) -> str:
        """A whole page."""
        return self.templates.get_template(template).render(**values)

    def _macro(self, template: str, name: str, **values: object) -> Markup:
        macro: Callable[..., Markup] = getattr(self.templates.get_template(template).module, name)
        return macro(**values)


def new_id() -> str:
    """An id for a message, a press or the sending of a form: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def visible(room: Room, said: Said) -> bool:
    """Whether the person of a room may see a message that stands in one of its conversations."""
    return said.place.only_to in {"", room.person.id}
