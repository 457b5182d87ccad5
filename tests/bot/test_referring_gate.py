from __future__ import annotations

import pytest

from bot.referral_ports import Masked
from bot.referring.gate import AnonymisingGate, missing, new_labels

GATE = AnonymisingGate()


def masked(*texts: str, further: tuple[str, ...] = ()) -> list[str]:
    return [one.text for one in GATE.mask(texts, further)]


def test_one_story_has_one_set_of_labels() -> None:
    question, situation = masked("グエンさんの在留期間の更新", "グエンさんと夫の山田さんは横浜にいる。")
    assert question == "人物Aさんの在留期間の更新"
    assert situation.startswith("人物Aさんと夫の人物Bさん")


def test_what_follows_keeps_the_labels_of_what_went_before() -> None:
    (first,) = masked("グエンさんの相談です。")
    earlier, later = masked(first, "トランさんも来ました。")
    assert earlier == first
    assert later == "人物Bさんも来ました。"


def test_each_text_stays_its_own_even_where_nothing_or_nothing_else_stands_in_it() -> None:
    assert masked("", "更新したい", "") == ["", "更新したい", ""]
    assert masked() == []
    assert masked("〓", "\n\n〓\n\n", "〓〓") == ["〓", "\n\n〓\n\n", "〓〓"]


def test_nothing_is_read_across_two_texts() -> None:
    for pair in (("電話は090-1234", "5678円でした"), ("在留カードはAB1234", "5678CDです")):
        assert masked(*pair) == [text for one in pair for text in masked(one)]


@pytest.mark.parametrize("word", ["ＡＢＣ計画", "abc計画", "ABC計画", " Abc計画 "])
def test_what_the_author_adds_is_found_in_any_width_and_case(word: str) -> None:
    (text,) = masked("ＡＢＣ計画とabc計画", further=(word,))
    assert text == "伏せた語Aと伏せた語A"


def test_letters_whose_cases_are_not_equally_long_hide_nothing_from_the_author() -> None:
    assert masked("ß と COPY と İ", further=("copy",)) == ["ß と 伏せた語A と İ"]


@pytest.mark.parametrize("word", [".*", "(", "[^", "\\", "$"])
def test_what_the_author_adds_is_a_word_and_no_pattern(word: str) -> None:
    assert masked(f"手数料{word}はいくらですか", further=(word,)) == ["手数料伏せた語Aはいくらですか"]


def test_a_label_that_the_author_adds_leaves_all_others_as_they_are() -> None:
    assert masked("人物Aさんは会社Aにいる", further=("人物A", "会社Aに", "人物")) == ["人物Aさんは会社Aにいる"]


def test_letters_are_given_to_what_is_masked_only() -> None:
    assert masked("グエンさんはみどりにいる", further=("グエンさんの妹", "グエン", "みどり")) == [
        "人物Aさんは伏せた語Aにいる"
    ]


def test_longer_words_come_before_their_parts_and_empty_ones_are_none() -> None:
    (text,) = masked("青い袋の中の青い袋", further=("青い袋", "青い袋の中", "", "　"))
    assert text == "伏せた語Aの伏せた語B"


@pytest.mark.parametrize(
    ("word", "is_missing"),
    [
        ("みどり", False),
        ("ＭＩＤＯＲＩ", False),
        ("グエン", False),
        ("みとり", True),
        ("みどり作業", True),
        ("人物Q", False),
    ],
)
def test_a_word_that_stands_nowhere_is_told_of_and_only_such_a_one(word: str, is_missing: bool) -> None:
    texts = ("グエンさんはみどりにいる", "", "作業のmidori")
    assert missing(texts, ("作業", word)) == ((word,) if is_missing else ())


def test_what_was_masked_already_is_not_masked_twice() -> None:
    (text,) = masked("グエンさんに電話した", further=("グエン",))
    assert text == "人物Aさんに電話した"


def test_a_label_that_stands_in_the_text_is_given_to_nothing_else() -> None:
    assert masked("伏せた語Aとみどり", further=("みどり",)) == ["伏せた語Aと伏せた語B"]


