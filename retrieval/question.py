"""What a question speaks of: its words, what they are called in documents, and words near them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from retrieval.analyser import Token, fold, tokens
from retrieval.asking import asking, kinds, stands_in
from retrieval.hearing import Hearing, in_kana
from retrieval.lexical import Forms
from retrieval.mending import mended
from retrieval.neighbours import Neighbours
from retrieval.postings import Postings
from retrieval.romaji import PARTICLES, kana, sentence
from retrieval.spelling import Spelling
from retrieval.table import Vocabulary
from retrieval.words import WordVectors

#: What a word of the lexicon counts in place of the word that was said.
_LEXICON_SHARE = 0.6
#: What the words of a longer formal term count beside the question.
_FURTHER_SHARE = 0.2
#: What a word counts that documents write about the situation described.
_SITUATION_SHARE = 0.3
#: What a word counts that sounds or is spelt like one the question holds.
_SPELT_SHARE = 0.8
_HEARD_SHARE = 0.8
#: What a homophone counts beside a word that the index does hold.
_HOMOPHONE_SHARE = 0.3
#: Words of the question that keep less than this of their weight carry no topic: nothing stands for them.
_TOPIC = 0.3
#: Exponent of idf. Below 1 the one rare word of a long question decides less.
_RARITY = 0.75
#: A pasted case has hundreds of words; the weightiest this many are searched for.
_MOST_WORDS = 48


@dataclass(slots=True)
class Word:
    """One thing a question speaks of.

    Args:
        weight: what it counts.
        row: of the word vectors, -1 for none.
        noun: whether it names something.
        asking: whether it stands where the question asks, and not only in the story around it.
        said: True for a word of the question, False for one the lexicon adds.
        alternatives: term number → share, 1 for the word itself and less for words in its place.
    """

    weight: float
    row: int
    said: bool
    noun: bool = False
    asking: bool = False
    alternatives: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the index sees it.

    Args:
        text: folded.
        words: the weightiest first.
        topics: words of the question that the lexicon knows together, each with the term numbers that
            documents write for them; where all of one set stand, the topic is met.
        sections: ids of the guidebook's sections about the situation described.
        pairs: term numbers of words that stand side by side.
        kinds: kinds of thing asked for ("amount", "phone").
    """

    text: str
    words: tuple[Word, ...]
    topics: tuple[tuple[tuple[Word, ...], tuple[frozenset[int], ...]], ...]
    sections: frozenset[str]
    pairs: frozenset[tuple[int, int]]
    kinds: frozenset[str]


