"""The load benchmark asks, hears every answer, and tells what it measured."""

from __future__ import annotations

import pytest

from adapters.settings import Settings
from benchmarks.load.__main__ import main


def rows(printed: str) -> dict[str, list[str]]:
    """Cells by the first of each row."""
    lines = [line.strip("| ").split("|") for line in printed.splitlines() if line.startswith("|")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines}


def test_questions_are_asked_and_answered(own_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--rate", "5", "--seconds", "1", "--desks", "4", "--data", str(own_settings.data_dir)])
    told = rows(capsys.readouterr().out)
    for name in ("echo", "madoguchi"):
        asked = sum(int(told[f"{name}: {platform}"][0]) for platform in ("slack", "teams"))
        assert asked > 0
        for platform in ("slack", "teams"):
            acknowledged, answered = told[f"{name}: {platform}"][1], told[f"{name}: {platform}"][4]
            assert float(acknowledged) > 0
            assert float(answered) > 0
        assert told[name][2:] == ["0", "0"]  # nobody waits, nobody was refused


def test_memory_is_told(own_settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--events", "8", "--desks", "4", "--data", str(own_settings.data_dir)])
    mib, answered, _ = rows(capsys.readouterr().out)["8"]
    assert float(mib) > 0
    assert answered == "8"


def test_several_processes_need_a_database_that_they_can_share(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--processes", "3"])
    assert "PostgreSQL" in capsys.readouterr().err
