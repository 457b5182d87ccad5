"""Where downloaded PDFs lie: the file, what is known of where it came from, and what is half here.

guidebook.pdf                  the newest one
guidebook.json                 its `Retrieval`
guidebook.3f2a90b17c55.pdf     an earlier one, by the beginning of its hash
guidebook.part, .part.json     a download that was cut off, and which version of the file it is of

Methods here are short and block; the caller moves those that hash to a thread.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.files import write_whole

# A PDF says so within its first 1,024 bytes and ends with %%EOF within its last 1,024
# (PDF Reference 1.7, appendix H, notes 13 and 18).
_EDGE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Where a downloaded file came from.

    Args:
        url: address it was asked for at, before any redirection.
        sha256: hash of its content, hexadecimal.
        size: bytes.
        retrieved: when this content came, ISO date and time, UTC.
        etag: the server's name for this version, or "".
        last_modified: the server's date of this version as it wrote it, or "".
    """

    url: str
    sha256: str
    size: int
    retrieved: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The place of one catalogued PDF.

    Args:
        folder: folder of all downloads; it exists.
        id: id of the PDF in the catalogue.
    """

    folder: Path
    id: str

    @property
    def file(self) -> Path:
        """The PDF."""
        return self.folder / f"{self.id}.pdf"

    @property
    def part(self) -> Path:
        """What came of it so far."""
        return self.folder / f"{self.id}.part"

    def kept(self, url: str) -> Retrieval | None:
        """The retrieval of the PDF that lies here.

        Args:
            url: address in the catalogue.

        Returns:
            It, or None where nothing lies here, where it came from elsewhere, or where the file is no
            longer what was retrieved: a server that answers "not modified" must not confirm that.
        """
        retrieval = self.retrieval()
        return retrieval if retrieval and retrieval.url == url else None

    def retrieval(self) -> Retrieval | None:
        """The same, whatever address it came from."""
        try:
            retrieval = Retrieval(**json.loads(self._record.read_text(encoding="utf-8")))
            return retrieval if sha256_of(self.file) == retrieval.sha256 else None
        except (OSError, ValueError, TypeError):
            return None

    def resumable(self, url: str) -> tuple[int, str]:
        """How much of a cut-off download is here, and of which version.

        Args:
            url: address in the catalogue.

        Returns:
            Bytes and validator for If-Range; (0, "") where there is nothing to go on from.
        """
        try:
            record = json.loads(self._part_record.read_text(encoding="utf-8"))
            size = self.part.stat().st_size
            resumable = size > 0 and record["url"] == url and record["validator"]
        except (OSError, ValueError, KeyError, TypeError):
            return 0, ""
        return (size, str(record["validator"])) if resumable else (0, "")

    def begin(self, url: str, validator: str) -> None:
        """Starts a download from nothing.

        Args:
            url: address in the catalogue.
            validator: strong ETag or date of the version that is coming, or "" where it cannot be resumed.
        """
        self.discard()
        write_whole(self._part_record, json.dumps({"url": url, "validator": validator}).encode())
        self.part.touch()

    def discard(self) -> None:
        """Forgets a cut-off download."""
        self.part.unlink(missing_ok=True)
        self._part_record.unlink(missing_ok=True)

    def fault(self) -> str:
        """What is wrong with the download, were it complete.

        Returns:
            In a few words of Japanese; "" when it looks like a whole PDF.
        """
        with self.part.open("rb") as file:
            head = file.read(_EDGE)
            file.seek(max(0, self.part.stat().st_size - _EDGE))
            tail = file.read()
        if b"<html" in head.lower() or b"<!doctype html" in head.lower():
            return "PDFではなく、ウェブページが届きました"
        if b"%PDF-" not in head:
            return "届いたものがPDFではありません"
        return "" if b"%%EOF" in tail else "届いたPDFが途中で切れています"

    def finish(self, url: str, etag: str, last_modified: str) -> Retrieval:
        """Puts the complete download in place; an earlier file with other content is kept beside it.

        Args:
            url: address in the catalogue.
            etag: the server's ETag, or "".
            last_modified: the server's Last-Modified, or "".

        Returns:
            The retrieval, which is also written down.
        """
        retrieval = Retrieval(
            url=url,
            sha256=sha256_of(self.part),
            size=self.part.stat().st_size,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
            etag=etag,
            last_modified=last_modified,
        )
        if self.file.exists() and (old := sha256_of(self.file)) != retrieval.sha256:
            self.file.replace(self.earlier(old))
        self.part.replace(self.file)
        write_whole(self._record, json.dumps(asdict(retrieval), ensure_ascii=False, indent=1).encode())
        self.discard()
        return retrieval

    def earlier(self, sha256: str) -> Path:
        """Where an earlier file is kept."""
        return self.folder / f"{self.id}.{sha256[:12]}.pdf"

    @property
    def _record(self) -> Path:
        return self.folder / f"{self.id}.json"

    @property
    def _part_record(self) -> Path:
        return self.folder / f"{self.id}.part.json"


def sha256_of(path: Path) -> str:
    """Hash of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
