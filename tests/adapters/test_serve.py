"""`madoguchi serve` as a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from adapters.cli import main
from adapters.settings import Settings
from bot import sentences

LOST_CARD = "在留カードをなくしたときは、どうすればいいですか"


def test_serve_answers_and_stops_when_told(own_data: Path) -> None:
    command = [sys.executable, "-c", "from adapters.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            address = next(line for line in server.stderr if line.startswith("http://127.0.0.1:")).split()[0]
            with urllib.request.urlopen(f"{address}healthz", timeout=30) as reply:
                assert json.load(reply)["status"] == "ok"
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
        assert levels(server.stderr.read()) <= {"info"}


#: The command, but a signal brings down one of its workers.
MORTAL = """
import asyncio
import signal

from adapters import app
from adapters.cli import main
from adapters.working import InboxWorker


class Mortal(InboxWorker):
    async def run(self) -> None:
        struck = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, struck.set)
        await struck.wait()
        raise RuntimeError("グエンさんの相談")


app.InboxWorker = Mortal
main()
"""


def test_serve_ends_when_one_of_its_workers_has_died(own_data: Path) -> None:
    command = [sys.executable, "-c", MORTAL, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            address = next(line for line in server.stderr if line.startswith("http://127.0.0.1:")).split()[0]
            with urllib.request.urlopen(f"{address}api/ask?{urlencode({'q': LOST_CARD})}", timeout=30) as reply:
                assert json.load(reply)["passages"]
            server.send_signal(signal.SIGUSR1)
            died = next(line for line in server.stderr if "a worker ended by itself" in line)
            assert server.wait(timeout=30) == 1
        finally:
            server.kill()
        rest = server.stderr.read()
    assert json.loads(died)["level"] == "error"
    (told,) = (line for line in rest.splitlines() if not line.startswith("{"))
    assert "一部が止まったので終了しました" in told
    assert "RuntimeError" in told
    assert "グエン" not in died + rest


def levels(logged: str) -> set[str]:
    """How serious the lines of a log are."""
    return {json.loads(line)["level"] for line in logged.splitlines()}


def test_a_page_that_is_served_follows_what_is_withdrawn(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_DATA_DIR", str(settings.data_dir))
    command = [sys.executable, "-c", "from adapters.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            address = next(line for line in server.stderr if line.startswith("http://127.0.0.1:")).split()[0]
            asked = f"{address}api/ask?{urlencode({'q': LOST_CARD})}"
            with urllib.request.urlopen(asked, timeout=30) as reply:
                assert "guidebook" in {passage["source"] for passage in json.load(reply)["passages"]}
            assert CliRunner().invoke(main, ["corpus", "withdraw", "guidebook"]).exit_code == 0
            assert next(line for line in server.stderr if not line.startswith("{")).strip() == sentences.TAKEN_IN
            with urllib.request.urlopen(asked, timeout=30) as reply:
                assert "guidebook" not in {passage["source"] for passage in json.load(reply)["passages"]}
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
        assert levels(server.stderr.read()) <= {"info"}


def test_serve_says_when_its_port_is_taken(own_data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(main, ["serve", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 1
    (told,) = (line for line in result.stderr.splitlines() if not line.startswith("{"))
    assert "--port" in told
    assert "Address already in use" in told
