from __future__ import annotations

import re
from datetime import UTC, datetime

from bs4 import BeautifulSoup
from markupsafe import Markup

from adapters.console.rooms.messages import Said
from adapters.console.rooms.people import BY_ID, Spot
from adapters.console.rooms.rendering import Rendering, room_templates, visible
from bot.places import Place
from bot.posts import (
    Button,
    Buttons,
    Choice,
    ChoiceInput,
    Cited,
    Contacts,
    DateInput,
    Document,
    Field,
    Fields,
    Folded,
    Form,
    Post,
    Quote,
    Style,
    Text,
    TextInput,
    Tone,
)
from bot.reactions import Prompts
from tests.adapters.console.practice import knowledge

CITY = BY_ID["city"]
CHANNEL = CITY.place(Spot.CHANNEL)
ATTACK = "</p><script>alert(1)</script>\"'><img src=x>"
FIRST, REPLY = "a" * 32, "b" * 32
RENDER = Rendering(room_templates({"vi": "ベトナム語"}))


def soup(markup: Markup | str) -> BeautifulSoup:
    parsed = BeautifulSoup(str(markup), "lxml")
    assert not parsed.select("[style], [onclick]")
    return parsed


def said(post: Post, message: str = FIRST, *, author: str = "", place: Place = CHANNEL, position: int = 1) -> Said:
    at = datetime(2026, 11, 20, 0, 5, tzinfo=UTC)
    return Said(id=message, place=place, author=author, post=post, at=at, position=position, revision=position)


def post(*blocks: Text | Quote | Cited | Contacts | Fields | Buttons | Folded | Document) -> Post:
    return Post(blocks=blocks, summary="要約")


def text(words: str) -> Post:
    return post(Text(words))


def test_every_block_is_shown() -> None:
    answer = knowledge().answer("在留カードをなくした", prefecture="東京都")
    cited = Cited(answer.citations[0])
    blocks = post(
        Text("見出し", Tone.HEADING),
        Text("110番へ", Tone.URGENT),
        Text("一行目\n二行目"),
        Text("注", Tone.NOTE),
        Quote("相談者の言葉", by="相談員"),
        cited,
        Contacts("連絡先", answer.contacts),
        Fields((Field("窓口", "○○市"),)),
        Folded("ほかの箇所（1件）", (cited, Text("中の文"))),
        Buttons((Button(action="ask_again", label="調べる", value="v", style=Style.PRIMARY, opens_form=True),)),
        Document("引継票", "0" * 32),
    )
    shown = soup(RENDER.post(CITY, CHANNEL, blocks, FIRST))
    assert [one.text for one in shown.select(".post > .post-heading")] == ["見出し", "引継票"]
    assert shown.select_one(f"a[href='/rooms/city/sheets/{'0' * 32}.pdf'][download]")
    assert shown.select_one(".post-urgent a[href='tel:110']")
    assert "一行目\n二行目" in shown.text
    assert [one.get_text(strip=True) for one in shown.select(".post-quote > *")] == ["相談員", "相談者の言葉"]
    assert len(shown.select(".citation")) == 2
    assert len(shown.select("details.post-folded .citation")) == 1
    assert "2026年2月時点" in shown.text
    assert len(shown.select(".contact")) == len(answer.contacts) > 0
    assert [one.text for one in shown.select(".post-fields dd")] == ["○○市"]
    button = shown.select("form[data-press]")[0]
    fields = {str(one["name"]): one["value"] for one in button.select("input")}
    assert re.fullmatch("[0-9a-f]{32}", str(fields.pop("id")))
    assert fields == {"spot": "channel", "thread": FIRST, "message": FIRST, "action": "ask_again", "value": "v"}
    assert button["action"] == "/rooms/city/press"


