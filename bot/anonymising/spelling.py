"""Kana in Latin letters, so that サトウ, さとう and SATO can be seen to be one name."""

from __future__ import annotations

import re

_ROWS = (
    "ア:a イ:i ウ:u エ:e オ:o カ:ka キ:ki ク:ku ケ:ke コ:ko ガ:ga ギ:gi グ:gu ゲ:ge ゴ:go ヤ:ya ユ:yu ヨ:yo ン:n ヴ:vu",
    "サ:sa シ:shi ス:su セ:se ソ:so ザ:za ジ:ji ズ:zu ゼ:ze ゾ:zo タ:ta チ:chi ツ:tsu テ:te ト:to ワ:wa ヲ:o",
    "ダ:da ヂ:ji ヅ:zu デ:de ド:do ナ:na ニ:ni ヌ:nu ネ:ne ノ:no ハ:ha ヒ:hi フ:fu ヘ:he ホ:ho ラ:ra リ:ri",
    "バ:ba ビ:bi ブ:bu ベ:be ボ:bo パ:pa ピ:pi プ:pu ペ:pe ポ:po マ:ma ミ:mi ム:mu メ:me モ:mo ル:ru レ:re ロ:ro",
)
_SYLLABLES = {pair[0]: pair[2:] for row in _ROWS for pair in row.split()}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}


def in_latin(kana: str) -> str:
    """Kana in Latin letters, lower case, long vowels short.

    Args:
        kana: katakana or hiragana; other characters are left out.
    """
    spelt = ""
    for character in kana:
        if "ぁ" <= character <= "ゖ":
            character = chr(ord(character) + 0x60)  # noqa: PLW2901 - the same in katakana
        if character in "ャュョ" and spelt.endswith("i"):
            vowel = {"ャ": "a", "ュ": "u", "ョ": "o"}[character]
            spelt = spelt[:-1] + ("" if spelt.endswith(("shi", "chi", "ji")) else "y") + vowel
        elif character in _SMALL:
            spelt = spelt[:-1] + _SMALL[character]
        else:
            spelt += _SYLLABLES.get(character, "")
    return shortened(spelt)


def shortened(spelt: str) -> str:
    """Long vowels short: Satou, Satoo and Satoh are Sato.

    Args:
        spelt: lower case Latin letters.
    """
    return re.sub(r"oo|ou|oh(?=[^aeiou]|$)", "o", spelt).replace("uu", "u")
