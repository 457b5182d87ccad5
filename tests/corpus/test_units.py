"""Units are what may stand by itself, and say where a cut does least harm."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Kind
from corpus.lines import Piece
from corpus.model import PASSAGE_LIMIT
from corpus.units import units_of

SENTENCE = "窓口では、生活の困りごとについて、十一の言葉で相談を受けています。"


def costs(*texts: str) -> list[float]:
    return [unit.cost for unit in units_of([Piece(text) for text in texts])]


def test_a_new_story_is_the_best_place_for_a_cut_and_its_inside_the_worst() -> None:
    begun, continued, ended, other = costs(f"● {SENTENCE * 2}", SENTENCE, f"{SENTENCE}（みどり市）", SENTENCE)
    assert begun == 0
    assert continued == ended
    assert continued > other > begun


def test_a_lead_a_question_and_a_label_belong_to_what_follows() -> None:
    for lead in ("主な相手は次のとおりです。", "選び方：", "理由は何ですか？", "第二回", "○東京の法務局"):
        assert costs(lead, SENTENCE)[1] > costs(SENTENCE, SENTENCE)[1], lead


def test_the_sides_of_a_comparison_belong_together() -> None:
    assert min(costs("メリット デメリット", f"◆ {SENTENCE}", f"◆ {SENTENCE}")[1:]) > costs(SENTENCE, f"◆ {SENTENCE}")[1]


def test_a_row_leaves_room_for_the_head_of_its_table() -> None:
    header = "番号　必要な知識と技術"
    for unit in units_of([Piece(SENTENCE * 30, Kind.ROW, header=header)]):
        assert unit.header == header
        assert len(unit.header) + 1 + len(unit.text) <= PASSAGE_LIMIT


@given(st.text(alphabet="窓口、。（）」 .!?aあ", max_size=2500))
def test_all_text_is_kept_and_no_unit_is_too_long(text: str) -> None:
    units = list(units_of([Piece(text)]))
    assert "".join("".join(unit.text for unit in units).split()) == "".join(text.split())
    assert all(len(unit.text) <= PASSAGE_LIMIT for unit in units)
