from __future__ import annotations

import pytest

from bot.anonymising.completing import complete
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span


def completed(text: str, kind: Kind, seen: str) -> list[str]:
    document = Document(text)
    start = text.index(seen)
    document.mask(Span(kind, start, start + len(seen)))
    complete(document)
    return [text[span.start : span.end] for span in document.spans]


@pytest.mark.parametrize(
    ("text", "seen", "whole"),
    [
        ("番号はRH/VN/2023/0778です", "2023/0778", "RH/VN/2023/0778"),
        ("静児扶第4481号の件", "4481", "第4481号"),
        ("札の0471-K2を", "0471", "0471-K2"),
        ("受付No.5521です", "5521", "5521"),
        ("第4481号室", "4481", "第4481"),
    ],
)
def test_a_number_goes_on_where_no_gap_is(text: str, seen: str, whole: str) -> None:
    assert completed(text, Kind.REFERENCE, seen) == [whole]


def test_a_date_is_masked_to_its_last_figure() -> None:
    assert completed("生まれ H29(2017).12.1 です", Kind.BIRTH_DATE, "2017") == ["H29(2017).12.1"]


def test_what_must_stay_does_not_join() -> None:
    document = Document("ISO-4471")
    document.keep(0, 4)
    document.mask(Span(Kind.REFERENCE, 4, 8))
    complete(document)
    assert document.spans == [Span(Kind.REFERENCE, 4, 8)]


def test_the_number_of_a_masked_workplace_goes_with_it_even_where_it_looked_public() -> None:
    text = "みらい保証センター 03(6774)5501 から"
    document = Document(text)
    document.mask(Span(Kind.EMPLOYER, 0, 9))
    document.keep(10, 22)
    complete(document)
    assert [text[span.start : span.end] for span in document.spans] == ["みらい保証センター", "03(6774)5501"]


def test_a_freephone_behind_a_masked_workplace_stays() -> None:
    assert completed("みらい保証センター 0120-444-113", Kind.EMPLOYER, "みらい保証センター") == ["みらい保証センター"]
