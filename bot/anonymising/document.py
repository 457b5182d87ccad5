"""A folded text with its words, and what of it is spoken for already."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from bot.anonymising.folding import MASKED
from bot.anonymising.kinds import Span
from retrieval.names import Word, words


class Document:
    """What the rules read and write.

    Args:
        text: folded text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self.spans: list[Span] = []
        #: What may identify somebody; the learned reader says whether it does.
        self.suspects: list[Span] = []
        self._starts = [word.start for word in self.words]
        self._taken = bytearray(1 if character == MASKED else 0 for character in text)

    def word_at(self, position: int) -> int:
        """Index of the first word that begins there or later."""
        return bisect_left(self._starts, position)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing in a stretch is masked or kept yet."""
        return not any(self._taken[start:end])

    def keep(self, start: int, end: int) -> None:
        """Sees to it that a stretch stays; rules that come later pass it over."""
        self._taken[start:end] = b"\x01" * (end - start)

    def mask(self, span: Span) -> bool:
        """Masks a stretch, unless something in it is spoken for.

        Returns:
            Whether it was masked.
        """
        if span.start >= span.end or not self.is_free(span.start, span.end):
            return False
        self.keep(span.start, span.end)
        self.spans.append(span)
        return True

    def touching(self, start: int, end: int) -> list[Span]:
        """What is masked in a stretch or in part of it."""
        return [span for span in self.spans if span.start < end and start < span.end]

    def absorb(self, span: Span) -> None:
        """Masks a stretch with all that is masked in part of it already; also where something in it was to stay.

        Args:
            span: where, and what it is.
        """
        joined = self.touching(span.start, span.end)
        start = min([span.start, *(one.start for one in joined)])
        end = max([span.end, *(one.end for one in joined)])
        self.spans = [one for one in self.spans if one not in joined]
        self.keep(start, end)
        self.spans.append(Span(span.kind, start, end))

    def is_settled(self, start: int, end: int) -> bool:
        """Whether one span has all of a stretch, or most of it stays."""
        joined = self.touching(start, end)
        return any(span.start <= start and end <= span.end for span in joined) or (
            not joined and 2 * sum(self._taken[start:end]) > end - start
        )

    def marks(self) -> list[str]:
        """For each character what is said of it so far: a kind of identifier, "suspect", "stays", or ""."""
        marks = ["stays" if taken else "" for taken in self._taken]
        for span in self.suspects:
            marks[span.start : span.end] = ["suspect"] * (span.end - span.start)
        for span in self.spans:
            marks[span.start : span.end] = [span.kind.value] * (span.end - span.start)
        return marks

    def take(self, found: Iterable[Span | tuple[int, int]]) -> None:
        """Masks spans and keeps bare ranges, in the order they come."""
        for one in found:
            if isinstance(one, Span):
                self.mask(one)
            elif self.is_free(*one):
                self.keep(*one)

    def suspect(self, found: Iterable[Span]) -> None:
        """Notes what may identify somebody; nothing in it is spoken for."""
        self.suspects += (span for span in found if self.is_free(span.start, span.end))

    def trimmed(self, start: int, end: int, edges: str) -> tuple[int, int]:
        """A stretch without the characters that nothing begins or ends with; it may be empty or less."""
        written = self.text[start:end]
        return end - len(written.lstrip(edges)), start + len(written.rstrip(edges))

    def free_words(self) -> Iterator[tuple[int, Word]]:
        """The words that nothing has spoken for, with their indexes."""
        for index, word in enumerate(self.words):
            if self.is_free(word.start, word.end):
                yield index, word
