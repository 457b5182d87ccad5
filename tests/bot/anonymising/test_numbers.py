from __future__ import annotations

import pytest

from bot.anonymise import Kind
from bot.anonymising.numbers import is_my_number
from tests.bot.anonymising.ruled import ruled


def kinds(text: str) -> list[Kind]:
    return [kind for kind, _ in ruled(text)]


def check_digit(first: str) -> str:
    """By the ordinance, written once more from its own words: P1 is the last of the eleven."""
    total = 0
    for n in range(1, 12):
        p = int(first[11 - n])
        q = n + 1 if n <= 6 else n - 5
        total += p * q
    return str(0 if total % 11 <= 1 else 11 - total % 11)


@pytest.mark.parametrize("first", ["12345678901", "00000000000", "98765432109", "31415926535", "11111111111"])
def test_the_check_digit_tells_an_individual_number(first: str) -> None:
    right = check_digit(first)
    assert is_my_number(first + right)
    assert not any(is_my_number(first + other) for other in "0123456789" if other != right)


def test_twelve_digits_are_what_the_words_before_them_say() -> None:
    licence = "12345678901" + check_digit("12345678901")
    assert kinds(f"免許証の番号は{licence}") == [Kind.LICENCE]
    assert kinds(f"番号は{licence}") == [Kind.MY_NUMBER]
    wrong = "12345678901" + str((int(licence[-1]) + 1) % 10)
    assert kinds(f"これは{wrong}") == [Kind.NUMBER]
    assert kinds(f"マイナンバーは{wrong}") == [Kind.MY_NUMBER]
    assert kinds(f"総額{wrong}円") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ＡＢ１２３４５６７８ＣＤ", Kind.RESIDENCE_CARD),
        ("ab 1234\n5678 cd", Kind.RESIDENCE_CARD),
        ("パスポート TR1234567", Kind.PASSPORT),
        ("基礎年金番号 1234 567890", Kind.PENSION),
        ("口座番号は1234567です", Kind.BANK_ACCOUNT),
        ("IBAN DE89 3704 0044 0532 0130 00", Kind.BANK_ACCOUNT),
        ("受付番号：2026-00123", Kind.REFERENCE),
        ("令和8年(ワ)第1234号", Kind.REFERENCE),
        ("品川 300 あ 12-34", Kind.PLATE),
        ("なにわ330ひ・・12", Kind.PLATE),
        ("被保険者番号 12345678", Kind.INSURANCE),
        ("4111 1111 1111 1111", Kind.NUMBER),
    ],
)
def test_numbers_of_cards_accounts_and_cases(text: str, kind: Kind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "入管法第19条の16",
            "別記第30号の2様式",
            "令和8年法務省令第12号",
            "第3章2-1、1.2.3節",
            "50万円",
            "1,234,567円",
            "20,315円",
        ),
        *(
            "14日以内",
            "2026年4月1日から",
            "年齢は36歳",
            "税率10.21%",
            "JLPT N2",
            "COVID-19",
            "2026/11/20 13:00",
            "2026-11-20",
            "10〜20人",
        ),
    ],
)
def test_numbers_of_laws_amounts_and_days_stay(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("口座はゆうちょ　記号14180 番号30527711、名義", "記号14180 番号30527711"),
        ("保険証（記号7102 番号 338）", "記号7102 番号 338"),
        ("振込先 楽天銀行 ジャズ支店 普通 7714302 名義", "楽天銀行 ジャズ支店 普通 7714302"),
        ("口座 八十二銀行/松本営業部/普/０７７１５０６", "八十二銀行/松本営業部/普/０７７１５０６"),
        ("遺失届は、受理第1906号。", "第1906号"),
        ("申請番号TN-R23-00417。", "TN-R23-00417"),
        ("社協の番号が総合支援-2021-04477です", "総合支援-2021-04477"),
        ("袖ヶ浦 100 さ 2 8-6 0。", "袖ヶ浦 100 さ 2 8-6 0"),
        ("免許証番号は第402015563870号。", "第402015563870号"),
        ("旧P4471902Aは返した", "P4471902A"),
        ("（3）0974(63)2210　（4）竹田市", "0974(63)2210"),
        ("電話は〇九〇の六六一二の〇三四八", "〇九〇の六六一二の〇三四八"),
        ("父は+81 (0)80 6193 4420", "+81 (0)80 6193 4420"),
        ("メール k1m_hye0n at gakusei-net dot jp です", "k1m_hye0n at gakusei-net dot jp"),
        ("見た hxxp://isa-mojgo[.]top/z1 。", "hxxp://isa-mojgo[.]top/z1"),
    ],
)
def test_a_number_goes_with_what_is_said_of_it(text: str, number: str) -> None:
    assert [written for _, written in ruled(text)] == [number]


def test_meeting_at_a_place_is_no_address() -> None:
    assert ruled("We meet at school. Look at the dot.") == []


def test_the_number_of_a_law_stays() -> None:
    assert ruled("平成30年法律第102号による") == []
