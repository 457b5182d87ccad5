"""Citations and contacts to render, and what a person would see of a card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.answer import Citation, Counterpart
from bot.highlight import Figure, Piece
from corpus.directory import Contact
from corpus.model import Grade

#: Elements of Adaptive Cards 1.5 that cards may consist of, with what each must have.
ELEMENTS = {
    "RichTextBlock": {"inlines"},
    "TextRun": {"text"},
    "TextBlock": {"text"},
    "Container": {"items"},
    "ActionSet": {"actions"},
    "Action.Execute": {"verb", "title", "data"},
    "Action.Submit": {"title", "data"},
    "Action.OpenUrl": {"url", "title"},
    "Action.ToggleVisibility": {"targetElements", "title"},
    "Input.Text": {"id", "label", "errorMessage"},
    "Input.Date": {"id", "label", "errorMessage"},
    "Input.ChoiceSet": {"id", "label", "choices", "errorMessage"},
}


def citation(**changes: object) -> Citation:
    values: dict[str, Any] = {
        "rank": 1,
        "score": 2.5,
        "pieces": (
            Piece("在留カードをなくしたときは、", answering=True),
            Piece("14日以内", answering=True, figure=Figure.NUMBER),
            Piece("に届け出ます。\n", answering=True),
            Piece("届出先は地方出入国在留管理局です。"),
        ),
        "grade": Grade.GUIDE,
        "source": "guidebook",
        "title": "生活・就労ガイドブック",
        "publisher": "出入国在留管理庁",
        "edition": "第8版",
        "section_id": "1.2",
        "section": ("第1章 入国・在留手続", "2 在留カード"),
        "page": 4,
        "url": "https://www.example.go.jp/guide.pdf",
        "as_of": "2026-02-26",
    }
    return Citation(**(values | changes))


def counterpart(language: str = "fa", text: str = "کارت اقامت") -> Counterpart:
    return Counterpart(
        language=language,
        text=text,
        title="راهنما",
        edition="第8版",
        page=5,
        url="https://www.example.go.jp/fa.pdf",
    )


def contact(**changes: object) -> Contact:
    values: dict[str, Any] = {
        "name": "札幌出入国在留管理局 審査部門",
        "number": "011-261-7502",
        "hours": "平日 9:00〜16:00",
        "edition": "手引き 令和8年版",
        "as_of": "2026-04-01",
    }
    return Contact(**(values | changes))


def elements(part: object) -> Iterator[dict[str, Any]]:
    """Every element of a card or a part of it, from top to bottom."""
    if isinstance(part, list):
        for each in part:
            yield from elements(each)
    elif isinstance(part, dict):
        if "type" in part:
            yield part
        for name in ("body", "items", "inlines", "actions"):
            yield from elements(part.get(name, []))


def seen(card: dict[str, Any]) -> str:
    """All words of a card, one element a line, labels of actions and addresses of links included."""
    lines = []
    for element in elements(card):
        if element["type"] == "RichTextBlock":
            lines.append("".join(run["text"] for run in element["inlines"]))
        elif element["type"] != "TextRun":
            lines += [str(element[name]) for name in ("text", "title", "url", "label") if element.get(name)]
    return "\n".join(lines)


def check(card: dict[str, Any]) -> None:
    """What holds for every card: known elements, all they need, ids once, targets that are there."""
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
    inside = [element for element in elements(card) if element is not card]
    for element in inside:
        assert ELEMENTS[element["type"]] <= set(element), element
    ids = [element["id"] for element in inside if "id" in element]
    assert len(ids) == len(set(ids))
    for element in inside:
        assert set(element.get("targetElements", [])) <= set(ids)
        assert len(element.get("actions", [])) <= 6
        if element["type"] == "RichTextBlock":
            assert element["inlines"]
