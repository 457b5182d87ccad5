from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("口座は三十三銀行 四日市支店 普通 2084417です", "三十三銀行 四日市支店 普通 2084417"),
        ("振込先はもみじ銀行竹原支店 普通3027194", "もみじ銀行竹原支店 普通3027194"),
        ("口座 気仙沼信金／本店／普／1006274 です", "気仙沼信金／本店／普／1006274"),
        ("普通 7708123 渥美農協 田原支所に", "普通 7708123 渥美農協 田原支所"),
        ("楽天銀行 ビート支店（212）普通7180442", "楽天銀行 ビート支店（212）普通7180442"),
        ("山陰合同 出雲西 普通 3620187", "山陰合同 出雲西 普通 3620187"),
        ("北洋銀行の白石支店で、3304518、普通", "北洋銀行の白石支店で、3304518、普通"),
        ("ゆうちょ 記号14360 番号22871941 へ", "記号14360 番号22871941"),
        ("愛媛信用金庫 伊予支店 普通 044-1028839", "愛媛信用金庫 伊予支店 普通 044-1028839"),
        ("百十四銀行屋島支店普通〇七一八八二四", "百十四銀行屋島支店普通〇七一八八二四"),
        ("account number 0274 0302 7009 1185", "0274 0302 7009 1185"),
    ],
)
def test_an_account_goes_with_its_bank_and_branch(text: str, account: str) -> None:
    assert (Kind.BANK_ACCOUNT, account) in ruled(text)


@pytest.mark.parametrize(
    "text",
    ["ゆうちょ銀行で口座を作れますか", "北洋銀行の白石支店に行った", "三井住友銀行に1500000円ある", "普通預金の口座"],
)
def test_a_bank_alone_stays(text: str) -> None:
    assert ruled(text) == []
