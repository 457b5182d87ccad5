"""Prints how fast the search and the commands are, and the memory they take, beside the bars set for them.

python -m benchmarks.speed [--sizes 5000,100000] [--runs N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import starting, synthetic
from benchmarks.machine import facts, on_one_thread
from benchmarks.measures import percentile
from benchmarks.systems import read_words_apart
from benchmarks.tabular import markdown

Row = tuple[str, str, str]

#: What a question may take at the 95th percentile, in milliseconds, by number of passages.
_BARS_MS = {5_000: 10, 100_000: 40}
#: Questions up to this many characters are told apart from pasted stories.
_SHORT = 100


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table on standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", default="5000,100000", help="numbers of passages; default: %(default)s")
    parser.add_argument("--runs", type=int, default=3, help="how often all but the builds; the best count")
    options = parser.parse_args(arguments)
    print(f"{facts()}; one thread; best of {options.runs}\n")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        read_words_apart(work / "words")
        for size in map(int, options.sizes.split(",")):
            rows += _search(size, work, options.runs)
        rows += _commands(work / "data", options.runs)
    print(markdown(("measure", "measured", "bar"), rows))


def _search(size: int, work: Path, runs: int) -> Iterator[Row]:
    index = work / f"index-{size}"
    built = _step("build", str(size), str(index), str(work / "words"))
    analyse, build = built["analyse_seconds"], built["build_seconds"]
    yield f"{size:,}: passages analysed a second", f"{size / analyse:,.0f} ({analyse:.1f} s)", ""
    yield f"{size:,}: passages indexed a second, after analysis", f"{size / build:,.0f} ({build:.1f} s)", ">= 2,000"
    yield f"{size:,}: saving", f"{built['save_seconds']:.1f} s", ""
    yield f"{size:,}: memory of the build at its peak", f"{built['peak_mib']:,.0f} MiB", ""
    yield f"{size:,}: index on disk", f"{built['disk_mib']:,.0f} MiB", ""
    asked = [_step("ask", str(index)) for _ in range(runs)]
    yield f"{size:,}: loading", f"{min(one['load_seconds'] for one in asked):.2f} s", ""
    bar = f"p95 <= {_BARS_MS[size]} ms" if size in _BARS_MS else ""
    short = [len(question) <= _SHORT for question in synthetic.questions()]
    kinds = ((f"up to {_SHORT} characters", short), ("longer", [not one for one in short]))
    for kind, chosen in (("all", [True] * len(short)), *kinds):
        times = [[ms for ms, keep in zip(one["milliseconds"], chosen, strict=True) if keep] for one in asked]
        p50, p95 = (min(percentile(each, share) for each in times) for share in (0.5, 0.95))
        yield f"{size:,}: questions, {kind} ({sum(chosen)}): p50 / p95", f"{p50:.1f} / {p95:.1f} ms", bar
    yield f"{size:,}: memory while asking", f"{min(one['resident_mib'] for one in asked):,.0f} MiB", ""


def _commands(data_dir: Path, runs: int) -> Iterator[Row]:
    starting.ask_seconds(data_dir)  # builds the index
    cold = min(starting.ask_seconds(data_dir) for _ in range(runs))
    yield "embedded corpus: `madoguchi ask`, warm disk", f"{cold:.2f} s", "<= 1 s"
    served = [starting.serve(data_dir, synthetic.questions()) for _ in range(runs)]
    yield (
        "embedded corpus: `madoguchi serve` to the first answer",
        f"{min(one.seconds for one in served):.2f} s",
        "<= 3 s",
    )
    first, later = min(one.first_mib for one in served), min(one.later_mib for one in served)
    count = len(synthetic.questions())
    yield "embedded corpus: memory of `serve`, one answer", f"{first:.0f} MiB", "<= 350 MiB"
    yield f"embedded corpus: memory of `serve`, {count} answers", f"{later:.0f} MiB", "<= 350 MiB"


def _step(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.searching", *arguments],
        cwd=Path(__file__).resolve().parent.parent,
        env=on_one_thread(),
        stdout=subprocess.PIPE,
        check=True,
    )
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


if __name__ == "__main__":
    main()
