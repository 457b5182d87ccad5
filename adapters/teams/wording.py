"""What somebody wrote, without markup: Teams sends text with a few tags, and the same again as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from adapters.teams.shapes import Json, mapping, mappings, string

#: A quoted message at the head of a reply.
_QUOTE = "schema.skype.com/Reply"

_MENTION = "schema.skype.com/Mention"

#: Tags that Teams itself writes; anything else in angle brackets is text ("在留期間<3か月").
_BREAKS = frozenset(("br", "div", "li", "p", "pre", "tr", "h1", "h2", "h3", "blockquote", "hr"))
_INLINE = (
    "a",
    "at",
    "attachment",
    "b",
    "code",
    "codeblock",
    "em",
    "emoji",
    "i",
    "img",
    "s",
    "span",
    "strike",
    "strong",
)
_TAGS = _BREAKS.union(_INLINE, ("sub", "sup", "u", "ul", "ol", "table", "tbody", "thead", "td", "th"))
_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9]*)(?:\s+[\w:-]+=(?:"[^"]*"|'[^']*'))*\s*/?>""")


def words_of(activity: Json, bot_id: str) -> str:
    """The text of a message activity.

    The plain text is preferred; where the message quotes another one only its HTML tells the two apart.

    Args:
        activity: a message activity.
        bot_id: our own id in conversations, with or without its "28:".

    Returns:
        Text without our own mention, tags, entities and quotes; other people's mentions are left as their names.
    """
    ours = [
        mention
        for mention in mentions(activity)
        if same_bot(string(mapping(mention.get("mentioned")).get("id")), bot_id)
    ]
    for content in _html(activity):
        if _QUOTE in content:
            positions = [at for at, one in enumerate(mentions(activity)) if one in ours]
            return from_html(content, positions)
    text = string(activity.get("text"))
    for mention in ours:
        text = _without(text, string(mention.get("text")))
    return _tidy(html.unescape(_TAG.sub(_replacement, text)))


def from_html(content: str, ours: Iterable[int] = ()) -> str:
    """The text of HTML as Teams writes it.

    Args:
        content: the HTML.
        ours: numbers of the mentions in it that are to be left out.

    Returns:
        Text without tags, entities and quotes.
    """
    reader = _Reader(frozenset(str(number) for number in ours))
    reader.feed(content)
    reader.close()
    return _tidy("".join(reader.parts))


def mentions(activity: Json) -> Sequence[Json]:
    """Who is mentioned in an activity, in order."""
    return [entity for entity in mappings(activity.get("entities")) if entity.get("type") == "mention"]


def is_mentioned(activity: Json, bot_id: str) -> bool:
    """Whether we are addressed."""
    return any(same_bot(string(mapping(mention.get("mentioned")).get("id")), bot_id) for mention in mentions(activity))


def same_bot(one: str, other: str) -> bool:
    """Whether two ids name the same bot; in conversations they begin with "28:"."""
    return bool(one) and one.removeprefix("28:").casefold() == other.removeprefix("28:").casefold()


class _Reader(HTMLParser):
    """Collects text; leaves out quoted messages and our own mentions."""

    def __init__(self, ours: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._ours = ours
        self._left_out: list[str] = []  # open tags within what is left out, the outermost first

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        quoted = tag == "blockquote" and _QUOTE in values.get("itemtype", "")
        number = values.get("id", "") if tag == "at" else values.get("itemid", "")
        mention = tag == "at" or _MENTION in values.get("itemtype", "")
        if self._left_out or quoted or (mention and number in self._ours):
            if tag not in {"br", "hr", "img"}:
                self._left_out.append(tag)
        elif tag in {"img", "emoji"}:
            self.parts.append(values.get("alt", ""))
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._left_out:
            while self._left_out and self._left_out.pop() != tag:
                pass
        elif not self._left_out and tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.parts.append(data)


def _html(activity: Json) -> Iterable[str]:
    for attachment in mappings(activity.get("attachments")):
        if attachment.get("contentType") == "text/html":
            yield string(attachment.get("content"))


def _without(text: str, mention: str) -> str:
    """Text without one occurrence of a mention, which some clients write with its name escaped."""
    for form in (mention, mention.replace("&", "&amp;")):
        if form and form in text:
            return text.replace(form, " ", 1)
    return text


def _replacement(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name not in _TAGS:
        return match[0]
    return "\n" if name in _BREAKS and (match[1] or name in {"br", "hr"}) else ""


def _tidy(text: str) -> str:
    lines = [" ".join(line.split(" ")).strip() for line in text.replace("\xa0", " ").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", "\n".join(lines))).strip()
