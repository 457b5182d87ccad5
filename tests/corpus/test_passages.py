"""Passages are whole, short enough, and know where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Kind
from corpus.lines import Piece
from corpus.model import PASSAGE_LIMIT, Passage, Source
from corpus.passages import passages_of
from corpus.sections import sections_of

SOURCE = Source(id="guide", title="手引き", edition="第1版")
SENTENCE = "窓口では、生活の困りごとについて、十一の言葉で相談を受けています。"


def made(*pieces: Piece | str) -> tuple[Passage, ...]:
    return passages_of(SOURCE, sections_of([piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces]))


def test_a_passage_says_where_it_stands() -> None:
    (passage,) = made("第3章 運営", "２｜取組", "（１）みどり市", Piece(SENTENCE * 4, page=12))
    assert passage == Passage(
        id="guide@第1版/ja#3.2.1/1",
        source=SOURCE.key,
        text=SENTENCE * 4,
        section_id="3.2.1",
        section=("第3章 運営", "２｜取組", "（１）みどり市"),
        page=12,
    )


def test_a_long_section_is_cut_between_paragraphs_and_stories_stay_whole() -> None:
    story = [f"● {SENTENCE * 5}", f"{SENTENCE * 4}（みどり市）"]
    texts = [passage.text for passage in made(*story, *story, *story)]
    assert texts == ["\n".join(story)] * 3


def test_a_long_paragraph_is_cut_between_sentences_only() -> None:
    passages = made(SENTENCE * 40)
    assert all(passage.text.endswith("。") and len(passage.text) <= PASSAGE_LIMIT for passage in passages)
    assert "".join(passage.text for passage in passages) == SENTENCE * 40


def test_a_note_in_brackets_stays_with_its_sentence() -> None:
    paragraph = f"{SENTENCE * 20}{SENTENCE}（みどり市）"
    assert made(paragraph)[-1].text.endswith("。（みどり市）")
    assert not any(passage.text.startswith("（") for passage in made(paragraph))


def test_small_neighbours_are_joined_with_their_headings_as_lines() -> None:
    (passage,) = made("（１）みどり市", "取組について", "■背景", SENTENCE, "■評判", SENTENCE)
    assert passage.text == f"■背景\n{SENTENCE}\n■評判\n{SENTENCE}"
    assert passage.section == ("（１）みどり市", "取組について")


def test_stories_of_two_towns_are_never_joined() -> None:
    assert [passage.section for passage in made("（１）みどり市", SENTENCE, "（２）あおば市", SENTENCE)] == [
        ("（１）みどり市",),
        ("（２）あおば市",),
    ]


def test_each_contact_is_a_passage_of_its_own() -> None:
    rows = [
        Piece(f"{name}　町1-1　03-0000-{n}111", Kind.ROW, header="窓口　住所　電話")
        for n, name in enumerate(["あおば", "みどり"])
    ]
    first, second = made("■相談先", "・窓口の住所及び電話", *rows, SENTENCE)[1:3]
    assert (first.text, second.text) == ("あおば　町1-1　03-0000-0111", "みどり　町1-1　03-0000-1111")
    assert first.section == ("相談先", "窓口の住所及び電話（窓口 / 住所 / 電話）")


def test_other_rows_keep_the_head_of_their_table_in_every_passage() -> None:
    rows = [Piece(f"{n}　{SENTENCE * 3}", Kind.ROW, header="番号　知識") for n in range(12)]
    passages = made(*rows)
    assert len(passages) > 1
    assert all(passage.text.startswith("番号　知識\n") and len(passage.text) <= PASSAGE_LIMIT for passage in passages)


def test_a_table_of_two_columns_stays_together() -> None:
    pieces = ["メリット デメリット", *[f"◆ {SENTENCE}" for _ in range(6)]]
    (passage,) = made("■共同方式のメリット・デメリット", *pieces)
    assert passage.text == "\n".join(pieces)


def test_what_announces_a_list_stays_with_it() -> None:
    texts = [
        passage.text
        for passage in made(SENTENCE * 10, "主な相手は次のとおりです。", *["・法律の相談を受ける機関"] * 12)
    ]
    assert not any(text.endswith("次のとおりです。") for text in texts)


PIECES = st.lists(
    st.builds(
        Piece,
        st.text(alphabet="相談窓口の案内、。（）「」①■●・ 1AZ　%", min_size=1, max_size=900)
        .filter(str.strip)
        .map(str.strip),
        st.sampled_from([Kind.PARAGRAPH, Kind.ROW]),
        header=st.sampled_from(["", "窓口　電話", "番号　知識"]),
        gap=st.integers(0, 3),
    ),
    max_size=12,
)


@given(PIECES)
def test_no_passage_is_too_long_empty_or_named_twice(pieces: list[Piece]) -> None:
    passages = passages_of(SOURCE, sections_of(pieces))
    assert all(0 < len(passage.text) <= PASSAGE_LIMIT for passage in passages)
    assert len({passage.id for passage in passages}) == len(passages)


PROSE = st.lists(
    st.text(alphabet="相談窓口案内、」（", max_size=300).map(lambda text: f"窓{text}。"), min_size=1, max_size=12
)


@given(PROSE)
def test_no_prose_is_lost_or_put_elsewhere(paragraphs: list[str]) -> None:
    shown = "".join(passage.text for passage in made(*paragraphs))
    assert "".join(shown.split()) == "".join(paragraphs)


def test_an_endless_table_of_scraps_is_divided_as_well() -> None:
    passages = made(*[Piece(str(number % 10), gap=0) for number in range(3000)])
    assert all(len(passage.text) <= PASSAGE_LIMIT for passage in passages)
    assert sum(len(passage.text.split()) for passage in passages) == 3000
