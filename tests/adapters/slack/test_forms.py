from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.forms import filled_in, render_faults, render_form
from adapters.slack.origin import unpacked
from bot.places import Place
from bot.posts import Choice, ChoiceInput, DateInput, Form, Input, Text, TextInput
from bot.reactions import Correct
from tests.adapters.slack.posts import faults

PLACE = Place(platform="slack", tenant="T0DESK001", channel="C0MADO001", thread="1795137601.000001", only_to="U1")
PREFECTURES = (Choice("東京都", "東京都"), Choice("大阪府", "大阪府"))


def form(*inputs: Input, state: str = "") -> Form:
    return Form(name="ask_again", title="条件を変えて調べる", submit="調べる", inputs=inputs, state=state)


def test_a_form_with_every_kind_of_field() -> None:
    view = render_form(
        Form(
            name="ask_again",
            title="条件を変えて調べる",
            submit="調べる",
            blocks=(Text("質問を直してください。"),),
            inputs=(
                TextInput(name="question", label="質問", value="在留カード", lines=True, limit=500, hint="短く"),
                ChoiceInput(
                    name="prefecture", label="都道府県", choices=PREFECTURES, value=("大阪府",), required=False
                ),
                ChoiceInput(name="languages", label="言語", choices=PREFECTURES, several=True),
                DateInput(name="day", label="日", value="2026-12-01"),
            ),
        ),
        PLACE,
    )
    assert (view["type"], view["callback_id"], view["title"]["text"]) == ("modal", "ask_again", "条件を変えて調べる")
    shown, question, prefecture, languages, day = view["blocks"]
    assert faults([shown]) == []
    assert question["element"] == {
        "action_id": "question",
        "type": "plain_text_input",
        "multiline": True,
        "max_length": 500,
        "initial_value": "在留カード",
    }
    assert (question["block_id"], question["optional"], question["hint"]["text"]) == ("question", False, "短く")
    assert prefecture["optional"]
    assert prefecture["element"]["initial_option"] in prefecture["element"]["options"]
    assert prefecture["element"]["initial_option"]["value"] == "大阪府"
    assert languages["element"]["type"] == "multi_static_select"
    assert "initial_options" not in languages["element"]
    assert day["element"]["initial_date"] == "2026-12-01"


def test_faults_stand_at_their_fields() -> None:
    field = TextInput(name="question", label="質問")
    answer = render_faults(Correct({"question": "短くしてください。"}))
    assert answer == {"response_action": "errors", "errors": {"question": "短くしてください。"}}
    assert set(answer["errors"]) == {block["block_id"] for block in render_form(form(field), PLACE)["blocks"]}


@given(st.text(max_size=2000).filter(lambda state: max(state, default="") < "\ud800"))
def test_place_and_state_come_back_and_fit(state: str) -> None:
    metadata = render_form(form(state=state), PLACE)["private_metadata"]
    assert len(metadata) <= 3000
    assert unpacked({"private_metadata": metadata}) == (PLACE, state)


def test_a_state_full_of_quotes_fits() -> None:
    assert len(render_form(form(state='"' * 2000), PLACE)["private_metadata"]) <= 3000


def test_what_is_typed_comes_back_by_field() -> None:
    def block(**element: Any) -> dict[str, Any]:  # noqa: ANN401 - as Slack sends it
        return {"field": element}

    values = {
        "b1": {"question": {"type": "plain_text_input", "value": "再交付"}},
        "b2": {"empty": {"type": "plain_text_input", "value": None}},
        "b3": {"nobody": {"type": "multi_static_select", "selected_options": []}},
        "b4": block(type="datepicker", selected_date="2026-12-01"),
    }
    assert filled_in({"state": {"values": values}}) == {"question": ("再交付",), "field": ("2026-12-01",)}


_labels = st.text(alphabet="質問abc<&", min_size=1, max_size=90)
_choices = st.lists(_labels, min_size=1, max_size=100).map(
    lambda names: tuple(Choice(str(number), name) for number, name in enumerate(names))
)
_inputs = st.one_of(
    st.builds(
        TextInput,
        name=st.just("text"),
        label=_labels,
        value=st.text(max_size=3500),
        limit=st.integers(1, 3000),
        hint=_labels,
    ),
    st.builds(
        ChoiceInput,
        name=st.just("choice"),
        label=_labels,
        choices=_choices,
        value=st.just(("0", "2")),
        several=st.booleans(),
    ),
    st.builds(DateInput, name=st.just("day"), label=_labels),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_inputs, max_size=10), st.text(alphabet="題名", min_size=1, max_size=40))
def test_any_form_is_within_the_limits(inputs: list[Input], title: str) -> None:
    view = render_form(Form(name="f", title=title, submit=title, inputs=tuple(inputs)), PLACE)
    assert 1 <= len(view["title"]["text"]) <= 24
    assert 1 <= len(view["submit"]["text"]) <= 24
    assert len(view["blocks"]) <= 100
    for block in view["blocks"]:
        element = block["element"]
        assert 1 <= len(block["label"]["text"]) <= 2000
        assert len(element.get("options", [])) <= 100
        assert all(1 <= len(option["text"]["text"]) <= 75 for option in element.get("options", []))
        if element["type"] == "plain_text_input":
            assert len(element.get("initial_value", "")) <= element["max_length"] <= 3000
        for chosen in element.get("initial_options", []):
            assert chosen in element["options"]
