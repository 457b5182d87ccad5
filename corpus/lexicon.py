"""What people say and what documents write.

Three tables stand in `corpus/data`, written by hand for a municipality's counter and a desk for
foreign residents; never derived from a test set:

    lexicon.tsv         spoken forms and the formal terms they lead to
    questionwords.tsv   words that carry little or no topic in a question
    askedfor.tsv        words that show which kind of thing is asked for

The tables are data, not search: how a form is matched and how much an expansion weighs is for
`retrieval` to decide. Spoken forms are never shown to anybody: some of them hurt, and the telephone
numbers among them are only what people type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product

from corpus.errors import CorpusError

#: Kinds of thing a question may ask for; the values of the column `kind` of askedfor.tsv.
KINDS = frozenset(
    {
        "age",
        "amount",
        "count",
        "date",
        "document",
        "duration",
        "language",
        "mail",
        "people",
        "percentage",
        "person",
        "phone",
        "place",
        "time",
        "times",
        "transport",
        "website",
    }
)

#: "own" for rows written for this project, else the id of the row in the network's synonym list.
_SOURCE = re.compile(r"own|SYN\d{3}")
#: An id of one of the guidebook's headings: "ch01", "ch01.2", "ch01.2-1".
SECTION_ID = re.compile(r"ch\d{2}(\.\d+(-\d+)?)?")


class LexiconError(CorpusError):
    """A table of the lexicon says something that cannot be; the text names file and line."""


class Relation(StrEnum):
    """How a spoken form relates to the formal terms of its row."""

    SYNONYM = "synonym"  # either may stand for the other
    MAPPING = "mapping"  # whoever says the spoken form needs the formal one; not the other way round
    ABBREVIATION = "abbreviation"
    MISSPELLING = "misspelling"
    BROADER = "broader"  # the formal term is the heading under which the spoken one is treated
    CONFUSABLE = "confusable"  # sounds alike or is said for it, but is another thing: the note tells
    OBSOLETE = "obsolete"  # a former name whose rules no longer hold

    @property
    def expands(self) -> bool:
        """Whether a question with the spoken form should also be searched with the formal terms."""
        return self not in (Relation.CONFUSABLE, Relation.OBSOLETE)

    @property
    def both_ways(self) -> bool:
        """Whether a question with a formal term may also be searched with the spoken forms."""
        return self in (Relation.SYNONYM, Relation.ABBREVIATION)


@dataclass(frozen=True, slots=True)
class Row:
    """One concept.

    Args:
        formal: terms that documents write; at least one.
        spoken: forms that people say or type; at least one, none of them among `formal`.
        relation: how the two relate.
        section: id of the guidebook's section about it ("ch03.2-5"), or "".
        note: what a counsellor should know about the pair, or "".
        source: "own", or the id of the row in the network's synonym list ("SYN064").
    """

    formal: tuple[str, ...]
    spoken: tuple[str, ...]
    relation: Relation
    section: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The three tables.

    Args:
        rows: in the order of the file; no pair of spoken form and formal term stands in two rows.
        question_words: word and the share (0..1) of its usual weight that it keeps in a question.
        asked_for: (cue, kind), longer cues first, so that the first that matches is the most exact;
            a cue may stand with several kinds.
    """

    rows: tuple[Row, ...]
    question_words: dict[str, float]
    asked_for: tuple[tuple[str, str], ...]


@cache
def load() -> Lexicon:
    """Reads the embedded tables, once in a process.

    Returns:
        The lexicon. It is shared: do not change `question_words`.

    Raises:
        LexiconError: if a table breaks its form; the text names file and line.
    """
    texts = {
        name: files("corpus").joinpath("data", name).read_text(encoding="utf-8")
        for name in ("lexicon.tsv", "questionwords.tsv", "askedfor.tsv")
    }
    return Lexicon(
        rows=read_rows(texts["lexicon.tsv"]),
        question_words=read_question_words(texts["questionwords.tsv"]),
        asked_for=read_asked_for(texts["askedfor.tsv"]),
    )


