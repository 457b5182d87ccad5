from __future__ import annotations

from random import Random

import pytest

from bot.linking import ALPHABET, LENGTH, code_in, new_code


def test_codes_have_ten_letters_that_nobody_mistakes() -> None:
    assert not set("0O1IL2Z5S8B") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)
    codes = {new_code(Random(seed)) for seed in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


def test_a_new_code_is_read_back_as_it_is() -> None:
    code = new_code(Random(7))
    assert code_in(f"登録 {code}") == code


@pytest.mark.parametrize(
    "text",
    [
        "登録 ACDEFGHJKM",
        "登録ACDEFGHJKM",
        "登録　ＡＣＤＥＦＧＨＪＫＭ",
        "登録: acdef-ghjkm",
        "登録：ACDEF GHJKM",
        " 登録コード ACDEFGHJKM \n",
    ],
)
def test_a_code_is_read_however_it_is_typed(text: str) -> None:
    assert code_in(text) == "ACDEFGHJKM"


@pytest.mark.parametrize(
    "text",
    [
        "登録",
        "登録したい",
        "登録支援機関とは",
        "登録 印鑑",
        "住民登録 ABC",
        "ACDEFGHJKM",
        "登録 A",
        "登録 ACDEFGHJKM をお願いします",
    ],
)
def test_other_words_are_no_code(text: str) -> None:
    assert code_in(text) is None
