"""What the assistant owes to a place, and how far each piece of it is.

waiting ──▶ sending ──▶ sent
   ▲           │├─────▶ throttled ──▶ (due again) ──▶ sending
   │           │├─────▶ waiting      (surely not landed, or to be looked for first: `unclear`)
   └─ retry ── │├─────▶ failed       (refused, or given up after many tries)
               └──────▶ gone         (the place is no more)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.places import Place, Receipt
from bot.posts import Post


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    SENDING = "sending"
    THROTTLED = "throttled"
    SENT = "sent"
    FAILED = "failed"
    GONE = "gone"


#: Ends: nobody touches these again, except `retry` for the last two.
FINAL = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One post owed to one place.

    Args:
        id: 32 hexadecimal digits; travels with the message, so that it can be found again on the platform.
        place: where it belongs.
        post: what is to be said; None once its text was erased.
        state: how far it is.
        attempts: sends begun so far.
        made: when it was owed, with time zone.
        due: not before then.
        edits: the delivery whose message this one replaces; "" for a message of its own.
        under: the delivery whose message begins the thread that this one belongs in; "" where the place says it.
        target: where the edited delivery's message stands, or None where `edits` is "".
        unclear: an earlier attempt may have landed: to be looked for before it is sent again.
        receipt: where it landed, once sent.
        reason: why it failed or waits, in a few words; "" where there is none.
    """

    id: str
    place: Place
    post: Post | None
    state: DeliveryState
    attempts: int
    made: datetime
    due: datetime
    edits: str = ""
    under: str = ""
    target: Receipt | None = None
    unclear: bool = False
    receipt: Receipt | None = None
    reason: str = ""
