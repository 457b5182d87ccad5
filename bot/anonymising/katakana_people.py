"""Names in katakana: グエン・ヴァン・アイン, ファム ティ フオン, and アイン alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.telling import (
    AT_A_LINE,
    BREAKS,
    CALLED,
    DOES,
    INTRODUCED,
    KATAKANA,
    NAMES,
    ROLE,
    ROLE_BESIDE,
    SPEAKS,
    TOLD_OF,
    is_ordinary,
)
from corpus.names import Names
from retrieval.names import Sort, Word, words

_PART = rf"{KATAKANA}{{1,14}}"
_INITIALS = r"(?<![A-Za-z])(?:[A-Z][.・]{1,2}\s?){1,3}$"
_ROW = re.compile(rf"{_PART}(?:[・=•·]\s?{_PART}|\.{KATAKANA}{{2,14}}){{0,6}}|(?<!{KATAKANA}){KATAKANA}+")
_SPACED_ROW = re.compile(rf"(?<!{KATAKANA}){_PART}(?:(?:[ \t]{{1,2}}|\n|[・=•·]\s?){_PART}){{1,6}}(?!{KATAKANA})")
_ROW_BEFORE = re.compile(rf"{_PART}(?:[・=•·.\s]\s?{_PART}){{0,6}}$")
_ROW_HERE = re.compile(rf"{_PART}(?:[・=•·\s]\s?{_PART}){{0,6}}")
#: Behind a row that a word of no dictionary is in: it is told of.
_TOLD = re.compile(r"\s?(?:[(は]|が|も|と|の(?:夫|妻|件|在留|子|母|父)|、|に|を|より|から|\n|$)")
_IN_A_WORD_AFTER = re.compile(r"(?!様|氏|君|殿|夫妻|本人|妻|夫|母|父|宛|姉|兄|弟|妹|先生)[一-龥A-Za-z]")
_NOUNS = (Sort.NOUN, Sort.COUNTRY, Sort.PLACE, Sort.PROPER)


def find(document: Document, names: Names) -> Iterator[Span]:
    """Rows of katakana names, then single ones.

    Args:
        document: what is read.
        names: what names look like.
    """
    for pattern in (_SPACED_ROW, _ROW):
        for match in pattern.finditer(document.text):
            if document.is_free(*match.span()):
                yield from _in_row(document, names, match)


def begins_before(document: Document, names: Names, end: int, *, sure: bool) -> int:
    """Where the katakana name begins that ends before an honorific; `end` where none does.

    Args:
        document: what is read.
        names: what names look like.
        end: where the honorific begins.
        sure: whether the honorific goes with names only; 先生 does not.
    """
    text = document.text
    gap = end - 1 if end and text[end - 1] == " " else end
    match = _ROW_BEFORE.search(text[max(0, gap - 70) : gap])
    if match is None:
        return end
    parts = re.split(rf"({BREAKS})", match[0])
    last, single = parts[-1], len(parts) == 1
    if is_ordinary(names, last) or (single and len(last) == 1 and last not in names.katakana):
        return end
    if not sure and _is_common(last) and last not in names.katakana:
        return end
    start = gap
    for position in range(len(parts) - 1, -1, -2):
        if position < len(parts) - 1 and (is_ordinary(names, parts[position]) or "\n" in parts[position + 1]):
            return start
        start -= len(parts[position]) + (len(parts[position + 1]) if start < gap else 0)
    initials = re.search(_INITIALS, text[max(0, start - 12) : start])
    return start - len(initials[0]) if initials else start


def ends_after(document: Document, names: Names, begin: int) -> int:
    """One past the katakana name that begins where a name is announced; `begin` where none does.

    Args:
        document: what is read.
        names: what names look like.
        begin: a position.
    """
    text = document.text
    match = _ROW_HERE.match(text, begin)
    if match is None:
        return begin
    written = match[0].rstrip()
    lines = written.split("\n")
    parts = re.split(BREAKS, lines[0])
    if len(parts) > 1:
        return begin if all(is_ordinary(names, part) for part in parts) else begin + len(lines[0])
    if is_ordinary(names, parts[0]):
        return begin
    after = text[begin + len(lines[0]) :][:1]
    if parts[0] in names.katakana or not re.match(r"[一-龥ぁ-ん]", after) or after in "とでがはさく":
        return begin + len(lines[0])
    return begin


def _is_common(word: str) -> bool:
    read = words(word)
    return len(read) == 1 and read[0].known and read[0].sort in _NOUNS


def _in_row(document: Document, names: Names, match: re.Match[str]) -> Iterator[Span]:
    parts = re.split(BREAKS, match[0])
    if len(parts) == 1:
        if _is_single_name(document, names, *match.span()):
            yield Span(Kind.NAME, *match.span())
        return
    if _is_common("".join(parts)) and not (
        words("".join(parts))[0].sort is Sort.NOUN and all(part in names.katakana for part in parts)
    ):
        return  # サン・パウロ, コスタ・リカ
    likely = [_likelihood(names, part) for part in parts]
    if "\n" in match[0] and min(likely) < 1:
        return  # a line that ends within a word
    if min(likely) < 0:
        # マリア パスポート: a name beside a word that is none; the name alone is found with the single ones.
        return
    # コース・カリキュラム are words, ラマ・カルマ names, and one name makes its unknown neighbours names.
    names_enough = sum(likely) >= 1 and (sum(likely) >= (len(parts) + 1) // 2 or min(likely) >= 0.5)
    strange = "・" in match[0] and any(_is_strange(part) for part in parts)
    if names_enough or (strange and _TOLD.match(document.text, match.end())):
        yield Span(Kind.NAME, *match.span())


def _is_strange(part: str) -> bool:
    return len(part) > 2 and not all(word.known for word in words(part))


def _likelihood(names: Names, part: str) -> float:
    """How likely a word in a row is part of a name: 1 for names, 0.5 for what no dictionary has, -1 for other words."""
    listed = part in names.katakana
    if is_ordinary(names, part):
        return 0.5 if listed else -1.0
    if listed:
        return 1.0
    read = words(part)
    if any(word.sort in NAMES for word in read):
        return 1.0
    return 0.5 if len(part) <= 2 or not all(word.known for word in read) else 0.0


def _is_part_of_more(before: str, after: str) -> bool:
    """Whether a katakana word is part of a longer one, マリア像, or of one that a line's end cuts."""
    if _IN_A_WORD_AFTER.match(after) or (re.search(r"[一-龥A-Za-z0-9]$", before) and not ROLE_BESIDE.search(before)):
        return True
    return bool(re.search(rf"{KATAKANA}\s?\n+\s?$", before) or re.match(rf"\s?\n+\s?{KATAKANA}", after))


