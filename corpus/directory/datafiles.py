"""Where the directory's data stands: JSON files in `corpus/data/directory`."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def read(name: str) -> Any:  # noqa: ANN401 - JSON
    """The content of one data file.

    Args:
        name: file name without ".json".

    Returns:
        The parsed JSON.
    """
    return json.loads(resources.files("corpus").joinpath("data", "directory", f"{name}.json").read_text("utf-8"))
