"""The rules of the house: which room imports what, where each library lives, how long a module may be."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
#: From the innermost room outwards; each may import itself and those before it.
ROOMS = ("corpus", "retrieval", "bot", "adapters")
#: Libraries that one part of the room adapters alone may import.
PARTS = {
    **dict.fromkeys(("alembic", "asyncpg", "sqlalchemy"), "adapters/database"),
    **dict.fromkeys(("slack_bolt", "slack_sdk"), "adapters/slack"),
    **dict.fromkeys(("botbuilder", "botframework", "msrest"), "adapters/teams"),
}
#: Libraries that one room alone may import.
HOMES = {
    **dict.fromkeys(
        ("faiss", "ginza", "ja_ginza", "murmurhash", "pycrfsuite", "sentence_transformers", "spacy", "srsly"),
        "retrieval",
    ),
    **dict.fromkeys(("sudachipy", "torch"), "retrieval"),
    **dict.fromkeys(("aiohttp", "click", "jinja2", "markupsafe", "openpyxl", "platformdirs"), "adapters"),
    **dict.fromkeys(("jwt", "prometheus_client", "pydantic", "pydantic_core", "pydantic_settings"), "adapters"),
    **dict.fromkeys(PARTS, "adapters"),
    **dict.fromkeys(("pdfplumber", "pypdfium2", "docx", "bs4", "markdown_it", "lxml"), "corpus"),
}
#: Slow or large to import: never while a question is answered.
HEAVY = {"torch", "spacy", "thinc", "ginza", "sentence_transformers", "transformers", "sklearn", "pdfplumber", "docx"}
LONGEST = 300

ASK_AND_TELL = """
import sys
from click.testing import CliRunner
from adapters.cli import main
result = CliRunner().invoke(main, ["ask", "在留カードをなくしました"])
assert result.exit_code == 0, result.output
print(*{name.split(".")[0] for name in sys.modules})
"""

SERVE_AND_TELL = """
import asyncio, sys
import aiohttp
from adapters.console.app import make_app, running
from adapters.knowledge import open_own
from adapters.settings import read_settings

async def visit():
    async with (
        running(make_app(open_own(read_settings(), print)), "127.0.0.1", 0) as address,
        aiohttp.ClientSession(address) as session,
        session.get("/", params={"q": "在留カードをなくしました"}) as page,
    ):
        assert page.status == 200

asyncio.run(visit())
print(*{name.split(".")[0] for name in sys.modules})
"""


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """All that a module imports, wherever in it: at its head, in a function, for type checks only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # Within a room a relative import would be harmless, but it hides the room's name.
            yield "." if node.level else node.module or "."


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", modules(*ROOMS), ids=name_of)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    outer = set(ROOMS[ROOMS.index(room) + 1 :])
    for name in imported(path):
        top = name.split(".")[0]
        assert top, f"{name_of(path)}: relative import"
        assert top not in outer, f"{name_of(path)} imports {name}"
        assert top not in {"tests", "benchmarks", "tools"}, f"{name_of(path)} imports {name}"
        assert HOMES.get(top, room) == room, f"{name_of(path)} imports {top}, which is at home in {HOMES[top]}"
        if top in PARTS:
            assert name_of(path).startswith(PARTS[top]), f"{name_of(path)} imports {top}, at home in {PARTS[top]}"
        if room == "bot":
            assert top in {*ROOMS, *sys.stdlib_module_names}, f"{name_of(path)} imports {top}; bot is pure Python"


def test_every_home_is_still_needed() -> None:
    used = {name.split(".")[0] for path in modules(*ROOMS) for name in imported(path)}
    # These three are named so that nobody imports them elsewhere; retrieval itself reads ja_ginza's files.
    assert set(HOMES) - used <= {"torch", "murmurhash", "ginza", "ja_ginza", "sentence_transformers", "lxml"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room: str) -> None:
    assert ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8")))


def test_no_module_is_too_long_to_hold_in_the_head() -> None:
    paths = modules(*ROOMS, "tests", "tools", "benchmarks")
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with an index of the embedded corpus."""
    folder = tmp_path_factory.mktemp("data")
    run_python(ASK_AND_TELL, folder)
    return folder


@pytest.mark.parametrize("script", [ASK_AND_TELL, SERVE_AND_TELL], ids=["ask", "serve"])
def test_answering_imports_nothing_heavy(script: str, data_dir: Path) -> None:
    loaded = set(run_python(script, data_dir).split())
    assert {"faiss", "sudachipy"} <= loaded
    assert loaded & HEAVY == set()


def run_python(script: str, data_dir: Path) -> str:
    """Runs a script in a process of its own; returns the last line that it prints."""
    environ = {**os.environ, "MADOGUCHI_DATA_DIR": str(data_dir), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()[-1]


def test_every_dependency_is_pinned() -> None:
    pins = dict(pinned())
    project = pyproject()["project"]
    waiting = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    seen: set[str] = set()
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        # PyTorch's wheel names the libraries of NVIDIA's cards on one platform only; they follow its pin.
        if name in seen or name.startswith(("nvidia-", "cuda-", "triton")) or name in {"pip", "setuptools"}:
            continue
        seen.add(name)
        assert name in pins, f"{name} is not pinned in constraints.txt"
        assert requirement.specifier.contains(pins[name]), f"{requirement} is pinned at {pins[name]}"
        installed = metadata.distribution(name)
        assert installed.version.split("+")[0] == pins[name]
        extras = ("", *requirement.extras)
        waiting += [
            line
            for line in installed.requires or ()
            if (marker := Requirement(line).marker) is None or any(marker.evaluate({"extra": e}) for e in extras)
        ]
    assert pins["torch"] == "2.13.0"


def pinned() -> Iterator[tuple[str, str]]:
    """Name and version of every line of constraints.txt; anything but an exact version from an index fails."""
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pin = re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][0-9a-z.]*)", line)
            assert pin, f"constraints.txt: {line}"
            yield canonicalize_name(pin[1]), pin[2]


def test_a_wheel_carries_all_data_files() -> None:
    patterns = pyproject()["tool"]["setuptools"]["package-data"]["*"]
    files = [
        path
        for folder in ("corpus/data", "retrieval/models", "adapters/console")
        for path in (ROOT / folder).rglob("*.*")
    ]
    data = [path for path in files if path.suffix not in {".py", ".pyc", ".md"}]
    assert len(data) > 20
    assert [name_of(path) for path in data if not any(fnmatch(path.name, pattern) for pattern in patterns)] == []


def test_continuous_integration_ends_with_all_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert lines[-1] == "exec make test"
    subprocess.run(["bash", "-n", script], check=True)


@pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
@pytest.mark.parametrize("python", ["false", "nowhere-to-be-found"])
def test_a_python_that_is_too_old_or_missing_is_told(python: str) -> None:
    ran = subprocess.run(["make", "run", f"PYTHON={python}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert "Python 3.11以上が必要です" in ran.stderr


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout: no list of the project's files")
    places = re.compile(rb"(?<![\w.:/-])/(?:work|root|home|Users)/[\w.]")
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert [name for name in names if places.search((ROOT / name).read_bytes())] == []
