"""One step of `benchmarks.speed` in a process of its own; prints one JSON object.

python -m benchmarks.searching build COUNT INDEX CACHE
python -m benchmarks.searching ask INDEX
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks import synthetic
from benchmarks.machine import resident_mib
from retrieval.engine import Engine
from retrieval.words import WordVectors


def build(count: int, index: Path, cache: Path) -> dict[str, float]:
    """Builds and saves an index of synthetic passages.

    Args:
        count: number of passages.
        index: folder to save it in.
        cache: folder that holds the word vectors.

    Returns:
        analyse_seconds: cutting passages into words and finding their vectors; build_seconds: all that
        follows until the engine answers; save_seconds; peak_mib: the most memory held, passages
        included; disk_mib: of the saved index.
    """
    corpus = synthetic.corpus(count)
    words = WordVectors.cached(cache)
    analysed_at = 0.0

    def watch(done: int) -> None:
        nonlocal analysed_at
        if done == count:
            analysed_at = time.perf_counter()

    started = time.perf_counter()
    engine = Engine.build(corpus, words=words, progress=watch)
    built_at = time.perf_counter()
    engine.save(index)
    return {
        "analyse_seconds": analysed_at - started,
        "build_seconds": built_at - analysed_at,
        "save_seconds": time.perf_counter() - built_at,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk_mib": sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 2**20,
    }


def ask(index: Path) -> dict[str, float | list[float]]:
    """Loads an index and asks every question once.

    Returns:
        load_seconds, milliseconds of each question, resident_mib after the last.
    """
    started = time.perf_counter()
    engine = Engine.load(index)
    load_seconds = time.perf_counter() - started
    engine.find("はじめの質問には支度の時間がかかる")
    milliseconds = []
    for question in synthetic.questions():
        started = time.perf_counter()
        engine.find(question)
        milliseconds.append((time.perf_counter() - started) * 1000)
    return {"load_seconds": load_seconds, "milliseconds": milliseconds, "resident_mib": resident_mib()}


if __name__ == "__main__":
    step, *arguments = sys.argv[1:]
    if step == "build":
        print(json.dumps(build(int(arguments[0]), Path(arguments[1]), Path(arguments[2]))))
    else:
        print(json.dumps(ask(Path(arguments[0]))))