def _is_single_name(document: Document, names: Names, start: int, end: int) -> bool:
    text, word = document.text, document.text[start:end]
    before, after = text[max(0, start - 12) : start], text[end : end + 30]
    if len(word) < 2 or is_ordinary(names, word) or _is_part_of_more(before, after):
        return False
    index = document.word_at(start)
    one: Word | None = document.words[index] if index < len(document.words) else None
    if one is not None and (one.start, one.end) != (start, end):
        one = None
    speaks = bool(SPEAKS.match(after) and AT_A_LINE.search(before))
    said = bool(ROLE.search(before) or ROLE_BESIDE.search(before) or CALLED.match(after) or INTRODUCED.search(before))
    is_noun = one is not None and one.known and one.sort in _NOUNS
    if word in names.katakana:
        if is_noun:  # アン, サラ, タオ: words and names both
            opens = len(word) > 3 and bool(re.search(r"(?:^|[。\n])\s?$", before)) and after[:1] in tuple("はがと")
            return said or speaks or opens or (len(word) > 2 and bool(DOES.match(after)))
        return said or speaks or len(word) > 2 or (one is not None and one.sort in NAMES) or bool(DOES.match(after))
    if one is None or one.sort in NAMES:
        return one is not None
    # 夫ラサンタが: nothing but a name stands there so.
    beside = len(word) > 2 and bool(ROLE_BESIDE.search(before) and DOES.match(after))
    opens = len(word) > 3 and bool(re.search(r"(?:^|[。\n])\s?$", before)) and after[:1] in tuple("はがの")
    if opens and not is_noun:
        return True  # ベルナルドの交通違反
    # A word that no dictionary has, of whom something is told that is told of people.
    return beside if is_noun else said or speaks or (len(word) > 2 and bool(TOLD_OF.match(after)))
