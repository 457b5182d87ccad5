"""Takes a file's bytes off the disk, or says why that cannot be."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from corpus.errors import DocumentError

#: The largest file that is read, in bytes. The guidebook's PDF with all its pictures has about a tenth of this.
SIZE_LIMIT: Final = 100 * 1024 * 1024


def load(path: Path) -> bytes:
    """Reads all bytes of a file that holds still meanwhile.

    Args:
        path: the file.

    Returns:
        Its bytes, at least one and at most `SIZE_LIMIT`.

    Raises:
        DocumentError: the file is missing, no plain file, not readable, empty, too large, or changed meanwhile.
    """
    try:
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            raise DocumentError(path, "ファイルではなくフォルダーです", "中のファイルを指定してください")
        if not stat.S_ISREG(before.st_mode):
            # A pipe or a device could keep us waiting for ever.
            raise DocumentError(path, "通常のファイルではありません", "ファイルに保存してから指定してください")
        if before.st_size > SIZE_LIMIT:
            raise _too_large(path)
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        after = path.stat()
    except FileNotFoundError as error:
        raise DocumentError(path, "ファイルが見つかりません", "場所と名前を確かめてください") from error
    except PermissionError as error:
        raise DocumentError(path, "ファイルを読む権限がありません", "読み取りの許可を確かめてください") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise DocumentError(path, "ファイルを読み出せません", "保存先の状態を確かめてください") from error
    if (before.st_mtime_ns, before.st_size, before.st_ino) != (after.st_mtime_ns, after.st_size, after.st_ino):
        raise _changed(path)
    if len(data) > SIZE_LIMIT:
        raise _too_large(path)
    if len(data) != after.st_size:
        raise _changed(path)
    if not data:
        raise DocumentError(path, "ファイルが空です", "内容のあるファイルを用意してください")
    return data


def _too_large(path: Path) -> DocumentError:
    limit = SIZE_LIMIT // (1024 * 1024)
    return DocumentError(
        path, f"ファイルが大きすぎます（上限{limit}MB）", "分割するか、画像を減らして保存し直してください"
    )


def _changed(path: Path) -> DocumentError:
    return DocumentError(path, "読んでいる間に内容が変わりました", "保存が終わってから、もう一度お試しください")
