"""Writes posts, incoming events and intakes as JSON text and reads them back, for the columns that hold them."""

from __future__ import annotations

import json
from typing import Annotated, Generic, TypeVar

from pydantic import Field, TypeAdapter

from adapters.database.base import writable
from bot.incoming import Incoming
from bot.posts import Post
from bot.referrals import Intake

T = TypeVar("T")


class Codec(Generic[T]):
    """Text of values of one type, members of unions being told apart by their `kind`.

    Args:
        adapter: knows the type.
    """

    def __init__(self, adapter: TypeAdapter[T]) -> None:
        self._adapter = adapter

    def write(self, value: T) -> str:
        """The value as JSON. Halves of surrogate pairs, which no database takes, become replacement characters."""
        # Not pydantic's own writer: it gives up at them.
        return writable(json.dumps(self._adapter.dump_python(value, mode="json"), ensure_ascii=False))

    def read(self, text: str) -> T:
        """The value that `write` wrote, today or in an earlier version: fields it did not know get their defaults.

        Raises:
            ValueError: the text is none of `write`'s.
        """
        return self._adapter.validate_json(text)


incoming: Codec[Incoming] = Codec(TypeAdapter(Annotated[Incoming, Field(discriminator="kind")]))
post: Codec[Post] = Codec(TypeAdapter(Post))
intake: Codec[Intake] = Codec(TypeAdapter(Intake))
