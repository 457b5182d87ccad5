from __future__ import annotations

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError

from adapters.database import codec
from bot.answer import Citation, Counterpart
from bot.highlight import Figure, Piece
from bot.posts import Button, Buttons, Cited, Contacts, Document, Field, Fields, Folded, Post, Quote, Style, Text, Tone
from corpus.directory import Contact
from corpus.model import Grade
from tests.adapters.database.events import asked

CITATION = Citation(
    rank=1,
    score=0.1 + 0.2,
    pieces=(Piece("電話は"), Piece("0570-013904", answering=True, figure=Figure.PHONE)),
    grade=next(iter(Grade)),
    source="guidebook",
    title="ガイドブック",
    publisher="出入国在留管理庁",
    edition="第8版",
    section_id="1.2",
    section=("在留手続", "届出"),
    page=None,
    url="https://example.jp/guide.pdf#page=4",
    notices=("要約です。",),
    counterparts=(Counterpart(language="vi", text="", title="Sổ tay", edition="8", page=4, url=""),),
)
CONTACT = Contact(name="外国人相談", number="0120-000-000", languages=("vi",))
POST = Post(
    blocks=(
        Text("見出し", Tone.HEADING),
        Quote("お世話になります", by="相談員"),
        Cited(CITATION),
        Contacts("連絡先", (CONTACT,)),
        Fields((Field("窓口", "新宿区"),)),
        Buttons((Button(action="refer", label="担当官に照会", value="{}", style=Style.PRIMARY, opens_form=True),)),
        Folded("ほか", (Text("続き", Tone.NOTE), Cited(CITATION), Contacts("", (CONTACT,)), Quote(""), Fields(()))),
        Document("引継票", "0" * 32),
    ),
    summary="回答です。",
    refresh=Button(action="refresh", label=""),
)


def test_a_post_comes_back_as_it_was() -> None:
    assert codec.post.read(codec.post.write(POST)) == POST


def test_text_is_readable_where_it_is_kept() -> None:
    assert "在留カード" in codec.incoming.write(asked())


def test_what_an_earlier_version_wrote_gets_defaults() -> None:
    written = json.loads(codec.incoming.write(asked()))
    del written["message"]
    written["later_on"] = "unknown"
    assert codec.incoming.read(json.dumps(written)) == replace(asked(), message="")


@pytest.mark.parametrize("text", ["{}", '{"kind": "shouted"}', "null", "{"])
def test_what_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        codec.incoming.read(text)