def read_rows(text: str, name: str = "lexicon.tsv") -> tuple[Row, ...]:
    """Reads the table of spoken forms and formal terms.

    Args:
        text: the file, with its header line.
        name: name of the file, for errors.

    Returns:
        The rows, in the order of the file.

    Raises:
        LexiconError: if a line breaks the form, or repeats or contradicts an earlier one.
    """
    rows: list[Row] = []
    seen: dict[tuple[str, str], int] = {}
    header = ("formal", "spoken", "relation", "section", "note", "source")
    for where, number, cells in checked_lines(text, name, header):
        row = _row(where, cells)
        for pair in product(row.spoken, row.formal):
            if pair in seen:
                raise LexiconError(f"{where}: {pair[0]} → {pair[1]} already stands in line {seen[pair]}")
            seen[pair] = number
        rows.append(row)
    return tuple(rows)


def read_question_words(text: str, name: str = "questionwords.tsv") -> dict[str, float]:
    """Reads the table of words without topic.

    Args:
        text: the file, with its header line.
        name: name of the file, for errors.

    Returns:
        By word, the share (0..1) of its usual weight that stays.

    Raises:
        LexiconError: if a line breaks the form or repeats a word.
    """
    words: dict[str, float] = {}
    for where, _, (word, weight, _note) in checked_lines(text, name, ("word", "weight", "note")):
        if not re.fullmatch(r"0|1|0?\.\d+", weight):
            raise LexiconError(f"{where}: weight {weight!r} is not a number from 0 to 1")
        if not word or word in words:
            raise LexiconError(f"{where}: word {word!r} is empty or stands twice")
        words[word] = float(weight)
    return words


def read_asked_for(text: str, name: str = "askedfor.tsv") -> tuple[tuple[str, str], ...]:
    """Reads the table of cues for the kind of thing that is asked for.

    Args:
        text: the file, with its header line.
        name: name of the file, for errors.

    Returns:
        (cue, kind), longer cues first; cues of one length in the order of the file.

    Raises:
        LexiconError: if a line breaks the form, names an unknown kind or repeats another.
    """
    cues: list[tuple[str, str]] = []
    for where, _, (cue, kind) in checked_lines(text, name, ("cue", "kind")):
        if kind not in KINDS:
            raise LexiconError(f"{where}: unknown kind {kind!r}")
        if not cue or (cue, kind) in cues:
            raise LexiconError(f"{where}: cue {cue!r} is empty or stands twice as {kind}")
        cues.append((cue, kind))
    return tuple(sorted(cues, key=lambda pair: -len(pair[0])))


def checked_lines(text: str, name: str, header: tuple[str, ...]) -> Iterator[tuple[str, int, list[str]]]:
    """The lines of a table of tab-separated cells, checked; also for `corpus.situations`.

    Args:
        text: the file, with its header line.
        name: name of the file, for errors.
        header: the cells of its header line.

    Yields:
        ("name:line", line number, cells) of each line after the header.

    Raises:
        LexiconError: if the header is another, a line has another number of cells, or a cell is not in NFKC form.
    """
    for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
        where = f"{name}:{number}"
        cells = line.split("\t")
        if number == 1:
            if tuple(cells) != header:
                raise LexiconError(f"{where}: the header must be {' '.join(header)}")
            continue
        if len(cells) != len(header):
            raise LexiconError(f"{where}: {len(cells)} cells instead of {len(header)}")
        for cell in cells:
            if cell != cell.strip() or not unicodedata.is_normalized("NFKC", cell):
                raise LexiconError(f"{where}: {cell!r} has outer blanks or is not in NFKC form")
        yield where, number, cells


def _row(where: str, cells: list[str]) -> Row:
    formal, spoken = (tuple(cell.split("|")) for cell in cells[:2])
    forms = formal + spoken
    if any(not form or form != form.strip() for form in forms) or len(set(forms)) < len(forms):
        raise LexiconError(f"{where}: a form is empty, has outer blanks or stands twice")
    relation, section, note, source = cells[2:]
    try:
        known = Relation(relation)
    except ValueError:
        raise LexiconError(f"{where}: unknown relation {relation!r}") from None
    if section and not SECTION_ID.fullmatch(section):
        raise LexiconError(f"{where}: {section!r} is no section id of the guidebook")
    if not _SOURCE.fullmatch(source):
        raise LexiconError(f"{where}: source {source!r} is neither own nor SYN and three digits")
    return Row(formal, spoken, known, section, note, source)
