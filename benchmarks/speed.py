"""Prints how fast the search and the commands are, and the memory they take, beside the bars set for them.

python -m benchmarks.speed [--sizes 5000,100000] [--runs N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

from benchmarks import starting, synthetic
from benchmarks.machine import facts, on_one_thread
from benchmarks.measures import percentile
from benchmarks.systems import read_words_apart
from benchmarks.tabular import markdown

#: Seconds on the clock and of the processor (`benchmarks.searching`).
Moment = Sequence[float]

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
    print(f"{facts()}; one thread; best of {options.runs}")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _show("embedded corpus", _commands(work / "data", options.runs))
        read_words_apart(work / "words")
        for size in map(int, options.sizes.split(",")):
            _show(f"{size:,} passages", _search(size, work, options.runs))


def _show(of: str, rows: Iterator[Row]) -> None:
    """Prints one part as soon as it is measured: the next may take minutes."""
    print("\n" + markdown((of, "on the clock", "of the processor", "bar"), list(rows)), flush=True)


def _search(size: int, work: Path, runs: int) -> Iterator[Row]:
    index = work / f"index-{size}"
    built = _step("build", str(size), str(index), str(work / "words"))
    yield "passages analysed a second", *_rates(size, built["analyse"]), ""
    yield "passages indexed a second, after analysis", *_rates(size, built["build"]), ">= 2,000"
    yield "saving", *_both("s", built["save"]), ""
    yield "memory of the build at its peak", f"{built['peak_mib']:,.0f} MiB", "", ""
    yield "index on disk", f"{built['disk_mib']:,.0f} MiB", "", ""
    asked = [_step("ask", str(index)) for _ in range(runs)]
    yield "loading", *_both("s", _best([one["load"]] for one in asked)), ""
    lengths = [len(question) for question in synthetic.questions()]
    for kind, longest in ((f"up to {_SHORT} characters", _SHORT), ("of any length", max(lengths))):
        chosen = [length <= longest for length in lengths]
        for share in (0.5, 0.95):
            best = _best((list(compress(one["questions"], chosen)) for one in asked), share)
            bar = f"<= {_BARS_MS[size]} ms" if size in _BARS_MS and share > 0.5 else ""
            yield f"{sum(chosen)} questions {kind}, p{share * 100:.0f}", *_both("ms", best), bar
    yield "memory while asking", f"{min(one['resident_mib'] for one in asked):,.0f} MiB", "", ""


def _best(runs: Iterable[Sequence[Moment]], share: float = 1.0) -> Moment:
    """Of several runs the least percentile of their times, for each of the two clocks by itself."""
    clock, processor = zip(
        *(tuple(percentile(each, share) for each in zip(*run, strict=True)) for run in runs), strict=True
    )
    return min(clock), min(processor)


def _rates(size: int, seconds: Moment) -> list[str]:
    return [f"{size / each:,.0f} ({each:.1f} s)" for each in seconds]


def _both(unit: str, seconds: Moment) -> list[str]:
    return [f"{each * (1000 if unit == 'ms' else 1):.1f} {unit}" for each in seconds]


def _commands(data_dir: Path, runs: int) -> Iterator[Row]:
    starting.ask_seconds(data_dir)  # builds the index
    cold = min(starting.ask_seconds(data_dir) for _ in range(runs))
    yield "`madoguchi ask`, warm disk", f"{cold:.2f} s", "", "<= 1 s"
    served = [starting.serve(data_dir, synthetic.questions()) for _ in range(runs)]
    yield "`madoguchi serve` to the first answer", f"{min(one.seconds for one in served):.2f} s", "", "<= 3 s"
    first, later = min(one.first_mib for one in served), min(one.later_mib for one in served)
    count = len(synthetic.questions())
    yield "memory of `serve`, one answer", f"{first:.0f} MiB", "", "<= 350 MiB"
    yield f"memory of `serve`, {count} answers", f"{later:.0f} MiB", "", "<= 350 MiB"


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
