"""From marked texts to a model."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.anonymising.finding import by_rules
from bot.anonymising.folding import Folded, fold
from corpus import names
from retrieval.name_features import features_by_block
from retrieval.name_reader import BEGIN, INSIDE, OUTSIDE
from tools.learning.marked import Marked, identifying
from tools.learning.varied import Variations

#: Kinds that the model tells apart; all other kinds are numbers of one sort or another to it.
_SAME = {"postal_code": "address", "email": "sns", "url": "sns"}
_TOLD_APART = {"name", "employer", "school", "address", "birth_date", "phone", "sns"}
#: Share of what rules find that the model does not get to see: it must not lean on them.
_HIDDEN = 0.15
#: The rules were made with these texts and find nearly all in them, as they will in no other.
_HIDDEN_WHERE_RULES_CAME_FROM = 0.4
_PARAMETERS = {"c1": 0.1, "c2": 0.3, "max_iterations": 120, "feature.minfreq": 2}

#: Names have tables of their own; a birthday of another form does not fit its sentence.
_NOT_EXCHANGED = {"name", "birth_date"}

Instance = tuple[list[list[str]], list[str]]


def kind_of(kind: str) -> str:
    """What the model calls a kind.

    Args:
        kind: a value of `bot.anonymising.kinds.Kind`, as in the lots.
    """
    kind = _SAME.get(kind, kind)
    return kind if kind in _TOLD_APART else "number"


def instances(
    texts: Iterable[Marked], variations: Variations, rounds: int, *, made_for_rules: bool, seed: int
) -> Iterator[Instance]:
    """Each text as it stands, and with other names in it.

    Args:
        texts: marked texts.
        variations: puts other names in.
        rounds: how often that is done with each text.
        made_for_rules: whether the rules were made with these texts.
        seed: of what is hidden.
    """
    drawn = random.Random(seed)
    hidden = _HIDDEN_WHERE_RULES_CAME_FROM if made_for_rules else _HIDDEN
    for marked in texts:
        for one in (marked, *(variations.of(marked) for _ in range(rounds))):
            folded = fold(one.text)
            if folded.text:
                document = by_rules(folded.text)
                document.spans = [span for span in document.spans if drawn.random() >= hidden]
                labels, marks = _labels(folded, one), document.marks()
                for start, seen in features_by_block(folded.text, document.words, marks, names.load()):
                    yield seen, labels[start : start + len(seen)]


def _labels(folded: Folded, marked: Marked) -> list[str]:
    labels = [OUTSIDE] * len(folded.text)
    for place in identifying(marked):
        inside = [i for i in range(len(labels)) if folded.starts[i] >= place.start and folded.ends[i] <= place.end]
        for i in inside:
            labels[i] = (BEGIN if i == inside[0] else INSIDE) + kind_of(place.kind)
    return labels


def fit(learned_from: Iterable[Instance], path: Path) -> None:
    """Trains a model and writes it.

    Args:
        learned_from: features and labels of each text.
        path: where it goes.
    """
    import pycrfsuite

    trainer: Any = pycrfsuite.Trainer(verbose=False)
    for seen, labels in learned_from:
        trainer.append(seen, labels)
    trainer.set_params(_PARAMETERS)
    trainer.train(str(path))


def others(lots: Mapping[str, Sequence[Marked]], written: Path, without: Collection[str] = ()) -> dict[str, list[str]]:
    """Employers, schools, addresses, numbers and ids to put in the places of others.

    Args:
        lots: marked texts, by their writers.
        written: the folder of lists of further ones.
        without: writers whose texts and lists do not count.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for writer, texts in lots.items():
        if writer not in without:
            for marked in texts:
                for place in identifying(marked):
                    if place.kind not in _NOT_EXCHANGED:
                        found[place.kind].add(marked.text[place.start : place.end])
    for kind, known in found.items():
        for path in sorted(written.glob(f"*.{kind}.txt")):
            if path.name.split(".")[0] not in without:
                known.update(line for line in path.read_text("utf-8").splitlines() if line)
    return {kind: sorted(known) for kind, known in found.items()}
