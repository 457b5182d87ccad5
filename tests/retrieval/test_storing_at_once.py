"""Several processes at one index: two write again and again while a third reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval import storage
from retrieval.engine import Engine
from retrieval.words import DIMENSIONS, WordVectors
from tests.retrieval.town import town

#: Saves the index in one folder into another, over and over.
_SAVES = """
import sys
from pathlib import Path
from retrieval.engine import Engine
engine = Engine.load(Path(sys.argv[1]))
for _ in range(int(sys.argv[3])):
    engine.save(Path(sys.argv[2]))
"""
_TIMES = 25


@pytest.fixture
def light(tmp_path: Path) -> Path:
    """An index without word vectors, written within milliseconds, so that processes meet often."""
    no_words = WordVectors(np.zeros((1, DIMENSIONS), np.float32), np.zeros(0, np.uint64), np.zeros(0, np.uint16))
    Engine.build(town(), words=no_words, fingerprint="light").save(tmp_path / "light")
    return tmp_path / "light"


def test_readers_and_writers_never_get_in_each_others_way(light: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    expected = Engine.load(light).find("印鑑登録の手数料")
    Engine.load(light).save(folder)
    command = [sys.executable, "-c", _SAVES, str(light), str(folder), str(_TIMES)]
    read = 0
    with subprocess.Popen(command) as one, subprocess.Popen(command) as other:
        while one.poll() is None or other.poll() is None:
            assert storage.fingerprint_of(folder) == "light"
            assert Engine.load(folder).find("印鑑登録の手数料") == expected
            read += 1
    assert (one.returncode, other.returncode) == (0, 0)
    assert read > 1
    assert Engine.load(folder).find("印鑑登録の手数料") == expected
    assert len(list(folder.glob("index-*"))) == 2, "the newest and the one before it"
