"""Posts of every kind, and a check of what Slack would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from bot.answer import Citation, Counterpart
from bot.highlight import pieces
from bot.posts import Button, Buttons, Cited, Contacts, Document, Field, Fields, Folded, Post, Quote, Style, Text, Tone
from corpus.directory import Contact
from corpus.model import Grade

Json = dict[str, Any]

#: What breaks renderers: markup, mentions, entities, right-to-left letters, emoji, line ends, nothing at all.
_HARD = (
    "<!channel>",
    "@here",
    "<@U0BOT0001>",
    "&amp;",
    "*太字*",
    "_x_",
    "مرحبا",
    "👨‍👩‍👧",
    "\n",
    "",
    "03-5363-3013",
    "。",
)
_WORDS = st.lists(
    st.one_of(st.sampled_from(_HARD), st.text(alphabet="在留カード手続きは14日以内に。abc \n", max_size=40)), max_size=6
).map("".join)
_SHORT = st.text(alphabet="窓口案内abc<>&*", min_size=1, max_size=20)
_LONG = st.builds(lambda words, times: words * times, _WORDS, st.sampled_from([0, 1, 1, 3, 20]))
_URL = st.sampled_from(["", "https://www.moj.go.jp/isa/?a=1&b=2", "guide.pdf", "https://例え.jp/資料"])

counterparts = st.builds(
    Counterpart,
    language=st.sampled_from(["ar", "en", "zh-Hans"]),
    text=_LONG,
    title=_SHORT,
    edition=_SHORT,
    page=st.one_of(st.none(), st.integers(1, 300)),
    url=_URL,
)


def _citation(text: str, **rest: Any) -> Citation:  # noqa: ANN401 - as the dataclass says
    return Citation(
        rank=1, score=0.5, pieces=pieces(text, ((0, len(text) // 3),)), source="guide", publisher="", **rest
    )


citations = st.builds(
    _citation,
    text=_LONG,
    grade=st.sampled_from(Grade),
    title=_SHORT,
    edition=_SHORT,
    section_id=st.sampled_from(["", "3.2.1"]),
    section=st.lists(_SHORT, max_size=4).map(tuple),
    page=st.one_of(st.none(), st.integers(1, 300)),
    url=_URL,
    source_url=_URL,
    as_of=st.sampled_from(["", "2026-02-26", "2024"]),
    notices=st.lists(_SHORT, max_size=3).map(tuple),
    official=st.booleans(),
    unconfirmed=st.booleans(),
    counterparts=st.lists(counterparts, max_size=2).map(tuple),
)
contacts = st.builds(
    Contact,
    name=_SHORT,
    number=st.sampled_from(["0570-013904", "03-5363-3013", "#9110", "110"]),
    extension=st.sampled_from(["", "内線310"]),
    hours=_SHORT,
    edition=_SHORT,
    as_of=st.sampled_from(["", "2026-02-26"]),
    url=_URL,
    why=_SHORT,
    other_numbers=st.lists(st.just("050-3754-5430（IP電話から）"), max_size=1).map(tuple),
)
buttons = st.builds(
    Button,
    action=st.sampled_from(["ask_again", "settings"]),
    label=_SHORT,
    value=st.text(max_size=40),
    style=st.sampled_from(Style),
)
_texts = st.builds(Text, _LONG, st.sampled_from(Tone))
_quotes = st.builds(Quote, _LONG, st.one_of(st.just(""), _SHORT))
_fields = st.builds(Fields, st.lists(st.builds(Field, _SHORT, _WORDS), max_size=5).map(tuple))
_contacts = st.builds(Contacts, _SHORT, st.lists(contacts, max_size=4).map(tuple))
_cited = st.builds(Cited, citations)
_inner = st.one_of(_texts, _quotes, _cited, _contacts, _fields)
blocks = st.one_of(
    _texts,
    _quotes,
    _cited,
    _contacts,
    _fields,
    st.builds(Buttons, st.lists(buttons, max_size=7).map(tuple)),
    st.builds(Folded, _SHORT, st.lists(_inner, max_size=3).map(tuple)),
    st.builds(Document, _SHORT, st.just("0" * 32)),
)
posts = st.builds(
    Post,
    blocks=st.lists(blocks, max_size=6).map(tuple),
    summary=_LONG,
    refresh=st.one_of(st.none(), buttons),
)


def shown(blocks: Sequence[Json]) -> str:
    """All that people read in blocks, in order."""
    return "".join(_texts_in(list(blocks)))


def _texts_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            label = value["text"].partition("|")[2].rstrip(">")
            yield label.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        elif isinstance(value.get("text"), str):
            yield value["text"]
        else:
            for inner in value.values():
                yield from _texts_in(inner)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)
        yield "\n"


def faults(blocks: Sequence[Json]) -> list[str]:  # noqa: PLR0912
    """What Slack would refuse, by the limits of Block Kit's reference; written apart from the renderer's own."""
    found = ["more than 50 blocks"] if len(blocks) > 50 else []
    actions = [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]
    if len(set(actions)) < len(actions):
        found.append("an action id twice")
    total = 0
    for block in blocks:
        match block["type"]:
            case "header":
                found += _plain(block["text"], 150)
                total += len(block["text"]["text"])
            case "context":
                if not 1 <= len(block["elements"]) <= 10:
                    found.append("elements in a context")
                for element in block["elements"]:
                    found += _plain(element, 3000)
                    total += len(element["text"])
            case "actions":
                if not 1 <= len(block["elements"]) <= 25:
                    found.append("buttons in one block")
                for button in block["elements"]:
                    found += _plain(button["text"], 75)
                    if len(button["action_id"]) > 255 or not 1 <= len(button.get("value", "x")) <= 2000:
                        found.append("a button's id or value")
                    if button.get("style", "primary") not in {"primary", "danger"}:
                        found.append("a button's style")
            case "rich_text":
                for part in block["elements"]:
                    if part["type"] not in {"rich_text_section", "rich_text_quote"} or not part["elements"]:
                        found.append("a part of rich text")
                    for leaf in part["elements"]:
                        total += len(leaf.get("text", "")) + len(leaf.get("url", ""))
                        if leaf["type"] == "text" and not leaf["text"]:
                            found.append("an empty text")
                        if leaf["type"] == "link" and not leaf["url"].startswith(("https://", "tel:")):
                            found.append("a link")
            case other:
                found.append(f"a block of type {other}")
    if total > 12_000:
        found.append("too long in all")
    return found


def _plain(text: Json, limit: int) -> list[str]:
    if text["type"] == "mrkdwn" and not (text["text"].startswith("<https://") and text["text"].endswith(">")):
        return ["mrkdwn that is no link"]
    return [] if 1 <= len(text["text"]) <= limit else ["a text's length"]
