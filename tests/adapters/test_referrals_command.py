from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from click.testing import CliRunner, Result

from adapters.cli import main
from adapters.database.engine import open_database
from adapters.database.store import SqlStore
from bot.referrals import Referral, State
from tests.bot.referral_samples import DESK, INTAKE, SENT, referral

SECRET = (INTAKE.question, INTAKE.situation, "公式の答え", "U1")


def types(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


async def keep(folder: Path, *told: Referral) -> None:
    database = await open_database(f"sqlite:///{folder}/madoguchi.sqlite3")
    try:
        async with SqlStore(database)() as work:
            await work.desks.put(DESK)
            for one in told:
                await work.referrals.add(one)
            await work.commit()
    finally:
        await database.close()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MADOGUCHI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", f"sqlite:///{tmp_path}/madoguchi.sqlite3")
    one = referral()
    asyncio.run(
        keep(
            tmp_path,
            replace(one, id="1" * 32, due=SENT + timedelta(days=1)),
            replace(one, id="2" * 32, state=State.RESOLVED, official="公式の答え"),
            replace(one, id="3" * 32, state=State.DRAFTED, sent=None),
        )
    )
    return tmp_path


def test_open_ones_are_listed_without_what_they_say(kept: Path) -> None:
    done = types("referrals", "list")
    assert done.exit_code == 0
    assert DESK.id in done.output
    assert "担当官の受け取りを待っています: 1" in done.output
    assert "2026-11-20 10:00" in done.output  # sent, as the clocks of the offices show it
    assert not [one for one in SECRET if one in done.output]


def test_what_travels_by_hand_waits_for_no_coordinator(kept: Path) -> None:
    by_hand = replace(referral(), id="4" * 32, by_hand=True)
    asyncio.run(keep(kept, by_hand, replace(by_hand, id="5" * 32, state=State.TAKEN)))
    output = types("referrals", "list").output
    assert "担当官の受け取りを待っています: 1" in output
    assert "引き継ぎ先からの回答を待っています: 2" in output
    rows = [line for line in output.splitlines() if "引継票" in line]
    assert len(rows) == 2
    assert all("引き継ぎ先からの回答を待っています" in row for row in rows)


def test_scripts_get_counts_and_states(kept: Path) -> None:
    found = json.loads(types("referrals", "list", "--json").stdout)
    assert found["counts"] == {"drafted": 1, "resolved": 1, "sent": 1}
    assert [one["number"] for one in found["referrals"]] == [1]
    every = types("referrals", "list", "--all", "--json").stdout
    assert [one["state"] for one in json.loads(every)["referrals"]] == ["sent", "resolved", "drafted"]
    assert not [one for one in SECRET if one in every]


def test_a_sheet_is_written_and_audited(kept: Path) -> None:
    out = kept / "sheet.pdf"
    assert types("referrals", "sheet", "1", "--out", str(out)).exit_code == 0
    with pdfplumber.open(BytesIO(out.read_bytes())) as file:
        assert "旅券も手元にない" in (file.pages[0].extract_text() or "")
    with closing(sqlite3.connect(kept / "madoguchi.sqlite3")) as database:
        assert ("print_sheet", f"referral/{'1' * 32}") in database.execute("SELECT what, about FROM audit").fetchall()


@pytest.mark.parametrize("number", ["3", "4"], ids=["draft", "unknown"])
def test_what_was_not_sent_has_no_sheet(kept: Path, number: str) -> None:
    done = types("referrals", "sheet", number, "--out", str(kept / "sheet.pdf"))
    assert done.exit_code == 1
    assert f"照会 {number} はありません" in done.output
    assert not (kept / "sheet.pdf").exists()


def test_a_file_that_cannot_be_written_is_told(kept: Path) -> None:
    done = types("referrals", "sheet", "1", "--out", str(kept / "nowhere" / "sheet.pdf"))
    assert done.exit_code == 1
    assert "書き込めません" in done.output


def test_where_there_are_none_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_DATA_DIR", str(tmp_path))
    assert "照会はまだありません" in types("referrals", "list").output
