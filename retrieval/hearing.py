"""Questions written in kana alone, put into the words that documents write.

Whoever has no kanji at hand types かいしゃ and そうだんまどぐち, and a tokenizer cuts that into words that
nobody meant (か, 医者). The index knows how its own words sound. So a kana question is cut anew, by the
cheapest way through it: words of the index, what the tokenizer found, particles, and letters of which
nothing is known.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from retrieval.analyser import Token, katakana
from retrieval.romaji import PARTICLES_IN_KANA
from retrieval.table import Vocabulary

#: A question is written in kana from this share of its letters on; shorter ones tell too little.
_KANA_SHARE = 0.9
_SHORTEST = 6
#: A word by itself has at least this many letters; shorter ones only join others: 市 after 函館.
_WORD = 3
_JOINING = 2

#: What a step costs. Small words of grammar are nearly free, so that no word is heard in していました.
_HEARD, _HEARD_SHORT, _BEFORE, _BEHIND = 0.8, 1.2, 0.6, 0.25
_GRAMMAR, _INFLECTED, _HELD, _COMMON, _FOREIGN = 0.3, 0.8, 1.0, 1.3, 2.5
_PARTICLE, _LETTER = 0.5, 2.0
#: Words that keep less than this of their weight in a question are as good as grammar.
_TOPICLESS = 0.3

#: Runs are cut at a length that keeps the search through them short.
_RUN = re.compile(r"[ぁ-ゖー]{1,120}")
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_ONE_KANJI = re.compile(r"[一-龠]")
_LETTERS = re.compile(r"[^\W\d_]")
#: Long vowels are often left out, in Latin letters above all: きたきゅしゅ.
_LONG_VOWEL = re.compile(r"(?<=[オコソトノホモヨロゴゾドボポョウクスツヌフムユルグズヅブプュ])ウ|ー")
_HIRAGANA = "".join(map(chr, range(ord("ぁ"), ord("ゖ") + 1)))

#: How what is asked for sounds, before the units that are counted in kana too.
_UNITS = (
    "にん人 めい名 かい回 じ時 じかん時間 ぷん分 ばん番 さい歳 ねん年 かげつか月 がつ月 にち日 ようび曜日 "
    "しゅうかん週間 まい枚 げんご言語 ご語 かこくか国 かしょか所 わり割 えん円 だい台 けん件"
)
_ASKED = {f"なん{sound}": f"何{unit}" for sound, unit in re.findall(r"([ぁ-ん]+?)([か]?[一-龠]+)(?:\s|$)", _UNITS)}
#: Sounds that are taken for grammar, not for a short word.
_GRAMMATICAL = frozenset(map(katakana, PARTICLES_IN_KANA)) | frozenset("タテダデナネヨ")


def in_kana(folded: str) -> bool:
    """Whether a question is written in kana alone, or nearly so."""
    kana = len(_KANA.findall(folded))
    return kana >= _SHORTEST and kana >= _KANA_SHARE * len(_LETTERS.findall(folded))


class _Step(NamedTuple):
    end: int
    cost: float
    written: str


class Hearing:
    """Cuts kana questions into words of one index.

    Args:
        vocabulary: of the index.
        frequencies: passages each term stands in; terms that stand in none are left out.
    """

    def __init__(self, vocabulary: Vocabulary, frequencies: Iterable[int]) -> None:
        often: dict[str, int] = {}
        self._word: dict[str, str] = {}
        self._joining: dict[str, str] = {}
        for term, reading, frequency in zip(vocabulary.terms, vocabulary.readings, frequencies, strict=True):
            sound = reading or katakana(term)
            if not frequency or not _whole(term, sound):
                continue
            short = len(sound) < _WORD
            if (short and (sound in _GRAMMATICAL or not _ONE_KANJI.fullmatch(term))) or frequency <= often.get(
                sound, 0
            ):
                continue
            often[sound] = frequency
            (self._joining if short else self._word)[sound] = term
        for sound, term in list(self._word.items()):
            brief = _LONG_VOWEL.sub("", sound)
            if len(brief) > _WORD:
                self._word.setdefault(brief, term)
        self._longest = max(map(len, self._word), default=0)

    def rewritten(self, folded: str, found: Sequence[Token], weights: Sequence[float | None]) -> str:
        """A question in the words of the index.

        Args:
            folded: the question, in kana.
            found: its content words, as the tokenizer cut it.
            weights: share of its weight that each keeps in a question; None for what the index does not hold.
        """
        cut = {token.start: (token, weight) for token, weight in zip(found, weights, strict=True)}
        within = {place for token in found for place in range(token.start, token.end)}
        return _RUN.sub(lambda run: self._cut(run, cut, within), folded)

    def _cut(self, run: re.Match[str], cut: dict[int, tuple[Token, float | None]], within: set[int]) -> str:
        """The cheapest way through one run."""
        text, offset = run[0], run.start()
        sound = katakana(text)
        cheapest: list[tuple[float, str]] = [(0.0, "")] + [(float("inf"), "")] * len(text)
        for at in range(len(text)):
            cost, written = cheapest[at]
            steps = self._steps(text, at, cut.get(offset + at), offset + at in within)
            for step in itertools.chain(steps, self._heard(sound, at)):
                if cost + step.cost < cheapest[step.end][0]:
                    cheapest[step.end] = (cost + step.cost, written + step.written)
        return cheapest[-1][1]

    @staticmethod
    def _steps(text: str, at: int, token: tuple[Token, float | None] | None, within: bool) -> Iterator[_Step]:
        yield _Step(at + 1, _LETTER if within else _GRAMMAR, text[at])
        for end in range(at + 1, min(len(text), at + 4) + 1):
            if text[at:end] in PARTICLES_IN_KANA:
                yield _Step(end, _PARTICLE, text[at:end])
        if token:
            found, weight = token
            end = at + len(found.surface)
            if end <= len(text):
                yield _Step(end, _price(found, weight), text[at:end])
        for sound, asked in _ASKED.items():
            if text.startswith(sound, at):
                yield _Step(at + len(sound), _PARTICLE, asked)

    def _heard(self, sound: str, at: int) -> Iterator[_Step]:
        """Words of the index, with short ones joined before and behind."""
        before = [_Step(at, 0.0, "")]
        before += [
            _Step(at + size, _BEFORE, self._joining[sound[at : at + size]])
            for size in range(1, _JOINING + 1)
            if sound[at : at + size] in self._joining
        ]
        for first in before:
            for end in range(first.end + _WORD, min(len(sound), first.end + self._longest) + 1):
                word = self._word.get(sound[first.end : end])
                if word is None:
                    continue
                cost = first.cost + (_HEARD_SHORT if end - first.end == _WORD else _HEARD)
                yield _Step(end, cost, first.written + word)
                for size in range(1, _JOINING + 1):
                    behind = self._joining.get(sound[end : end + size])
                    if behind and end + size <= len(sound):
                        yield _Step(end + size, cost + _BEHIND, first.written + word + behind)


def _whole(term: str, sound: str) -> bool:
    """Whether a term is read as it stands; of 受ける the reading kept is that of a stem."""
    stem = term.rstrip(_HIRAGANA)
    return bool(stem) and sound.endswith(katakana(term[len(stem) :]))


def _price(token: Token, weight: float | None) -> float:
    """What a word of the tokenizer costs."""
    if weight is not None and weight < _TOPICLESS:
        return _GRAMMAR if len(token.surface) < _WORD else _COMMON
    if token.known and not token.noun and token.base != token.surface and len(token.surface) > 1:
        return _INFLECTED
    return _FOREIGN if weight is None else _HELD
