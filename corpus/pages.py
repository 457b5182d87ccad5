"""Finds the pages in lines that came out of a PDF, and their printed numbers.

Two kinds of documents come here. Readers of paged formats give each line the page of the file; the
printed number may differ from it by a constant, which the numbers at the pages' feet tell. Text
without pages still shows where many of them began: the first line of a page keeps one blank before
it, right after the last line of the page before. Now and then such text also kept a printed number
(`４２ |`), which pins the counting down. Where counting and numbers do not agree, there is no page: a
wrong one would send a counsellor to the wrong place.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from corpus.blocks import Block
from corpus.lines import folded

#: A page number as the foot of a page shows it, with the stroke that sets it off: "４０ |", "| 40", "- 40 -".
_NUMBERED_FOOT: Final = re.compile(
    r"(?:[0-9０-９]{1,4}\s*[|｜])|(?:[|｜]\s*[0-9０-９]{1,4})|(?:[-－–—]\s*[0-9０-９]{1,4}\s*[-－–—])"
)
_BARE_NUMBER: Final = re.compile(r"[0-9０-９]{1,4}")
#: A line of a table of contents ends in dots and a page. Read from its end there is one way to read it; forwards each
#: dot of a long row of dots might be the first of the leader.
_ENTRY_REVERSED: Final = re.compile(r"(?P<page>[0-9０-９]{1,4})\s*+(?:\s?[.．…‥・·]){3,}\s*+")
#: So many entries of a table of contents must tell the same before they are believed.
_FEWEST_ENTRIES: Final = 3
_TELEPHONE: Final = re.compile(r"\d[\d()-]{7,}")
_NESTED_ITEM: Final = re.compile(r"\s+[-*]\s")
#: A page with fewer lines than this was no page: an indented paragraph looked like one.
_FEWEST_LINES: Final = 5
#: Lines at each end of a page that may be running heads or feet.
_EDGE: Final = 2
#: A line is a running head if it stands at the edge of this many pages, and of this share of them.
_RUNNING_PAGES, _RUNNING_SHARE = 3, 0.3


@dataclass(frozen=True, slots=True)
class Paging:
    """What is known about the pages of a sequence of lines.

    Args:
        pages: for each line its printed page, or None.
        starts: lines that are the first of a page.
        furniture: lines that belong to the page and not to the text: numbers, running heads.
    """

    pages: list[int | None]
    starts: frozenset[int]
    furniture: frozenset[int]


def page_of_lines(lines: Sequence[Block]) -> Paging:
    """Finds pages in the raw lines of one document.

    Args:
        lines: blocks of `Kind.LINE`, empty ones included.

    Returns:
        Printed pages, page starts and furniture, by the lines' indices.
    """
    if any(line.page is not None for line in lines):
        return _paged(lines)
    return _unpaged([line.text for line in lines])


def contents_entry(line: str) -> tuple[str, str] | None:
    """What a line of a table of contents tells.

    Args:
        line: one line, without blanks at its end.

    Returns:
        Title and page, both as printed; None where the line is none.
    """
    match = _ENTRY_REVERSED.match(line[::-1])
    return (line[: len(line) - match.end()], match["page"][::-1]) if match else None


def _paged(lines: Sequence[Block]) -> Paging:
    """The reader knows the pages; running heads and printed numbers are found at their edges."""
    by_page: defaultdict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page is not None and line.text.strip():
            by_page[line.page].append(index)
    edges = {page: {*indices[:_EDGE], *indices[-_EDGE:]} for page, indices in by_page.items()}
    seen = Counter(key for page in edges for key in {_masked(lines[i].text) for i in edges[page]})
    often = max(_RUNNING_PAGES, _RUNNING_SHARE * len(by_page))
    furniture, offsets = set(), Counter[int]()
    for page, indices in edges.items():
        for index in indices:
            text = lines[index].text.strip()
            is_number = bool(_NUMBERED_FOOT.fullmatch(text) or _BARE_NUMBER.fullmatch(text))
            if _TELEPHONE.search(unicodedata.normalize("NFKC", text)):
                continue  # whom to call is never furniture, though it stand on every page
            # A bare number is a page number only if numbers stand there on other pages as well.
            if seen[_masked(text)] >= often or _NUMBERED_FOOT.fullmatch(text):
                furniture.add(index)
                if is_number:
                    offsets[_number(text) - page] += 1
    # Numbers that only few pages bear (say of a table) must not shift all others.
    offset = _agreed(offsets, len(by_page) / 2) or _agreed(_contents_offsets(lines), _FEWEST_ENTRIES) or 0
    pages: list[int | None] = [
        None if line.page is None or line.page + offset < 1 else line.page + offset for line in lines
    ]
    starts = frozenset(next((i for i in indices if i not in furniture), indices[0]) for indices in by_page.values())
    return Paging(pages, starts, frozenset(furniture))


def _contents_offsets(lines: Sequence[Block]) -> Counter[int]:
    """What the table of contents tells: how far the printed number of each heading is from its page in the file."""
    entries = [entry for line in lines if (entry := contents_entry(line.text.strip()))]
    printed = {folded(title): _number(page) for title, page in entries}
    offsets = Counter[int]()
    for line in lines:
        if line.page is not None and (number := printed.get(folded(line.text))):
            offsets[number - line.page] += 1
    return offsets


def _agreed(offsets: Counter[int], fewest: float) -> int | None:
    """The offset that most votes are for, if they are enough and most of all votes."""
    offset, votes = offsets.most_common(1)[0] if offsets else (0, 0)
    return offset if votes and votes >= fewest and 2 * votes > offsets.total() else None


def _masked(text: str) -> str:
    """Running heads are the same on all pages but for their numbers."""
    return re.sub(r"\d+", "#", unicodedata.normalize("NFKC", text)).strip()


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", unicodedata.normalize("NFKC", text)))


def _unpaged(texts: Sequence[str]) -> Paging:
    printed = {i: _number(text) for i, text in enumerate(texts) if _NUMBERED_FOOT.fullmatch(text.strip())}
    likely = _starts(texts, set(printed))
    starts = _without_short_pages(texts, likely)
    # A number that stands right before a page start is the foot of the page that ends there; one
    # right after is the head of the page that begins. Elsewhere the text came out foot first.
    anchors = {}
    for index, number in printed.items():
        after = next((i for i in range(index + 1, len(texts)) if texts[i].strip()), None)
        before = next((i for i in range(index - 1, -1, -1) if texts[i].strip()), None)
        if after in starts:
            anchors[after] = number + 1
        elif before in starts:
            anchors[before] = number
        else:
            starts.add(index)
            anchors[index] = number
    return Paging(_counted(len(texts), sorted(starts), anchors), frozenset(likely | starts), frozenset(printed))


def _starts(texts: Sequence[str], printed: set[int]) -> set[int]:
    """Lines that begin with a blank right after a line that is not empty.

    A line that stands elsewhere with the same blank after an empty line is indented by itself (the
    first cell of a table's head, say) and starts no page, nor does an item of a nested list.
    """
    indented = {text.rstrip() for previous, text in pairwise(texts) if text.startswith(" ") and not previous.strip()}
    first = next((i for i, text in enumerate(texts) if text.strip()), None)
    found = set() if first is None else {first}
    for index, (previous, text) in enumerate(pairwise(texts), start=1):
        follows = previous.strip() and text.startswith(" ") and text.strip()
        if follows and index not in printed and text.rstrip() not in indented and not _NESTED_ITEM.match(text):
            found.add(index)
    return found


def _without_short_pages(texts: Sequence[str], starts: set[int]) -> set[int]:
    """Leaves out starts that follow another within a few lines."""
    kept: list[int] = []
    for start in sorted(starts):
        if kept and sum(1 for text in texts[kept[-1] : start] if text.strip()) < _FEWEST_LINES:
            continue
        kept.append(start)
    return set(kept)


def _counted(length: int, starts: list[int], anchors: dict[int, int]) -> list[int | None]:
    """Counts page starts from the printed numbers outwards.

    Between two numbers the count must agree with their difference. With more starts than pages, a
    line has a page where any choice among them gives the same; with fewer it has none.
    """
    ordinals = {index: bisect_right(starts, index) - 1 for index in anchors}
    spans = list(pairwise(sorted(anchors)))
    surplus = {
        (a, b): (ordinals[b] - ordinals[a]) - (anchors[b] - anchors[a])  # false starts between two numbers
        for a, b in spans
    }
    trusted = len(anchors) > 1 and min(surplus.values()) >= 0 and 2 * list(surplus.values()).count(0) >= len(spans)
    pages: list[int | None] = [None] * length
    if not anchors:
        return pages
    first, last = min(anchors), max(anchors)
    for index in range(length):
        ordinal = bisect_right(starts, index) - 1
        if index < first or index >= last:
            anchor = first if index < first else last
            page = anchors[anchor] + ordinal - ordinals[anchor]
            pages[index] = page if page >= 1 and (trusted or ordinal == ordinals[anchor]) else None
            continue
        a, b = next(span for span in spans if span[0] <= index < span[1])
        highest = ordinal - ordinals[a]
        lowest = max(0, highest - surplus[a, b])
        highest = min(highest, anchors[b] - anchors[a] - 1)
        pages[index] = anchors[a] + lowest if surplus[a, b] >= 0 and lowest == highest else None
    return pages
