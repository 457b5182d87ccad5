"""Files: those that several processes may write, whole or not at all and one writer at a time; names and links."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Name of the lock file inside a guarded folder. It stays when nobody holds the lock: deleting it
#: would let a second writer lock a new file of the same name while the first still holds the old one.
LOCK_NAME = ".lock"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def write_whole(path: Path, data: bytes) -> None:
    """Replaces a file in one step, so that a reader or a crash never meets half of it.

    Args:
        path: the file; its folder exists.
        data: all it shall hold.

    Raises:
        OSError: the folder cannot be written or the disk is full; the old file is then untouched.
    """
    # Not tempfile: its files may be read by their owner only, and an index is built by one user and read by another.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Holds a folder against other writers; waits for the one at work, if any.

    The kernel frees the lock when its process ends, however it ends, so none is ever left behind.

    Args:
        folder: the folder; made if it is not there.

    Raises:
        OSError: the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_NAME).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def real(path: Path) -> Path:
    """The file that a path leads to, links followed as far as they lead.

    `Path.resolve` raises RuntimeError on links that lead in a circle, before Python 3.13.

    Args:
        path: any path, whether or not anything is there.
    """
    return Path(os.path.realpath(path))


def is_file(path: Path) -> bool:
    """Whether there is a file that can be told to be one: False also where the folder above may not be entered.

    Args:
        path: any path. `Path.is_file` raises PermissionError on some, before Python 3.14.
    """
    return os.path.isfile(path)  # noqa: PTH113


def printable(name: str) -> str:
    """A file's name fit to be written down in one line.

    Args:
        name: as the file system gives it. Bytes that are no text stand in it as lone surrogates (PEP 383),
            which no file in UTF-8 can hold.

    Returns:
        The name with U+FFFD in place of such bytes and of control characters, line breaks among them.
    """
    return _CONTROL.sub("\ufffd", os.fsencode(name).decode(errors="replace"))
