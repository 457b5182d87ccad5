"""What a new edition added, changed, moved or dropped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.diff import Change, SectionChange, compare, likeness, sections_of
from corpus.figures import Figure, FigureChange
from corpus.model import Corpus
from tests.corpus.editions import edition_of

ADDRESS = (
    "新しい住所が決まったら、引っ越した日から14日以内に、市区町村の窓口で届け出てください。在留カードを持って行きます。"
)
RUBBISH = "ごみの出し方は町によって違います。燃えるごみと燃えないごみを分けて、決められた日の朝に出してください。"
PENSION = "日本に住む20歳から59歳までの人は、国民年金に入ります。会社で働く人は会社を通じて入ります。"
TAX = "1月1日に日本に住所がある人は、前の年の所得に応じて住民税を納めます。納付書は市区町村から届きます。"

OLD = edition_of({"1 住所の届出": ADDRESS, "2 ごみ": RUBBISH, "3 年金": PENSION}, date="2021")


def changes(old: Corpus, new: Corpus) -> list[SectionChange]:
    return list(compare(old.passages, new.passages).changes)


def summary(found: list[SectionChange]) -> list[tuple[Change, str | None, str | None]]:
    return [(c.change, c.old.section_id if c.old else None, c.new.section_id if c.new else None) for c in found]


def test_an_edition_does_not_differ_from_itself() -> None:
    difference = compare(OLD.passages, OLD.passages)
    assert difference.changes == ()
    assert difference.unchanged == 3


def test_what_came_and_what_went() -> None:
    new = edition_of({"1 住所の届出": ADDRESS, "2 ごみ": RUBBISH, "4 住民税": TAX}, date="2024")
    assert summary(changes(OLD, new)) == [(Change.ADDED, None, "4"), (Change.DROPPED, "3", None)]


def test_a_changed_period_is_told_with_its_figure() -> None:
    new = edition_of({"1 住所の届出": ADDRESS.replace("14", "30"), "2 ごみ": RUBBISH, "3 年金": PENSION}, date="2024")
    (change,) = changes(OLD, new)
    assert change.change is Change.CHANGED
    assert change.figures == (FigureChange(Figure.NUMBER, "14日", "30日"),)
    assert 0.8 < change.likeness < 1


def test_an_inserted_section_moves_those_behind_it_and_changes_none() -> None:
    new = edition_of({"1 住所の届出": ADDRESS, "2 住民税": TAX, "3 ごみ": RUBBISH, "4 年金": PENSION}, date="2024")
    assert summary(changes(OLD, new)) == [
        (Change.ADDED, None, "2"),
        (Change.MOVED, "2", "3"),
        (Change.MOVED, "3", "4"),
    ]


def test_a_section_on_another_page_has_moved() -> None:
    new = edition_of({"0 はじめに": "この本の使い方", "1 住所の届出": ADDRESS}, date="2024")
    old = edition_of({"1 住所の届出": ADDRESS}, date="2021")
    moved = changes(old, new)[-1]
    assert moved.change is Change.MOVED
    assert moved.old is not None and moved.new is not None
    assert (moved.old.page, moved.new.page) == (1, 2)


def test_sections_without_numbers_are_matched_by_heading() -> None:
    old = edition_of({"住所の届出について": ADDRESS, "ごみの出し方": RUBBISH})
    new = edition_of({"ごみの出し方": TAX, "住所の届出": ADDRESS})
    found = {c.new.heading: c.old.heading for c in changes(old, new) if c.old and c.new}
    assert found == {"ごみの出し方": "ごみの出し方", "住所の届出": "住所の届出について"}


def test_a_new_heading_over_the_same_text_is_no_new_section() -> None:
    old = edition_of({"引っ越したとき": ADDRESS})
    new = edition_of({"転入・転居": ADDRESS.replace("窓口", "役所")})
    (change,) = changes(old, new)
    assert (change.change, change.figures) == (Change.CHANGED, ())


def test_the_same_heading_in_two_chapters_is_told_apart_by_the_text() -> None:
    old = edition_of({" 第1章 > 概要": ADDRESS, " 第2章 > 概要": RUBBISH})
    new = edition_of({" 第1章 > 概要": TAX, " 第2章 > 概要": ADDRESS, " 第3章 > 概要": RUBBISH})
    found = {c.new.path[0]: c.old.path[0] for c in changes(old, new) if c.old and c.new}
    assert found == {"第2章": "第1章", "第3章": "第2章"}


def test_width_and_line_breaks_are_no_change() -> None:
    new = edition_of(
        {"1 住所の届出": (ADDRESS[:20], ADDRESS[20:].replace("14", "１４")), "2 ごみ": RUBBISH, "3 年金": PENSION}
    )
    assert changes(OLD, new) == []


def test_passages_of_a_section_are_put_together() -> None:
    (section,) = sections_of(edition_of({"1 住所": ("前", "後")}).passages)
    assert (section.text, section.page, section.heading) == ("前\n後", 1, "住所")


def test_nothing_compared_with_something() -> None:
    assert summary(changes(Corpus(), OLD)) == [(Change.ADDED, None, number) for number in "123"]
    assert summary(changes(OLD, Corpus())) == [(Change.DROPPED, number, None) for number in "123"]


def test_likeness_is_between_nothing_and_the_same() -> None:
    assert likeness("住所", "住 所") == 1
    assert likeness("住所", "年金") == 0
    assert likeness("", "年金の手続") == 0
    assert 0 < likeness(ADDRESS, ADDRESS[:30]) < 1


TEXTS = st.sampled_from([ADDRESS, RUBBISH, PENSION, TAX, ADDRESS.replace("14", "30"), "短い", "電話 03-1111-2222"])
SECTIONS = st.dictionaries(
    st.sampled_from(["1 届出", "2 ごみ", "3 年金", " 概要", " 届出について", "4 概要"]), TEXTS, max_size=6
)


@given(SECTIONS, SECTIONS)
def test_every_section_of_both_editions_is_told_of_once(old: dict[str, str], new: dict[str, str]) -> None:
    before, after = edition_of(old, date="2021"), edition_of(new, date="2024")
    difference = compare(before.passages, after.passages)
    olds = [change.old for change in difference.changes if change.old]
    news = [change.new for change in difference.changes if change.new]
    assert len(olds) + difference.unchanged == len(old)
    assert len(news) + difference.unchanged == len(new)
    assert len(set(olds)) == len(olds)
    assert len(set(news)) == len(news)
    assert all(0 <= change.likeness <= 1 for change in difference.changes)
