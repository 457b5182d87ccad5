"""One step of `benchmarks.speed` in a process of its own; prints one JSON object.

python -m benchmarks.searching build COUNT INDEX CACHE
python -m benchmarks.searching ask INDEX
"""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks import synthetic
from benchmarks.machine import resident_mib
from retrieval.engine import Engine
from retrieval.words import WordVectors

#: Seconds on the clock and of the processor.
Moment = tuple[float, float]


def build(count: int, index: Path, cache: Path) -> dict[str, Any]:
    """Builds and saves an index of synthetic passages.

    Args:
        count: number of passages.
        index: folder to save it in.
        cache: folder that holds the word vectors.

    Returns:
        analyse, seconds of cutting passages into words and finding their vectors; build, of all that
        follows until the engine answers; save; each as [on the clock, of the processor]. peak_mib, the
        most memory held, passages included; disk_mib, of the saved index.
    """
    corpus = synthetic.corpus(count)
    words = WordVectors.cached(cache)
    times = [_now()]
    engine = Engine.build(corpus, words=words, progress=lambda done: times.append(_now()) if done == count else None)
    times = [times[0], times[-1], _now()]
    engine.save(index)
    times.append(_now())
    analyse, build, save = (_between(*pair) for pair in pairwise(times))
    return {
        "analyse": analyse,
        "build": build,
        "save": save,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk_mib": sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 2**20,
    }


def ask(index: Path) -> dict[str, Any]:
    """Loads an index and asks every question once.

    Returns:
        load and questions (one each), in seconds, each as [on the clock, of the processor];
        resident_mib, memory after the last question.
    """
    started = _now()
    engine = Engine.load(index)
    load = _between(started, _now())
    engine.find("はじめの質問には支度の時間がかかる")
    questions = []
    for question in synthetic.questions():
        started = _now()
        engine.find(question)
        questions.append(_between(started, _now()))
    return {"load": load, "questions": questions, "resident_mib": resident_mib()}


def _now() -> Moment:
    # On a machine that others use too, the processor's time tells what the clock does not.
    return time.perf_counter(), time.process_time()


def _between(earlier: Moment, later: Moment) -> Moment:
    return later[0] - earlier[0], later[1] - earlier[1]


if __name__ == "__main__":
    step, *arguments = sys.argv[1:]
    if step == "build":
        print(json.dumps(build(int(arguments[0]), Path(arguments[1]), Path(arguments[2]))))
    else:
        print(json.dumps(ask(Path(arguments[0]))))
