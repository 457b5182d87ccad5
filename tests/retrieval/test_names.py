from __future__ import annotations

from retrieval.names import Sort, words


def test_words_tell_names_from_places_and_the_rest() -> None:
    sorts = {word.surface: word.sort for word in words("田中太郎は新宿でベトナムの友人と林業をする。")}
    assert sorts["田中"] is Sort.SURNAME
    assert sorts["太郎"] is Sort.GIVEN
    assert sorts["新宿"] is Sort.PLACE
    assert sorts["ベトナム"] is Sort.COUNTRY
    assert sorts["林業"] is Sort.NOUN
    assert sorts["は"] is Sort.PARTICLE
    assert sorts["。"] is Sort.MARK


def test_all_of_a_text_is_covered_in_order_however_long() -> None:
    text = "グエンさんと 話す。\n" * 3_000
    found = words(text)
    assert "".join(word.surface for word in found) == text
    assert [word.start for word in found] == [0, *(word.end for word in found[:-1])]


def test_katakana_that_the_tokenizer_joins_is_not_known() -> None:
    (joined,) = words("スリーエフガンバ")
    assert not joined.known
    assert all(word.known for word in words("パスポート"))


def test_a_name_with_brackets_in_it_is_none() -> None:
    assert all(word.sort is not Sort.GIVEN for word in words("阮氏芳（ベトナム）さん") if "（" in word.surface)
