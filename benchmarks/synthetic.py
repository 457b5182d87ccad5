"""Many passages made of few: clauses of the embedded corpus, shuffled into new sentences.

They mean nothing, and nobody is shown them; what counts is that they are as long as real passages, that
nearly every sentence is a new one, and that words are as often repeated as in official documents. The
vocabulary stays that of the embedded corpus, so that a word's list of passages is longer than in real
documents of that number: the search has more to add up, not less.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

from corpus import embedded
from corpus.model import Corpus, Passage, Source

#: Lengths of passages, in characters.
SHORTEST, LONGEST = 250, 400
#: A sentence has one to this many clauses.
_CLAUSES = 3

_QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "questions" / "guidebook_dev.jsonl"


def corpus(count: int) -> Corpus:
    """A corpus of a size, the same at every call.

    Args:
        count: number of passages.

    Returns:
        The passages, under the headings of the embedded corpus.
    """
    chance = random.Random(count)
    real = embedded.load().current
    sentences = [one for passage in real for one in re.findall(r"[^。\n]+。", passage.text)]
    opening = [clause for one in sentences for clause in re.findall(r"[^、]+、", one)]
    closing = [one.rsplit("、", 1)[-1] for one in sentences]
    source = Source(id="synthetic", title="")
    passages = []
    for number in range(count):
        length = chance.randint(SHORTEST, LONGEST)
        text = ""
        while len(text) < length:
            text += "".join(chance.choices(opening, k=chance.randrange(_CLAUSES))) + chance.choice(closing)
        section = chance.choice(real).section
        passages.append(Passage(id=str(number), source=source.key, text=text[:LONGEST], section=section))
    return Corpus({source.key: source}, tuple(passages))


def questions() -> list[str]:
    """What counsellors would type about the embedded corpus, from one word to a pasted story."""
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [str(json.loads(line)["question"]) for line in lines]
