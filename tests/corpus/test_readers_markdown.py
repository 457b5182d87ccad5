from pathlib import Path

import pytest

from corpus.blocks import Block, Kind
from corpus.errors import DocumentError
from corpus.readers.markdown import read

GUIDE = r"""---
title: "相談の手引き"
date: 2024
---
# 第1章 窓口

本文の
続き。\
新しい行。

1. 予約する
2. 来所する

| 窓口 | 電話番号 |
|------|----------|
| 港区 | 03-1111-2222 |

## 参考 <ruby>在留<rt>ざいりゅう</rt></ruby>
"""


def test_reads_headings_paragraphs_lists_and_tables() -> None:
    document = read(Path("a.md"), GUIDE.encode())
    assert document.title == "相談の手引き"
    assert document.blocks == (
        Block(Kind.HEADING, "第1章 窓口", level=1),
        Block(Kind.PARAGRAPH, "本文の続き。\n新しい行。"),
        Block(Kind.PARAGRAPH, "1. 予約する"),
        Block(Kind.PARAGRAPH, "2. 来所する"),
        Block(Kind.ROW, "港区 | 03-1111-2222", header="窓口 | 電話番号"),
        Block(Kind.HEADING, "参考 在留", level=2),
    )


def test_without_front_matter_the_outermost_heading_is_the_title() -> None:
    assert read(Path("a.md"), "## 節\n\n# 題\r\n本文".encode()).title == "題"


def test_a_rule_is_no_front_matter() -> None:
    texts = [block.text for block in read(Path("a.md"), "前\n\n---\n\n後\n\n---\n".encode()).blocks]
    assert texts == ["前", "後"]


def test_front_matter_alone_has_no_content() -> None:
    with pytest.raises(DocumentError, match="本文"):
        read(Path("a.md"), b"---\ntitle: x\n---\n")
