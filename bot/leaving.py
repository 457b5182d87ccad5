"""The use case "dismiss": somebody works at a desk or bureau no more.

Whatever they press or write from then on is asked of a stranger. What they referred stays their desk's, which goes on
with it; what they took as a coordinator the clock gives back to their colleagues (`bot.referring.deadlines`), just as
it does for who came to another bureau.
"""

from __future__ import annotations

from datetime import datetime

from bot.places import Person
from bot.ports import Work

#: More than anybody can hold at once.
_MOST = 10_000


async def dismiss(work: Work, person: Person, now: datetime) -> int:
    """Ends somebody's rights, and their duties on the roster.

    Args:
        work: the caller's unit of work, who commits.
        person: a member.
        now: the time.

    Returns:
        How many referrals they leave behind that colleagues have to take.
    """
    await work.desks.dismiss(person)
    await work.roster.release(person)
    await work.audit.note("dismiss", None, f"member/{person.platform}/{person.tenant}/{person.id}", now)
    return sum(one.holder == person for one in await work.referrals.orphaned(_MOST))
