"""A PDF that a browser printed: another producer than the one of the other tests, with embedded fonts."""

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.readers import read

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGE = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>外国人相談の手引き</title><style>
body { font: 10.5pt/1.7 "Noto Serif CJK JP", serif; }
.columns { column-count: 2; column-gap: 2em; } p { text-indent: 1em; margin: 0; text-align: justify; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: 2px 6px; }
.frames { display: flex; gap: 12px; margin: 1em 0; } .frames div { flex: 1; border: 1px solid; padding: 8px; }
</style></head><body>
<h1>第1章　<ruby>在留<rt>ざいりゅう</rt></ruby>資格</h1>
<div class="columns"><p>在留資格の変更を希望する外国人は、住所地を管轄する地方出入国在留管理局に
申請します。申請は本人が行うのが原則ですが、取次者を通じて行うこともできます。</p>
<p>必要な書類は活動の内容により異なるため、あらかじめ窓口又は電話で確認してください。手数料は収入印紙で納付します。</p></div>
<h2>相談窓口</h2>
<table><thead><tr><th>地域<th>窓口<th>電話番号</thead>
<tr><td rowspan="2">関東<td>東京局<td>03-1111-2222<tr><td>横浜支局<td>045-111-2222
<tr><td>近畿<td>大阪局<td>休止中</table>
<div class="frames"><div>一つ目の枠の文は長く、枠の中で二行になって折り返すはずです。</div>
<div>二つ目の枠です。</div></div>
<p style="break-before: page">二ページ目の本文です。</p></body></html>"""


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium fonts-noto-cjk")
def test_a_printed_web_page_is_read_in_order(tmp_path: Path) -> None:
    source, target = tmp_path / "a.html", tmp_path / "a.pdf"
    source.write_text(PAGE, encoding="utf-8")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path}/user",
    ]
    command = [str(CHROMIUM), *options, f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = read(target)

    text = "\n".join(block.text for block in document.blocks)
    flat = text.replace("\n", "").replace("\u3000", "")
    order = [
        "第1章 在留資格",
        "取次者を通じて行うこともできます。必要な書類は",
        "納付します。相談窓口関東 | 東京局",
        "折り返すはずです。二つ目",
        "二ページ目",
    ]
    places = [flat.find(words) for words in order]
    assert -1 not in places and places == sorted(places)
    assert "ざいりゅう" not in flat
    rows = [(block.header, block.text) for block in document.blocks if block.header]
    assert rows == [
        ("地域 | 窓口 | 電話番号", "関東 | 東京局 | 03-1111-2222"),
        ("地域 | 窓口 | 電話番号", "関東 | 横浜支局 | 045-111-2222"),
        ("地域 | 窓口 | 電話番号", "近畿 | 大阪局 | 休止中"),
    ]
    assert document.blocks[-1].page == 2
    assert (document.title, document.language) == ("外国人相談の手引き", "ja")