def test_the_author_is_told_what_kinds_were_masked() -> None:
    (one,) = GATE.mask(["グエンさんの電話は090-1234-5678、みどり"], ["みどり"])
    assert one.kinds == ("人物", "電話番号", "伏せた語")
    assert GATE.mask(["手数料はいくらですか"])[0].kinds == ()


ASK = "様式は03-3580-4111に問い合わせを"


def kept(*texts: str, words: tuple[str, ...], further: tuple[str, ...] = (), own: int = 1) -> Masked:
    return GATE.mask(texts, further, words, own)[-1]


@pytest.mark.parametrize("word", ["03-3580-4111", "０３－３５８０－４１１１", "03-3580-4111に問い合わせを"])
def test_what_an_office_has_the_author_can_keep_in_any_width(word: str) -> None:
    assert masked(ASK) == ["様式は電話番号Aに問い合わせを"]
    assert kept(ASK, words=(word,)) == Masked(ASK)


@pytest.mark.parametrize(
    "text", ["東京都千代田区霞が関1-1-1の法務省", "〒160-0004 新宿区四谷1-6-1", "info-tokyo@moj.go.jp まで"]
)
def test_so_can_addresses_stay(text: str) -> None:
    assert masked(text) != [text]
    assert kept(text, words=(text,)) == Masked(text)


def test_what_is_named_by_halves_is_masked_whole() -> None:
    assert kept(ASK, words=("3580",)) == Masked("様式は電話番号Aに問い合わせを", ("電話番号",), ("3580",))


@pytest.mark.parametrize(
    ("text", "word"), [("グエンさんに伝えてください", "グエン"), ("在留カードはAB12345678CDです", "AB12345678CD")]
)
def test_what_only_a_person_has_is_never_kept(text: str, word: str) -> None:
    (plain,) = masked(text)
    outcome = kept(text, words=(word,))
    assert (outcome.text, outcome.hidden) == (plain, (word,))


def test_what_is_masked_in_another_text_is_kept_in_none() -> None:
    first, last = GATE.mask(("電話は03-3580-4111です。", ASK), (), ("03-3580-4111",))
    assert first.text == "電話は電話番号Aです。"
    assert (last.text, last.hidden) == ("様式は電話番号Aに問い合わせを", ("03-3580-4111",))


def test_what_ones_own_side_said_before_takes_no_word_away() -> None:
    assert kept("電話番号Aです。", "03-3580-4111です。", ASK, words=("03-3580-4111",), own=2).text == ASK


def test_other_texts_are_masked_as_ever() -> None:
    first, _ = GATE.mask(("090-1234-5678です", ASK), (), ("090-1234-5678", "03-3580-4111"))
    assert first.text == "電話番号Aです"


def test_what_shall_be_masked_and_kept_is_masked() -> None:
    outcome = kept(ASK, words=("03-3580-4111",), further=("03-3580-4111",))
    assert (outcome.text, outcome.hidden) == ("様式は伏せた語Aに問い合わせを", ("03-3580-4111",))


@pytest.mark.parametrize("word", ["", "\u200b", "みどり", "様式"])
def test_to_keep_what_is_not_there_or_not_masked_changes_nothing(word: str) -> None:
    assert kept(ASK, words=(word,)) == GATE.mask([ASK])[0]


def test_a_label_cannot_be_kept() -> None:
    assert kept("電話番号Aです", words=("電話番号A",)) == Masked("電話番号Aです", (), ("電話番号A",))


@pytest.mark.parametrize(
    ("before", "text", "new", "known"),
    [
        (("人物Aさんと人物Bさん", "会社A"), "人物Eさんは人物Bさんの妹", ["人物E"], ["人物A", "人物B"]),
        (("人物Aさんと会社A",), "会社B、人物C、会社C", ["会社B", "人物C", "会社C"], ["人物A", "会社A"]),
        (("人物Aさん",), "人物Aさんです", [], []),
        (("人物Aさん",), "電話番号Aです", [], []),  # stands for nothing that was there before
        ((), "人物Aさんです", [], []),
    ],
)
def test_labels_that_were_not_there_before(
    before: tuple[str, ...], text: str, new: list[str], known: list[str]
) -> None:
    assert new_labels(before, text) == (new, known)
