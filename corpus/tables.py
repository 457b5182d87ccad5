"""Tables in raw lines: rows parted by tabs, and contact tables whose cells came out one a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.blocks import Kind
from corpus.lines import MARKER, Line, Piece

#: Parts the cells of a row as it is shown.
CELL_GAP: Final = "\u3000"
#: What names a column of a contact table.
_CONTACT_COLUMN: Final = r"(?:官署名?|機関名?|名称|窓口名?|施設名?|住所|所在地|連絡先|電話番号|電話|TEL)"
_CONTACT_HEAD: Final = re.compile(rf"{_CONTACT_COLUMN}(?:[\s　]+{_CONTACT_COLUMN})+")
#: A telephone number of Japan, or one with +81, by itself at the beginning of a line.
_PHONE_LINE: Final = re.compile(
    r"(?:\+?81|0)[0-9]{0,4}[-－‐(（][0-9]{1,4}[-－‐)）][0-9]{3,4}\b|0(?:570|120|800)[-－‐]?[0-9-]{6,7}"
)
#: A contact has a name, an address of a few lines, a department and a number.
_LONGEST_RECORD: Final = 10
#: Says of a misread picture that its cells repeat the same words again and again.
_STUTTER_LENGTH, _STUTTER_TIMES = 6, 3


def is_contact_header(header: str) -> bool:
    """Whether a table's head row says that its rows tell whom to call or where to go."""
    return bool(re.search(r"連絡先|電話|TEL|問合せ|問い合わせ|所在地|住所", header))


def contact_records(lines: Sequence[Line], start: int) -> tuple[list[Piece], int]:
    """Puts together the contacts of a table whose cells came out one a line.

    A record is: the name, lines of address and department, the number, and what follows it up to the
    next empty line. A table goes on under a repetition of its head.

    Args:
        lines: all lines of the document.
        start: index of what may be the table's head.

    Returns:
        One row a contact and the index of the first line after the table; no rows and `start` if
        this is no such table.
    """
    header = lines[start].text
    if not _CONTACT_HEAD.fullmatch(header):
        return [], start
    rows: list[Piece] = []
    position = start + 1
    while position < len(lines):
        if lines[position].text == header:
            position += 1
            continue
        end = None if MARKER.match(lines[position].text) else _record_end(lines, position)
        if end is None:
            break
        cells = _cells(lines[position:end])
        page = lines[position].page
        rows.append(Piece(CELL_GAP.join(cells), Kind.ROW, page, header=CELL_GAP.join(header.split())))
        position = end
    return rows, position if rows else start


def _record_end(lines: Sequence[Line], start: int) -> int | None:
    for index in range(start + 1, min(start + _LONGEST_RECORD, len(lines))):
        if _PHONE_LINE.match(lines[index].text):
            end = index + 1
            while end < len(lines) and not lines[end].gap and not lines[end].starts_page:
                end += 1
            return end
    return None


def _cells(record: Sequence[Line]) -> list[str]:
    """Name, address with department, number; lines that were one word are one again."""
    phone = next(i for i, line in enumerate(record) if _PHONE_LINE.match(line.text))
    address = ""
    for line in record[1:phone]:
        unbroken = not address or address.endswith(("-", "－")) or len(line.text) == 1
        address += line.text if unbroken else f" {line.text}"
    return [record[0].text, address, " ".join(line.text for line in record[phone:])]


def tabbed_rows(lines: Sequence[Line], start: int) -> tuple[list[Piece], int]:
    """Reads the table whose rows are lines with tabs.

    Args:
        lines: all lines of the document.
        start: index of a line with a tab.

    Returns:
        Its rows, none where the table is a misread picture, and the index of the first line after it.
    """
    end = start + 1
    while end < len(lines) and "\t" in lines[end].text and not lines[end].gap:
        end += 1
    table = [[cell.strip() for cell in line.text.split("\t")] for line in lines[start:end]]
    if any(_stutters(cell) for row in table for cell in row):
        return [], end
    has_head = len(table) > 1 and not any(re.search(r"[0-9０-９]", cell) for cell in table[0])
    header = CELL_GAP.join(cell for cell in table[0] if cell) if has_head else ""
    rows = [
        Piece(CELL_GAP.join(cells), Kind.ROW, line.page, header=header, starts_page=line.starts_page)
        for line, cells in zip(lines[start + has_head : end], _named(table[has_head:]), strict=True)
    ]
    return rows, end


def _named(table: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Cells of each row; an empty first cell takes the one above, so that no number loses its owner."""
    name = ""
    for first, *others in table:
        name = first or name
        yield [cell for cell in (name, *others) if cell]


def _stutters(cell: str) -> bool:
    repeats = Counter(part.strip() for part in re.split(r"[、，,]", cell))
    return any(len(part) >= _STUTTER_LENGTH and times >= _STUTTER_TIMES for part, times in repeats.items())
