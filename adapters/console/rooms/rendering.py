"""Renders what stands in the rooms to HTML. Pure; what it looks like stands in templates/rooms_*.html."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from adapters.console.rooms import incoming
from adapters.console.rooms.messages import Said
from adapters.console.rooms.people import SPOTS, Room, Spot
from bot.answer import Citation
from bot.places import Place
from bot.posts import Form, Post, Text
from bot.reactions import Prompts


@dataclass(frozen=True, slots=True)
class Rendering:
    """Renders posts, messages and forms.

    Args:
        templates: what `adapters.console.rendering.make_templates` made.
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

    def message(self, room: Room, said: Said) -> Markup:
        """One message as an item of a list: the article, and room for replies where it may begin a thread."""
        spot = SPOTS[said.place.channel][1]
        return self._macro(
            "rooms_message.html",
            "message",
            room=room,
            spot=spot,
            said=said,
            words="\n".join(block.text for block in said.post.blocks if isinstance(block, Text)) if said.author else "",
            body=Markup() if said.author else self.post(room, said.place, said.post, said.id),
            opens_thread=spot is Spot.CHANNEL and not said.place.thread and not said.place.only_to,
            new_id=new_id,
        )

    def form(self, room: Room, place: Place, form: Form) -> Markup:
        """A form as a dialog."""
        spot = SPOTS[place.channel][1]
        return self._macro(
            "rooms_form.html", "dialog", room=room, spot=spot, thread=place.thread, form=form, id=new_id()
        )

    def prompts(self, room: Room, prompts: Prompts) -> Markup:
        """What can be asked, as buttons that ask it in the direct conversation."""
        return self._macro("rooms_parts.html", "prompts", room=room, prompts=prompts, new_id=new_id)

    def results(self, citations: tuple[Citation, ...]) -> Markup:
        """What a search found."""
        return self._macro("rooms_parts.html", "results", citations=citations)

    def whisper(self, text: str) -> Markup:
        """A sentence that only this person sees."""
        return self._macro("rooms_parts.html", "whisper", text=text)

    def page(self, template: str, **values: object) -> str:
        """A whole page."""
        return self.templates.get_template(template).render(mention=incoming.MENTION, new_id=new_id, **values)

    def _macro(self, template: str, name: str, **values: object) -> Markup:
        module = self.templates.get_template(template).make_module()
        return Markup(str(getattr(module, name)(**values)))  # noqa: S704 - escaped by the template


def new_id() -> str:
    """An id for a message, a press or the sending of a form: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def line(said: Said) -> Mapping[str, str]:
    """Who speaks and what about, for a screen reader: the post's own summary, which holds no person's words."""
    return {"author": said.author, "summary": said.post.summary}
