"""How far a name reaches that words in front of it or behind it announce."""

from __future__ import annotations

import re

from bot.anonymising.document import Document
from bot.anonymising.wordsets import wordset
from retrieval.names import Sort, Word

_NAMEABLE = frozenset(
    {Sort.NOUN, Sort.PROPER, Sort.PERSON, Sort.PLACE, Sort.COUNTRY, Sort.SURNAME, Sort.GIVEN, Sort.PREFIX, Sort.SUFFIX}
)
_NEVER = wordset("さん 様 さま 氏 くん 君 ちゃん 内 等 など 側 宛 御中 あて 行き 名義")
#: Characters; no organisation's name is longer.
_LONGEST = 25


def is_nameable(word: Word) -> bool:
    """Whether a word can be part of an organisation's name.

    Args:
        word: any word.
    """
    if word.surface in _NEVER or not any(character.isalnum() for character in word.surface):
        return False
    is_number = word.sort is Sort.NUMBER and not word.surface.isdecimal() and len(word.surface) < 3
    return word.sort in _NAMEABLE or is_number or (not word.known and not word.surface.isdigit())


def right(document: Document, begin: int, outside: frozenset[str]) -> int:
    """One past the name that begins at a place; that place where none does.

    Args:
        document: what is read.
        begin: a position.
        outside: nouns that belong to no name.
    """
    words, end = document.words, begin
    index = document.word_at(begin)
    if index < len(words) and words[index].surface == " ":
        index += 1
    while index < len(words):
        word = words[index]
        if word.end - begin > _LONGEST or word.surface in outside or not document.is_free(word.start, word.end):
            break
        follows = index + 1 < len(words) and is_nameable(words[index + 1])
        joins = word.surface in "・&-.'ー" and end > begin and follows
        # まるはち, とりよし: hiragana that the dictionary takes for something else, with more behind.
        is_kana = word.sort is Sort.OTHER and len(word.surface) > 1 and end == begin and follows
        if not (joins or is_nameable(word) or is_kana):
            break
        end = word.end
        index += 1
    return end


def left(document: Document, end: int, outside: frozenset[str]) -> int:
    """Where the name begins that ends at a place; that place where none does.

    Args:
        document: what is read.
        end: a position.
        outside: nouns that belong to no name.
    """
    words, start = document.words, end
    index = document.word_at(end)
    while index:
        word = words[index - 1]
        if (
            end - word.start > _LONGEST
            or word.surface in outside
            or not document.is_free(word.start, min(word.end, end))
        ):
            break
        joins = word.surface in "・&-'ー" and start < end and index > 1 and is_nameable(words[index - 2])
        if word.surface == " " and start < end and index > 1:  # KTC Japan
            joins = (
                document.text[word.end].isascii()
                and words[index - 2].surface.isascii()
                and words[index - 2].surface.isalnum()
            )
        if not (joins or is_nameable(word)):
            break
        start = word.start
        index -= 1
    return start


def within(document: Document, start: int, end: int) -> list[Word]:
    """The words between two positions, the one that reaches over the end cut there.

    Args:
        document: what is read.
        start: first character.
        end: one past the last.
    """
    found = document.words[document.word_at(start) : document.word_at(end)]
    if found and found[-1].end > end:
        # ヤマト工業 is one word of the dictionary; without its ending it is as proper as with it.
        last = found[-1]
        written = document.text[last.start : end]
        found = [*found[:-1], Word(written, last.start, end, last.sort, last.known, "", written)]
    return found


def after_ownership(words: list[Word]) -> list[Word]:
    """What stands behind 市立, 区立 …: of 新宿区立大久保小学校 it is 大久保 that names the school.

    Args:
        words: the words of a name.
    """
    for index in range(len(words) - 1, -1, -1):
        if re.search(r"[市区町村都道府県国私公]立$", words[index].surface):
            return words[index + 1 :]
    return words
