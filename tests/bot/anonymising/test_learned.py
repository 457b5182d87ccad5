from __future__ import annotations

import pytest

from bot.anonymise import anonymise
from bot.anonymising import learned
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from corpus import names
from retrieval.name_reader import own


def read(text: str, *found: Span) -> Document:
    document = Document(text)
    document.take(found)
    learned.read(document, names.load(), own())
    return document


def written(document: Document) -> list[tuple[Kind, str]]:
    return [(span.kind, document.text[span.start : span.end]) for span in document.spans]


def test_a_workplace_that_nothing_but_the_sentence_tells_is_masked() -> None:
    assert written(read("先月ほしぞらを辞めました。")) == [(Kind.EMPLOYER, "ほしぞら")]


def test_what_rules_found_in_part_of_it_joins_it() -> None:
    text = "先月ほしぞら佐藤を辞めました。"
    start = text.index("佐藤")
    assert written(read(text, Span(Kind.NAME, start, start + 2))) == [(Kind.EMPLOYER, "ほしぞら佐藤")]


def test_what_must_stay_stays() -> None:
    document = Document("先月ほしぞらを辞めました。")
    document.keep(2, 6)
    learned.read(document, names.load(), own())
    assert document.spans == []


def test_what_is_masked_already_is_left_as_it_is() -> None:
    span = Span(Kind.SCHOOL, 2, 6)
    assert read("先月ほしぞらを辞めました。", span).spans == [span]


def test_a_date_that_something_ends_on_is_no_birthday() -> None:
    assert [kind for kind, _ in written(read("在留カードの有効期限2029年8月11日です。"))] == []


def test_an_age_behind_a_birthday_stays() -> None:
    text = "ラフマット（2003.02.28、23歳）が来た。"
    found = written(read(text, Span(Kind.NAME, 0, 5), Span(Kind.BIRTH_DATE, 6, 16)))
    assert not [one for _, one in found if "23歳" in one]


def test_a_suspect_is_masked_where_the_sentence_says_that_it_identifies_somebody() -> None:
    for text, number, left in (
        ("本人の整理番号は 71820-4493 です。", "71820-4493", False),
        ("時給は 1010 円です。", "1010", True),
    ):
        document = Document(text)
        start = text.index(number)
        document.suspect([Span(Kind.NUMBER, start, start + len(number))])
        learned.read(document, names.load(), own())
        assert (document.spans == []) is left, text


@pytest.mark.parametrize(
    "text", ["１日時点で３０４名が", "開設日 ○ ○ ○ ○ ○ ○ ―", "手引きのP.61を", "Y-FORAとF R E S Cに", "施策番号267の"]
)
def test_what_tells_nothing_of_a_person_stays(text: str) -> None:
    assert anonymise(text).text == text
