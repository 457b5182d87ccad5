from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.readers.docx import read
from corpus.readers.docx_numbering import written
from tests.documents import docx

LEVELS = [
    '<w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="第%1章"/>',
    '<w:numFmt w:val="decimalFullWidth"/><w:isLgl/><w:lvlText w:val="%1-%2"/>',
    '<w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1%3"/>',
]


def add_lists(document: Document) -> None:
    """Teaches the document one abstract list (70) and two lists that follow it, the second of which begins anew."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{level}</w:lvl>' for depth, level in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="70">{levels}</w:abstractNum>'))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for number, override in ((71, ""), (72, again)):
        abstract = '<w:abstractNumId w:val="70"/>'
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{abstract}{override}</w:num>'))


def add(document: Document, words: str, depth: int, number: int = 71) -> None:
    place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    document.add_paragraph(words)._p.get_or_add_pPr().append(parse_xml(place))


def test_numbers_are_counted_level_by_level() -> None:
    def build(document: Document) -> None:
        add_lists(document)
        for words, depth in [
            ("窓口", 0),
            ("設置", 1),
            ("場所", 2),
            ("人員", 2),
            ("運営", 1),
            ("予算", 2),
            ("連携", 0),
            ("国", 1),
        ]:
            add(document, words, depth)
        add(document, "付録", 0, number=72)
        add(document, "続き", 0, number=72)

    assert [block.text for block in read(Path("a.docx"), docx(build)).blocks] == [
        "第一章 窓口",
        "1-1 設置",
        "一① 場所",
        "一② 人員",
        "1-2 運営",
        "一① 予算",
        "第二章 連携",
        "2-1 国",
        "第一章 付録",
        "第二章 続き",
    ]


def test_styles_number_paragraphs_too() -> None:
    def build(document: Document) -> None:
        for words, style in [
            ("予約する", "List Number"),
            ("来所する", "List Number"),
            ("旅券", "List Bullet"),
            ("本文", "Normal"),
        ]:
            document.add_paragraph(words, style)

    assert [block.text for block in read(Path("a.docx"), docx(build)).blocks] == [
        "1. 予約する",
        "2. 来所する",
        "・旅券",
        "本文",
    ]


def test_a_list_that_the_document_does_not_know_numbers_nothing() -> None:
    def build(document: Document) -> None:
        add(document, "本文", 0, number=99)

    assert [block.text for block in read(Path("a.docx"), docx(build)).blocks] == ["本文"]


@pytest.mark.parametrize(
    ("number", "form", "sign"),
    [
        (12, "decimal", "12"),
        (12, "decimalFullWidth", "１２"),
        (3, "aiueo", "ウ"),
        (2, "iroha", "ロ"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (4, "upperRoman", "Ⅳ"),
        (10, "japaneseCounting", "十"),
        (11, "ideographDigital", "十一"),
        (25, "japaneseCounting", "二十五"),
        (5, "chicago", "5"),
        (5, "none", ""),
    ],
)
def test_numbers_are_written_as_word_does(number: int, form: str, sign: str) -> None:
    assert written(number, form) == sign
