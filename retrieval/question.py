"""What a question speaks of: its words, what they are called in documents, and words near them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.analyser import Token, fold, tokens
from retrieval.lexical import Form, Forms
from retrieval.postings import Concept, Postings
from retrieval.spelling import Spelling
from retrieval.table import Vocabulary
from retrieval.words import WordVectors

#: A word counts as near from this cosine on, and then with its square; the nearest `_NEAR_MOST`.
_NEAR = 0.4
_NEAR_MOST = 50
#: What a word of the lexicon counts beside the word that was said.
_LEXICON_SHARE = 0.6
#: What a further word of a longer formal term counts, and all of them at most beside the question.
_FURTHER_SHARE = 0.2
#: What a word counts that documents write about the situation described.
_SITUATION_SHARE = 0.3
_SPELT_SHARE = 0.8
#: Exponent of idf. Below 1 the one rare word of a long question decides less.
_RARITY = 0.75
#: A pasted case has hundreds of words; the weightiest this many are searched for.
_MOST_CONCEPTS = 48


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the index sees it.

    Args:
        text: folded.
        concepts: for the words.
        rows, weights: rows of the word vectors and what each counts, for the meaning.
        said: (term number or -1, weight) of the words said, without expansions.
        kinds: kinds of thing asked for ("amount", "phone").
    """

    text: str
    concepts: tuple[Concept, ...]
    rows: tuple[int, ...]
    weights: tuple[float, ...]
    said: tuple[tuple[int, float], ...]
    kinds: frozenset[str]


class Reader:
    """Reads questions for one index.

    Args:
        vocabulary, postings, words, forms: of the index.
    """

    def __init__(self, vocabulary: Vocabulary, postings: Postings, words: WordVectors, forms: Forms) -> None:
        self._vocabulary = vocabulary
        self._postings = postings
        self._words = words
        self._forms = forms
        self._spelling = Spelling(vocabulary, postings.frequencies.tolist())
        rows = np.array(vocabulary.rows, np.int64)
        here = np.flatnonzero((rows >= 0) & (postings.frequencies > 0)) if len(rows) else np.zeros(0, np.int64)
        self._row_numbers, place = np.unique(rows[here], return_inverse=True)
        order = np.argsort(place, kind="stable")
        self._terms_of_row = np.split(here[order], np.searchsorted(place[order], np.arange(1, len(self._row_numbers))))
        self._unit = words.unit[self._row_numbers]
        self._near: dict[int, tuple[tuple[int, float], ...]] = {}

    def read(self, text: str) -> Question:
        """Reads a question of any length; one without content words has no concepts."""
        folded = fold(text)
        found = tokens(text)
        terms = [token.term for token in found]
        kinds = frozenset(kind for form, kind in self._forms.cues if _stands_in(form, terms))
        weights: dict[str, float] = {}
        rows: dict[str, int] = {}
        alternatives: dict[str, dict[int, float]] = {}
        for token in found:
            if token.term in weights:
                continue
            number = self._vocabulary.number(token.term)
            weights[token.term] = self._weight(number, token.term)
            rows[token.term] = self._row(number, token)
            alternatives[token.term] = self._alternatives(number, token, rows[token.term])
        said = tuple((self._number(term), weight) for term, weight in weights.items())
        self._expand(terms, weights, rows, alternatives)
        for numbers in self._spelling.heard(folded):
            heard = dict.fromkeys(numbers, _SPELT_SHARE)
            term = self._vocabulary.terms[numbers[0]]
            if term not in weights:
                weights[term] = _FURTHER_SHARE * self._weight(numbers[0], term)
                rows[term] = self._vocabulary.rows[numbers[0]]
                alternatives[term] = heard
        kept = sorted(weights, key=lambda term: -weights[term])[:_MOST_CONCEPTS]
        return Question(
            text=folded,
            concepts=tuple(Concept(weights[term], tuple(alternatives[term].items())) for term in kept),
            rows=tuple(rows[term] for term in kept),
            weights=tuple(weights[term] for term in kept),
            said=said,
            kinds=kinds,
        )

    def _expand(
        self,
        terms: Sequence[str],
        weights: dict[str, float],
        rows: dict[str, int],
        alternatives: dict[str, dict[int, float]],
    ) -> None:
        """Adds what the lexicon knows: in place of a word where it is one, beside the question where more."""
        further: list[tuple[str, float]] = []
        for match in self._forms.matches(terms):
            said = terms[match.begin : match.end]
            share = _FURTHER_SHARE * max(self._forms.question_words.get(term, 1.0) for term in said)
            for form in match.means:
                if len(form) == 1 and len(said) == 1:
                    number = self._vocabulary.number(form[0])
                    if number is not None:
                        _raise(alternatives[said[0]], [(number, _LEXICON_SHARE)])
                else:
                    further += [(term, share) for term in form]
        further += [(term, _SITUATION_SHARE) for form in self._forms.described(terms) for term in form]
        for term, share in further:
            number = self._vocabulary.number(term)
            if term in weights or number is None:
                continue
            weights[term] = share * self._weight(number, term)
            rows[term] = self._vocabulary.rows[number]
            alternatives[term] = dict(self._neighbours(number))

    def _alternatives(self, number: int | None, token: Token, row: int) -> dict[int, float]:
        if number is not None and self._postings.frequencies[number]:
            return dict(self._neighbours(number))
        near = dict(self._near_row(row))
        _raise(near, ((other, _SPELT_SHARE * alike) for other, alike in self._spelling.like(token.term)))
        return near

    def _neighbours(self, number: int) -> tuple[tuple[int, float], ...]:
        """The term itself and the terms near it."""
        near = [found for found in self._near_row(self._vocabulary.rows[number]) if found[0] != number]
        return ((number, 1.0), *near)

    def _near_row(self, row: int) -> tuple[tuple[int, float], ...]:
        if row < 0 or not len(self._row_numbers):
            return ()
        near = self._near.get(row)
        if near is None:
            cosines = self._unit @ self._words.unit[row]
            close = np.flatnonzero(cosines > _NEAR)
            close = close[np.argsort(-cosines[close])][:_NEAR_MOST]
            pairs = [(int(term), float(cosines[at] ** 2)) for at in close for term in self._terms_of_row[at]]
            near = self._near[row] = tuple(pairs[:_NEAR_MOST])
        return near

    def _weight(self, number: int | None, term: str) -> float:
        """What a word counts: its idf, damped, and lowered where it carries no topic."""
        known = number is not None and self._postings.frequencies[number]
        idf = float(self._postings.idf[number]) if known else self._postings.unseen_idf
        return float(idf**_RARITY * self._forms.question_words.get(term, 1.0))

    def _row(self, number: int | None, token: Token) -> int:
        if number is not None:
            return self._vocabulary.rows[number]
        return self._words.row((token.term, token.surface, token.base))

    def _number(self, term: str) -> int:
        number = self._vocabulary.number(term)
        return -1 if number is None else number


def _raise(alternatives: dict[int, float], more: Iterable[tuple[int, float]]) -> None:
    for number, share in more:
        alternatives[number] = max(share, alternatives.get(number, 0.0))


def _stands_in(form: Form, terms: Sequence[str]) -> bool:
    return any(tuple(terms[at : at + len(form)]) == form for at in range(len(terms) - len(form) + 1))
