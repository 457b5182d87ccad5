"""What a person describes and what documents call it.

People seldom name a procedure; they tell what happened ("隣の犬が一晩中吠える"). The table
`corpus/data/situations.tsv`, written by hand from the practice of a city hall's counter and a desk
for foreign residents and never derived from a test set, leads from such a description to the words
that documents write in headings and rules (近隣トラブル, 騒音).

Single words with another name stand in `corpus.lexicon`; here stand descriptions, most of them told
by two or more words together. The table is data, not search: how a cue is matched and how much a
term weighs is for `retrieval` to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from corpus.lexicon import SECTION_ID, LexiconError, checked_lines

_HEADER = ("cues", "terms", "section", "note")

#: More groups would fit one sentence only, more terms would blur what the row points to.
MOST_GROUPS = 4
MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Situation:
    """One description and where it leads.

    Args:
        cues: groups of alternatives; the situation is met where every group has at least one
            alternative somewhere in the question, in any order and at any distance. Alternatives
            are dictionary forms (払う stands for 払えない and 払って as well).
        terms: what documents write for what helps, the most telling first; at least one.
        section: id of the guidebook's section about it ("ch11.2"), or "".
        note: what a counsellor should know about the row, or "".
    """

    cues: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]
    section: str
    note: str


@cache
def load() -> tuple[Situation, ...]:
    """Reads the embedded table, once in a process.

    Returns:
        The situations, in the order of the file; no two have the same cues.

    Raises:
        LexiconError: if the table breaks its form; the text names file and line.
    """
    return read_situations(files("corpus").joinpath("data", "situations.tsv").read_text(encoding="utf-8"))


def read_situations(text: str, name: str = "situations.tsv") -> tuple[Situation, ...]:
    """Reads a table of situations.

    Args:
        text: the file, with its header line.
        name: name of the file, for errors.

    Returns:
        The situations, in the order of the file.

    Raises:
        LexiconError: if a line breaks the form or has the cues of an earlier one.
    """
    situations: list[Situation] = []
    seen: dict[frozenset[frozenset[str]], int] = {}
    for where, number, cells in checked_lines(text, name, _HEADER):
        situation = _situation(where, cells)
        cues = frozenset(frozenset(group) for group in situation.cues)
        if cues in seen:
            raise LexiconError(f"{where}: the same cues already stand in line {seen[cues]}")
        seen[cues] = number
        situations.append(situation)
    return tuple(situations)


def _situation(where: str, cells: list[str]) -> Situation:
    cues = tuple(tuple(group.split("|")) for group in cells[0].split(" "))
    terms = tuple(cells[1].split("|"))
    section, note = cells[2:]
    for forms in (tuple(chain.from_iterable(cues)), terms):
        if any(not form or form != form.strip() for form in forms) or len(set(forms)) < len(forms):
            raise LexiconError(f"{where}: a cue or term is empty, has outer blanks or stands twice")
    if len(cues) > MOST_GROUPS:
        raise LexiconError(f"{where}: {len(cues)} groups of cues, more than {MOST_GROUPS}")
    if len(terms) > MOST_TERMS:
        raise LexiconError(f"{where}: {len(terms)} terms, more than {MOST_TERMS}")
    if section and not SECTION_ID.fullmatch(section):
        raise LexiconError(f"{where}: {section!r} is no section id of the guidebook")
    return Situation(cues, terms, section, note)
