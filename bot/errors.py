"""What can go wrong between the assistant and a platform or the store.

    BotError
    ├── MessengerError            a post or an edit did not surely land
    │   ├── Throttled             not taken now; come back later (never final)
    │   ├── Unavailable           surely not landed; try again
    │   ├── Unclear               may or may not have landed; look before sending again
    │   ├── Refused               will never be taken as it is
    │   └── Gone                  the place is no more: archived, removed, uninstalled
    ├── StoreUnavailable          the database cannot be reached, is locked or full; nothing was changed
    └── NotAllowed                somebody wanted what their role may not

Reasons are short and for administrators; they never hold what a message says.
"""

from __future__ import annotations


class BotError(Exception):
    """Any of them."""


class MessengerError(BotError):
    """A post or an edit did not surely land.

    Args:
        reason: why, in a few words without anything of the message.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Throttled(MessengerError):
    """Not taken now.

    Args:
        reason: why.
        retry_after: seconds that the platform asks to wait, or None where it does not say.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Unavailable(MessengerError):
    """Surely not landed (no connection was made, or the platform says so); worth another try."""


class Unclear(MessengerError):
    """The request went out and no clear answer came back: it may have landed."""


class Refused(MessengerError):
    """The platform will never take it as it is."""


class Gone(MessengerError):
    """The place is no more."""


class StoreUnavailable(BotError):
    """The database cannot be reached, is locked or full. Nothing was changed."""


class NotAllowed(BotError):
    """Somebody wanted what their role may not."""
