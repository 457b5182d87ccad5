"""The gate to the outside: masks several texts of one story with one set of labels, and what the author adds.

The texts are masked as one, so that whoever is 人物A in one of them is so in all. What the author adds is looked for
in the form that the anonymiser reads: width, invisible characters and kinds of hyphens do not count, nor does case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot import referral_talk as words
from bot.anonymise import anonymise
from bot.anonymising.folding import MASKED, fold
from bot.anonymising.kinds import LABELS
from bot.anonymising.labels import letters
from bot.referral_ports import Masked

#: Between two texts: the mark is nothing to any rule, and nothing reads on across empty lines.
_BETWEEN = f"\n\n{MASKED}\n\n"


@dataclass(frozen=True, slots=True)
class _Mask:
    """What stands for a stretch of the text, and what kind of thing was there."""

    start: int
    label: str
    kind: str


class AnonymisingGate:
    """`bot.referral_ports.Gate` over the anonymiser."""

    def mask(self, texts: Sequence[str], further: Sequence[str] = ()) -> Sequence[Masked]:
        """See `bot.referral_ports.Gate.mask`."""
        story = _BETWEEN.join(texts)
        masks = _masks(story, further)
        outcome: list[Masked] = []
        start = 0
        for text in texts:
            end = start + len(text)
            outcome.append(_masked(story, masks, start, end))
            start = end + len(_BETWEEN)
        return outcome


def missing(texts: Sequence[str], further: Sequence[str]) -> tuple[str, ...]:
    """The words among those that the author adds which stand in none of the texts: perhaps mistyped, and not masked.

    Args:
        texts: as written.
        further: words that the author wants masked too. A label is never missing: what it stands for is masked.
    """
    read = [_caseless(fold(text).text) for text in texts]
    looked_for = ((word, _looked_for(word)) for word in further)
    return tuple(word for word, folded in looked_for if MASKED not in folded and not any(folded in one for one in read))


def _looked_for(word: str) -> str:
    return _caseless(fold(word.strip()).text)


def _masks(story: str, further: Sequence[str]) -> list[_Mask | None]:
    """For each character what stands in its place, or None where it stays."""
    masks: list[_Mask | None] = [None] * len(story)
    for finding in anonymise(story).findings:
        mask = _Mask(finding.start, finding.replacement, LABELS[finding.kind])
        masks[finding.start : finding.end] = [mask] * (finding.end - finding.start)
    folded = fold(story)
    read = _caseless(folded.text)
    free = (label for letter in letters() if (label := words.HIDDEN + letter) not in story)
    # The longest first: a word that is part of another one must not break it.
    for word in sorted({_looked_for(word) for word in further} - {""}, key=len, reverse=True):
        if MASKED in word:  # a label: what it stands for is masked already, and any other label would read the same
            continue
        stretches = [folded.original(begin, begin + len(word)) for begin in _places(read, word)]
        if all(all(masks[start:end]) for start, end in stretches):
            continue
        label = next(free)
        for start, end in stretches:
            mask = _Mask(start, label, words.HIDDEN)
            masks[start:end] = [one or mask for one in masks[start:end]]
    return masks


def _caseless(text: str) -> str:
    """The text without case, letter by letter, so that all positions stay: of one letter some cases are two."""
    return "".join(letter if len(letter.casefold()) > 1 else letter.casefold() for letter in text)


def _places(text: str, word: str) -> Iterator[int]:
    begin = text.find(word)
    while begin >= 0:
        yield begin
        begin = text.find(word, begin + len(word))


def _masked(story: str, masks: Sequence[_Mask | None], start: int, end: int) -> Masked:
    parts: list[str] = []
    kinds: dict[str, None] = {}
    for mask, positions in groupby(range(start, end), key=lambda position: masks[position]):
        if mask is None:
            parts += (story[position] for position in positions)
        else:
            parts.append(mask.label)
            kinds[mask.kind] = None
    return Masked("".join(parts), tuple(kinds))