class Reader:
    """Reads questions for one index.

    Args:
        vocabulary, postings, words, forms: of the index.
    """

    def __init__(self, vocabulary: Vocabulary, postings: Postings, words: WordVectors, forms: Forms) -> None:
        self._vocabulary = vocabulary
        self._postings = postings
        self._vectors = words
        self._forms = forms
        self._spelling = Spelling(vocabulary, postings.frequencies.tolist())
        self._hearing = Hearing(vocabulary, postings.frequencies.tolist())
        self._neighbours = Neighbours(vocabulary, postings.frequencies, words)

    def read(self, text: str) -> Question:
        """Reads a question of any length; one without content words has no words."""
        folded = fold(text)
        typed = sentence(folded) or folded
        found = tokens(typed)
        meant = self._in_words(typed, found)
        spelt = kana(meant)
        said = f"{meant}\n{spelt}" if spelt else meant
        found = self._read_once(found if said == typed else tokens(said))
        terms = [token.term for token in found]
        asks = [*asking(meant), (len(meant), len(said))]
        words: dict[str, Word] = {}
        for token in found:
            if token.term not in words:
                words[token.term] = self._said(token)
            words[token.term].asking |= stands_in(asks, token.start)
        topics = self._expand(terms, words)
        described = self._forms.described(terms)
        self._add(words, ((term, _SITUATION_SHARE) for one in described for form in one.means for term in form))
        self._hear(said, found, words)
        return Question(
            text=meant,
            words=tuple(sorted(words.values(), key=lambda word: -word.weight)[:_MOST_WORDS]),
            topics=topics,
            sections=frozenset(one.section for one in described if one.section),
            pairs=self._pairs(terms),
            kinds=kinds(said, asks, found, self._forms.cued(terms)),
        )

    def _in_words(self, text: str, found: Sequence[Token]) -> str:
        """A text written in kana alone, or misspelt, in the words of the index."""
        if in_kana(text):
            return self._hearing.rewritten(text, found, [self._share(token.term) for token in found])
        return mended(text, found, [self._holds(token.term) for token in found], self._spelling.sounding)

    def _share(self, term: str) -> float | None:
        """What share of its weight a word keeps in a question; None for one that the index does not hold."""
        share = self._forms.question_words.get(term)
        return share if share is not None or not self._holds(term) else 1.0

    def _read_once(self, found: list[Token]) -> list[Token]:
        """Without the Latin letters of what was read as kana: unknown words, they would weigh most of all."""
        latin = [token for token in found if token.surface.isascii() and not self._holds(token.term)]
        read = {token.surface for token in latin if any(self._holds(part.term) for part in tokens(kana(token.surface)))}
        unread = read | PARTICLES if read else read
        return [token for token in found if token.surface not in unread or self._holds(token.term)]

    def _holds(self, term: str) -> bool:
        number = self._vocabulary.number(term)
        return number is not None and bool(self._postings.frequencies[number])

    def _pairs(self, terms: Sequence[str]) -> frozenset[tuple[int, int]]:
        numbers = [self._vocabulary.number(term) for term in terms]
        return frozenset(
            (first, second)
            for first, second in itertools.pairwise(numbers)
            if first is not None and second is not None and first != second
        )

    def _said(self, token: Token) -> Word:
        number = self._vocabulary.number(token.term)
        row = self._vectors.row((token.term, token.surface, token.base))
        held = self._holds(token.term)
        word = Word(self._weight(token.term), row, said=True, noun=token.noun)
        if self._forms.question_words.get(token.term, 1.0) < _TOPIC:
            word.alternatives = {number: 1.0} if number is not None and held else {}
            return word
        if number is not None and held:
            word.alternatives = self._in_place_of(number)
        else:
            word.alternatives = dict(self._neighbours.near(row))
            _raise(word, ((other, _SPELT_SHARE * alike) for other, alike in self._spelling.like(token.term)))
        share = _HOMOPHONE_SHARE if held else _SPELT_SHARE
        _raise(word, ((other, share) for other in self._spelling.homophones(token)))
        return word

    def _expand(
        self, terms: Sequence[str], words: dict[str, Word]
    ) -> tuple[tuple[tuple[Word, ...], tuple[frozenset[int], ...]], ...]:
        """Adds what the lexicon knows: in place of a word where it is one, beside the question where more."""
        topics = []
        further: list[tuple[str, float]] = []
        for match in self._forms.matches(terms):
            said = terms[match.begin : match.end]
            share = _FURTHER_SHARE * max(self._forms.question_words.get(term, 1.0) for term in said)
            held = tuple(numbers for form in (said, *match.means) if (numbers := self._numbers(form)))
            topics.append((tuple(words[term] for term in said), held))
            for form in match.means:
                if len(form) == len(said) == 1:
                    _raise(words[said[0]], ((number, _LEXICON_SHARE) for number in self._numbers(form)))
                elif self._numbers(form):
                    further += [(term, share) for term in form]
        self._add(words, further)
        return tuple(topics)

    def _hear(self, text: str, found: Sequence[Token], words: dict[str, Word]) -> None:
        """Adds words that the kana in a text sound like, but none out of the midst of a verb: 死体 in 延ばしたい."""
        inflected = (token for token in found if token.known and not token.noun)
        within = {place for token in inflected for place in range(token.start + 1, token.end)}
        for numbers in self._spelling.heard(text, within):
            term = self._vocabulary.terms[numbers[0]]
            if term not in words:
                row = self._vocabulary.rows[numbers[0]]
                heard = dict.fromkeys(numbers, 1.0)
                words[term] = Word(_HEARD_SHARE * self._weight(term), row, said=False, alternatives=heard)

    def _add(self, words: dict[str, Word], further: Iterable[tuple[str, float]]) -> None:
        for term, share in further:
            number = self._vocabulary.number(term)
            if term in words or number is None:
                continue
            row = self._vocabulary.rows[number]
            words[term] = Word(share * self._weight(term), row, said=False, alternatives=self._in_place_of(number))

    def _in_place_of(self, number: int) -> dict[int, float]:
        """The term itself and the terms near it."""
        near = dict(self._neighbours.near(self._vocabulary.rows[number]))
        near.pop(number, None)
        return {number: 1.0, **near}

    def _weight(self, term: str) -> float:
        """What a word counts: its idf, damped, and lowered where it carries no topic."""
        number = self._vocabulary.number(term)
        known = number is not None and self._postings.frequencies[number]
        idf = float(self._postings.idf[number]) if known else self._postings.unseen_idf * self._vectors.rarity(term)
        return float(idf**_RARITY * self._forms.question_words.get(term, 1.0))

    def _numbers(self, form: Sequence[str]) -> frozenset[int]:
        """The term numbers of a form; empty where the index does not hold all of them."""
        numbers = [self._vocabulary.number(term) for term in form]
        return frozenset() if None in numbers else frozenset(number for number in numbers if number is not None)


def _raise(word: Word, more: Iterable[tuple[int, float]]) -> None:
    for number, share in more:
        word.alternatives[number] = max(share, word.alternatives.get(number, 0.0))
