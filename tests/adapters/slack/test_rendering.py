from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack.rendering import render, render_home
from bot import labels, sentences
from bot.answer import Citation, Counterpart
from bot.highlight import pieces
from bot.places import Place
from bot.posts import (
    Block,
    Button,
    Buttons,
    Cited,
    Contacts,
    Document,
    Field,
    Fields,
    Folded,
    Post,
    Quote,
    Style,
    Text,
    Tone,
)
from corpus.directory import Contact
from corpus.model import Grade
from tests.adapters.slack.posts import citations, faults, posts, shown

SAID = "在留カードをなくしたときは、14日以内に再交付を申請します。電話は0570-013904です。手数料は無料です。"
CITATION = Citation(
    rank=1,
    score=0.9,
    pieces=pieces(SAID, ((0, SAID.index("。") + 1),)),
    grade=Grade.GUIDE,
    source="guidebook",
    title="ガイドブック",
    publisher="入管庁",
    edition="第8版",
    section_id="1.2",
    section=("在留手続", "在留カード"),
    page=4,
    url="https://www.moj.go.jp/isa/?a=1&b=2",
    as_of="2026-02-26",
    notices=("2027年4月から変わります。",),
)
CONTACT = Contact(
    name="FRESC",
    number="0570-011000",
    extension="内線3",
    hours="平日9時から17時まで",
    edition="担当官一覧 2026年4月",
    as_of="2026-04-01",
    url="https://www.moj.go.jp/isa/fresc",
    why="どこに聞くか分からないとき",
    other_numbers=("03-5363-3013（IP電話から）",),
)


def rendered(*said: Block, refresh: Button | None = None) -> list[dict[str, Any]]:
    made = render(Post(blocks=said, summary="答えです。", refresh=refresh))["blocks"]
    assert faults(made) == []
    blocks_made: list[dict[str, Any]] = made
    return blocks_made


def leaves(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        leaf
        for block in made
        if block["type"] == "rich_text"
        for part in block["elements"]
        for leaf in part["elements"]
    ]


def test_a_passage_with_all_that_must_be_shown() -> None:
    made = rendered(Cited(CITATION))
    assert [block["type"] for block in made] == ["rich_text", "context"]
    text = shown(made)
    for must in ("【手引き】在留手続 › 在留カード", SAID, "※ 2027年4月から変わります。", labels.source(CITATION)):
        assert must in text
    assert made[1]["elements"][-1] == {
        "type": "mrkdwn",
        "text": f"<https://www.moj.go.jp/isa/?a=1&amp;b=2|{sentences.LINK_OFFICIAL}>",
        "verbatim": True,
    }


def test_figures_are_bold_and_the_answering_sentence_is_underlined() -> None:
    styles = {leaf["text"]: leaf.get("style") for leaf in leaves(rendered(Cited(CITATION)))}
    assert styles["14日以内"] == {"bold": True, "underline": True}
    assert styles["在留カードをなくしたときは、"] == {"underline": True}
    assert styles["無料"] == {"bold": True}
    assert styles["です。"] is None


def test_numbers_are_to_be_tapped_wherever_they_stand() -> None:
    made = rendered(
        Cited(CITATION), Contacts("連絡先", (CONTACT,)), Text("すぐに110番（警察）へ。性暴力は#8891へ。", Tone.URGENT)
    )
    urls = [leaf["url"] for leaf in leaves(made) if leaf["type"] == "link"]
    assert [url for url in urls if url.startswith("tel:")] == [
        "tel:0570013904",
        "tel:0570011000",
        "tel:0353633013",
        "tel:110",
        "tel:%238891",
    ]


def test_a_contact_with_all_that_is_known_of_it() -> None:
    text = shown(rendered(Contacts("連絡先（東京都）", (CONTACT,))))
    for must in ("連絡先（東京都）", labels.number(CONTACT), CONTACT.name, labels.details(CONTACT)):
        assert must in text


def test_tones() -> None:
    urgent, heading, note, plain = rendered(
        Text("いますぐ119番へ", Tone.URGENT),
        Text("確実", Tone.HEADING),
        Text("時点の注意", Tone.NOTE),
        Text("ふつうの文"),
    )
    assert urgent["elements"][0]["elements"][0] == {"type": "emoji", "name": "rotating_light"}
    assert all(leaf["style"] == {"bold": True} for leaf in urgent["elements"][0]["elements"][2:])
    assert heading["type"] == "header"
    assert note["type"] == "context"
    assert plain["elements"][0]["elements"] == [{"type": "text", "text": "ふつうの文"}]


def test_a_heading_too_long_for_a_header_is_bold() -> None:
    (made,) = rendered(Text("長い見出し" * 40, Tone.HEADING))
    assert made["type"] == "rich_text"


def test_what_is_typed_rings_no_bell() -> None:
    rude = "<!channel> @here <@U0BOT0001> & *太字*"
    citation = replace(CITATION, title=rude, section=(rude,), notices=(rude,), source_url="https://a.example/")
    made = render(Post(blocks=(Text(rude), Text(rude, Tone.NOTE), Quote(rude, rude), Cited(citation)), summary=rude))
    assert made["text"] == "&lt;!channel&gt; @here &lt;@U0BOT0001&gt; &amp; *太字*"
    mrkdwn = [
        e["text"] for b in made["blocks"] if b["type"] == "context" for e in b["elements"] if e["type"] == "mrkdwn"
    ]
    assert mrkdwn
    assert all("<!" not in text and "<@" not in text for text in mrkdwn)
    assert shown(made["blocks"]).count(rude) >= 5


