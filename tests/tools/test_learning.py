from __future__ import annotations

from pathlib import Path

import pytest

from bot.anonymising.kinds import Kind
from corpus import names
from tools.learning.__main__ import LOTS, lots
from tools.learning.marked import INNOCENT, Marked, Place, identifying, read_lot, unmarked
from tools.learning.measuring import measure
from tools.learning.training import instances, kind_of
from tools.learning.varied import Variations

TEXT = unmarked("⟦name:グエン・ヴァン⟧が⟦employer:みのり⟧を辞めた。⟦name:グエン⟧は⟦innocent:無職⟧。")


def test_marks_are_taken_out_and_remembered() -> None:
    assert unmarked("⟦name:林⟧は⟦innocent:無職⟧") == Marked("林は無職", (Place("name", 0, 1), Place(INNOCENT, 2, 4)))


@pytest.mark.parametrize("written", ["⟦name:林は", "林⟧は", "⟦name:⟦name:林⟧⟧"])
def test_a_damaged_mark_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unmarked(written)


def test_texts_of_a_lot_end_with_two_percent_signs(tmp_path: Path) -> None:
    path = tmp_path / "lot.txt"
    path.write_text("⟦name:林⟧です\n二行目\n%%\n100%%です\n", "utf-8")
    assert [marked.text for marked in read_lot(path)] == ["林です\n二行目", "100%%です"]


def test_every_lot_can_be_read_and_its_kinds_are_known() -> None:
    assert len(list(LOTS.iterdir())) > 10
    kinds = {place.kind for texts in lots().values() for marked in texts for place in identifying(marked)}
    assert kinds <= {kind.value for kind in Kind}


def test_the_same_name_becomes_the_same_other_name() -> None:
    others = {"employer": ["ひなた"]}
    changed = set()
    for seed in range(20):
        one = Variations(names.load(), others, seed).of(TEXT)
        whole, employer, short, innocent = (one.text[place.start : place.end] for place in one.places)
        assert whole.split("・")[0] == short
        assert employer in ("みのり", "ひなた")
        assert innocent == "無職"
        assert one.text == f"{whole}が{employer}を辞めた。{short}は無職。"
        changed.add((whole, employer))
    assert len(changed) > 5


def test_a_short_form_stays_beside_what_it_shortens() -> None:
    text = unmarked("⟦employer:みのり食品⟧の人が、⟦employer:みのり⟧では")
    for seed in range(10):
        assert Variations(names.load(), {"employer": ["ひなた"]}, seed).of(text) == text


def test_a_number_gets_other_figures_or_the_form_of_another_and_begins_as_it_did() -> None:
    text = unmarked("番号は⟦passport:TK1234567⟧です。生まれは⟦birth_date:1990年4月3日⟧")
    written = set()
    for seed in range(20):
        one = Variations(names.load(), {"passport": ["AB 12 34"]}, seed).of(text)
        number, birth = (one.text[place.start : place.end] for place in one.places)
        assert number[:2] in ("TK", "AB")
        assert birth == "1990年4月3日"
        written.add(number)
    assert len(written) > 10
    assert {number[:3] for number in written} == {"TK1", "AB "}


def test_every_character_has_a_label() -> None:
    made = list(instances([TEXT], Variations(names.load(), {}, 1), 2, made_for_rules=False, seed=1))
    assert len(made) == 3
    seen, labels = made[0]
    assert len(seen) == len(labels) == len(TEXT.text)
    assert labels[:8] == ["B-name", *["I-name"] * 6, "O"]
    assert labels[8:12] == ["B-employer", "I-employer", "I-employer", "O"]


@pytest.mark.parametrize(("kind", "called"), [("name", "name"), ("url", "sns"), ("passport", "number")])
def test_numbers_of_all_sorts_are_one_kind(kind: str, called: str) -> None:
    assert kind_of(kind) == called


def test_measuring_counts_what_is_left() -> None:
    half = unmarked("⟦name:田中⟧太郎が⟦email:東京⟧⟦innocent:都庁⟧に。")
    outcome = measure([half], lambda _: [(0, 3), (7, 8)])
    assert (outcome.recall("name"), outcome.recall("formatted"), outcome.masked, outcome.innocent) == (1, 0, 1, 1)


def test_of_a_number_its_figures_tell_and_the_words_around_it_do_not() -> None:
    text = unmarked("⟦bank_account:普通 1234567⟧と⟦email:aki@example.com⟧")
    outcome = measure([text], lambda _: [(3, 10), (11, 14)])
    assert (outcome.recall("formatted"), outcome.recall("figures")) == (0, 0.5)
