"""Tasks that somebody holds until they end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


def own(owner: set[asyncio.Task[None]], work: Coroutine[None, None, None]) -> None:
    """Starts a task, held in a set until it ends.

    Args:
        owner: the set; who owns it awaits or cancels what is in it when all stops.
        work: what the task does; it lets no error out.
    """
    task = asyncio.get_running_loop().create_task(work)
    owner.add(task)
    task.add_done_callback(owner.discard)