def test_what_is_folded_elsewhere_shows_its_sources_in_small_print() -> None:
    made = rendered(Folded("ほかの箇所", (Cited(CITATION), Text("あ" * 400), Contacts("連絡先", (CONTACT,)))))
    text = shown(made)
    for must in ("ほかの箇所", labels.FOLDED, "在留カード", labels.source(CITATION), *CITATION.notices, CONTACT.number):
        assert must in text
    assert SAID not in text
    assert labels.SHORTENED in text
    assert {block["type"] for block in made} == {"context", "rich_text"}


def test_what_is_folded_elsewhere_speaks_of_sources_only_where_there_are_some() -> None:
    text = shown(rendered(Folded("照会の内容", (Quote("就労できますか", by="聞きたいこと"),))))
    assert labels.FOLDED not in text
    assert "照会の内容" in text and "就労できますか" in text


def test_words_from_right_to_left_stay_whole_and_by_themselves() -> None:
    arabic = "إذا فقدت بطاقة الإقامة، قدّم طلبًا خلال 14 يومًا."
    other = Counterpart(language="ar", text=arabic, title="دليل", edition="8", page=9, url="https://a.example/ar")
    (block, _) = rendered(Cited(replace(CITATION, counterparts=(other,))))
    assert {"type": "rich_text_quote", "elements": [{"type": "text", "text": arabic}]} in block["elements"]
    label = {"type": "link", "url": "https://a.example/ar", "text": labels.counterpart(other)}
    assert {"type": "rich_text_section", "elements": [label]} in block["elements"]


def test_buttons() -> None:
    danger = Button(action="leave", label="やめる", style=Style.DANGER)
    again = Button(action="ask_again", label="条件を変えて調べる", value="1", style=Style.PRIMARY)
    (made,) = rendered(Buttons((again, replace(again, value="2"), danger)))
    assert [(e["action_id"], e.get("value"), e.get("style")) for e in made["elements"]] == [
        ("ask_again", "1", "primary"),
        ("ask_again:2", "2", "primary"),
        ("leave", None, "danger"),
    ]


def test_a_state_that_changes_can_be_asked_for() -> None:
    made = rendered(Text("未確認 3件"), refresh=Button(action="refresh", label="最新の状態を見る"))
    assert made[-1]["elements"][0]["action_id"] == "refresh"


def test_a_long_passage_is_cut_at_a_sentence_and_keeps_the_answer() -> None:
    filler, answer = "これは前置きの文です。" * 300, "答えの文はこれです。"
    text = filler + answer + "続きの文です。" * 600
    citation = replace(CITATION, pieces=pieces(text, ((len(filler), len(filler) + len(answer)),)))
    said = shown(rendered(Cited(citation)))
    assert answer in said
    assert f"。{labels.CONTINUED}" in said


def test_a_long_text_of_somebody_is_shown_whole_while_there_is_room() -> None:
    text = "要望の文です。" * 900
    assert shown(rendered(Quote(text))).replace("\n", "") == text


def test_what_has_no_room_is_named() -> None:
    said = [Cited(replace(CITATION, title=f"資料{n}", notices=("注意書き。" * 60,))) for n in range(60)]
    made = rendered(
        Text("緊急", Tone.URGENT), *said, Contacts("連絡先", (CONTACT,)), Buttons((Button(action="a", label="b"),))
    )
    text = shown(made)
    assert "緊急" in text
    assert CONTACT.number in text
    assert "資料0" in text
    left_out = [n for n in range(60) if f"資料{n} " not in text.partition("表示していません")[0]]
    assert left_out
    assert f"資料{left_out[0]} 第8版 1.2 p.4" in text.partition("表示していません")[2]


def test_the_home_carries_where_it_belongs() -> None:
    place = Place(platform="slack", tenant="T1", channel="D1")
    view = render_home(Post(blocks=(Text("ようこそ"),), summary="ようこそ"), place)
    assert (view["type"], faults(view["blocks"])) == ("home", [])
    assert '"channel":"D1"' in view["private_metadata"]


def test_a_document_that_cannot_be_attached_is_said_to_be_missing() -> None:
    text = shown(rendered(Document("引継票", "0" * 32)))
    assert "引継票" in text
    assert labels.NO_FILE in text


def test_fields() -> None:
    made = rendered(Fields((Field("都道府県", "東京都"), Field("言語", ""))))
    assert shown(made) == "都道府県：東京都\n言語：－\n\n\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(posts)
def test_any_post_is_within_the_limits(post: Post) -> None:
    made = render(post)
    assert faults(made["blocks"]) == []
    assert len(made["text"].encode()) <= 4000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(citations, max_size=10), st.booleans())
def test_notices_editions_and_pages_stay_however_long_the_passages_are(cited: list[Citation], is_folded: bool) -> None:
    said = tuple(Cited(citation) for citation in cited)
    text = shown(rendered(Folded("ほかの箇所", said)) if is_folded else rendered(*said)).replace("\n", "")
    for citation in cited:
        assert labels.source(citation) in text
        assert all(notice in text for notice in citation.notices)
        assert all(mark in text for mark in labels.marks(citation))
        assert all(labels.counterpart(other) in text for other in citation.counterparts)


def test_a_post_beyond_all_measure_is_within_the_limits_and_says_so() -> None:
    urgent = [Text("非常に長い緊急の文です。" * 200, Tone.URGENT) for _ in range(25)]
    made = rendered(*urgent, *(Contacts("連絡先", (CONTACT,) * 30) for _ in range(25)))
    assert "表示していません" in shown(made)
