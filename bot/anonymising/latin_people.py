"""Names in Latin letters: NGUYEN VAN ANH, Maria Santos, Tanaka-san, "my name is …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.wordsets import wordset
from corpus.names import Names

_LETTER = r"[A-Za-zÀ-ÖØ-öø-ÿĀ-žƠơƯưẠ-ỹ]"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĐĨŌŪƠƯẠ-Ỹ]"
_WORD = rf"{_CAPITAL}(?:{_LETTER}|(?<={_LETTER})['’-](?={_LETTER}))*"
_PARTICLE = r"(?:de|da|dos|das|del|della|van|von|bin|binti|bint|al|el|ibn)"
_ROW = re.compile(
    rf"(?<!{_LETTER})(?<![@#/\d_]){_WORD}(?:(?:\s{{1,2}}|,\s?|"
    rf"・)(?:{_PARTICLE}\s)?{_WORD}\.?(?!{_LETTER})){{0,7}}(?![\d_@/]|\.[a-z])"
)
_ANY_ROW = rf"(?:{_LETTER}+(?:['’-]{_LETTER}+)*)(?:[ \t]{{1,2}}(?:{_LETTER}+(?:['’-]{_LETTER}+)*)){{0,5}}"
_TITLE = re.compile(
    r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Mister|Sir|Madam|MR|MRS|MS|DR|Sr|Sra|Srta|Anh|Chị|Em)\.?\s{0,2}$"
)
#: A hyphen within a name, but not that of Tanaka-san.
_JOINT = rf"(?:['’]|-(?!san|San|sama|kun|chan|sensei))(?={_LETTER})"
_HONORED = re.compile(
    rf"(?P<v>(?<!{_LETTER})(?:{_LETTER}(?:{_LETTER}|{_JOINT}){{0,20}}\.?[ ・]){{0,5}}"
    rf"{_LETTER}(?:{_LETTER}|{_JOINT}){{1,20}})"
    r"[\s-]?(?:さん|さま|様|氏|くん|君|ちゃん|先生|殿|(?:san|sama|kun|chan|San|sensei)(?![A-Za-z]))"
)
_LABEL = re.compile(
    rf"(?:氏名|お名前|名前|なまえ|ローマ字(?:氏名)?|英字|(?:full |first |last |family |given |"
    rf"sur)?name(?: of \w+)?|Họ (?:và )?tên|nome|nombre|pangalan|nama|applicant|client|名義人?|本人|"
    rf"相談者|申請人)"
    rf"(?:\s?[(][^()\n]{{1,14}}[)])?\s?(?:[:：=]|は|\bis\b|が|\n)\s{{0,3}}(?:Mr\.?\s|Ms\.?\s|"
    rf"Mrs\.?\s)?(?P<v>{_ANY_ROW}(?:,\s{_ANY_ROW})?)",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"(?:[Mm]y name is|[Mm]y name's|I am|I'm|[Tt]his is|[Cc]all me|named|called|(?:his|her) name is|"
    rf"[Dd]ear|[Hh]ello|[Hh]i|[Rr]egards,?|[Ss]incerely,?|[Tt]hanks,?|[Tt]hank you,?|"
    rf"私は|わたしは|名前は|tên (?:tôi |em )?là|[Mm]e llamo|[Mm]eu nome é|[Mm]i nombre es|[Nn]ama saya|"
    rf"(?:[Mm]y|[Hh]is|[Hh]er) (?:husband|wife|son|daughter|friend|boss|manager|brother|sister|mother|"
    rf"father|child|baby|coworker|colleague|partner|boyfriend|girlfriend|landlord|teacher)(?: is| name "
    rf"is|'s name is|,)?)"
    rf"[\s,]{{1,3}}(?:Mr\.?\s|Ms\.?\s|Mrs\.?\s|"
    rf"Dr\.?\s)?(?P<v>{_WORD}(?:\s(?:{_PARTICLE}\s)?{_WORD}){{0,4}}|(?<=name is ){_ANY_ROW})"
)
#: I live in Kawaguchi: many surnames are towns as well.
_IN_A_PLACE = re.compile(r"(?<![A-Za-z])(?:in|from|to|at|near|around|of|em|en)\s$")
_STOP = wordset(
    "a an the from in at to of for and or is are am was i my he she we you it not so very here there "
    "now living working married single sick pregnant looking writing sorry happy worried years year old "
    "born please who with by but"
)


def find(document: Document, names: Names) -> Iterator[Span]:
    """Names in Latin letters, the surest first.

    Args:
        document: what is read.
        names: what names look like.
    """
    text = document.text
    for pattern in (_LABEL, _SAID):
        for match in pattern.finditer(text):
            end = _trusted_end(text, *match.span("v"), names)
            if end > match.start("v"):
                yield Span(Kind.NAME, match.start("v"), end)
    for match in _HONORED.finditer(text):
        start = _honored_start(text, *match.span("v"), names)
        if start < match.end("v"):
            yield Span(Kind.NAME, start, match.end("v"))
    for match in _ROW.finditer(text):
        yield from _in_row(text, match, names)


def _words(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    return [
        (start + m.start(), start + m.end(), m[0])
        for m in re.finditer(rf"{_LETTER}+(?:['’-]{_LETTER}+)*", text[start:end])
    ]


def _trusted_end(text: str, start: int, end: int, names: Names) -> int:
    """One past the name where one was announced: up to the first word that is English."""
    last = start
    for begin, stop, word in _words(text, start, end):
        plain = word.lower()
        is_name = plain in names.latin or plain in names.surnames or plain in names.given
        stops = plain in _STOP or (plain in names.english and (not is_name or begin == start))
        if stops and not (plain in names.latin and begin != start and word[0].isupper()):
            break
        last = stop
    return last


def _honored_start(text: str, start: int, end: int, names: Names) -> int:
    """Where the name begins that ends at an honorific."""
    first = end
    for begin, _, word in reversed(_words(text, start, end)):
        plain = _plain(word)
        listed = plain in names.latin or plain in names.surnames or plain in names.given
        if (plain in names.english and not listed) or (plain in _STOP and first != end) or len(word) == 1:
            break
        if first != end and not word[0].isupper():
            break
        if re.fullmatch(r"[A-Z]{1,2}", word) and not listed:
            break
        first = begin
    return first


def _plain(word: str) -> str:
    import unicodedata

    spelt = unicodedata.normalize("NFD", word.lower().replace("đ", "d").replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in spelt if not unicodedata.combining(c)).replace("’", "'").removesuffix("'s")


def _weight(word: str, names: Names) -> float:
    """How much a capitalised word looks like a name: 2 listed, 1 listed and English too, 0 unknown, -3 English."""
    plain = _plain(word)
    parts = re.split(r"['-]", plain)
    listed = (
        plain in names.latin
        or plain in names.surnames
        or plain in names.given
        or (len(parts) > 1 and all(p in names.latin or p in names.given for p in parts))
    )
    if plain in names.english or all(part in names.english for part in parts):
        return 0.6 if listed else -3.0
    return 2.0 if listed else 0.0


def _in_row(text: str, match: re.Match[str], names: Names) -> Iterator[Span]:
    """The names in a row of capitalised words: stretches between words that are English."""
    group: list[tuple[int, int, str]] = []
    for begin, end, word in [*_words(text, *match.span()), (0, 0, "")]:
        if word and (
            _weight(word, names) >= 0 or (word.lower() in ("de", "da", "dos", "van", "von", "bin", "al") and group)
        ):
            group.append((begin, end, word))
            continue
        if group and _is_name(text, group, names):
            particle = re.search(rf"(?<!{_LETTER}){_PARTICLE}\s$", text[max(0, group[0][0] - 6) : group[0][0]])
            yield Span(Kind.NAME, group[0][0] - (len(particle[0]) if particle else 0), group[-1][1])
        group = []


def _is_name(text: str, group: list[tuple[int, int, str]], names: Names) -> bool:
    written = [word for _, _, word in group]
    weights = [_weight(word, names) for word in written]
    titled = bool(_TITLE.search(text[max(0, group[0][0] - 10) : group[0][0]]))
    if titled:
        return True
    if len(group) == 1:
        word, plain = written[0], _plain(written[0])
        if len(word) < 3 or (word.isupper() and len(word) < 4 and plain not in names.latin):
            return False
        in_place = plain in names.surnames and _IN_A_PLACE.search(text[max(0, group[0][0] - 12) : group[0][0]])
        return weights[0] >= 2 and len(word) > 2 and not in_place
    strong = sum(weight >= 2 for weight in weights)
    if strong:
        return True
    # No word of it is listed: capitals throughout, as on a card, and no abbreviation among them.
    weak = sum(weight > 0 for weight in weights)
    long = all(len(word) > 2 for word in written)
    vowels = all(re.search(r"[aeiouy]", _plain(word)) for word in written)
    return (
        long and vowels and (all(word.isupper() for word in written) or weak > 0) and weak + strong + len(written) > 2
    )
