"""How much Slack takes in one piece, and cutting what is longer so that people see that it was cut.

Sources: the reference of Block Kit (docs.slack.dev/reference/block-kit) for what it documents. The limit of a whole
message is not documented: `msg_blocks_too_long` comes at about 13,200 characters, containers counted as well
(slackapi/bolt-js issues 2509 and 2867); characters, not bytes. The text of `chat.update` is counted in bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

BLOCKS = 50
HEADER = 150
#: Plain text or mrkdwn in one object; documented are 3,000.
TEXT = 2900
CONTEXT_ELEMENTS = 10
ACTIONS = 25
BUTTON_TEXT = 75
ACTION_ID = 255
MODAL_TITLE = 24
LABEL = 2000
OPTION_TEXT = 75
#: Bytes of UTF-8 in a message's fallback text.
FALLBACK = 4000
#: What all blocks of a message may weigh, see `weight`; 1,200 below what was seen to fail.
MESSAGE = 12000

#: What a block, and what a part of one counts beside its text; nobody knows exactly, so this is on the safe side.
_BLOCK, _PART = 100, 20
_BLOCKS = frozenset({"rich_text", "context", "header", "actions"})

_SENTENCE_END = re.compile(r"[。！？!?」）)]|\n|\.(?=\s)")


def cut(text: str, limit: int, mark: str) -> str:
    """Shortens a text to a limit, at the end of a sentence where there is one in its second half.

    Args:
        text: any text.
        limit: characters, the mark included.
        mark: what is put where something was left out.

    Returns:
        The text itself if it is short enough.
    """
    if len(text) <= limit:
        return text
    return text[: sentence_end(text, max(limit - len(mark), 0))].rstrip() + mark


def sentence_end(text: str, limit: int) -> int:
    """Where to cut: after the last sentence that ends within the limit's second half, else at the limit."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, limit // 2, limit)]
    return ends[-1] if ends else limit


def chunks(text: str, limit: int = TEXT) -> Iterator[str]:
    """A long text in pieces of at most `limit` characters, at sentences where possible; nothing is lost."""
    while len(text) > limit:
        end = sentence_end(text, limit)
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def escaped(text: str) -> str:
    """Plain text as mrkdwn takes it: no mention, link or entity comes of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(text: str, mark: str) -> str:
    """The text of a message beside its blocks, escaped, within `FALLBACK` bytes."""
    limit = len(text)
    while len((short := escaped(cut(text, limit, mark))).encode(errors="surrogatepass")) > FALLBACK:
        limit = limit * 9 // 10
    return short


def weight(blocks: Sequence[Json]) -> int:
    """What blocks count towards `MESSAGE`: characters of texts and addresses, and something for every container."""
    total = 0
    for block in blocks:
        total += _BLOCK if block["type"] in _BLOCKS else _PART
        total += weight(block.get("elements", ()))
        for key in ("text", "url", "value"):
            value = block.get(key, "")
            total += len(value) if isinstance(value, str) else weight([value])
    return total


def fits(blocks: Sequence[Json]) -> bool:
    """Whether Slack takes these blocks as one message."""
    return len(blocks) <= BLOCKS and weight(blocks) <= MESSAGE
