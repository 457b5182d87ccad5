"""What all tables share: one metadata with names for every constraint, and the types of columns."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, MetaData, Text
from sqlalchemy.types import TypeDecorator

#: Every constraint has a name, so that a later migration can speak of it on both dialects.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: A number that counts up by itself as a primary key. SQLite does so for its own INTEGER only.
Number = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """A point in time with time zone, kept as UTC; comes back with UTC on SQLite too, which knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a time without zone: which hour it means depends on whose clock reads it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a point in time without time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives back what SQLite lost."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Prose(TypeDecorator[str]):
    """What people wrote. What no database takes (NUL, halves of surrogate pairs) becomes a replacement character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Nobody's question is lost for a character that a phone cut in two."""
        return None if value is None else writable(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """Several short strings in order, kept as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """The strings as a JSON array; escapes keep away what a database would not take."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """The strings again."""
        return None if value is None else tuple(json.loads(value))


def writable(text: str) -> str:
    """The text with a replacement character for NUL and for halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def place_columns() -> list[Column[str]]:
    """Columns for a `bot.places.Place`, named as its fields."""
    return [Column(name, Text, nullable=False) for name in ("platform", "tenant", "channel", "thread", "only_to")]
