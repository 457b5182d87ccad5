"""Posts as cards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.teams.rendering import delivery_mark, render, render_card
from bot import labels
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
from tests.adapters.teams.samples import check, citation, contact, counterpart, elements, seen


def card_of(*blocks: Block, refresh: Button | None = None) -> dict[str, Any]:
    card = render_card(Post(blocks=blocks, summary="要旨", refresh=refresh))
    check(card)
    return card


def test_a_message_is_one_card_and_a_sentence_for_notifications() -> None:
    message = render(Post(blocks=(Text("こんにちは。"),), summary="ごあいさつです。"))
    assert (message["type"], message["summary"]) == ("message", "ごあいさつです。")
    (attachment,) = message["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"]["fallbackText"] == "ごあいさつです。"
    assert "text" not in message, "it would stand above the card, saying the same"


def test_a_citation_shows_grade_edition_section_page_date_notices_and_links() -> None:
    cited = citation(
        official=False, unconfirmed=True, notices=("要約です。", "近く変わります。"), source_url="https://e.jp/o"
    )
    text = seen(card_of(Cited(cited)))
    assert "[手引き・要約・未確認] 第1章 入国・在留手続 › 2 在留カード" in text
    assert "在留カードをなくしたときは、14日以内に届け出ます。\n届出先は地方出入国在留管理局です。" in text
    assert "生活・就労ガイドブック 第8版 1.2 p.4（2026年2月26日時点）" in text
    assert "※ 要約です。\n※ 近く変わります。" in text
    assert "https://www.example.go.jp/guide.pdf" in text
    assert "https://e.jp/o" in text


def test_figures_are_bold_and_answering_sentences_highlighted() -> None:
    runs = {each["text"]: each for each in elements(card_of(Cited(citation()))) if each["type"] == "TextRun"}
    assert runs["14日以内"]["weight"] == "Bolder"
    assert runs["14日以内"]["highlight"]
    assert runs["に届け出ます。"]["highlight"]
    assert "weight" not in runs["に届け出ます。"]
    assert "highlight" not in runs["届出先は地方出入国在留管理局です。"]


@pytest.mark.parametrize(
    "text",
    ["**太字** _斜体_ [偽の](https://evil.example)", "1. 一番\n- 項目", "<at>全員</at>", "# 見出し", "a_b_c", "&lt;"],
)
@pytest.mark.parametrize("tone", list(Tone))
def test_nothing_in_a_text_is_markup(text: str, tone: Tone) -> None:
    card = card_of(Text(text, tone), Quote(text), Fields((Field(text, text),)), Cited(citation(section=(text,))))
    assert [each for each in elements(card) if each["type"] == "TextBlock"] == []
    assert text in seen(card)


def test_a_function_of_the_client_in_a_text_is_not_carried_out() -> None:
    text = seen(card_of(Text("{{DATE(2026-01-01T00:00:00Z)}} {{name}}")))
    assert "{{DATE" not in text
    assert "{{name}}" in text


def test_a_heading_without_markup_is_announced_as_one() -> None:
    (heading,) = [each for each in elements(card_of(Text("連絡先", Tone.HEADING))) if each["type"] == "TextBlock"]
    assert heading["style"] == "heading"


def test_a_document_is_opened_by_a_link_or_said_to_be_none() -> None:
    card = card_of(Document("引継票", "0" * 32, "https://madoguchi.example/sheets/1"))
    (link,) = [each for each in elements(card) if each["type"] == "Action.OpenUrl"]
    assert (link["title"], link["url"]) == (labels.OPEN_FILE, "https://madoguchi.example/sheets/1")
    assert labels.FILE_KEPT in seen(card)
    for address in ("", "javascript:alert(1)"):
        bare = card_of(Document("引継票", "0" * 32, address))
        assert [each for each in elements(bare) if each["type"].startswith("Action")] == []
        assert "引継票" in seen(bare)
        assert labels.NO_FILE in seen(bare)


def test_urgent_help_stands_out() -> None:
    (container,) = card_of(Text("すぐに119番へ", Tone.URGENT))["body"]
    assert container["style"] == "attention"


def test_numbers_can_be_called_and_are_always_seen() -> None:
    contacts = (contact(), contact(number="#9110"), contact(number="０３-１２３４-５６７８"))
    text = seen(card_of(Contacts("連絡先", contacts)))
    assert "[011-261-7502](tel:0112617502)" in text
    assert "[#9110](tel:%239110)" in text
    assert "[０３-１２３４-５６７８](tel:0312345678)" in text
    assert labels.details(contacts[0]) in text


def test_what_is_more_than_a_number_is_no_link() -> None:
    odd = contact(number="03-1111-2222](https://evil.example)", extension="内線 310")
    card = card_of(Contacts("窓口 [1](x)", (odd,)))
    assert [each for each in elements(card) if each["type"] == "TextBlock"] == []
    assert odd.number in seen(card)
    assert "内線 310 札幌出入国在留管理局" in seen(card)


def test_buttons_are_executed_or_open_a_dialog() -> None:
    card = card_of(
        Buttons(
            (
                Button(action="acknowledge", label="確認しました", value="b1", style=Style.PRIMARY),
                Button(action="refer", label="担当官に照会", value="x1", opens_form=True),
            )
        )
    )
    execute, submit = next(each["actions"] for each in card["body"])
    assert execute == {
        "type": "Action.Execute",
        "title": "確認しました",
        "style": "positive",
        "verb": "acknowledge",
        "data": {"action": "acknowledge", "value": "b1"},
    }
    assert submit["type"] == "Action.Submit", "only this one opens a dialog in Teams"
    assert submit["data"] == {"msteams": {"type": "task/fetch"}, "action": "refer", "value": "x1"}


def test_no_button_is_hidden_behind_the_sixth() -> None:
    card = card_of(Buttons(tuple(Button(action="a", label=f"{n}") for n in range(8))))
    assert [len(each["actions"]) for each in card["body"]] == [6, 2]


def test_what_is_folded_is_hidden_until_it_is_opened() -> None:
    blocks = (Folded("ほかの箇所", (Cited(citation()), Text("以上です。"))), Folded("連絡先", (Text("なし"),)))
    card = card_of(*blocks)
    toggles = [each for each in elements(card) if each["type"] == "Action.ToggleVisibility"]
    hidden = {each["id"]: each for each in elements(card) if each.get("isVisible") is False}
    assert [toggle["title"] for toggle in toggles] == ["ほかの箇所", "連絡先"]
    assert [seen({"items": [hidden[toggle["targetElements"][0]]]}).splitlines()[-1] for toggle in toggles] == [
        "以上です。",
        "なし",
    ]


def test_the_counterpart_in_the_residents_language_keeps_its_direction() -> None:
    card = card_of(Cited(citation(counterparts=(counterpart("fa"), counterpart("en", "Residence card")))))
    (right_to_left,) = [each for each in elements(card) if each.get("rtl")]
    assert seen({"items": [right_to_left]}).strip() == "کارت اقامت"
    assert "[en] راهنما 第8版 p.5" in seen(card)
    assert "https://www.example.go.jp/fa.pdf" in seen(card)


def test_an_address_that_no_client_opens_is_no_action() -> None:
    card = card_of(Cited(citation(url="file:///guide.pdf", counterparts=())))
    assert [each for each in elements(card) if each["type"] == "Action.OpenUrl"] == []


def test_a_state_that_changes_is_brought_up_to_date_by_the_client() -> None:
    refresh = Button(action="show_broadcast", label="更新", value="b1")
    card = card_of(Text("確認 3/10"), refresh=refresh)
    assert card["refresh"]["action"]["data"] == {"action": "show_broadcast", "value": "b1"}
    assert "refresh" not in card_of(Text("確認 3/10"))


def test_the_delivery_travels_hidden_in_the_card() -> None:
    delivery = "0123456789abcdef" * 2
    card = render(Post(blocks=(Text("x"),), summary="x"), delivery)["attachments"][0]["content"]
    assert delivery_mark(delivery) in json.dumps(card), "as Graph lists it: the card's JSON as a string"
    (mark,) = [each for each in elements(card) if each.get("id") == delivery_mark(delivery)]
    assert mark["isVisible"] is False


def test_what_was_meant_for_one_person_says_so_in_their_own_chat() -> None:
    card = render_card(Post(blocks=(Text("答えです。"),), summary="答え"), private=True)
    assert seen(card).splitlines() == [labels.ONLY_YOU, "答えです。"]
