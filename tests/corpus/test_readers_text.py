from pathlib import Path

import pytest

from corpus.blocks import Block, Kind
from corpus.errors import DocumentError
from corpus.readers.text import read

JAPANESE = "外国人相談窓口の受付時間は①平日の9時からです。\nお問い合わせは電話で。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "iso2022_jp"])
def test_reads_the_encodings_of_japanese_text(encoding: str) -> None:
    source = JAPANESE.replace("①", "") if encoding == "iso2022_jp" else JAPANESE
    document = read(Path("a.txt"), source.encode(encoding))
    assert [block.text for block in document.blocks] == source.splitlines()


def test_tells_euc_jp_from_shift_jis() -> None:
    words = "在留カードの更新は入管へ。カタカナとひらがな。"
    assert read(Path("a.txt"), words.encode("euc_jp")).blocks[0].text == words
    assert read(Path("a.txt"), words.encode("cp932")).blocks[0].text == words


def test_keeps_lines_as_they_stand_with_blank_ones() -> None:
    document = read(Path("a.txt"), "一行目 \r\n\r\n ２行目\r\n".encode())
    assert document.blocks == (
        Block(Kind.LINE, "一行目 "),
        Block(Kind.LINE, ""),
        Block(Kind.LINE, " ２行目"),
    )


def test_form_feeds_part_pages() -> None:
    document = read(Path("a.txt"), "一\n\f二\n三\n\f".encode())
    assert [(block.page, block.text) for block in document.blocks] == [(1, "一"), (2, "二"), (2, "三")]


def test_without_form_feeds_there_are_no_pages() -> None:
    assert read(Path("a.txt"), "一\n二".encode()).blocks[0].page is None


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b"abc\x00def", bytes(range(256)) * 4])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt"):
        read(Path("a.txt"), data)
