"""Puts titles where they belong: text boxes of a page come out of a PDF in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from corpus.blocks import Kind
from corpus.headings import is_bare, is_prose, read_mark, stands_apart
from corpus.lines import Piece

#: A title of a page has so many characters at least; shorter ones are labels of figures.
_SHORTEST_TITLE = 8
#: Pages with fewer pieces bear a title only.
_FEWEST_PIECES = 4


def titles_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Moves the title of a page to its beginning, or behind the heading that is already there.

    A title came out in the wrong place if it is the last on its page, or if it stands by itself
    between gaps. Only titles of pages whose beginning is known are moved.

    Args:
        pieces: one document, in reading order.

    Returns:
        The same pieces, titles first on their pages and marked as headings without a level.
    """
    return list(chain.from_iterable(_retitled(page) for page in _pages(pieces)))


def _pages(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    page: list[Piece] = []
    for piece in pieces:
        if piece.starts_page and page:
            yield page
            page = []
        page.append(piece)
    if page:
        yield page


def _retitled(page: list[Piece]) -> list[Piece]:
    position = _misplaced(page)
    if position is None:
        return page
    title = replace(page[position], kind=Kind.HEADING, page=page[0].page, gap=page[0].gap, starts_page=True)
    others = page[:position] + page[position + 1 :]
    if is_bare(others[0]) and (is_prose(others[1]) or others[1].text.startswith(("・", "○", "●", "■"))):
        return [others[0], replace(title, starts_page=False, gap=0), *others[1:]]
    return [title, replace(others[0], starts_page=False), *others[1:]]


def _misplaced(page: Sequence[Piece]) -> int | None:
    if not page[0].starts_page or len(page) < _FEWEST_PIECES:
        return None
    last = len(page) - 1
    for index in range(1, len(page)):
        piece = page[index]
        if not is_bare(piece) or len(piece.text) < _SHORTEST_TITLE:
            continue
        alone = piece.page is not None and stands_apart(piece) and index < last and stands_apart(page[index + 1])
        ending = index == last and piece.gap > 0 and read_mark(page[index - 1].text) is None
        if alone or ending:
            return index
    return None
