"""How dates are written: western, by Japanese era, in kanji and kana, and in the languages of the residents."""

from __future__ import annotations

import re

_N = r"(?:\d{1,2}|[〇一二三四五六七八九十廿]{1,4}|元)"
_YEAR_IN_KANJI = r"[一二][〇一二三四五六七八九]{3}"
_YEAR = rf"(?:19|20)\d{{2}}|{_YEAR_IN_KANJI}"
#: Months in English, Portuguese, Spanish, Indonesian and Malay, as far as they are not the same.
_MONTHS = (
    r"(?i:Jan(?:uary|eiro|uari)?|Feb(?:ruary|rero|ruari)?|Fev(?:ereiro)?|Mar(?:ch|ço|zo|et)?|Apr(?:il)?|Abr(?:il)?|"
    r"May|Mai(?:o)?|Mei|Mayo|June?|Jun(?:ho|io|i)|July?|Jul(?:ho|io|i)|Aug(?:ust)?|Ago(?:sto)?|Agustus|"
    r"Sep(?:t(?:ember|iembre)?)?|Set(?:embro)?|Oct(?:ober|ubre)?|Out(?:ubro)?|Okt(?:ober)?|"
    r"Nov(?:ember|embro|iembre)?|Dec(?:ember)?|Dez(?:embro)?|Dic(?:iembre)?|Des(?:ember)?|Enero)\.?"
)
_ERA = (
    r"(?:民[国國]|明治|大正|昭和|平成|令和|れいわ|へいせい|しょうわ|(?:Reiwa|Heisei|Showa)\s|"
    r"[明大昭平令](?=[\d元一二三四五六七八九十])|[MTSHR]\.?|[sh](?=\d{1,2}[.,/]\d))"
)
_G = r"\s{0,2}"
_SEP = rf"{_G}(?:[-/.,・年]|ねん|年の){_G}"
_ROMAN = r"(?:XII|XI|IX|X|VIII|VII|VI|IV|V|III|II|I)"
_DAY_SAID = r"(?:ついたち|ふつか|みっか|よっか|いつか|むいか|なのか|ようか|ここのか|とおか|はつか)"
_DAY = rf"(?:{_G}日|{_G}にち|{_G}か(?![一-龥ぁ-ん月]))?"
_OF = r"(?:st|nd|rd|th)?[\s-]{0,2}(?:of |de )?"
#: A whole date: year, month and day.
FULL = (
    rf"(?:(?:西暦)?(?:{_YEAR})(?:年?{_G}[(](?:{_ERA}|[明大昭平令]){_N}年?[)]{_G}[年/.-]?{_G}|{_SEP}|\s){_N}"
    rf"(?:{_G}(?:[-/.,・月]|がつ|月の){_G}|\s){_N}{_DAY}"
    rf"|{_ERA}{_G}{_N}(?:年?[(](?:{_YEAR})年?[)])?{_SEP}{_N}{_G}(?:[-/.,・月]|がつ|月の){_G}{_N}{_DAY}"
    rf"|\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:19|20)\d{{2}}"
    rf"|{_MONTHS}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{0,2}}(?:19|20)\d{{2}}"
    rf"|\d{{1,2}}{_OF}{_MONTHS}[\s,-]{{0,3}}(?:de )?(?:19|20)\d{{2}}"
    rf"|(?:19|20)\d{{2}}[\s,./-]{{0,2}}(?:{_MONTHS}|{_ROMAN})[\s./-]{{0,2}}\d{{1,2}}(?!\d)"
    rf"|(?:(?:{_YEAR})|{_ERA}{_G}{_N})(?:年|ねん){_G}{_N}(?:月|がつ)の?{_G}{_DAY_SAID}"
    rf"|\d{{1,2}}[\s.]{{1,2}}{_MONTHS}\s?'\d{{2}}(?!\d)"
    rf"|(?:19|20)\d{{2}},\s?\d{{1,2}}{_OF}{_MONTHS}"
    rf"|\d{{1,2}}\s?tháng\s?\d{{1,2}}(?:\s?năm)?\s?(?:19|20)\d{{2}}"
    rf"|(?:Showa|Heisei|Reiwa)\s\d{{1,2}},\s?(?:\d{{1,2}} {_MONTHS}|{_MONTHS} \d{{1,2}})"
    rf"|(?:19|20)\d{{6}})"
)
_PARTIAL = (
    rf"(?:(?:今年|ことし|昨年|去年|おととし|一昨年)の?{_G}{_N}月{_G}{_N}日"
    rf"|(?:(?:{_YEAR})(?:年|ねん)|{_ERA}{_N}年)(?:{_G}{_N}月)?(?:頃|ごろ)?|'?\d{{2}}年{_N}月{_N}日|"
    rf"{_N}月{_G}{_N}日|'?\d{{2}}[./]\d{{1,2}}[./]\d{{1,2}}|\d{{1,2}}/\d{{1,2}}"
    rf"|{_MONTHS}\s?\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of )?{_MONTHS}|(?:19|20)\d{{2}})"
)
#: A date, or a part of one that can be a birthday.
DATE = rf"(?<![\d-])(?:{FULL}|{_PARTIAL})(?!\d)"
#: The hour of a birth.
HOUR = r"の?\s?(?:(?:午前|午後|AM|PM)\s?\d{1,2}(?:時(?:\d{1,2}分|半)?|:\d{2})|\d{1,2}時\d{1,2}分)"
_SPOKEN_NUMBER = (
    r"(?:せん|ひゃく|びゃく|ぴゃく|じゅう|いち|にせん|に|さん|よん|しち|し|ご|ろく|なな|はち|きゅう|く|れい|ぜろ|"
    r"つい|ふつ|みっ|よっ|よ|いつ|むい|ようか|ここの|とお|はつ|がん|\d{1,4}+|[〇一二三四五六七八九十百千]{1,4}+)"
)
_CALENDAR = r"(?:[(][^()\n]{0,6}暦[)])?"
#: A date in words or of another calendar, which only a word beside it tells to be a birthday.
SPOKEN = (
    rf"(?:(?:れいわ|へいせい|しょうわ|西暦|[ァ-ヴー]{{2,6}}暦|民国|仏暦)の?)?{_SPOKEN_NUMBER}{{1,7}}+"
    rf"(?:{_G}(?:ねん|年)){_CALENDAR}[、の]?{_G}{_SPOKEN_NUMBER}{{1,4}}+{_G}(?:がつ|月)の?、?{_G}{_SPOKEN_NUMBER}{{1,4}}"
    rf"(?:日|にち|か)?{_CALENDAR}"
)
_ERAS = {
    "明": 1867,
    "M": 1867,
    "大": 1911,
    "T": 1911,
    "昭": 1925,
    "し": 1925,
    "S": 1925,
    "s": 1925,
    "民": 1911,
    "平": 1988,
    "へ": 1988,
    "H": 1988,
    "h": 1988,
    "令": 2018,
    "れ": 2018,
    "R": 2018,
}
_BY_ERA = re.compile(rf"{_ERA}{_G}(?P<n>{_N})")
_KANJI = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")}


def year(written: str) -> int:
    """The western year of a date; 0 where it is written in a way that tells none.

    Args:
        written: what FULL or DATE found.
    """
    western = re.search(r"(?:19|20)\d{2}", written)
    if western:
        return int(western[0])
    by_era = _BY_ERA.match(written)
    if by_era:
        return _ERAS[by_era[0][0]] + number(by_era["n"])
    in_kanji = re.match(_YEAR_IN_KANJI, written)
    return number(in_kanji[0]) if in_kanji else 0


def number(written: str) -> int:
    """What figures or kanji numerals say, digit by digit or with 十: 二〇二六, 二十六, 元.

    Args:
        written: figures, or kanji numerals below a hundred or without 十.
    """
    if written.isdecimal():
        return int(written)
    if written == "元":
        return 1
    tens, ten, ones = written.replace("廿", "二十").rpartition("十")
    if ten:
        return 10 * _KANJI.get(tens, 1) + _KANJI.get(ones, 0)
    return int("".join(str(_KANJI[kanji]) for kanji in ones))
