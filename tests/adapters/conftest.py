"""What the tests of this room share: data directories with an index of the embedded corpus, which is built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adapters.settings import Settings


@pytest.fixture
def settings(own_settings: Settings, tmp_path: Path) -> Settings:
    """A data directory of the test's own, with the index already built."""
    shutil.copytree(own_settings.data_dir, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def own_data(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same as a folder, set in the environment for commands."""
    monkeypatch.setenv("MADOGUCHI_DATA_DIR", str(own_settings.data_dir))
    return own_settings.data_dir
