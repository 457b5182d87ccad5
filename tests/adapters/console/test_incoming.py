from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.console.rooms import incoming
from adapters.console.rooms.incoming import Malformed
from adapters.console.rooms.people import BY_ID, SPOTS, Spot
from bot.incoming import Way
from bot.places import Receipt
from bot.practice import is_practised

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CITY = BY_ID["city"]
MINE, FIRST = "a" * 32, "b" * 32


def form(**fields: str) -> dict[str, list[str]]:
    return {name: [value] for name, value in {"id": MINE, "spot": "channel", "thread": "", **fields}.items()}


@pytest.mark.parametrize(
    ("fields", "way", "thread", "text"),
    [
        ({"text": "@まどぐち 在留カードは？"}, Way.MENTION, MINE, "在留カードは？"),
        ({"text": "これは＠まどぐち、費用は？"}, Way.MENTION, MINE, "これは費用は？"),
        ({"text": "@まどぐち"}, Way.MENTION, MINE, ""),
        ({"text": "在留カードは？"}, Way.OVERHEARD, MINE, "在留カードは？"),
        ({"text": "郵送でも？", "thread": FIRST}, Way.THREAD, FIRST, "郵送でも？"),
        ({"text": "@まどぐち 郵送でも？", "thread": FIRST}, Way.MENTION, FIRST, "郵送でも？"),
        ({"text": " 一行目\r\n二行目 ", "spot": "direct"}, Way.DIRECT, "", "一行目\n二行目"),
    ],
)
def test_a_message_is_read(fields: dict[str, str], way: Way, thread: str, text: str) -> None:
    asked = incoming.asked(CITY, form(**fields), AT)
    assert (asked.way, asked.place.thread, asked.text) == (way, thread, text)
    assert (asked.message, asked.person, asked.at) == (MINE, CITY.person, AT)
    assert SPOTS[asked.place.channel] == (CITY, Spot(fields.get("spot", "channel")))


def test_the_same_message_has_the_same_key_when_it_is_sent_again() -> None:
    first, again = (incoming.asked(CITY, form(text="在留カードは？"), AT) for _ in range(2))
    assert first.keys == again.keys
    assert incoming.asked(CITY, {**form(text="在留カードは？"), "id": ["c" * 32]}, AT).keys != first.keys


def test_a_message_stands_where_it_was_written_and_its_answer_in_the_thread_that_it_begins() -> None:
    fields = form(text="@まどぐち 在留カードは？")
    assert incoming.written_at(CITY, fields).thread == ""
    assert incoming.asked(CITY, fields, AT).place.thread == MINE
    assert incoming.words(fields) == "@まどぐち 在留カードは？"


def test_a_press_is_read() -> None:
    pressed = incoming.pressed(CITY, form(action="settings", value="v", message=FIRST, thread=FIRST), AT)
    assert (pressed.action, pressed.value, pressed.person) == ("settings", "v", CITY.person)
    assert pressed.message == Receipt(pressed.place, FIRST)
    assert pressed.place.thread == FIRST
    assert incoming.pressed(CITY, form(action="help", spot="direct"), AT).message is None


def test_a_form_is_read_and_what_is_empty_has_no_value() -> None:
    fields = {
        **form(form="ask", state='{"a":1}'),
        "field.question": ["一\r\n二"],
        "field.languages": ["vi", "pt"],
        "field.date": [""],
    }
    submitted = incoming.submitted(CITY, fields, AT)
    assert (submitted.form, submitted.state) == ("ask", '{"a":1}')
    assert submitted.values == {"question": ("一\n二",), "languages": ("vi", "pt")}
    assert not submitted.direct
    assert incoming.submitted(CITY, fields | {"spot": ["direct"]}, AT).direct


def test_looks_and_searches_are_read() -> None:
    assert incoming.opened(CITY, pane=True).pane
    assert incoming.opened(CITY, pane=False).place == CITY.place(Spot.DIRECT)
    assert incoming.searched(CITY, form(text=" 在留 ")).text == "在留"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "  "},
        {"text": "長" * 4001},
        {"text": "a", "id": "short"},
        {"text": "a", "spot": "elsewhere"},
        {"text": "a", "thread": "x"},
    ],
)
def test_what_no_page_of_ours_sends_is_malformed_and_never_repeated(fields: dict[str, str]) -> None:
    with pytest.raises(Malformed) as caught:
        incoming.asked(CITY, form(**fields), AT)
    assert str(caught.value) in {"text", "id", "spot", "thread"}


def test_rooms_can_be_told_apart() -> None:
    assert len(SPOTS) == 2 * len(BY_ID)
    assert len({room.person.id for room in BY_ID.values()}) == len(BY_ID)
    assert all(room.desk is None or is_practised(room.desk.id) for room in BY_ID.values())
