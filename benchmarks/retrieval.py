"""Compares the search with its peers on one labelled collection; each runs in a process of its own.

python -m benchmarks.retrieval --data FOLDER [--systems NAME,…] [--runs N] [--peers FOLDER] [--json]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.dataset import read
from benchmarks.machine import facts, on_one_thread
from benchmarks.measures import percentile, quality
from benchmarks.systems import SYSTEMS, read_words_apart
from benchmarks.tabular import markdown

_ROOT = Path(__file__).resolve().parent.parent
#: Where the README has the peers installed.
_PEERS = _ROOT / "var" / "peers"

_HEAD = ("system", "Recall@10", "nDCG@10", "Hit@1", "build s", "p50 ms", "p95 ms", "memory MiB")


class ContestantFailedError(Exception):
    """A system broke; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one system did; of several runs the best times and the least memory.

    Args:
        system: key of `SYSTEMS`.
        recall, ndcg, hit: see `benchmarks.measures.Quality`.
        build_seconds: from the documents to an index that answers, imports included.
        p50_ms, p95_ms: of a question, on one thread, each asked once in a process.
        resident_mib: memory after the last question, less that of Python with the documents read.
    """

    system: str
    recall: float
    ndcg: float
    hit: float
    build_seconds: float
    p50_ms: float
    p95_ms: float
    resident_mib: float

    @property
    def cells(self) -> tuple[str, ...]:
        """The result as a row of the table."""
        return (
            SYSTEMS[self.system].label,
            *(f"{share:.3f}" for share in (self.recall, self.ndcg, self.hit)),
            *(f"{time:.1f}" for time in (self.build_seconds, self.p50_ms, self.p95_ms)),
            f"{self.resident_mib:.0f}",
        )


def measure(system: str, data: Path, *, python: Path, cache: Path, runs: int = 1) -> Result | None:
    """Runs one system on a collection.

    Args:
        system: key of `SYSTEMS`.
        data: folder of the collection.
        python: of the environment that has the system's library.
        cache: folder for what may be kept between runs.
        runs: how often, each time in a new process.

    Returns:
        What it did; None where its library is not installed.

    Raises:
        ContestantFailedError: it broke.
    """
    outcomes = [_outcome(system, data, python, cache) for _ in range(runs)]
    if any("missing" in outcome for outcome in outcomes):
        return None
    judged = quality(outcomes[0]["rankings"], read(data).grades)
    return Result(
        system=system,
        recall=judged.recall,
        ndcg=judged.ndcg,
        hit=judged.hit,
        build_seconds=min(outcome["build_seconds"] for outcome in outcomes),
        p50_ms=min(percentile(outcome["milliseconds"], 0.5) for outcome in outcomes),
        p95_ms=min(percentile(outcome["milliseconds"], 0.95) for outcome in outcomes),
        resident_mib=min(outcome["resident_mib"] for outcome in outcomes),
    )


def _outcome(system: str, data: Path, python: Path, cache: Path) -> dict[str, Any]:
    command = [str(python), "-m", "benchmarks.contestant", system, str(data.resolve()), str(cache)]
    done = subprocess.run(command, cwd=_ROOT, env=on_one_thread(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ContestantFailedError("\n".join(done.stderr.splitlines()[-5:]))
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def _python(environment: str, peers: Path) -> Path:
    """The Python of a peer's environment; this one where that is not there or the system needs none."""
    python = peers.resolve() / environment / "bin" / "python"
    return python if environment and python.exists() else Path(sys.executable)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the comparison on standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, required=True, help="corpus.jsonl, queries*.jsonl and qrels*.json")
    parser.add_argument("--systems", default=",".join(SYSTEMS), help="default: %(default)s")
    parser.add_argument("--runs", type=int, default=1, help="how often each runs; the best times count")
    parser.add_argument(
        "--peers", type=Path, default=_PEERS, help="folder of their virtual environments (benchmarks/README.md)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a system")
    options = parser.parse_args(arguments)
    systems = options.systems.split(",")
    if unknown := set(systems) - SYSTEMS.keys():
        parser.error(f"no such system: {', '.join(sorted(unknown))}")
    results: dict[str, Result | None] = {}
    with tempfile.TemporaryDirectory() as cache:
        if "madoguchi" in systems:
            read_words_apart(Path(cache))
        for system in systems:
            python = _python(SYSTEMS[system].environment, options.peers)
            results[system] = measure(system, options.data, python=python, cache=Path(cache), runs=options.runs)
    if options.json:
        for system, result in results.items():
            print(json.dumps(asdict(result) if result else {"system": system, "missing": True}))
        return
    print(f"{facts()}; one thread; best of {options.runs}\n")
    missing = ("not installed", *[""] * (len(_HEAD) - 2))
    print(markdown(_HEAD, [result.cells if result else (SYSTEMS[s].label, *missing) for s, result in results.items()]))


if __name__ == "__main__":
    main()
