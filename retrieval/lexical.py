"""The lexicon as the index uses it: forms as sequences of terms.

`corpus.lexicon` tells what people say and what documents write, as text. Analysing its thousands of
forms takes a second; so it is done once, when an index is built, and kept beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.lexicon import Lexicon
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


class Forms:
    """Looks up what the words of a question may be called in documents.

    Args:
        means: form said → forms written.
        question_words: term → share of its weight that stays, for words that carry no topic.
        cues: (form, kind): words that show what kind of thing is asked for.
    """

    def __init__(
        self, means: dict[Form, tuple[Form, ...]], question_words: dict[str, float], cues: tuple[tuple[Form, str], ...]
    ) -> None:
        self.means = means
        self.question_words = question_words
        self.cues = cues
        self._longest = max(map(len, means), default=0)

    @classmethod
    def of(cls, lexicon: Lexicon) -> Forms:
        """Analyses a lexicon."""
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
        return cls({said: tuple(written) for said, written in means.items() if written}, words, cues)

    def matches(self, terms: Sequence[str]) -> list[Match]:
        """The forms in a question, longest first at every place; none lies within another.

        Args:
            terms: the question's terms in order.
        """
        found = []
        reached = 0
        for begin in range(len(terms)):
            for end in range(min(len(terms), begin + self._longest), begin, -1):
                if end <= reached:
                    break
                means = self.means.get(tuple(terms[begin:end]))
                if means:
                    found.append(Match(begin, end, means))
                    reached = end
                    break
        return found

    def to_json(self) -> dict[str, Any]:
        """A value that `from_json` reads; term sequences become lists."""
        return {
            "means": [[list(said), [list(form) for form in written]] for said, written in self.means.items()],
            "question_words": self.question_words,
            "cues": [[list(form), kind] for form, kind in self.cues],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Forms:
        """Reads what `to_json` gave."""
        return cls(
            {tuple(said): tuple(tuple(form) for form in written) for said, written in value["means"]},
            value["question_words"],
            tuple((tuple(form), kind) for form, kind in value["cues"]),
        )


def form_of(text: str) -> Form:
    """A phrase as its terms in order."""
    return tuple(token.term for token in tokens(text))


def _forms(phrases: Iterable[str]) -> list[Form]:
    return [form for phrase in phrases if (form := form_of(phrase))]
