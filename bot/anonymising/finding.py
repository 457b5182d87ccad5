"""Everything that identifies in a text: what rules find first, then what the learned reader adds."""

from __future__ import annotations

from bot.anonymising import (
    accounts,
    addresses,
    announced_people,
    births,
    latin_organisations,
    latin_people,
    learned,
    numbers,
    online,
    people,
    phones,
    public,
    romaji_addresses,
    schools,
    unexplained,
    workplaces,
)
from bot.anonymising.completing import complete
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind
from bot.anonymising.organisations import Organisations
from bot.anonymising.spreading import spread
from corpus import names
from retrieval.name_reader import NameReader


def by_rules(text: str) -> Document:
    """What shapes and tables tell; what is surer, or must stay, comes before what is less sure.

    Args:
        text: folded text.
    """
    document = Document(text)
    known = names.load()
    document.take(public.find(text))
    document.take(online.find(text))
    document.take(accounts.whole(text))
    document.take(phones.find(text))
    document.take(accounts.numbers(text))
    document.take(numbers.find(text))
    document.take(births.find(text))
    document.take(romaji_addresses.find(text))
    document.take(schools.find(text))
    document.take(workplaces.chains(text))
    document.take(workplaces.quoted(text))
    document.take(addresses.find(document))
    document.take(public.bodies(text))
    document.take(workplaces.shops(text, known))
    document.take(workplaces.announced(document, known))
    document.take(Organisations(document, known).find())
    document.take(latin_organisations.find(text, known.english))
    document.take(announced_people.whole(text, known))
    document.take(people.find(document, known))
    document.take(announced_people.find(document, known))
    document.take(announced_people.beside(document, known))
    document.take(latin_people.find(document, known))
    document.take(spread(document, known))
    _born(document)
    complete(document)
    document.suspect(unexplained.find(document))
    return document


def find(text: str, reader: NameReader) -> Document:
    """All that identifies, in order.

    Args:
        text: folded text.
        reader: the learned reader.
    """
    document = by_rules(text)
    learned.read(document, names.load(), reader)
    document.take(spread(document, names.load()))
    _born(document)
    complete(document)
    document.spans.sort(key=lambda span: span.start)
    return document


def _born(document: Document) -> None:
    """Masks dates that stand behind a name as only dates of birth do."""
    for span in [span for span in document.spans if span.kind is Kind.NAME]:
        born = births.behind_a_name(document.text, span.start, span.end)
        if born:
            document.mask(born)
