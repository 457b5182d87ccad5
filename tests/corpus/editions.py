"""Small editions for tests: a source and its passages in one call."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.model import Corpus, Passage, Source


def edition_of(
    sections: Mapping[str, str | tuple[str, ...]],
    *,
    id: str = "guide",  # noqa: A002
    edition: str = "",
    date: str = "",
    language: str = "ja",
    official: bool = True,
) -> Corpus:
    """An edition with one passage a text.

    Args:
        sections: text or texts by "id heading > heading"; without an id " heading > heading". Each
            section stands on a page of its own, from 1.
        id: as in Source.
        edition: as in Source.
        date: as in Source.
        language: as in Source.
        official: as in Source.
    """
    made = Source(id=id, title="くらしの手引き", edition=edition, date=date, language=language, official=official)
    passages: list[Passage] = []
    for page, (name, texts) in enumerate(sections.items(), start=1):
        section_id, _, headings = name.partition(" ") if " " in name else ("", "", name)
        for text in (texts,) if isinstance(texts, str) else texts:
            passages.append(
                Passage(
                    id=f"{made.key}#{len(passages)}",
                    source=made.key,
                    text=text,
                    section_id=section_id,
                    section=tuple(headings.split(" > ")),
                    page=page,
                )
            )
    return Corpus({made.key: made}, tuple(passages))


def current_texts(corpus: Corpus) -> list[str]:
    """What may be cited, in reading order."""
    return [passage.text for passage in corpus.current]
