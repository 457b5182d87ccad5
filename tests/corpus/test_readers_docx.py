import io
import zipfile
from pathlib import Path

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.blocks import Block, Kind
from corpus.errors import DocumentError
from corpus.readers.docx import UNPACKED_LIMIT, read
from tests.documents import add_ruby, docx


def test_reads_headings_paragraphs_and_tables_in_order() -> None:
    def build(document: Document) -> None:
        document.add_heading("相談の手引き", 0)
        document.add_heading("第1章 窓口", 1)
        document.add_paragraph("電話:\t平日\n面談:\t火曜")
        table = document.add_table(4, 3)
        rows = [["地域", "窓口", "電話番号"], ["東京", "港区", "03-1"], ["", "北区", "03-2"], ["大阪", "休止", ""]]
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 1).merge(table.cell(3, 2))
        document.add_paragraph("表のあと")

    document = read(Path("a.docx"), docx(build))
    head = "地域 | 窓口 | 電話番号"
    assert document.title == "相談の手引き"
    assert document.blocks == (
        Block(Kind.PARAGRAPH, "相談の手引き"),
        Block(Kind.HEADING, "第1章 窓口", level=1),
        Block(Kind.PARAGRAPH, "電話: 平日\n面談: 火曜"),
        Block(Kind.ROW, "東京 | 港区 | 03-1", header=head),
        Block(Kind.ROW, "東京 | 北区 | 03-2", header=head),
        Block(Kind.ROW, "大阪 | 休止 | 休止", header=head),
        Block(Kind.PARAGRAPH, "表のあと"),
    )


def test_headings_by_japanese_names_base_styles_and_outline_levels() -> None:
    def build(document: Document) -> None:
        styles = document.styles
        japanese = styles.add_style("見出し 2", WD_STYLE_TYPE.PARAGRAPH)
        derived = styles.add_style("節の題", WD_STYLE_TYPE.PARAGRAPH)
        derived.base_style = japanese
        document.add_paragraph("名前で", japanese)
        document.add_paragraph("もとの名前で", derived)
        outlined = document.add_paragraph("段階で")
        outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="2"/>'))
        body = document.add_paragraph("本文", derived)
        body._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="9"/>'))

    found = [(block.text, block.level) for block in read(Path("a.docx"), docx(build)).blocks]
    assert found == [("名前で", 2), ("もとの名前で", 2), ("段階で", 3), ("本文", 0)]


def test_readings_and_moved_text_are_dropped_links_are_kept() -> None:
    def build(document: Document) -> None:
        add_ruby(document, "この", "在留資格", "ざいりゅうしかく", "は")
        linked = document.add_paragraph("詳しくは")
        for name, words in (("hyperlink", "入管庁のページ"), ("moveFrom", "古い場所")):
            linked._p.append(parse_xml(f"<w:{name} {nsdecls('w')}><w:r><w:t>{words}</w:t></w:r></w:{name}>"))

    assert [block.text for block in read(Path("a.docx"), docx(build)).blocks] == [
        "この在留資格は",
        "詳しくは入管庁のページ",
    ]


def test_text_in_frames_is_read_and_the_table_of_contents_is_not() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("第1章……3", document.styles.add_style("目次 1", WD_STYLE_TYPE.PARAGRAPH))
        document.add_table(1, 1).cell(0, 0).text = "枠の中の文"
        around = parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>吹き出し</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
        document.add_paragraph("本文")._p.append(around)

    assert [block.text for block in read(Path("a.docx"), docx(build)).blocks] == ["枠の中の文", "本文", "吹き出し"]


def test_rows_marked_as_head_are_the_head() -> None:
    def build(document: Document) -> None:
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["2024年", "2025年", "甲", "乙"], strict=True):
            cell.text = text
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    assert read(Path("a.docx"), docx(build)).blocks == (Block(Kind.ROW, "甲 | 乙", header="2024年 | 2025年"),)


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def bomb() -> bytes:
    """A small file that unpacks to more than the limit; written piece by piece to stay small here too."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(UNPACKED_LIMIT // 2**20 + 1):
            part.write(bytes(2**20))
    return buffer.getvalue()


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(DocumentError, match="大きすぎ"):
        read(Path("a.docx"), bomb())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx([]), "文字がありません"),
        (docx([])[:-500], "途中で切れている"),
        (packed({"xl/workbook.xml": b"<workbook/>"}), "Wordの文書ではありません"),
        (packed({"word/document.xml": b"<w:document"}), "壊れています"),
    ],
)
def test_bad_documents_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read(Path("a.docx"), data)
