"""Forms as dialogs, there and back."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams import limits
from adapters.teams.forms import render_faults, render_form, submitted
from bot import labels
from bot.posts import Choice, ChoiceInput, DateInput, Form, Input, Quote, Text, TextInput
from tests.adapters.teams.samples import check, elements, seen

FORM = Form(
    name="refer",
    title="担当官に照会",
    submit="送る",
    state="x1",
    blocks=(Text("次の内容を送ります。"), Quote("在留カードを紛失した方がいます。", by="相談内容")),
    inputs=(
        TextInput(name="question", label="聞きたいこと", lines=True, limit=500, hint="一つずつ", value="年金は？"),
        ChoiceInput(
            name="languages",
            label="言語",
            choices=(Choice("vi", "ベトナム語"), Choice("zh,Hans", "中国語"), Choice("100%", "その他")),
            value=("zh,Hans",),
            several=True,
            required=False,
        ),
        ChoiceInput(
            name="prefecture",
            label="都道府県",
            choices=tuple(Choice(f"{n:02}", f"県{n}") for n in range(1, 48)),
        ),
        DateInput(name="until", label="期限", required=False),
    ),
)


def shown(response: dict[str, Any]) -> dict[str, Any]:
    """The card of a dialog."""
    task = response["task"]
    assert task["type"] == "continue"
    card: dict[str, Any] = task["value"]["card"]["content"]
    check(card)
    return card


def fields(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in elements(card) if each["type"].startswith("Input.")}


def sent(card: dict[str, Any], **typed: str) -> dict[str, Any]:
    """`value.data` as Teams sends it: what the button carries, and what stands in the fields."""
    values = {name: field["value"] for name, field in fields(card).items()}
    data: dict[str, Any] = {**card["actions"][0]["data"], **values, **typed}
    return data


def test_a_form_is_a_dialog_with_its_fields() -> None:
    response = render_form(FORM)
    value = response["task"]["value"]
    assert (value["title"], value["width"]) == ("担当官に照会", "medium")
    card = shown(response)
    assert seen(card).startswith("次の内容を送ります。\n相談内容\n在留カードを紛失した方がいます。\n聞きたいこと")
    text, several, one, date = fields(card).values()
    assert (text["isMultiline"], text["maxLength"], text["isRequired"], text["errorMessage"]) == (
        True,
        500,
        True,
        labels.FILL_IN,
    )
    assert (several["isMultiSelect"], several["style"], several["isRequired"]) == (True, "expanded", False)
    assert (one["isMultiSelect"], one["style"], len(one["choices"])) == (False, "compact", 47)
    assert (date["type"], date["errorMessage"]) == ("Input.Date", labels.ENTER_DATE)
    assert [each["title"] for each in card["actions"]] == ["送る"]


def test_what_comes_back_is_what_was_chosen() -> None:
    card = shown(render_form(FORM))
    choices = [choice["value"] for choice in fields(card)["languages"]["choices"]]
    back = submitted(sent(card, languages=",".join(choices), prefecture="13", until=""))
    assert back is not None
    assert (back.form, back.state) == ("refer", "x1")
    assert back.values == {
        "question": ("年金は？",),
        "languages": ("vi", "zh,Hans", "100%"),
        "prefecture": ("13",),
    }


def test_what_is_wrong_stands_above_its_field_and_what_was_typed_stays() -> None:
    data = sent(shown(render_form(FORM)), question="新しい質問", prefecture="13", languages="vi,100%25")
    card = shown(render_faults(data, {"question": "短く書いてください。", "": "窓口が登録されていません。"}))
    lines = seen(card).splitlines()
    assert lines[0] == "窓口が登録されていません。"
    assert lines.index("短く書いてください。") == lines.index("聞きたいこと") - 1
    assert fields(card)["question"]["value"] == "新しい質問"
    assert fields(card)["prefecture"]["value"] == "13"
    assert fields(card)["languages"]["value"] == "vi,100%25"
    again = submitted(sent(card))
    assert again is not None
    assert again.state == "x1", "and it can be sent once more"


def test_faults_are_told_even_if_the_form_did_not_come_back_whole() -> None:
    data = sent(shown(render_form(FORM)))
    for again in (None, "", "AAAA", "no base64", "eJxLBAAAAAA="):
        broken = {**data, "madoguchi": {**data["madoguchi"], "again": again}}
        assert render_faults(broken, {"question": "短く。"}) == {"task": {"type": "message", "value": "短く。"}}


def test_what_is_no_form_of_ours_is_none() -> None:
    for data in ({}, {"madoguchi": "x"}, {"madoguchi": {"form": 3}}, {"question": "x"}):
        assert submitted(data) is None


names = st.text("abcdefgh_", min_size=1, max_size=8)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
choices = st.lists(
    st.builds(Choice, words.filter(str.strip), words), min_size=1, max_size=8, unique_by=lambda c: c.value
)
inputs = st.one_of(
    st.builds(TextInput, name=names, label=words, value=words, lines=st.booleans(), hint=words),
    st.builds(ChoiceInput, name=names, label=words, choices=choices.map(tuple), several=st.booleans()),
    st.builds(DateInput, name=names, label=words, value=st.dates().map(str)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(inputs, min_size=1, max_size=6, unique_by=lambda one: one.name), st.data())
def test_any_form_comes_back_as_it_was_filled(made: list[Input], data: st.DataObject) -> None:
    form = Form(name="any", title="題", submit="送る", inputs=tuple(made), state=data.draw(words))
    card = shown(render_form(form))
    typed: dict[str, str] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    for field in made:
        if isinstance(field, ChoiceInput):
            chosen = data.draw(
                st.lists(st.sampled_from(range(len(field.choices))), min_size=1, max_size=3, unique=True)
            )
            chosen = chosen if field.several else chosen[:1]
            typed[field.name] = ",".join(fields(card)[field.name]["choices"][at]["value"] for at in chosen)
            wanted[field.name] = tuple(field.choices[at].value for at in chosen)
        elif field.value.strip():
            wanted[field.name] = (field.value,)
    back = submitted(sent(card, **typed))
    assert back is not None
    assert (back.values, back.state) == (wanted, form.state)
    repeated = shown(render_faults(sent(card, **typed), {made[0].name: "もう一度。"}))
    assert submitted(sent(repeated)) == back


def test_a_long_preview_is_cut_so_that_the_dialog_fits() -> None:
    form = Form(name="f", title="題", submit="送る", inputs=FORM.inputs, blocks=(Quote("長い相談です。" * 2000),))
    card = shown(render_form(form))
    assert limits.size(card) <= limits.CARD_BYTES
    assert labels.SHORTENED in seen(card)
