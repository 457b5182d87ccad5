from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.dialogs.talk import Talk, a_talk


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    """A workspace in which nothing has been said yet."""
    async with a_talk(tmp_path) as talk:
        yield talk
