"""Files are written whole or not at all, by one writer at a time."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from corpus.files import is_file, one_writer, printable, real, write_whole


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


def test_a_file_written_whole_may_be_read_by_whom_the_user_lets_read(tmp_path: Path) -> None:
    write_whole(tmp_path / "whole", b"x")
    (tmp_path / "usual").touch()
    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_links_in_a_circle_lead_nowhere_and_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "here.md").symlink_to("there.md")
    (tmp_path / "there.md").symlink_to("here.md")
    (tmp_path / "file.md").touch()
    (tmp_path / "link.md").symlink_to("file.md")
    assert real(tmp_path / "here.md").parent == tmp_path
    assert real(tmp_path / "link.md") == tmp_path / "file.md"
    assert [is_file(tmp_path / name) for name in ("here.md", "link.md", "nowhere.md")] == [False, True, False]


def test_a_name_that_is_no_text_becomes_one_that_can_be_written_down() -> None:
    assert printable(os.fsdecode(b"a\xffb")) == "a\ufffdb"
    assert printable("窓口　a\nb") == "窓口　a\ufffdb"
