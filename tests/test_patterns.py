"""No text may hold the process: while a regular expression tries a text in many ways, nobody else is served."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "retrieval", "bot", "adapters")
#: Seconds after which patterns are taken to hang; all of them together need a few.
_HANGS = 90

#: Imports all modules and tries what they compiled. Each pattern meets short runs of each of its own characters and of
#: any two neighbours, which tell what doubles with each character, and long runs of a few, which tell what grows with
#: its third power.
TRY_ALL = r"""
import importlib, pathlib, re, sys
root, *rooms = sys.argv[1:]
patterns, compiled = {}, re.compile

def noted(pattern, flags=0):
    made = compiled(pattern, flags)
    where = sys._getframe(1).f_code.co_filename.removeprefix(root)
    if isinstance(made.pattern, str) and where.split("/")[0] in rooms:
        patterns[made] = where
    return made

re.compile = noted
for file in sorted(file for room in rooms for file in pathlib.Path(root, room).rglob("*.py")):
    if "migrations" not in file.parts:  # which only alembic can run
        importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts))
for pattern, where in patterns.items():
    own = [character for character in dict.fromkeys(pattern.pattern) if character not in "()[]{}|?*+^$\\"]
    runs = [64 * one for one in own] + [32 * (one + other) for one, other in zip(own, own[1:])]
    runs += [3000 * one for one in " \n0aAし山アー.◆"]
    print(where, ascii(pattern.pattern), flush=True)
    for run in runs:
        for text in (run, run + "☃"):
            pattern.fullmatch(text), sum(1 for _ in pattern.finditer(text))
print("all of", len(patterns))
"""


def test_no_pattern_hangs_on_a_run_of_what_it_is_made_of() -> None:
    command = [sys.executable, "-c", TRY_ALL, f"{ROOT}/", *ROOMS]
    try:
        tried = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_HANGS, check=True)
    except subprocess.TimeoutExpired as hung:
        said = hung.stdout.decode() if isinstance(hung.stdout, bytes) else hung.stdout or ""
        pytest.fail(f"hangs: {said.splitlines()[-1:]}")
    *_, last = tried.stdout.splitlines()
    assert last.startswith("all of")
    assert int(last.split()[-1]) > 300
