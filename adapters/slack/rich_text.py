"""Rich text blocks: emphasis that does not break beside Japanese characters, and text that stays what it is.

In mrkdwn `*…*` is bold only beside a space, and `<!channel>` in a document would ring every telephone; a leaf of a
rich text block is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from adapters.slack.limits import Json, sentence_end
from bot import labels
from bot.highlight import Figure, Piece, dialled, pieces

_ADDRESS = re.compile(r"https?://[^\s<>|]{1,1900}")


def block(elements: Sequence[Json]) -> Json:
    """A rich text block of sections and quotes."""
    return {"type": "rich_text", "elements": list(elements)}


def section(leaves: Sequence[Json]) -> Json:
    """A paragraph."""
    return {"type": "rich_text_section", "elements": list(leaves)}


def quote(leaves: Sequence[Json]) -> Json:
    """A paragraph with a bar beside it."""
    return {"type": "rich_text_quote", "elements": list(leaves)}


def leaf(text: str, *styles: str) -> Json:
    """A run of text that looks the same throughout; styles are Slack's ("bold", "underline")."""
    return _styled({"type": "text", "text": text}, styles)


def link(label: str, url: str, *styles: str) -> Json:
    """A link, or plain text with the address where it is none that Slack would take."""
    if not is_address(url):
        return leaf(f"{label}（{url}）" if url else label, *styles)
    return _styled({"type": "link", "url": url, "text": label}, styles)


def telephone(text: str, *styles: str) -> Json:
    """A number that a telephone dials when it is tapped; plain text where it holds none."""
    number = dialled(text)
    if not number:
        return leaf(text, *styles)
    return _styled({"type": "link", "url": f"tel:{number.replace('#', '%23')}", "text": text}, styles)


def emoji(name: str) -> Json:
    """An emoji by Slack's name of it."""
    return {"type": "emoji", "name": name}


def is_address(url: str) -> bool:
    """Whether Slack takes it for a link."""
    return _ADDRESS.fullmatch(url) is not None


def spoken(text: str, *styles: str) -> list[Json]:
    """Ordinary text, its telephone numbers to be tapped."""
    runs = groupby(pieces(text), key=lambda piece: piece.figure is Figure.PHONE)
    return [(telephone if is_phone else leaf)("".join(piece.text for piece in run), *styles) for is_phone, run in runs]


def passage(cut: Sequence[Piece], limit: int) -> list[Json]:
    """A passage: answering sentences underlined, figures bold, telephone numbers to be tapped.

    Args:
        cut: the passage's pieces.
        limit: characters to show; of a longer passage the part with the answering sentence stays.
    """
    return [_piece(piece) for piece in _window(cut, limit) if piece.text]


def _piece(piece: Piece) -> Json:
    styles = [name for name, is_on in (("bold", piece.figure), ("underline", piece.answering)) if is_on]
    return (telephone if piece.figure is Figure.PHONE else leaf)(piece.text, *styles)


def _window(cut: Sequence[Piece], limit: int) -> Iterator[Piece]:
    text = "".join(piece.text for piece in cut)
    if len(text) <= limit:
        yield from cut
        return
    starts = _starts(cut)
    answer = next(((at, at + len(piece.text)) for at, piece in zip(starts, cut, strict=True) if piece.answering), None)
    start = answer[0] if answer and answer[1] > limit else 0
    end = start + sentence_end(text[start:], limit)
    if start:
        yield Piece("…")
    for at, piece in zip(starts, cut, strict=True):
        shown = text[max(at, start) : min(at + len(piece.text), end)]
        if shown:
            yield replace(piece, text=shown)
    if end < len(text):
        yield Piece(labels.CONTINUED)


def _starts(cut: Sequence[Piece]) -> list[int]:
    starts = [0]
    for piece in cut:
        starts.append(starts[-1] + len(piece.text))
    return starts[:-1]


def _styled(element: Json, styles: Sequence[str]) -> Json:
    return {**element, "style": dict.fromkeys(styles, True)} if styles else element
