"""What no longer holds is marked, by section or whole, and what is like it is not."""

from corpus.model import Passage, Source, Supersession
from corpus.supersession import newest, superseded_in

PASSAGES = tuple(
    Passage(id=f"guide#{n}", source="guide@第1版/ja", text=text, section=section)
    for n, (text, section) in enumerate(
        [
            ("制度の説明です。", ("２ 支援", "（２）担当官")),
            ("配置の説明です。", ("２ 支援", "担当官について")),
            ("あおば局　03-0000-1111", ("２ 支援", "担当官について", "官署名 / 連絡先")),
            ("最後の説明です。", ("３ 終わりに",)),
        ]
    )
)


def source(**superseded: str) -> Source:
    return Source(id="guide", title="手引き", superseded=(Supersession(**superseded),))


def test_a_section_is_superseded_with_all_under_it_and_no_other() -> None:
    marked, missing = superseded_in(source(section="担当官に ついて", by="new"), PASSAGES)
    assert [passage.superseded_by for passage in marked] == ["", "new", "new", ""]
    assert missing == ()


def test_a_whole_source_is_superseded() -> None:
    marked, _ = superseded_in(source(by="new"), PASSAGES)
    assert {passage.superseded_by for passage in marked} == {"new"}


def test_a_section_whose_heading_became_text_is_found_in_the_text() -> None:
    marked, missing = superseded_in(source(section="配置の説明", by="new"), PASSAGES)
    assert [passage.superseded_by for passage in marked] == ["", "new", "new", ""]
    assert missing == ()


def test_a_section_that_is_nowhere_is_told() -> None:
    assert superseded_in(source(section="ありません", by="new"), PASSAGES) == (PASSAGES, ("ありません",))


def test_a_newer_edition_replaces_older_ones_of_the_same_language() -> None:
    editions = [
        Source(id="guide", title="手引き", edition="第7版", date="2025-04"),
        Source(id="guide", title="手引き", edition="第8版", date="2026-02-26"),
        Source(id="guide", title="Guide", edition="第7版", date="2025-04", language="en"),
        Source(id="guide", title="手引き", edition="抄"),
        Source(id="other", title="別の手引き", date="2020"),
    ]
    assert newest(editions) == {"guide@第7版/ja": "guide@第8版/ja"}


def test_a_date_that_may_be_the_same_day_replaces_nothing() -> None:
    editions = [
        Source(id="guide", title="手引き", edition="a", date="2026"),
        Source(id="guide", title="手引き", edition="b", date="2026-02-26"),
    ]
    assert newest(editions) == {}
