"""Starts what is measured, and tells how much processor and memory it takes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.load.platforms import application, tenant
from benchmarks.machine import on_one_thread, resident_mib

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"

_SERVE = ("-c", "from adapters.cli import main; main()", "serve", "--port", "0")


@dataclass(frozen=True, slots=True)
class Server:
    """A serving process.

    Args:
        address: where it serves, with a slash at the end.
        pid: its id.
    """

    address: str
    pid: int

    @property
    def cpu_seconds(self) -> float:
        """Seconds of the processor that it took so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def mib(self) -> float:
        """Memory that it holds now."""
        return resident_mib(self.pid)


@asynccontextmanager
async def platforms(landed: Path, desks: int) -> AsyncIterator[Mapping[str, Any]]:
    """Starts the doubles; yields what they tell of themselves."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.load.platforms", str(landed), str(desks), stdin=PIPE, stdout=PIPE, limit=10**7
    )
    assert process.stdout is not None
    assert process.stdin is not None
    yield json.loads(await process.stdout.readline())
    process.stdin.close()
    await process.wait()


@asynccontextmanager
async def assistants(  # noqa: PLR0913 - called in one place
    told: Mapping[str, Any], folder: Path, *, data: Path, database: str, count: int, desks: int
) -> AsyncIterator[list[Server]]:
    """Starts `madoguchi serve`, so often, with the app installed in every workspace.

    Args:
        told: what the doubles tell.
        folder: for the file of registrations and the logs.
        data: data folder with an index.
        database: address of the database.
        count: processes.
        desks: how many.
    """
    registrations = folder / "registrations.toml"
    registrations.write_text(
        "".join(
            f'[[registration]]\napp_id = "{application(desk)}"\napp_password = "password"\n'
            f'tenant_id = "{tenant(desk)}"\n'
            for desk in range(1, desks, 2)
        ),
        encoding="utf-8",
    )
    environment = on_one_thread(
        MADOGUCHI_DATA_DIR=str(data),
        MADOGUCHI_DATABASE_URL=database,
        MADOGUCHI_SLACK_API_URL=told["slack"],
        MADOGUCHI_SLACK_SIGNING_SECRET=SECRET,
        MADOGUCHI_SLACK_CLIENT_ID="client",
        MADOGUCHI_SLACK_CLIENT_SECRET="secret",
        MADOGUCHI_PUBLIC_URL="http://127.0.0.1",
        MADOGUCHI_TEAMS_REGISTRATIONS=str(registrations),
        **{f"MADOGUCHI_TEAMS_{name.upper()}": value for name, value in told["teams"].items()},
    )
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(_started(_SERVE, environment, folder / f"log-{number}"))
            for number in range(count)
        ]
        await _install(servers[0], told["codes"])
        yield servers


@asynccontextmanager
async def echo(told: Mapping[str, Any], folder: Path) -> AsyncIterator[list[Server]]:
    """Starts `benchmarks.load.echo` for the first desk of each platform."""
    environment = on_one_thread(LOAD_TOLD=json.dumps({name: told[name] for name in ("slack", "token", "teams")}))
    async with _started(("-m", "benchmarks.load.echo"), environment, folder / "log-echo") as server:
        yield [server]


@asynccontextmanager
async def _started(arguments: tuple[str, ...], environment: dict[str, str], log: Path) -> AsyncIterator[Server]:
    """Starts Python, and waits until it names its address on standard error, which goes into a file."""
    with log.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env=environment, stdout=DEVNULL, stderr=file
        )
    try:
        yield Server(await _address(process, log), process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: Process, log: Path) -> str:
    said = ""
    while process.returncode is None:
        said = await asyncio.to_thread(log.read_text, encoding="utf-8")
        if found := re.search(r"http://127\.0\.0\.1:\d+/(?=\S*messages|\s)", said):
            return found[0]
        await asyncio.sleep(0.1)
    raise RuntimeError(said)


async def _install(server: Server, codes: Mapping[str, str]) -> None:
    """Adds the app to each workspace, as somebody with a browser would."""
    async with aiohttp.ClientSession(server.address) as session:
        for code in codes.values():
            async with session.get("/slack/install", allow_redirects=False) as page:
                state = re.search(r"[?&]state=([^&]+)", page.headers["Location"])
                cookie = page.headers["Set-Cookie"].split(";")[0]
            assert state is not None
            address = f"/slack/oauth_redirect?code={code}&state={state[1]}"
            async with session.get(address, headers={"Cookie": cookie}) as done:
                done.raise_for_status()
