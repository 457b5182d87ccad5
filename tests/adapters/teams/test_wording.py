"""Words without markup."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.teams.wording import from_html, is_mentioned, words_of
from tests.adapters.teams.payloads import BOT


def message(text: str, *mentioned: tuple[str, str]) -> dict[str, Any]:
    entities = [{"type": "mention", "text": told, "mentioned": {"id": id_}} for told, id_ in mentioned]
    return {"type": "message", "text": text, "entities": entities}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("在留期間&lt;3か月 &amp; 短期", "在留期間<3か月 & 短期"),
        ("a<b and c>d", "a<b and c>d"),
        ("1<2, <3", "1<2, <3"),
        ("<p>一行目</p><p>二行目<br/>三行目</p>", "一行目\n二行目\n三行目"),
        ('<a href="https://e.jp">資料</a>を見た', "資料を見た"),
        ("&lt;b&gt;太字&lt;/b&gt;", "<b>太字</b>"),
        ("  間が   広い \u00a0 文  ", "間が 広い 文"),
        ("一\r\n二\r\n\r\n\r\n\r\n三", "一\n二\n\n三"),
    ],
)
def test_markup_goes_and_text_stays(text: str, words: str) -> None:
    assert words_of(message(text), BOT) == words


def test_our_mention_goes_and_others_stay_as_names() -> None:
    activity = message(
        "<at>R&amp;D 窓口</at> <at>鈴木</at>さんの質問です",
        ("<at>R&D 窓口</at>", f"28:{BOT}"),
        ("<at>鈴木</at>", "29:x"),
    )
    assert words_of(activity, BOT) == "鈴木さんの質問です"
    assert is_mentioned(activity, f"28:{BOT.upper()}")
    assert not is_mentioned(message("<at>鈴木</at>", ("<at>鈴木</at>", "29:x")), BOT)


def test_a_mention_without_text_takes_nothing_away() -> None:
    assert words_of(message("質問です", ("", f"28:{BOT}")), BOT) == "質問です"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>書いた&nbsp;文</p>", "書いた 文"),
        ("<blockquote>自分の引用</blockquote>質問", "自分の引用\n質問"),
        ('<blockquote itemtype="http://schema.skype.com/Reply"><p>前<b>の</b><br>文</p></blockquote>質問', "質問"),
        ('<at id="0">まどぐち</at>と<at id="1">鈴木</at>', "と鈴木"),
        ("閉じない<b>太字", "閉じない太字"),
        ("</p></div>だけ閉じる", "だけ閉じる"),
    ],
)
def test_html_is_read_as_a_person_reads_it(html: str, words: str) -> None:
    assert from_html(html, [0]) == words
