"""What all readers promise: a document, or one line that names the file and says what to do."""

import hashlib
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import readers
from corpus.blocks import Block, Kind, ReadDocument
from corpus.errors import DocumentError
from corpus.readers import SUFFIXES, read
from corpus.readers.files import SIZE_LIMIT
from tests.documents import docx, lines, pdf, saved

PDF = pdf([[lines(["本文の行です。"])]])
DOCX = docx(["本文です。"])
HTML = "<!DOCTYPE html><html><body><p>本文です。</p></body></html>".encode()
MARKDOWN = "# 題\n\n本文です。\n".encode()
TEXT = "本文です。\n".encode()
UNHURRIED = settings(deadline=None)  # the machine may be busy

WHOLE = {"a.pdf": PDF, "a.docx": DOCX, "a.html": HTML, "A.HTM": HTML, "a.md": MARKDOWN, "a.txt": TEXT}


def fault(path: Path) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(path)
    error = caught.value
    assert str(path) in str(error)
    assert "\n" not in str(error)
    assert error.reason and error.advice
    return error


@pytest.mark.parametrize("name", WHOLE)
def test_every_format_is_read_with_the_hash_of_its_bytes(name: str, tmp_path: Path) -> None:
    document = read(saved(tmp_path, name, WHOLE[name]))
    assert any("本文" in block.text for block in document.blocks)
    assert document.sha256 == hashlib.sha256(WHOLE[name]).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", PDF, "中身はPDF"),
        ("a.html", PDF, "中身はPDF"),
        ("a.pdf", HTML, "中身はHTML"),
        ("a.txt", HTML, "中身はHTML"),
        ("a.md", DOCX, "中身はDOCX"),
        ("a.pdf", DOCX, "中身はDOCX"),
        ("a.pdf", TEXT, "中身が違います"),
        ("a.docx", TEXT, "中身が違います"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "パスワード付き"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(50), "中身は画像"),
        ("a.docx", b"{\\rtf1 text}", "リッチテキスト"),
    ],
)
def test_a_wrong_suffix_is_noticed(name: str, data: bytes, reason: str, tmp_path: Path) -> None:
    assert reason in fault(saved(tmp_path, name, data)).reason


def test_a_text_about_pdf_is_a_text(tmp_path: Path) -> None:
    assert read(saved(tmp_path, "a.txt", "先頭は %PDF-1.7 です".encode())).blocks


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_an_empty_file_is_refused(suffix: str, tmp_path: Path) -> None:
    assert "空" in fault(saved(tmp_path, f"a{suffix}", b"")).reason


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "フォルダー" in fault(folder).reason
    assert "通常のファイル" in fault(pipe).reason
    assert "見つかりません" in fault(tmp_path / "none.txt").reason
    assert "種類" in fault(saved(tmp_path, "a.xyz", TEXT)).reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.txt", TEXT)
    path.chmod(0)
    assert "権限" in fault(path).reason


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.truncate(3 * SIZE_LIMIT)  # a hole: takes no room on the disk
    assert "100MB" in fault(path).reason


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, "a.txt", TEXT)
    opened = Path.open

    def written_meanwhile(self: Path, mode: str) -> object:
        file = opened(self, mode)
        with opened(self, "ab") as writer:
            writer.write(TEXT)
        return file

    monkeypatch.setattr(Path, "open", written_meanwhile)
    assert "変わりました" in fault(path).reason


@pytest.mark.parametrize("markup", ["<div>", "<ul><li>", "<table><tr><td>"])
def test_endless_nesting_is_refused(markup: str, tmp_path: Path) -> None:
    assert "入れ子" in fault(saved(tmp_path, "a.html", (markup * 5000 + "本文").encode())).reason


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
@UNHURRIED
@given(data=st.binary(max_size=300))
def test_garbage_is_read_or_refused(suffix: str, data: bytes) -> None:
    read_or_refused(suffix, data)


@pytest.mark.parametrize("name", WHOLE)
@UNHURRIED
@given(data=st.data())
def test_damaged_files_are_read_or_refused(name: str, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[name])
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=20)):
        whole[place] = data.draw(st.integers(0, 255))
    length = data.draw(st.integers(1, len(whole)))
    read_or_refused(Path(name).suffix, bytes(whole[:length] if data.draw(st.booleans()) else whole))


@UNHURRIED
@given(
    start=st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"---\n"]),
    rest=st.binary(max_size=300),
)
@pytest.mark.parametrize("end", [b"", b"\n%%EOF\n"])
def test_garbage_that_begins_well_is_read_or_refused(start: bytes, rest: bytes, end: bytes) -> None:
    for suffix in SUFFIXES:
        read_or_refused(suffix, start + rest + end)


def read_or_refused(suffix: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        try:
            document = read(path)
        except DocumentError as error:
            assert str(path) in str(error)
        else:
            assert all(block.kind in Kind for block in document.blocks)


def test_half_a_character_does_not_get_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium hands over lone surrogates where a broken font maps a sign to half of one; UTF-8 cannot write them."""
    path = tmp_path / "half.txt"
    path.write_text("窓口です。", encoding="utf-8")
    broken = ReadDocument((Block(Kind.PARAGRAPH, "窓\ud840口"), Block(Kind.PARAGRAPH, "𠮷野")), title="\udfff")
    monkeypatch.setitem(readers.READERS, ".txt", lambda _path, _data: broken)
    document = readers.read(path)
    assert [block.text for block in document.blocks] == ["窓\ufffd口", "𠮷野"]
    assert document.title == "\ufffd"
