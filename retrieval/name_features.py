"""What can be seen at each character of a text when one asks whether it belongs to something that identifies.

`retrieval.name_reader` reads characters rather than words, since the tokenizer cuts names that it does not know in the
wrong places; what the tokenizer thinks is one of the things to be seen. A feature is a string; a model weighs those it
saw while it was trained and passes over the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

from corpus.names import Names
from retrieval.figure_features import of_figures
from retrieval.names import Sort, Word

#: Words by meaning: for each the group it is in among few, more and many groups (`tools.learning`).
GROUPS = Path(__file__).parent / "models" / "groups.tsv"
_SHAPES = tuple(
    (re.compile(pattern), shape)
    for pattern, shape in (
        (r"[一-龥々〆ヶ]", "K"),
        (r"[ぁ-ん]", "H"),
        (r"[ァ-ヴー]", "T"),
        (r"[A-ZÀ-Þ]", "A"),
        (r"[a-zß-ɏ\u1e00-\u1eff]", "a"),
        (r"\d", "9"),
        (r"\n", "n"),
        (r"\s", "_"),
        (r"[・=•·]", "・"),
        (r"[、。,.!?]", "."),
        (r"[「」『』()\[\]【】<>\"“”]", "("),
    )
)
#: Characters; what is longer is no label of a form.
_LONGEST_LABEL = 8
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LABEL = re.compile(rf"[^\s:、。,()「」【】\]\[]{{1,{_LONGEST_LABEL}}}(?=\s?[】\]]?$)")
#: Runs of one script are told apart by length up to this one, in characters.
_LONGEST_RUN = 8
_EDGE = "#"
#: Of a word that the table does not have.
_RARE = ("-", "-", "-", "-")
#: Of the groups that a word is in, those among more and many tell what is done with a name.
_TELLING = (1, 2)
#: So much of a word is told: each of its characters tells it, and a run of 10,000 would tell 10,000 times 10,000.
_LONGEST_WORD = 64


def features_by_block(
    text: str, words: Sequence[Word], marks: Sequence[str], names: Names
) -> Iterator[tuple[int, list[list[str]]]]:
    """What is seen at each character, block by block; nothing is read on across the empty lines between them.

    Args:
        text: folded text.
        words: its words, without gaps.
        marks: for each character what rules said of it already: a kind of identifier, "suspect", "stays", or "".
        names: tables of names.

    Yields:
        Where a block begins, and the features of each of its characters.
    """
    for start, end in blocks(text):
        yield start, features(text[start:end], within(words, start, end), marks[start:end], names)


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text stand that empty lines part.

    Args:
        text: any text.
    """
    start = 0
    for gap in _EMPTY_LINES.finditer(text):
        if start < gap.start():
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def within(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """The words of a block, with their places in it; one that reaches over its edge is cut there.

    Args:
        words: all words of a text, without gaps.
        start: where the block begins.
        end: one past its last character.
    """
    first = bisect_right(words, start, key=lambda word: word.start) - 1
    last = bisect_left(words, end, key=lambda word: word.start)
    return [
        replace(word, start=max(word.start, start) - start, end=min(word.end, end) - start)
        for word in words[first:last]
    ]


def features(text: str, words: Sequence[Word], marks: Sequence[str], names: Names) -> list[list[str]]:
    """What is seen at each character.

    Args:
        text: a block of folded text.
        words: its words, without gaps.
        marks: for each character what rules said of it already: a kind of identifier, "suspect", "stays", or "".
        names: tables of names.
    """
    shapes = [_shape(character) for character in text]
    groups = [_groups().get(word.normal, _RARE) for word in words]
    columns = zip(
        _of_characters(text, shapes, marks),
        _of_runs(text, shapes),
        _of_lines(text),
        of_figures(text, words, groups),
        _of_words(words, groups, names),
        strict=True,
    )
    return [[*here, *run, label, *figures, *word] for here, run, label, figures, word in columns]


@cache
def _shape(character: str) -> str:
    return next((shape for pattern, shape in _SHAPES if pattern.match(character)), character)


def _of_characters(text: str, shapes: Sequence[str], marks: Sequence[str]) -> Iterator[list[str]]:
    """The characters around, alone and joined."""
    around = 4
    padded = _EDGE * around + text + _EDGE * (around + 1)
    forms = [*_EDGE * 3, *shapes, *_EDGE * 3]
    for i in range(len(text)):
        before, here, after = padded[i : i + around], padded[i + around], padded[i + around + 1 : i + 2 * around + 1]
        yield [
            "1",
            *(f"c{k}={padded[i + around + k]}" for k in range(-3, 4)),
            *(f"s{k}={forms[i + 3 + k]}" for k in range(-3, 4)),
            f"b-={before[-1]}{here}",
            f"b+={here}{after[0]}",
            f"p2={before[-2:]}",
            f"p3={before[-3:]}",
            f"p4={before}",
            f"n2={after[:2]}",
            f"n3={after[:3]}",
            f"n4={after}",
            f"z={''.join(forms[i + 1 : i + 6])}",
            f"m={marks[i]}",
            f"m-={marks[i - 1] if i else _EDGE}",
            f"m+={marks[i + 1] if i + 1 < len(marks) else _EDGE}",
        ]


def _of_runs(text: str, shapes: Sequence[str]) -> Iterator[list[str]]:
    """The run of one script that a character stands in: what it looks like, and what stands around it."""
    start = 0
    for shape, group in groupby("A" if shape == "a" else shape for shape in shapes):
        end = start + len(list(group))
        seen: list[str] = []
        if shape in "KHTA":
            written = text[start:end]
            seen = [
                f"rl={shape}{min(end - start, _LONGEST_RUN)}",
                f"r-={shape}{text[max(0, start - 2) : start]}",
                f"r-3={text[max(0, start - 3) : start]}",
                f"r+={shape}{text[end : end + 2]}",
                f"r+3={text[end : end + 3]}",
            ]
            if shape != "H":
                seen += [
                    f"r={written[:_LONGEST_WORD]}",
                    f"rb={written[:2]}",
                    f"re={written[-2:]}",
                    f"re3={written[-3:]}",
                ]
        for _ in range(start, end):
            yield seen
        start = end


def _of_lines(text: str) -> Iterator[str]:
    """The label in front of a character in its line, as forms have it."""
    label, begin = "", 0
    for position, character in enumerate(text):
        if character == "\n":
            label, begin = "", position + 1
        elif character in ":】]\t":
            before = _LABEL.search(text, max(begin, position - 2 * _LONGEST_LABEL), position)
            label = before[0][-4:] if before else label
        yield f"l={label}"


def _of_words(words: Sequence[Word], groups: Sequence[tuple[str, ...]], names: Names) -> Iterator[list[str]]:
    """What the word says that a character stands in, and the words before and behind."""
    told = [_of_word(word, names) for word in words]
    written = [word.surface[:_LONGEST_WORD] for word in words]
    content = [i for i, word in enumerate(words) if word.sort not in (Sort.MARK, Sort.PARTICLE)]
    places = {index: place for place, index in enumerate(content)}
    for i, word in enumerate(words):
        seen = [
            f"w={written[i]}",
            *(f"w:{one}" for one in told[i]),
            *(f"k{at}={g}" for at, g in enumerate(groups[i])),
        ]
        for k in (-3, -2, -1, 1, 2, 3):
            j = i + k
            if not 0 <= j < len(words):
                seen.append(f"w{k}={_EDGE}")
                continue
            seen += [f"w{k}={written[j]}", *(f"w{k}:{one}" for one in told[j])]
            if abs(k) < 3:
                seen += [f"k{k}{at}={group}" for at, group in enumerate(groups[j])]
        if i + 2 < len(words):
            seen.append(f"w+12={written[i + 1]}|{written[i + 2]}")
        if i >= 2:
            seen.append(f"w-12={written[i - 2]}|{written[i - 1]}")
        if i in places:
            seen += _told_of_it(words, groups, content, places[i])
        for position in range(word.start, word.end):
            alone = word.end - word.start == 1
            part = "S" if alone else "B" if position == word.start else "E" if position == word.end - 1 else "I"
            yield [*seen, f"a={part}{word.sort.name}"]


def _told_of_it(
    words: Sequence[Word], groups: Sequence[tuple[str, ...]], content: Sequence[int], place: int
) -> Iterator[str]:
    """The words before and behind that say something, wherever they stand: what is done with it."""
    for k in (-3, -2, -1, 1, 2, 3, 4):
        if 0 <= place + k < len(content):
            j, side = content[place + k], "+" if k > 0 else "-"
            if k > -3:
                yield f"v{side}={words[j].normal[:_LONGEST_WORD]}"
            yield from (f"V{side}{at}={group}" for at, group in enumerate(groups[j]) if at in _TELLING)


def _of_word(word: Word, names: Names) -> list[str]:
    """What the tables and the tokenizer know of a word."""
    surface = word.surface
    told = [word.sort.name] if word.known else [word.sort.name, "unknown"]
    for found, mark in ((names.katakana, "kata"), (names.kanji, "kan"), (names.characters, "sur")):
        if surface in found:
            told.append(mark)
    if surface.isascii():
        lower = surface.lower()
        tables = {"latin": names.latin, "surname": names.surnames, "given": names.given, "english": names.english}
        told += [mark for mark, table in tables.items() if lower in table]
    if surface in names.ordinary:
        told.append("ord")
    return told + [f"org-{part}" for part, found in names.organisations.items() if surface in found]


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    """The groups of each word, and how common it is: the table is in the order of that."""
    rows = (line.split("\t") for line in GROUPS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {word: (*numbers, str(rank.bit_length())) for rank, (word, *numbers) in enumerate(rows)}
