"""Close reading of single passages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.closely import CloseReader, Reading, Seen
from retrieval.index import Index
from retrieval.question import Question, Reader
from retrieval.table import Kind

SEAL, BURNABLE, BULKY, HOUSING, SHELTER = 2, 3, 4, 9, 10


def read(index: Index, question: str) -> Question:
    return Reader(index.vocabulary, index.postings, index.words, index.forms).read(question)


def reading(index: Index, question: str) -> Reading:
    return CloseReader(index).ask(read(index, question))


def seen(index: Index, question: str, number: int) -> Seen:
    return reading(index, question).seen([number])[0]


@pytest.mark.parametrize(
    "question", ["印鑑登録の手数料はいくらですか", "ゴミ", "火星", "隣の人が夜うるさい。どこへ", "x"]
)
def test_all_that_is_seen_is_a_share(index: Index, question: str) -> None:
    of_all = reading(index, question).seen(range(len(index.passages)))
    assert len(of_all) == len(index.passages)
    assert all(0 <= value <= 1 + 1e-6 for one in of_all for value in one.values())


def test_several_passages_are_read_as_each_alone(index: Index) -> None:
    asked = reading(index, "手数料はいくらですか。粗大ごみの処理券を買う")
    several = [SHELTER, SEAL, BULKY, SEAL]
    assert asked.seen(several) == [asked.seen([number])[0] for number in several]
    assert asked.seen([]) == []


def test_what_was_asked_of_a_passage_before_changes_nothing(index: Index) -> None:
    """大型ごみ is met by another name, which must not count as standing in any of the sentences."""
    fresh, used = (reading(index, "大型ごみの処理券") for _ in range(2))
    used.near(BULKY)
    used.seen([SHELTER, BULKY])
    assert used.sentences([BULKY]) == fresh.sentences([BULKY])
    assert used.near(BULKY) == fresh.near(BULKY)
    assert used.seen([BULKY]) == fresh.seen([BULKY])


def test_a_passage_that_holds_every_word_has_all(index: Index) -> None:
    full = seen(index, "町営住宅の所得の上限", HOUSING)
    assert full["covered"] == full["exact"] == full["nouns"] == full["topics"] == pytest.approx(1)
    assert full["topic_missed"] == 0


def test_a_passage_of_another_matter_has_hardly_any(index: Index) -> None:
    other = seen(index, "町営住宅の所得の上限", BULKY)
    assert max(other["exact"], other["nouns"], other["titled"], other["pairs"]) == 0
    assert other["covered"] < 0.3
    assert other["topic_missed"] > 0


def test_near_words_cover_but_are_not_exact(index: Index) -> None:
    near = seen(index, "地震のときの病院と水", SHELTER)
    exact = seen(index, "地震のときの薬と水", SHELTER)
    assert near["exact"] < near["covered"] < 1
    assert exact["exact"] == exact["covered"] == pytest.approx(1)


def test_the_heading_and_those_above_it_are_named_in_whole_or_in_part(index: Index) -> None:
    assert seen(index, "燃えるごみ", BURNABLE)["titled"] == pytest.approx(1)
    assert 0 < seen(index, "ごみ", BURNABLE)["titled"] < 1
    assert seen(index, "所得の上限", HOUSING)["titled"] == 0, "those words stand in the text only"


def test_a_fee_that_is_asked_for_is_missed_where_there_is_none(index: Index) -> None:
    question = "手数料はいくらですか"
    assert seen(index, question, SEAL)["kind_missed"] == 0
    assert seen(index, question, HOUSING)["kind_missed"] == 1
    assert seen(index, "町営住宅", HOUSING)["kind_missed"] == 0, "nothing of a kind is asked for"


def test_words_side_by_side_are_told_from_words_apart(index: Index) -> None:
    together = seen(index, "登録の手数料", SEAL)["pairs"]
    apart = seen(index, "手数料の登録", SEAL)["pairs"]
    assert together == pytest.approx(1)
    assert 0 < apart < together, "手数料 is two words side by side in itself"


def test_words_in_two_sentences_are_not_side_by_side(index: Index) -> None:
    assert seen(index, "処理券を貼る粗大ごみ", BULKY)["pairs"] < 1
    assert seen(index, "処理券を貼る", BULKY)["pairs"] < 1, "買って stands between"


def test_where_the_lexicon_knows_no_topic_it_says_neither(index: Index) -> None:
    question = replace(read(index, "町営住宅"), topics=())
    assert [one["topics"] for one in CloseReader(index).ask(question).seen([HOUSING, BULKY])] == [0.5, 0.5]


def test_a_topic_met_by_another_name_meets_its_words(index: Index) -> None:
    """大型ごみ is 粗大ごみ by the lexicon, whose words the passage has all."""
    other_name = seen(index, "大型ごみ", BULKY)
    assert other_name["topics"] > 0
    assert other_name["covered"] > seen(index, "大型ごみ", BURNABLE)["covered"]


def test_a_section_that_a_situation_leads_to_is_marked(index: Index) -> None:
    question = replace(read(index, "家具"), sections=frozenset({index.passages[BULKY].section_id}))
    routed = [one["routed"] for one in CloseReader(index).ask(question).seen([SEAL, BULKY, HOUSING])]
    assert routed == [0, 1, 0]


def test_bounds_are_those_of_heading_path_and_sentences(index: Index) -> None:
    table, reader = index.table, CloseReader(index)
    ends = 0
    for number in range(len(index.passages)):
        first, starts = reader.bounds(number)
        spans = slice(first, first + len(starts) - 1)
        assert [Kind(kind) for kind in table.kind[spans]][:3] == [Kind.HEADING, Kind.PATH, Kind.SENTENCE]
        assert set(table.passage[spans].tolist()) == {number}
        assert starts[0] == ends
        ends = starts[-1]
    assert ends == len(table.terms)


def test_sentences_are_told_with_what_each_holds(index: Index) -> None:
    [(first, shares)] = reading(index, "登録の手数料").sentences([SEAL])
    text = index.passages[SEAL].text
    assert [text[index.table.begin[span] : index.table.end[span]] for span in range(first, first + len(shares))] == [
        "印鑑を登録すると、印鑑登録証を渡します。",
        "登録の手数料は300円です。",
    ]
    assert 0 < shares[0] < shares[1] == pytest.approx(1)


def test_a_heading_is_no_sentence(index: Index) -> None:
    [(_, shares)] = reading(index, "粗大ごみ").sentences([BULKY])
    assert shares == pytest.approx([1, 0]), "its words stand in the first sentence, and above"


def test_what_is_asked_for_stands_near_or_far(index: Index) -> None:
    asked = reading(index, "印鑑登録の手数料はいくらですか")
    fee, housing = asked.near(SEAL), asked.near(HOUSING)
    assert fee.near > 0.9
    assert fee.far == 0
    assert housing.near == 0, "no fee stands there"
    elsewhere = reading(index, "粗大ごみの手数料はいくらですか").near(BULKY)
    assert elsewhere.near == 0
    assert elsewhere.far > 0.3, "of the matter it tells, but no fee"


def test_where_nothing_of_a_kind_is_asked_for_any_sentence_is_near(index: Index) -> None:
    near = reading(index, "粗大ごみの処理券").near(BULKY)
    assert near.near == pytest.approx(1)
    assert near.far == near.missed == 0


def test_nouns_asked_about_are_missed_those_of_the_story_are_not(index: Index) -> None:
    asked = "粗大ごみの受講資格はありますか"
    told = "受講資格を聞かれました人がいます。粗大ごみはどう出しますか"
    assert reading(index, asked).near(BULKY).missed > reading(index, told).near(BULKY).missed
