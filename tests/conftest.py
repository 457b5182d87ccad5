"""What all tests share: no setting of the person who runs them reaches them."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("MADOGUCHI_")]:
        monkeypatch.delenv(name)
