"""What all tests share: no setting of the person who runs them reaches them; one index of the embedded corpus."""

from __future__ import annotations

import os

import pytest

from adapters.knowledge import open_own
from adapters.settings import Settings


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("MADOGUCHI_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose data directory holds an index of the embedded corpus; tests must not change it."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    open_own(settings, lambda _line: None)
    return settings
