"""Files that several processes may write: whole or not at all, one writer at a time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Name of the lock file inside a guarded folder. It stays when nobody holds the lock: deleting it
#: would let a second writer lock a new file of the same name while the first still holds the old one.
LOCK_NAME = ".lock"


def write_whole(path: Path, data: bytes) -> None:
    """Replaces a file in one step, so that a reader or a crash never meets half of it.

    Args:
        path: the file; its folder exists.
        data: all it shall hold.

    Raises:
        OSError: the folder cannot be written or the disk is full; the old file is then untouched.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
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
