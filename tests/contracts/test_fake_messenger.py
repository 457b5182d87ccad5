"""The fake messenger keeps to the contract that the real ones keep to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.errors import MessengerError, Refused, Throttled, Unavailable, Unclear
from bot.places import Person, Place
from tests.contracts.messenger import MessengerContract, Trouble
from tests.dialogs.talk import text_of as text_of_blocks
from tests.fakes_messenger import FakeMessenger, Fault, Said

ERRORS: dict[Trouble, MessengerError] = {
    Trouble.THROTTLED: Throttled("busy", 7),
    Trouble.UNAVAILABLE: Unavailable("down"),
    Trouble.UNCLEAR: Unclear("no answer"),
    Trouble.REFUSED: Refused("malformed"),
}


class FakeStage:
    def __init__(self) -> None:
        self.messenger = FakeMessenger()
        self.place = Place(platform="fake", tenant="t", channel="c")
        self.closed = Place(platform="fake", tenant="t", channel="closed")
        self.messenger.gone.add(self.closed.lane)
        self.person = Person(platform="fake", tenant="t", id="p")
        self.looks_back = True
        self.troubles = frozenset(Trouble)

    async def public(self, place: Place) -> Sequence[str]:
        here = [one for one in self.messenger.said if one.receipt.place.in_channel() == place.in_channel()]
        return [text_of(one) for one in here if not one.receipt.place.only_to]

    async def private(self, person: Person) -> Sequence[str]:
        return [text_of(one) for one in self.messenger.said if one.receipt.place.only_to == person.id]

    async def meet(self, trouble: Trouble) -> None:
        self.messenger.faults.append(Fault(ERRORS[trouble], lands=trouble is Trouble.UNCLEAR))


def text_of(said: Said) -> str:
    return text_of_blocks(said.post.blocks)


class TestFakeMessenger(MessengerContract):
    @pytest.fixture
    def stage(self) -> FakeStage:
        return FakeStage()
