"""Files are written whole or not at all, by one writer at a time."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from corpus.files import one_writer, write_whole


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


def add_one_often(folder: Path) -> None:
    counter = folder / "counter"
    for _ in range(50):
        with one_writer(folder):
            write_whole(counter, str(int(counter.read_text()) + 1).encode())


def test_writers_wait_for_one_another(tmp_path: Path) -> None:
    (tmp_path / "counter").write_text("0")
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_one_often, args=(tmp_path,)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert (tmp_path / "counter").read_text() == "100"


def test_the_folder_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), one_writer(tmp_path / "new"):
        raise ValueError("inside")
    with one_writer(tmp_path / "new"):
        assert (tmp_path / "new").is_dir()
