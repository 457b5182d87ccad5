"""Runs one system in a process of its own and prints what it did, as one JSON object.

    python -m benchmarks.contestant SYSTEM DATA CACHE

`benchmarks.retrieval` starts it, with the Python of the environment that the system's library is in.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from pathlib import Path

from benchmarks.dataset import read
from benchmarks.machine import resident_mib
from benchmarks.systems import SYSTEMS


def main(name: str, data: Path, cache: Path) -> dict[str, object]:
    """Indexes the documents, then asks every question once.

    Args:
        name: key of `SYSTEMS`.
        data: folder of a collection.
        cache: folder for what may be kept between runs.

    Returns:
        What `benchmarks.retrieval.Run` holds; or "missing", the module that is not installed.
    """
    dataset = read(data)
    before = resident_mib()
    started = time.perf_counter()
    try:
        system = SYSTEMS[name].make(dataset.documents, cache)
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    build_seconds = time.perf_counter() - started
    system.rank("はじめの質問には支度の時間がかかる")  # imports and tables that are made when first needed
    rankings, milliseconds = {}, []
    for question, text in dataset.questions.items():
        started = time.perf_counter()
        rankings[question] = system.rank(text)
        milliseconds.append((time.perf_counter() - started) * 1000)
    return {
        "build_seconds": build_seconds,
        "milliseconds": milliseconds,
        "resident_mib": resident_mib() - before,
        "rankings": rankings,
    }


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):  # some libraries print
        outcome = main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps(outcome))
