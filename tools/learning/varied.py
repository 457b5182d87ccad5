"""The same texts with other names in them, so that a model learns the sentences and not the names."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from corpus.names import Names
from tools.learning.marked import Marked, Place

#: Share of the names that others take the place of.
_CHANGED = 0.75
#: Share of foreign names that nobody bears, made of the letters that follow each other in real ones.
_MADE_UP = 0.5
#: Kinds whose figures say nothing.
_FIGURES = frozenset(
    {
        "phone",
        "residence_card",
        "passport",
        "pension_number",
        "driving_licence",
        "health_insurance",
        "bank_account",
        "reference_number",
    }
)
#: Share of numbers that are written in the way of others of their kind.
_REWRITTEN = 0.5
_BETWEEN = re.compile(r"([\s・=•·.\-、,]+)")
_SCRIPTS = {
    "katakana": re.compile(r"[ァ-ヴー]+"),
    "kanji": re.compile(r"[一-龥々ヶ]+"),
    "hiragana": re.compile(r"[ぁ-んー]+"),
    "latin": re.compile(r"[A-Za-zÀ-ỹ'’]+"),
}
#: Characters of Chinese and Korean given names.
_GIVEN = (
    "明華麗娜芳静敏紅梅霞萍玉蘭英秀珍雲香雪婷倩雅欣怡佳夢思雨子軒浩然宇航志強偉建国軍勇磊洋濤超俊杰博文天鵬飛波斌剛海龍東民賢"
    "成鎮智勲恵善美京順貞淑永相哲在珉"
)


class Variations:
    """Puts other names into texts.

    Args:
        names: tables of names.
        others: names of employers and schools and addresses, and numbers, by kind.
        seed: of what is drawn.
    """

    def __init__(self, names: Names, others: Mapping[str, Sequence[str]], seed: int) -> None:
        self._names, self._others, self._given = names, others, sorted(names.given_characters)
        self._random = random.Random(seed)
        self._katakana = sorted(name for name in names.katakana if len(name) > 1)
        self._latin, self._surnames, self._kanji = sorted(names.latin), sorted(names.characters), sorted(names.kanji)
        self._follows: dict[str, list[str]] = defaultdict(list)
        for name in self._katakana:
            padded = f"^^{name}$"
            for i in range(2, len(padded)):
                self._follows[padded[i - 2 : i]].append(padded[i])

    def of(self, marked: Marked) -> Marked:
        """The text with other names.

        Args:
            marked: the text; the same name becomes the same other name all through it.
        """
        text, places, position = "", [], 0
        parts: dict[str, str] = {}
        whole: dict[str, str] = {}
        for place in marked.places:
            text += marked.text[position : place.start]
            written = marked.text[place.start : place.end]
            if place.kind == "name":
                written = whole.setdefault(written, self._name(written, parts))
            elif place.kind in _FIGURES:
                written = whole.setdefault(written, self._number(place.kind, written))
            elif place.kind in self._others:
                written = whole.setdefault(written, self._other(place.kind, written, marked))
            places.append(Place(place.kind, len(text), len(text) + len(written)))
            text += written
            position = place.end
        return Marked(text + marked.text[position:], tuple(places))

    def _other(self, kind: str, written: str, marked: Marked) -> str:
        named = {marked.text[place.start : place.end] for place in marked.places if place.kind == kind}
        # A short form stays beside the full one that it shortens.
        related = any(written != other and (written[:2] == other[:2] or written in other) for other in named)
        return written if related or self._random.random() > _CHANGED else self._random.choice(self._others[kind])

    def _number(self, kind: str, written: str) -> str:
        """Another number written in another way, or the same way with other figures; it still begins as it did."""
        if self._others.get(kind) and self._random.random() < _REWRITTEN:
            written = self._random.choice(self._others[kind])
        draw = self._random.choice
        return written[:3] + re.sub("[0-9]", lambda _: draw("0123456789"), written[3:])

    def _name(self, written: str, parts: dict[str, str]) -> str:
        changed = self._random.random() < _CHANGED
        for part in _BETWEEN.split(written):
            parts.setdefault(part, self._part(part) if changed else part)
        return "".join(parts[part] for part in _BETWEEN.split(written))

    def _part(self, part: str) -> str:
        script = next((name for name, pattern in _SCRIPTS.items() if pattern.fullmatch(part)), "")
        match script:
            case "katakana":
                return self._foreign()
            case "hiragana":
                return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in self._foreign())
            case "latin" if len(part) > 1:
                other = self._random.choice(self._latin)
                return other.upper() if part.isupper() else other.capitalize() if part[0].isupper() else other
            case "kanji":
                return self._in_kanji(part)
        return part

    def _in_kanji(self, part: str) -> str:
        draw = self._random.choice
        foreign = part[0] in self._names.kanji and part[:2] not in self._names.characters
        match len(part):
            case 1:
                return draw(self._kanji) if foreign else part
            case 2 | 3 if foreign:
                return draw(self._kanji) + "".join(draw(_GIVEN) for _ in part[1:])
            case 2:
                return draw(self._surnames)
            case 3 | 4 | 5:
                return draw(self._surnames) + draw(self._given)
        return part

    def _foreign(self) -> str:
        while self._random.random() < _MADE_UP:
            made = "^^"
            while not made.endswith("$"):
                made += self._random.choice(self._follows[made[-2:]])
            if 4 <= len(made) - 1 <= 10:  # two to eight letters
                return made[2:-1]
        return self._random.choice(self._katakana)
