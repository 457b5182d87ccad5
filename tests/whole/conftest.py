"""What the tests of the whole share: one town and one server a module; who kills its server brings an own one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.settings import Settings
from tests.whole.serving import Here, served, town


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(own_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Here]:
    """A server that runs through all tests of a module."""
    async with town(own_settings.data_dir, tmp_path_factory.mktemp("town")) as both, served(both) as it:
        yield it


@pytest.fixture
def index(own_settings: Settings) -> Path:
    """A data folder with an index; tests must not change it."""
    return own_settings.data_dir