def test_nothing_said_becomes_markup() -> None:
    hostile = post(
        Text(ATTACK),
        Text(ATTACK, Tone.URGENT),
        Quote(ATTACK, by=ATTACK),
        Fields((Field(ATTACK, ATTACK),)),
        Folded(ATTACK, (Text(ATTACK),)),
        Buttons((Button(action="a", label=ATTACK, value=ATTACK),)),
        Document(ATTACK, ATTACK),
    )
    inputs = (TextInput(name="a", label=ATTACK, value=ATTACK, hint=ATTACK, lines=True),)
    choices = (ChoiceInput(name="b", label=ATTACK, choices=(Choice(ATTACK, ATTACK),)),)
    form = Form(name="f", title=ATTACK, submit=ATTACK, inputs=(*inputs, *choices), state=ATTACK)
    for markup in (
        RENDER.message(CITY, said(hostile)),
        RENDER.message(CITY, said(text(ATTACK), author="p")),
        RENDER.form(CITY, CHANNEL, form, is_open=False),
        RENDER.prompts(CITY, Prompts(ATTACK, (ATTACK,))),
        RENDER.whisper(ATTACK),
    ):
        shown = BeautifulSoup(str(markup), "lxml")
        assert not shown.select("script, img")
        assert "alert(1)</script>" in shown.text


def test_replies_stand_in_the_thread_that_they_belong_to() -> None:
    reply = Place(platform="console", tenant="console", channel=CHANNEL.channel, thread=FIRST)
    conversation = [
        said(text("質問"), author=CITY.person.id),
        said(text("別の質問"), "c" * 32, author=CITY.person.id, position=2),
        said(text("答え"), REPLY, place=reply, position=3),
    ]
    shown = soup(RENDER.conversation(CITY, conversation))
    assert [one["data-id"] for one in shown.select(f"#city-{FIRST} [data-replies] > li")] == [REPLY]
    assert [one["data-id"] for one in shown.select("body > li")] == [FIRST, "c" * 32]
    assert not shown.select(f"#city-{REPLY} form[data-say]")
    assert shown.select_one(f"#city-{FIRST} > details form[data-say] input[name=thread][value='{FIRST}']")
    assert shown.select_one("time").text == "11月20日 09:05"  # type: ignore[union-attr]


def test_what_one_person_shall_see_is_shown_to_nobody_else() -> None:
    mine, others = CHANNEL.privately(CITY.person), CHANNEL.privately(BY_ID["agency"].person)
    assert visible(CITY, said(text("私に"), place=mine))
    assert not visible(CITY, said(text("ほかの人に"), place=others))
    shown = soup(
        RENDER.conversation(CITY, [said(text("私に"), place=mine), said(text("ほかの人に"), REPLY, place=others)])
    )
    assert "私に" in shown.text
    assert "ほかの人に" not in shown.text
    assert "あなただけに表示" in shown.text


def test_a_form_has_its_fields_and_a_place_for_each_fault() -> None:
    form = Form(
        name="ask",
        title="条件を変える",
        submit="調べる",
        inputs=(
            TextInput(name="question", label="質問", value="初め", lines=True, limit=500, hint="短く"),
            TextInput(name="code", label="コード", required=False),
            ChoiceInput(
                name="prefecture", label="県", choices=(Choice("13", "東京都"),), value=("13",), required=False
            ),
            ChoiceInput(
                name="languages", label="言語", choices=(Choice("vi", "ベトナム語"),), value=("vi",), several=True
            ),
            DateInput(name="day", label="日", value="2026-11-20"),
        ),
        blocks=(Text("説明"),),
        state="s",
    )
    shown = soup(RENDER.form(CITY, CHANNEL, form, is_open=False))
    assert [one["data-fault"] for one in shown.select("[data-fault]")] == [
        "",
        "question",
        "code",
        "prefecture",
        "languages",
        "day",
    ]
    box = shown.select("textarea[name='field.question']")[0]
    assert (box.text, box["maxlength"], box.has_attr("required")) == ("初め", "500", True)
    assert not shown.select("input[name='field.code'][required]")
    assert [one["value"] for one in shown.select("select option[selected]")] == ["13"]
    assert shown.select("input[type=checkbox][value=vi][checked]")
    assert shown.select("input[type=date][value='2026-11-20']")
    assert shown.select("input[name=state][value=s]")
    labelled = {one["for"] for one in shown.select("label[for]")}
    assert labelled == {one["id"] for one in shown.select("textarea, select, input[type=text], input[type=date]")}
    assert shown.select_one("dialog:not([open]) [data-close]")
    assert soup(RENDER.form(CITY, CHANNEL, form, is_open=True)).select_one("dialog[open]:not(:has([data-close]))")
