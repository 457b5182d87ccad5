"""The commands; `tools.learning` says what they do."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import chain
from pathlib import Path

from bot.anonymising.finding import find
from bot.anonymising.folding import fold
from corpus import embedded, names
from retrieval.name_features import GROUPS
from retrieval.name_reader import MODEL, NameReader
from tools.learning import groups
from tools.learning.marked import Marked, read_lot
from tools.learning.measuring import measure
from tools.learning.training import Instance, fit, instances, others
from tools.learning.varied import Variations

HERE = Path(__file__).parent
LOTS, NAMES = HERE / "lots", HERE / "names"
#: How often each text is used with other names in it.
_ROUNDS = 2
#: Lots left out together when it is measured how well a model does on what it has not seen.
_PARTS = 4
#: Words that stand in a row, as in lists.
_IN_A_ROW = 8
#: The texts that the rules were made with.
_DEVELOPMENT = "development"


def main() -> None:
    """Runs a command."""
    parser = argparse.ArgumentParser(prog="python -m tools.learning", description=__doc__)
    parser.add_argument("command", choices=("groups", "train", "across"))
    match parser.parse_args().command:
        case "groups":
            groups.write(GROUPS)
        case "train":
            train(MODEL, without=())
        case "across":
            across()


@cache
def lots() -> dict[str, list[Marked]]:
    """The marked texts, by their writers."""
    return {path.stem: read_lot(path) for path in sorted(LOTS.glob("*.txt"))}


def train(path: Path, without: Collection[str]) -> None:
    """Trains a model and writes it.

    Args:
        path: where it goes.
        without: writers of whom it shall know nothing.
    """
    known = lots()
    shares = [(writer, share) for writer in known if writer not in without for share in range(2)]
    with ProcessPoolExecutor() as pool:
        made = pool.map(partial(_instances, without=tuple(without)), shares)
        # One after the other: all at once would fill 16 GB.
        fit(chain(chain.from_iterable(made), _plain()), path)


def _instances(share: tuple[str, int], without: tuple[str, ...]) -> list[Instance]:
    """Half of a writer's texts, with variations; in a process of its own."""
    writer, half = share
    known = lots()
    names_of_others = others(known, NAMES, without)
    variations = Variations(names.load(), names_of_others, seed=half)
    made_for_rules = writer == _DEVELOPMENT
    rounds = 1 if made_for_rules else _ROUNDS
    return list(instances(known[writer][half::2], variations, rounds, made_for_rules=made_for_rules, seed=half))


def _plain() -> Iterator[Instance]:
    """What the program tells itself, and words that stand where names do: nothing in them identifies anybody."""
    known = names.load()
    texts = [passage.text for passage in embedded.load().passages]
    ordinary = sorted(known.ordinary)
    random.Random(0).shuffle(ordinary)
    texts += ["、".join(row) for row in _rows(ordinary)]
    plain = [Marked(text, ()) for text in texts]
    return instances(plain, Variations(known, {}, 0), 0, made_for_rules=False, seed=0)


def _rows(words: list[str]) -> Iterator[list[str]]:
    return (words[begin : begin + _IN_A_ROW] for begin in range(0, len(words), _IN_A_ROW))


def across() -> None:
    """Leaves a part of the lots out, trains with the others, and measures on that part; then the next."""
    known = lots()
    writers = [writer for writer in known if writer != _DEVELOPMENT]
    with tempfile.TemporaryDirectory() as folder:
        for part in range(_PARTS):
            left_out = writers[part::_PARTS]
            path = Path(folder) / f"{part}.crfsuite"
            train(path, left_out)
            print(*left_out, sep=", ")
            texts = (one for writer in left_out for one in known[writer])
            outcome = measure(texts, partial(_removed, reader=NameReader(path)))
            print(*outcome.lines(), sep="\n", flush=True)


def _removed(text: str, reader: NameReader) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    return (folded.original(span.start, span.end) for span in find(folded.text, reader).spans)


if __name__ == "__main__":
    main()
