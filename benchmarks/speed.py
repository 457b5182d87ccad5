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
from itertools import compress
from pathlib import Path
from typing import Any

from benchmarks import starting, synthetic
from benchmarks.machine import facts, on_one_thread
from benchmarks.measures import percentile
from benchmarks.systems import read_words_apart
from benchmarks.tabular import markdown

#: What is measured; on the clock; of the processor; the bar.
Row = tuple[str, ...]

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
    print(markdown(("measure", "on the clock", "of the processor", "bar"), rows))


def _search(size: int, work: Path, runs: int) -> Iterator[Row]:
    index = work / f"index-{size}"
    built = _step("build", str(size), str(index), str(work / "words"))
    yield f"{size:,}: passages analysed a second", *_rates(size, built["analyse"]), ""
    yield f"{size:,}: passages indexed a second, after analysis", *_rates(size, built["build"]), ">= 2,000"
    yield f"{size:,}: saving", *_both("s", *built["save"]), ""
    yield f"{size:,}: memory of the build at its peak", f"{built['peak_mib']:,.0f} MiB", "", ""
    yield f"{size:,}: index on disk", f"{built['disk_mib']:,.0f} MiB", "", ""
    asked = [_step("ask", str(index)) for _ in range(runs)]
    yield f"{size:,}: loading", *_both("s", *map(min, zip(*(one["load"] for one in asked), strict=True))), ""
    lengths = [len(question) for question in synthetic.questions()]
    for kind, longest in ((f"up to {_SHORT} characters", _SHORT), ("of any length", max(lengths))):
        chosen = [length <= longest for length in lengths]
        for share in (0.5, 0.95):
            times = [
                min(
                    percentile([1000 * both[clock] for both in compress(one["questions"], chosen)], share)
                    for one in asked
                )
                for clock in (0, 1)
            ]
            bar = f"<= {_BARS_MS[size]} ms" if size in _BARS_MS and share > 0.5 else ""
            yield f"{size:,}: {sum(chosen)} questions {kind}, p{share * 100:.0f}", *_both("ms", *times), bar
    yield f"{size:,}: memory while asking", f"{min(one['resident_mib'] for one in asked):,.0f} MiB", "", ""


def _rates(size: int, seconds: tuple[float, float]) -> list[str]:
    return [f"{size / each:,.0f} ({each:.1f} s)" for each in seconds]


def _both(unit: str, *values: float) -> list[str]:
    return [f"{value:.1f} {unit}" for value in values]


def _commands(data_dir: Path, runs: int) -> Iterator[Row]:
    starting.ask_seconds(data_dir)  # builds the index
    cold = min(starting.ask_seconds(data_dir) for _ in range(runs))
    yield "embedded corpus: `madoguchi ask`, warm disk", f"{cold:.2f} s", "", "<= 1 s"
    served = [starting.serve(data_dir, synthetic.questions()) for _ in range(runs)]
    yield (
        "embedded corpus: `madoguchi serve` to the first answer",
        f"{min(one.seconds for one in served):.2f} s",
        "",
        "<= 3 s",
    )
    first, later = min(one.first_mib for one in served), min(one.later_mib for one in served)
    count = len(synthetic.questions())
    yield "embedded corpus: memory of `serve`, one answer", f"{first:.0f} MiB", "", "<= 350 MiB"
    yield f"embedded corpus: memory of `serve`, {count} answers", f"{later:.0f} MiB", "", "<= 350 MiB"


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
