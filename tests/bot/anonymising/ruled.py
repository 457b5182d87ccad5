"""What rules alone find: tests of rules must not depend on what a model happens to have learned."""

from __future__ import annotations

from bot.anonymising.finding import by_rules
from bot.anonymising.folding import fold
from bot.anonymising.kinds import Kind


def ruled(text: str) -> list[tuple[Kind, str]]:
    """Kinds and what stands there, in order."""
    folded = fold(text)
    found = []
    for span in sorted(by_rules(folded.text).spans, key=lambda span: span.start):
        start, end = folded.original(span.start, span.end)
        found.append((span.kind, text[start:end]))
    return found
