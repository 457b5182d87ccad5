"""A person in a room of the practice place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession
from bs4 import BeautifulSoup, Tag

from adapters.console.rooms.rendering import new_id


@dataclass
class ConsoleSeat:
    """A `tests.seats.Seat`; what it reads is as old as its last look.

    Args:
        address: where the pages are now.
        room: id of the room.
    """

    address: Callable[[], str]
    room: str
    _page: Tag = field(default_factory=lambda: BeautifulSoup("", "lxml"))

    async def says(self, text: str) -> None:
        await self.sends("say", text=f"@まどぐち {text}", id=new_id(), spot="channel", thread="")

    async def presses(self, label: str) -> ConsoleShown:
        return ConsoleShown(self, await self._press(label))

    async def clicks(self, label: str) -> None:
        await self._press(label)

    def reads(self) -> str:
        return self._page.get_text("\n")

    def messages(self) -> int:
        return len(self._page.select(".message .post"))

    async def looks(self) -> None:
        """Looks at the page."""
        async with ClientSession() as web, web.get(f"{self.address()}rooms") as reply:
            found = BeautifulSoup(await reply.text(), "lxml").select_one(f"#{self.room}-channel")
        assert found is not None
        self._page = found

    def link(self, label: str) -> str:
        """Where the latest link with this label leads."""
        *_, last = (one for one in self._page.select("a[href]") if one.get_text(strip=True) == label)
        return str(last["href"])

    async def sends(self, what: str, /, **fields: Any) -> Mapping[str, Any]:  # noqa: ANN401 - what a form holds
        """What the page's script does; returns the JSON of the reply."""
        headers = {"Origin": self.address().rstrip("/"), "Accept": "application/json"}
        address = f"{self.address()}rooms/{self.room}/{what}"
        async with ClientSession() as web, web.post(address, data=fields, headers=headers) as reply:
            assert reply.status == 200, await reply.text()
            shown: Mapping[str, Any] = await reply.json()
            return shown

    async def _press(self, label: str) -> Mapping[str, Any]:
        await self.looks()
        for form in reversed(self._page.select("[data-press]")):
            button = form.select_one("button")
            if button is not None and button.get_text(strip=True) == label:
                fields = {str(one["name"]): str(one["value"]) for one in form.select("input")}
                return await self.sends("press", **fields)
        raise AssertionError(f"no button {label} in:\n{self.reads()}")


class ConsoleShown:
    """A `tests.seats.Shown`: a dialog, or a sentence.

    Args:
        seat: whose it is.
        shown: what the page got.
    """

    def __init__(self, seat: ConsoleSeat, shown: Mapping[str, Any]) -> None:
        assert "faults" not in shown, shown
        self._seat = seat
        self._html = BeautifulSoup("".join(str(shown.get(key, "")) for key in ("dialog", "whisper", "home")), "lxml")

    @property
    def words(self) -> str:
        return "\n".join((self._html.get_text("\n"), *self._filled().values()))

    @property
    def fields(self) -> Mapping[str, str]:
        return {name.removeprefix("field."): name for name in self._filled() if name.startswith("field.")}

    async def sends(self, **values: str) -> ConsoleShown | None:
        filled = self._filled()
        for name, value in values.items():
            filled[f"field.{name}"] = self._chosen(name, value)
        shown = await self._seat.sends("submit", **{name: value for name, value in filled.items() if value})
        return ConsoleShown(self._seat, shown) if {"dialog", "whisper", "home", "faults"} & set(shown) else None

    def _filled(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in self._html.select("form [name]"):
            name = str(one["name"])
            if one.get("type") == "checkbox":
                found.setdefault(name, "")
                if one.has_attr("checked"):
                    found[name] = str(one["value"])
            elif one.name == "select":
                chosen = one.select_one("option[selected]")
                found[name] = str(chosen["value"]) if chosen else ""
            else:
                found[name] = str(one["value"]) if one.name == "input" else one.get_text()
        return found

    def _chosen(self, name: str, value: str) -> str:
        for option in self._html.select(f"[name='field.{name}'] option"):
            if option.get_text(strip=True) == value:
                return str(option["value"])
        for box in self._html.select(f"input[type=checkbox][name='field.{name}']"):
            if box.parent is not None and box.parent.get_text(strip=True) == value:
                return str(box["value"])
        return value
