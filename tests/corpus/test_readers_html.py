from pathlib import Path

import pytest

from corpus.blocks import Kind
from corpus.readers import read
from corpus.readers.html import parse
from tests.documents import saved

PAGE = """<!DOCTYPE html><html lang="ja"><head><meta charset="{charset}"><title>相談の
案内</title><style>p {{}}</style></head><body><nav><a href="/">ホーム</a></nav>
<h1>外国人相談</h1><p>在留<ruby>資格<rp>（</rp><rt>しかく</rt><rp>）</rp></ruby>の
  更新は<b>早め</b>に。<br>次の行</p><script>var x;</script><!-- 注 --><footer>著作権</footer></body></html>"""


def texts(markup: str) -> list[str]:
    return [block.text for block in parse(markup).blocks]


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc-jp"])
def test_reads_a_page_in_its_declared_encoding(charset: str, tmp_path: Path) -> None:
    document = read(saved(tmp_path, "a.html", PAGE.format(charset=charset).encode(charset)))
    assert [(block.kind, block.text) for block in document.blocks] == [
        (Kind.HEADING, "外国人相談"),
        (Kind.PARAGRAPH, "在留資格の更新は早めに。\n次の行"),
    ]
    assert (document.title, document.language) == ("相談の案内", "ja")


def test_a_wrong_declaration_is_not_believed(tmp_path: Path) -> None:
    document = read(saved(tmp_path, "a.html", PAGE.format(charset="utf-8").encode("cp932")))
    assert document.blocks[0].text == "外国人相談"


def test_headings_know_their_depth() -> None:
    assert [(b.text, b.level) for b in parse("<h1>章</h1><h3>節</h3><h6>項</h6>").blocks] == [
        ("章", 1),
        ("節", 3),
        ("項", 6),
    ]


def test_lists_keep_marks_and_numbers() -> None:
    markup = "<ul><li>一つ<ul><li>内側</li></ul></li><li><p>二つ</p><p>続き</p></li></ul><ol start=3><li>三<li>四</ol>"
    assert texts(markup) == ["・一つ", "・内側", "・二つ", "続き", "3. 三", "4. 四"]


def test_text_between_blocks_is_kept() -> None:
    assert texts("前<div>中<span>身</span></div>後<b><p>奥</p></b>") == ["前", "中身", "後", "奥"]


def test_blanks_between_latin_words_stay() -> None:
    assert texts("<p>Call the\n  office&nbsp;now</p>") == ["Call the office now"]


def test_spans_are_expanded_and_the_head_is_kept() -> None:
    blocks = parse(
        "<table><caption>連絡先</caption><tr><th>地域<th>窓口<th>電話"
        "<tr><td rowspan=2>東京<td>港区<td>03-1111-1111<tr><td>北区<td>03-2222-2222"
        "<tr><td colspan=3>西日本<tr><td>大阪<td colspan=2>休止</table>"
    ).blocks
    assert blocks[0].text == "連絡先"
    assert [block.text for block in blocks[1:]] == [
        "東京 | 港区 | 03-1111-1111",
        "東京 | 北区 | 03-2222-2222",
        "西日本",
        "大阪 | 休止 | 休止",
    ]
    assert {block.header for block in blocks[1:]} == {"地域 | 窓口 | 電話"}


def test_a_head_of_two_rows_is_one() -> None:
    blocks = parse(
        "<table><thead><tr><th rowspan=2>窓口<th colspan=2>電話<tr><th>平日<th>休日</thead>"
        "<tr><td>港区<td>03-1<td>03-2</table>"
    ).blocks
    assert [(b.header, b.text) for b in blocks] == [("窓口 | 電話 平日 | 電話 休日", "港区 | 03-1 | 03-2")]


def test_a_new_head_within_a_table_counts_from_there() -> None:
    blocks = parse(
        "<table><tr><th>国<th>言語<tr><td>ネパール<td>ネパール語<tr><th>区<th>電話<tr><td>港<td>03-1</table>"
    ).blocks
    assert [(b.header, b.text) for b in blocks] == [("国 | 言語", "ネパール | ネパール語"), ("区 | 電話", "港 | 03-1")]


def test_a_head_without_head_cells_is_guessed_from_digits() -> None:
    blocks = parse("<table><tr><td>区<td>電話<tr><td>港<td>03-1111</table>").blocks
    assert [(b.header, b.text) for b in blocks] == [("区 | 電話", "港 | 03-1111")]
    blocks = parse("<table><tr><td>港<td>03-1111<tr><td>北<td>03-2222</table>").blocks
    assert [b.header for b in blocks] == ["", ""]


def test_a_table_that_only_places_things_is_read_through() -> None:
    assert texts("<table><tr><td><h2>見出し</h2><p>本文</p></td></tr></table>") == ["見出し", "本文"]


def test_senseless_spans_do_no_harm() -> None:
    markup = "<table><tr><td rowspan=99999999999 colspan=-1>甲<td colspan=x>乙<tr><td>丙</table>"
    assert texts(markup) == ["甲 | 乙", "甲 | 丙"]
