"""A document of two languages that tests add to the library."""

from __future__ import annotations

from corpus.model import Corpus, Passage, Source

BOOK = Source(id="town-book", title="町の手引き", edition="2026年版", date="2026", url="https://example.org/town")
BOOK_VI = Source(id="town-book", title="Sổ tay", edition="2026年版", date="2026", language="vi")
POOL = Passage(
    id="ja",
    source=BOOK.key,
    section_id="1",
    section=("町営プール",),
    text="町営プールの料金は300円です。電話は045-000-0001です。",
    page=4,
)
POOL_VI = Passage(
    id="vi", source=BOOK_VI.key, section_id="1", section=("Hồ bơi",), text="Giá vé hồ bơi là 300 yên.", page=5
)
ADDED = Corpus({BOOK.key: BOOK, BOOK_VI.key: BOOK_VI}, (POOL, POOL_VI))
