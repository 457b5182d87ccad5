"""What somebody wrote in Slack as plain text: mentions, links and entities as people read them."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<([^<>]*)>")
#: PostgreSQL keeps no NUL, UTF-8 no half of a surrogate pair.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"[ \t]{2,}")


def plain(text: str, bot_user: str = "") -> str:
    """Reads Slack's markup.

    Args:
        text: text as Slack sends it: "&amp;", "&lt;", "&gt;" for what was typed, everything else in angle brackets.
        bot_user: user id of the assistant, whose mention is left out.

    Returns:
        The words; links by their label. Emoji codes stay.
    """
    read = _TOKEN.sub(lambda token: _token(token[1], bot_user), text)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        read = read.replace(entity, letter)
    read = _SPACES.sub(" ", _UNKEEPABLE.sub("", read)).strip()
    # "@assistant、…": what set the mention apart means nothing without it.
    return read.lstrip(" 　、,:：") if mentions(text, bot_user) else read


def mentions(text: str, bot_user: str) -> bool:
    """Whether the assistant is mentioned, wherever in the text."""
    return bool(bot_user) and re.search(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>", text) is not None


def _token(inside: str, bot_user: str) -> str:
    target, _, label = inside.partition("|")
    kind, name = target[:1], target[1:]
    if kind == "@":
        return "" if name == bot_user else f"@{label or name}"
    if kind == "#":
        return f"#{label or name}"
    if kind == "!":
        # <!subteam^S1|@desk>, <!date^…|9 o'clock>, <!here>
        return label or f"@{name.partition('^')[2] or name}"
    return label or target
