"""The gate to the outside: masks several texts of one story with one set of labels, and what the author adds.

The texts are masked as one, so that whoever is 人物A in one of them is so in all. What the author adds is looked for
in the form that the anonymiser reads: width, invisible characters and kinds of hyphens do not count, nor does case.
What an office has as well as a person, its telephone number or address, an author may keep; a name never.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from string import ascii_uppercase

from bot import referral_talk as words
from bot.anonymise import Finding, anonymise
from bot.anonymising.folding import MASKED, Folded, fold, labels_in
from bot.anonymising.kinds import LABELS, Kind
from bot.anonymising.labels import letters
from bot.referral_ports import Masked

#: Between two texts: the mark is nothing to any rule, and nothing reads on across empty lines.
_BETWEEN = f"\n\n{MASKED}\n\n"

#: What can be an office's. All other kinds are a person's alone.
_OF_OFFICES = frozenset(
    {
        Kind.ADDRESS,
        Kind.EMAIL,
        Kind.EMPLOYER,
        Kind.NUMBER,
        Kind.PHONE,
        Kind.POSTAL_CODE,
        Kind.REFERENCE,
        Kind.SCHOOL,
        Kind.SNS,
        Kind.URL,
    }
)


@dataclass(frozen=True, slots=True)
class _Mask:
    """What stands for a stretch of the text, and what kind of thing was there."""

    start: int
    label: str
    kind: str


class AnonymisingGate:
    """`bot.referral_ports.Gate` over the anonymiser."""

    def mask(
        self, texts: Sequence[str], further: Sequence[str] = (), kept: Sequence[str] = (), own: int = 1
    ) -> Sequence[Masked]:
        """See `bot.referral_ports.Gate.mask`."""
        story = _BETWEEN.join(texts)
        read = _read(story)
        masks = _masks(read, further, kept, len(_BETWEEN.join((*texts[: len(texts) - own], ""))))
        outcome: list[Masked] = []
        start = 0
        for text in texts:
            end = start + len(text)
            masked = _masked(story, masks, start, end)
            hidden = tuple(word for word in kept if _is_hidden(read, masks[:end], word, start))
            outcome.append(replace(masked, hidden=hidden))
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


def new_labels(before: Sequence[str], text: str) -> tuple[Sequence[str], Sequence[str]]:
    """Labels of a text that stand in none before it, though others of their kind do: perhaps somebody who has one.

    Args:
        before: the story's earlier texts, masked.
        text: the text, masked.

    Returns:
        The new labels in their order, and those before that they may stand for.
    """
    known = {label: None for earlier in before for label in _labels(earlier)}
    kinds = {_kind_of(label) for label in known}
    new = [label for label in _labels(text) if label not in known and _kind_of(label) in kinds]
    return new, [label for label in known if _kind_of(label) in map(_kind_of, new)]


def _labels(text: str) -> Sequence[str]:
    return sorted(labels_in(text), key=text.index)


def _kind_of(label: str) -> str:
    return label.rstrip(ascii_uppercase)


@dataclass(frozen=True, slots=True)
class _Read:
    """A story, folded, and in the form in which words are looked for."""

    story: str
    folded: Folded
    caseless: str

    def stretches(self, word: str, since: int = 0) -> Iterator[tuple[int, int]]:
        """Where a word stands in the story, from a position on."""
        for begin in _places(self.caseless, word):
            start, end = self.folded.original(begin, begin + len(word))
            if start >= since:
                yield start, end


def _read(story: str) -> _Read:
    folded = fold(story)
    return _Read(story, folded, _caseless(folded.text))


def _looked_for(word: str) -> str:
    return _caseless(fold(word.strip()).text)


def _masks(read: _Read, further: Sequence[str], kept: Sequence[str], own: int) -> list[_Mask | None]:
    """For each character what stands in its place, or None where it stays; from `own` on what is kept does."""
    masks: list[_Mask | None] = [None] * len(read.story)
    findings = anonymise(read.story).findings
    theirs = {finding.replacement for finding in findings if finding.start < own}
    staying = [stretch for word in _plain(kept) for stretch in read.stretches(word, own)]
    for finding in findings:
        if finding.replacement not in theirs and _may_stay(finding, staying):
            continue
        mask = _Mask(finding.start, finding.replacement, LABELS[finding.kind])
        masks[finding.start : finding.end] = [mask] * (finding.end - finding.start)
    free = (label for letter in letters() if (label := words.HIDDEN + letter) not in read.story)
    # The longest first: a word that is part of another one must not break it.
    for word in sorted(_plain(further), key=len, reverse=True):
        stretches = list(read.stretches(word))
        if all(all(masks[start:end]) for start, end in stretches):
            continue
        label = next(free)
        for start, end in stretches:
            mask = _Mask(start, label, words.HIDDEN)
            masks[start:end] = [one or mask for one in masks[start:end]]
    return masks


def _plain(added: Sequence[str]) -> set[str]:
    """What the author added, as it is looked for.

    Labels are left out: what they stand for is masked already, and any other label would read the same.
    """
    return {word for one in added if (word := _looked_for(one)) and MASKED not in word}


def _may_stay(finding: Finding, staying: Sequence[tuple[int, int]]) -> bool:
    """Whether all of it is kept: what is left of a number by halves would be read as a whole one."""
    return finding.kind in _OF_OFFICES and any(start <= finding.start and finding.end <= end for start, end in staying)


def _is_hidden(read: _Read, masks: Sequence[_Mask | None], word: str, since: int) -> bool:
    """Whether something of a word is masked between a position and the end of the masks."""
    looked_for = _looked_for(word)
    stretches = (masks[start:end] for start, end in read.stretches(looked_for, since))
    return MASKED in looked_for or any(any(stretch) for stretch in stretches)


def _caseless(text: str) -> str:
    """The text without case, letter by letter, so that all positions stay: of one letter some cases are two."""
    return "".join(letter if len(letter.casefold()) > 1 else letter.casefold() for letter in text)


def _places(text: str, word: str) -> Iterator[int]:
    if not word:  # invisible characters only
        return
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
