"""What a counsellor typed, made fit for a search: nothing invisible in it, and not endless."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

#: The longest question that is searched as it stands, in characters: a pasted case of about a page.
QUESTION_LIMIT = 2000

#: Kinds of characters that nobody types on purpose: controls, surrogates, private use, unassigned.
#: Format characters (Cf) stay: some scripts and emoji are joined by them.
_UNWANTED = frozenset({"Cc", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched.

    Args:
        text: without control characters and outer white space, at most `QUESTION_LIMIT` characters; may be empty.
        shortened: True where the middle of a longer text was left out.
    """

    text: str
    shortened: bool = False

    @property
    def is_japanese(self) -> bool:
        """Whether any kana or kanji stands in it."""
        return any("ぁ" <= char <= "ヿ" or "一" <= char <= "鿿" or "ｦ" <= char <= "ﾟ" for char in self.text)


def read_question(typed: str) -> Question:
    """Makes a question of whatever was typed or pasted.

    Args:
        typed: any text.

    Returns:
        The question. Of a text that is too long its beginning and its end remain: a pasted case begins
        with who it is about and ends with what is asked.
    """
    visible = (char if _is_wanted(char) else " " for char in typed)
    text = unicodedata.normalize("NFC", "".join(visible)).strip()
    if not any(unicodedata.category(char)[0] in "LN" for char in text):
        # Only marks, spaces or emoji: there is nothing to look for.
        return Question("")
    if len(text) <= QUESTION_LIMIT:
        return Question(text)
    half = QUESTION_LIMIT // 2 - 1
    return Question(f"{text[:half]}\n{text[-half:]}", shortened=True)


def _is_wanted(char: str) -> bool:
    return char == "\n" or unicodedata.category(char) not in _UNWANTED
