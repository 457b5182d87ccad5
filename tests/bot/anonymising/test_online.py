from __future__ import annotations

import pytest

from bot.anonymise import Kind
from tests.bot.anonymising.ruled import ruled


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("メール taro.tanaka@example.co.jp まで", Kind.EMAIL, "taro.tanaka@example.co.jp"),
        ("ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｊｐ", Kind.EMAIL, "ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｊｐ"),
        ("LINE ID: anh_1990", Kind.SNS, "anh_1990"),
        ("フォローは @maria_santos88 へ", Kind.SNS, "@maria_santos88"),
        ("<@U012AB3CD> さん確認を", Kind.SNS, "<@U012AB3CD>"),
        ("https://www.facebook.com/nguyen.van.anh です", Kind.URL, "https://www.facebook.com/nguyen.van.anh"),
        ("https://example.org/form?user=123", Kind.URL, "https://example.org/form?user=123"),
        ("アクセス元 203.0.113.45", Kind.IP, "203.0.113.45"),
        ("2001:db8:0:0:8:800:200c:417a", Kind.IP, "2001:db8:0:0:8:800:200c:417a"),
    ],
)
def test_what_leads_to_a_person(text: str, kind: Kind, found: str) -> None:
    assert ruled(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.moj.go.jp/isa/content/930004448.pdf",
        "@channel 確認を",
        "1.2.3.4節を参照",
        "10:30:45:00に",
        "ガイドラインは2026年に改定",
    ],
)
def test_pages_calls_to_all_and_sections_stay(text: str) -> None:
    assert ruled(text) == []
