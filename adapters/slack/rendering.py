"""A post as Slack shows it: blocks for people, one line of text for notifications and screen readers.

Slack folds nothing: of what is folded elsewhere the sources are shown, in small print. A post that is too long is
shown with its passages shortened, then without its last passages, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from adapters.slack import limits, rich_text
from adapters.slack.limits import Json
from adapters.slack.origin import packed
from bot import labels, sentences
from bot.answer import Citation, Counterpart
from bot.places import Place
from bot.posts import (
    Block,
    Button,
    Buttons,
    Cited,
    Contacts,
    Document,
    Fields,
    Folded,
    Post,
    Quote,
    Style,
    Text,
    Tone,
)
from corpus.directory import Contact

#: Longest texts tried one after the other until a post fits, in characters; notices, numbers and sources always stay.
_LENGTHS = (10_000, 3000, 1200, 600, 300, 120, 40)

#: Of what is folded, the words that are no passage.
_FOLDED_TEXT = 150

#: Headings are paths of any length, and the source says where the passage stands anyway.
_HEADING = 300

#: What is left out first where shortening does not help.
_DISPENSABLE = (Folded, Cited, Quote, Fields, Text, Document, Contacts, Buttons)


def render(post: Post) -> Json:
    """Renders a post for chat.postMessage, chat.postEphemeral and chat.update.

    Args:
        post: any post.

    Returns:
        {"text": …, "blocks": …} within Slack's limits.
    """
    return {"text": limits.fallback(post.summary, labels.SHORTENED), "blocks": blocks_of(post)}


def render_home(post: Post, place: Place) -> Json:
    """Renders a post as the view for views.publish.

    Args:
        post: any post.
        place: the person's direct conversation; presses in the home belong there.
    """
    return {"type": "home", "blocks": blocks_of(post), "private_metadata": packed(place)}


def blocks_of(post: Post) -> list[Json]:
    """The blocks of a post, shortened as far as it must be to fit."""
    said: list[Block] = list(post.blocks)
    if post.refresh:
        # Slack cannot show each person a state of their own: they press to see the newest.
        said.append(Buttons((post.refresh,)))
    for length in _LENGTHS:
        blocks = _rendered(said, length)
        if limits.fits(blocks):
            return blocks
    return _with_less(said)


def _with_less(said: Sequence[Block]) -> list[Json]:
    """Leaves out the last of the most dispensable until the rest fits, and tells which."""
    parts = [list(_block(block, _LENGTHS[-1])) for block in said]
    order = sorted(range(len(said)), key=lambda index: (_rank(said[index]), -index))
    left_out: set[int] = set()
    for index in order:
        left_out.add(index)
        kept = [block for at, part in enumerate(parts) if at not in left_out for block in part]
        names = [name for at in sorted(left_out) for name in _names(said[at])]
        blocks = [*kept, *_small([_plain(labels.left_out(names))])]
        if limits.fits(blocks):
            break
    return _distinct(blocks)


def _rank(block: Block) -> int:
    if isinstance(block, Text) and block.tone is Tone.URGENT:
        return len(_DISPENSABLE)
    return _DISPENSABLE.index(type(block))


def _names(block: Block) -> list[str]:
    match block:
        case Cited(citation):
            return [limits.cut(labels.source(citation), _FOLDED_TEXT, "…")]
        case Contacts(title, _) | Folded(title, _) | Document(title):
            return [limits.cut(title, limits.OPTION_TEXT, "…")]
        case Text(text, _) | Quote(text, _):
            return [limits.cut(text, 20, "…")]
        case Fields(fields):
            return [limits.cut(field.label, 20, "…") for field in fields]
        case Buttons(buttons):
            return [limits.cut(button.label, 20, "…") for button in buttons]


def _rendered(said: Sequence[Block], length: int) -> list[Json]:
    return _distinct([rendered for block in said for rendered in _block(block, length)])


def _distinct(blocks: list[Json]) -> list[Json]:
    seen: Counter[str] = Counter()
    for element in (element for block in blocks if block["type"] == "actions" for element in block["elements"]):
        # Slack wants action ids that differ; `incoming` takes off what follows the colon.
        action = element["action_id"]
        seen[action] += 1
        if seen[action] > 1:
            element["action_id"] = f"{action}:{seen[action]}"
    return blocks


def _block(block: Block, length: int) -> Iterator[Json]:
    match block:
        case Text(text, tone):
            yield from _text(text, tone, length)
        case Quote(text, by):
            yield from _quote(text, by, length)
        case Cited(citation):
            yield from _cited(citation, length)
        case Contacts(title, contacts):
            yield from _contacts(title, contacts)
        case Fields(fields):
            yield rich_text.block(
                [
                    rich_text.section(
                        [rich_text.leaf(f"{field.label}：", "bold"), *_spoken(field.value or "－", length)]
                    )
                    for field in fields
                ]
            )
        case Buttons(buttons):
            yield from _buttons(buttons)
        case Folded(title, inside):
            has_passages = any(isinstance(inner, Cited) for inner in inside)
            yield from _small([_plain(f"▸ {title}{labels.FOLDED if has_passages else ''}")])
            for inner in inside:
                yield from _folded(inner, length)
        case Document(title):
            # Files are no blocks: the messenger attaches them, and this is what stands where it cannot.
            yield from _text(title, Tone.HEADING, length)
            yield from _small([_plain(labels.NO_FILE)])


def _text(text: str, tone: Tone, length: int) -> Iterator[Json]:
    short = limits.cut(text, length, labels.SHORTENED)
    if tone is Tone.NOTE:
        yield from _small([_plain(short)])
    elif tone is Tone.HEADING and 0 < len(text) <= limits.HEADER:
        yield {"type": "header", "text": _plain(text)}
    elif tone is Tone.URGENT:
        for chunk in limits.chunks(short):
            leaves = [rich_text.emoji("rotating_light"), rich_text.leaf(" "), *rich_text.spoken(chunk, "bold")]
            yield rich_text.block([rich_text.section(leaves)])
    else:
        styles = ("bold",) if tone is Tone.HEADING else ()
        for chunk in limits.chunks(short):
            yield rich_text.block([rich_text.section(rich_text.spoken(chunk, *styles))])


def _quote(text: str, by: str, length: int) -> Iterator[Json]:
    if by:
        yield from _small([_plain(by)])
    for chunk in limits.chunks(limits.cut(text, length, labels.SHORTENED)):
        yield rich_text.block([rich_text.quote(rich_text.spoken(chunk))])


def _cited(citation: Citation, length: int) -> Iterator[Json]:
    shown = min(length, limits.TEXT)
    elements = [rich_text.section([rich_text.leaf(_head(citation), "bold")])]
    if citation.text:
        elements.append(rich_text.quote(rich_text.passage(citation.pieces, shown)))
    if citation.notices:
        notices = "\n".join(f"※ {notice}" for notice in citation.notices)
        elements.append(rich_text.section(rich_text.spoken(notices)))
    for other in citation.counterparts:
        elements += _counterpart(other, shown)
    yield rich_text.block(elements)
    yield from _small(_source(citation))


def _head(citation: Citation) -> str:
    return f"【{'・'.join(labels.marks(citation))}】{limits.cut(labels.heading(citation), _HEADING, '…')}"


def _counterpart(other: Counterpart, shown: int) -> Iterator[Json]:
    yield rich_text.section([rich_text.link(labels.counterpart(other), other.url)])
    # The mark stands in a paragraph of its own: within one written from right to left it would tear the line.
    short = limits.cut(other.text, shown, "")
    if short:
        yield rich_text.quote([rich_text.leaf(short)])
    if len(short) < len(other.text):
        yield rich_text.section([rich_text.leaf(labels.CONTINUED)])


def _source(citation: Citation) -> list[Json]:
    return [_plain(labels.source(citation)), *(_linked(label, url) for label, url in labels.links(citation))]


def _contacts(title: str, contacts: Sequence[Contact]) -> Iterator[Json]:
    elements = [rich_text.section([rich_text.leaf(title, "bold")])] if title else []
    for contact in contacts:
        extension = f" {contact.extension}" if contact.extension else ""
        leaves = [
            *([rich_text.telephone(contact.number, "bold")] if contact.number else []),
            rich_text.leaf(f"{extension}　{contact.name}\n"),
            *rich_text.spoken(labels.details(contact)),
        ]
        if contact.url:
            leaves += [rich_text.leaf("　"), rich_text.link(sentences.LINK_OFFICIAL, contact.url)]
        elements.append(rich_text.section(leaves))
    if elements:
        yield rich_text.block(elements)


def _folded(block: Text | Quote | Cited | Contacts | Fields, length: int) -> Iterator[Json]:
    """What is inside of something folded: sources and notices of passages, numbers to call, the rest cut short."""
    short = min(length, _FOLDED_TEXT)
    match block:
        case Cited(citation):
            notices = [_plain(f"※ {notice}") for notice in citation.notices]
            others = [_linked(labels.counterpart(other), other.url) for other in citation.counterparts]
            yield from _small([_plain(_head(citation)), *_source(citation), *notices, *others])
        case Contacts():
            yield from _block(block, length)
        case Fields(fields):
            yield from _small([_plain(limits.cut(f"{field.label}：{field.value}", short, "…")) for field in fields])
        case Quote(text, by):
            said = f"{by}：{text}" if by else text
            yield from _small([_plain(limits.cut(said, short, labels.SHORTENED))])
        case Text(text, _):
            yield from _small([_plain(limits.cut(text, short, labels.SHORTENED))])


def _buttons(buttons: Sequence[Button]) -> Iterator[Json]:
    for start in range(0, len(buttons), limits.ACTIONS):
        yield {"type": "actions", "elements": [_button(one) for one in buttons[start : start + limits.ACTIONS]]}


def _button(button: Button) -> Json:
    label = _plain(limits.cut(button.label, limits.BUTTON_TEXT, "…"))
    element: Json = {"type": "button", "action_id": button.action, "text": label}
    if button.value:
        element["value"] = button.value
    if button.style is not Style.PLAIN:
        element["style"] = button.style.value
    return element


def _small(elements: Sequence[Json]) -> Iterator[Json]:
    """Small print. A text that is too long for one element becomes several."""
    pieces = [{**element, "text": chunk} for element in elements for chunk in limits.chunks(element["text"])]
    for start in range(0, len(pieces), limits.CONTEXT_ELEMENTS):
        yield {"type": "context", "elements": pieces[start : start + limits.CONTEXT_ELEMENTS]}


def _spoken(text: str, length: int) -> list[Json]:
    return rich_text.spoken(limits.cut(text, length, labels.SHORTENED))


def _plain(text: str) -> Json:
    # emoji False: ":100:" in a document is no picture.
    return {"type": "plain_text", "text": text, "emoji": False}


def _linked(label: str, url: str) -> Json:
    """A link in small print, or its words where Slack would take it for none."""
    link = f"<{limits.escaped(url)}|{limits.escaped(label)}>"
    if rich_text.is_address(url) and len(link) <= limits.TEXT:
        return {"type": "mrkdwn", "text": link, "verbatim": True}
    return _plain(f"{label}（{url}）" if url else label)
