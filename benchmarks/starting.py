"""How long the commands take from nothing to an answer, as a person at the keyboard waits for them."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

from benchmarks.machine import on_one_thread, resident_mib

_QUESTION = "在留カードをなくしたときは、どこで再発行してもらえますか"
_PROGRAM = Path(sys.executable).parent / "madoguchi"


@dataclass(frozen=True, slots=True)
class Serving:
    """What `madoguchi serve` did.

    Args:
        seconds: from its start until the first answer was read.
        first_mib, later_mib: memory after the first answer and after many.
    """

    seconds: float
    first_mib: float
    later_mib: float


def ask_seconds(data_dir: Path) -> float:
    """Seconds that `madoguchi ask` takes for one question.

    Args:
        data_dir: data directory; the first call builds its index.

    Raises:
        subprocess.CalledProcessError: the question was not answered.
    """
    started = time.perf_counter()
    command = [str(_PROGRAM), "ask", _QUESTION]
    subprocess.run(command, env=_environment(data_dir), capture_output=True, check=True)
    return time.perf_counter() - started


def serve(data_dir: Path, questions: list[str]) -> Serving:
    """Starts `madoguchi serve` on a free port, asks it, and stops it.

    Args:
        data_dir: data directory with an index.
        questions: asked after the first answer, for the memory they take.

    Raises:
        RuntimeError: it ended without naming its address.
    """
    command = [str(_PROGRAM), "serve", "--host", "127.0.0.1", "--port", "0"]
    started = time.perf_counter()
    with subprocess.Popen(command, env=_environment(data_dir), stderr=subprocess.PIPE, text=True) as server:
        try:
            address = _address(server)
            _get(address, _QUESTION)
            seconds = time.perf_counter() - started
            first = resident_mib(server.pid)
            for question in questions:
                _get(address, question)
            return Serving(seconds, first, resident_mib(server.pid))
        finally:
            server.terminate()


def _address(server: subprocess.Popen[str]) -> str:
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if line.startswith("http://"):
            return line.split()[0]
    raise RuntimeError("".join(said))


def _get(address: str, question: str) -> None:
    with urllib.request.urlopen(f"{urljoin(address, 'api/ask')}?q={quote(question)}") as response:
        response.read()


def _environment(data_dir: Path) -> dict[str, str]:
    return on_one_thread(MADOGUCHI_DATA_DIR=str(data_dir))
