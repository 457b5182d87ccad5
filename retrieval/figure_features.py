"""What can be seen of figures: the shape of the whole number or code they stand in, and the words that announce it.

Of 4016 228 each figure alone looks like an amount; that four and three stand together, six words behind 普通口座 and
with no 円 after them, tells what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.names import Sort, Word

_PIECE = re.compile(r"[A-Za-z0-9]+|[〇零一二三四五六七八九十]+")
#: Between two pieces of one number or date: T.2024/3391, 0532の21の5555, 七年五月六日.
_JOINT = re.compile(r"[-_./・:@の年月]?")
_GAP = re.compile(r"\s{1,2}|\s?-\s?")
#: Letters that stand with a gap beside figures as part of a code: AB 1234567 CD.
_LETTERS = re.compile(r"[A-Z]{1,4}")
_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十]")
_WORD = re.compile(r"[A-Za-z]+")
_RUNS = (
    (re.compile(r"\d+"), "9"),
    (re.compile(r"[A-Z]+"), "A"),
    (re.compile(r"[a-z]+"), "a"),
    (re.compile(r"[〇零一二三四五六七八九十]+"), "〇"),
)
#: Characters of a shape, and figures of a number; what is longer looks the same.
_LONGEST_SHAPE, _MOST_FIGURES = 16, 16
_EDGE = "#"
#: Words that say something, in front of a number and behind it.
_BEFORE, _BEHIND = 4, 2
#: So much of a word is told.
_LONGEST_WORD = 24


def of_figures(text: str, words: Sequence[Word], groups: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """What is seen of the number or code at each character of a text; nothing where none stands.

    Args:
        text: a block of folded text.
        words: its words, without gaps.
        groups: for each word the groups of meaning it is in.
    """
    done = 0
    content = [i for i, word in enumerate(words) if word.sort not in (Sort.MARK, Sort.PARTICLE)]
    before = 0
    for start, end in codes(text):
        while before < len(content) and words[content[before]].end <= start:
            before += 1
        behind = before
        while behind < len(content) and words[content[behind]].start < end:
            behind += 1
        around = (content[max(0, before - _BEFORE) : before], content[behind : behind + _BEHIND])
        seen = [*_shape(text[start:end]), *_beside(text, start, end), *_told(words, groups, *around)]
        yield from ([] for _ in range(done, start))
        for position in range(start, end):
            yield [*seen, f"dp={min(position - start, 3)},{min(end - 1 - position, 3)}"]
        done = end
    yield from ([] for _ in range(done, len(text)))


def codes(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers and codes stand: pieces that hold figures, with what joins them.

    Args:
        text: folded text.
    """
    start = end = 0
    ends_in_a_word = True
    for piece in _PIECE.finditer(text):
        is_word = bool(_WORD.fullmatch(piece[0])) and not _LETTERS.fullmatch(piece[0])
        joins = _JOINT.fullmatch(text, end, piece.start()) or (
            not is_word and not ends_in_a_word and _GAP.fullmatch(text, end, piece.start())
        )
        if not (start < end and joins):
            yield from _with_figures(text, start, end)
            start = piece.start()
        end, ends_in_a_word = piece.end(), is_word
    yield from _with_figures(text, start, end)


def _with_figures(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if _FIGURE.search(text, start, end):
        yield start, end


def _shape(code: str) -> Iterator[str]:
    """What a number looks like: its signs, its groups, how many figures it has."""
    shape = code
    for pattern, sign in _RUNS:
        shape = pattern.sub(sign, shape)
    figures = [str(len(run)) for run in re.findall(r"\d+|[〇零一二三四五六七八九十]+", code)]
    count = min(len(_FIGURE.findall(code)), _MOST_FIGURES)
    yield f"d={shape[:_LONGEST_SHAPE]}"
    yield f"dg={'-'.join(figures[:6])}"
    yield f"dn={count}"
    yield f"d2={code[:2]}"
    yield f"d3={code[:3]}"


def _beside(text: str, start: int, end: int) -> Iterator[str]:
    """What stands right before a number and right behind it."""
    for length in (1, 2, 3, 4):
        yield f"d-{length}={text[max(0, start - length) : start] or _EDGE}"
    for length in (1, 2, 3):
        yield f"d+{length}={text[end : end + length] or _EDGE}"


def _told(
    words: Sequence[Word], groups: Sequence[Sequence[str]], before: Sequence[int], behind: Sequence[int]
) -> Iterator[str]:
    """The words that say something before a number and behind it: near, and anywhere near."""
    for place, index in enumerate(reversed(before), start=1):
        normal = words[index].normal[:_LONGEST_WORD]
        yield f"dw-{place}={normal}"
        yield f"dw-={normal}"
        yield from (f"dk-{place}.{at}={group}" for at, group in enumerate(groups[index]))
    for place, index in enumerate(behind, start=1):
        yield f"dw+{place}={words[index].normal[:_LONGEST_WORD]}"
        yield from (f"dk+{place}.{at}={group}" for at, group in enumerate(groups[index]))
    if not before:
        yield f"dw-1={_EDGE}"
