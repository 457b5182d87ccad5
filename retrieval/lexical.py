"""The lexicon as the index uses it: forms as sequences of terms.

`corpus.lexicon` tells what people say and what documents write, as text. Analysing its thousands of
forms takes a second; so it is done once, when an index is built, and kept beside it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus import lexicon as embedded_lexicon
from corpus import situations as embedded_situations
from corpus.lexicon import Lexicon
from corpus.situations import Situation
from retrieval.analyser import tokens

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A form of the lexicon found in a question.

    Args:
        begin, end: the question's tokens it covers.
        means: the forms that documents use for it.
    """

    begin: int
    end: int
    means: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A situation of `corpus.situations`, analysed.

    Args:
        cues: groups; of each at least one form must stand in the question.
        means: what documents write about it.
        section: id of the guidebook's section about it, or "".
    """

    cues: tuple[tuple[Form, ...], ...]
    means: tuple[Form, ...]
    section: str


class Forms:
    """Looks up what the words of a question may be called in documents.

    Args:
        means: form said → forms written.
        question_words: term → share of its weight that stays, for words that carry no topic.
        cues: (form, kind): words that show what kind of thing is asked for.
        situations: what is described and what helps there.
    """

    def __init__(
        self,
        means: dict[Form, tuple[Form, ...]],
        question_words: dict[str, float],
        cues: tuple[tuple[Form, str], ...],
        situations: tuple[Described, ...],
    ) -> None:
        self.means = means
        self.question_words = question_words
        self.cues = cues
        self.situations = situations
        self._longest = max(map(len, means), default=0)
        self._cues: dict[str, list[tuple[Form, str]]] = defaultdict(list)
        for form, kind in cues:
            self._cues[form[0]].append((form, kind))
        self._groups: dict[str, dict[Form, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        for number, situation in enumerate(situations):
            for group, forms in enumerate(situation.cues):
                for form in forms:
                    self._groups[form[0]][form].append((number, group))

    @classmethod
    def of(cls, lexicon: Lexicon, situations: Iterable[Situation]) -> Forms:
        """Analyses a lexicon and situations."""
        means: dict[Form, dict[Form, None]] = defaultdict(dict)
        for row in lexicon.rows:
            if not row.relation.expands:
                continue
            formal, spoken = _forms(row.formal), _forms(row.spoken)
            for said in spoken:
                means[said].update(dict.fromkeys(f for f in formal if f != said))
            if row.relation.both_ways:
                for written in formal:
                    means[written].update(dict.fromkeys(s for s in spoken if s != written))
        words: dict[str, float] = {}
        for word, share in lexicon.question_words.items():
            form = form_of(word)
            if len(form) == 1:
                words[form[0]] = min(share, words.get(form[0], 1.0))
        cues = tuple((form, kind) for cue, kind in lexicon.asked_for if (form := form_of(cue)))
        described = tuple(
            Described(tuple(tuple(_forms(group)) for group in one.cues), tuple(_forms(one.terms)), one.section)
            for one in situations
        )
        return cls({said: tuple(written) for said, written in means.items() if written}, words, cues, described)

    @property
    def written(self) -> list[Form]:
        """Every form that documents use for something said, once for each thing said."""
        return [form for forms in self.means.values() for form in forms]

    def matches(self, terms: Sequence[str]) -> list[Match]:
        """The forms in a question, the longest at every place, and single words within longer ones.

        Args:
            terms: the question's terms in order.
        """
        found = []
        reached = 0
        for begin in range(len(terms)):
            for end in range(min(len(terms), begin + self._longest), begin, -1):
                if end <= reached and end > begin + 1:
                    continue
                means = self.means.get(tuple(terms[begin:end]))
                if means:
                    if end <= reached:
                        means = tuple(form for form in means if len(form) == 1)
                    found.append(Match(begin, end, means))
                    reached = max(reached, end)
                    break
        return found

    def cued(self, terms: Sequence[str]) -> list[tuple[int, int, str]]:
        """The cues for a kind of thing in a question.

        Args:
            terms: the question's terms in order.

        Returns:
            (begin, end, kind) of each, in terms.
        """
        return [
            (at, at + len(form), kind)
            for at, term in enumerate(terms)
            for form, kind in self._cues.get(term, ())
            if tuple(terms[at : at + len(form)]) == form
        ]

    def described(self, terms: Sequence[str]) -> list[Described]:
        """The situations a question describes; all cues of one must stand in it.

        Args:
            terms: the question's terms in order.
        """
        said = tuple(terms)
        met: dict[int, set[int]] = defaultdict(set)
        for at, term in enumerate(said):
            forms = self._groups.get(term, {})
            stand = [groups for form, groups in forms.items() if said[at : at + len(form)] == form]
            for number, group in sorted(itertools.chain.from_iterable(stand)):
                met[number].add(group)
        return [
            self.situations[number]
            for number, groups in met.items()
            if len(groups) == len(self.situations[number].cues)
        ]

    def to_json(self) -> dict[str, Any]:
        """A value that `from_json` reads; term sequences become lists."""
        return {
            "means": [[list(said), [list(form) for form in written]] for said, written in self.means.items()],
            "question_words": self.question_words,
            "cues": [[list(form), kind] for form, kind in self.cues],
            "situations": [[one.cues, one.means, one.section] for one in self.situations],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Forms:
        """Reads what `to_json` gave."""
        return cls(
            {tuple(said): tuple(tuple(form) for form in written) for said, written in value["means"]},
            value["question_words"],
            tuple((tuple(form), kind) for form, kind in value["cues"]),
            tuple(
                Described(tuple(tuple(map(tuple, group)) for group in cues), tuple(map(tuple, means)), section)
                for cues, means, section in value["situations"]
            ),
        )


@cache
def embedded() -> Forms:
    """The lexicon and the situations that come with Madoguchi, analysed once in a process."""
    return Forms.of(embedded_lexicon.load(), embedded_situations.load())


def form_of(text: str) -> Form:
    """A phrase as its terms in order."""
    return tuple(token.term for token in tokens(text))


def _forms(phrases: Iterable[str]) -> list[Form]:
    return [form for phrase in phrases if (form := form_of(phrase))]
