"""What goes wrong: processes are killed, and both platforms refuse, break, hang up, hang, and are away."""

from __future__ import annotations

import asyncio
import random
from itertools import cycle

from tests.doubles.slack import Fault as SlackFault
from tests.doubles.teams import Fault as TeamsFault
from tests.faults.referring.serving import TIMING, Serving
from tests.faults.referring.town import Town

#: Longest that a process serves before the next kill, in seconds.
LIFE = 5.0

#: What one request meets.
_SLACK = (
    SlackFault(status=429, error="ratelimited", retry_after=1),
    SlackFault(status=500),
    SlackFault(status=500, lands=True),
    SlackFault(status=503),
    SlackFault(drops=True),
    SlackFault(drops=True, lands=True),
    SlackFault(error="internal_error", lands=True),
)
_TEAMS = (
    TeamsFault(429, retry_after=1),
    TeamsFault(412),
    TeamsFault(500),
    TeamsFault(502, lands=True),
    TeamsFault(503),
    TeamsFault(0),
    TeamsFault(0, lands=True),
)
#: Whoever asks has given up by then; what lands, lands after that, and before it is looked for.
_LATE = TIMING.limit + TIMING.settle / 2
_SLACK_HANGS = (SlackFault(drops=True, hangs=_LATE), SlackFault(drops=True, hangs=_LATE, lands=True))
_TEAMS_HANGS = (TeamsFault(0, hangs=_LATE), TeamsFault(0, hangs=_LATE, lands=True))


async def showers(town: Town) -> None:
    """Troubles of single requests, until it is cancelled."""
    while True:
        await asyncio.sleep(random.uniform(0.1, 0.7))
        if random.random() < 0.5:
            town.slack.faults.next("*", random.choice(_SLACK))
        else:
            town.teams.conversations.faults.append(random.choice(_TEAMS))


async def storms(town: Town) -> None:
    """Troubles that last, one after the other, until it is cancelled."""
    slack, teams = town.slack, town.teams
    for trouble in cycle(("hanging", "nobody listens", "nothing works", "nobody can look")):
        await asyncio.sleep(random.uniform(3, 7))
        lasts = random.uniform(1, 4)
        if trouble == "hanging":
            slack.faults.next("*", random.choice(_SLACK_HANGS), times=2)
            teams.conversations.faults.append(random.choice(_TEAMS_HANGS))
        elif trouble == "nobody listens":
            await slack.close()
            try:
                await asyncio.sleep(lasts)
            finally:
                await slack.open()
        elif trouble == "nothing works":
            teams.conversations.standing = TeamsFault(503)
            await asyncio.sleep(lasts)
            teams.conversations.standing = None
        else:
            teams.graph.broken = random.choice((429, 500))
            await asyncio.sleep(lasts)
            teams.graph.broken = 0


async def kills(serving: Serving, count: int) -> None:
    """Kills a process at random moments, and starts it again each time."""
    for _ in range(count):
        await asyncio.sleep(random.uniform(0.2, LIFE))
        await serving.kill()
        await serving.start()


def clears_up(town: Town) -> None:
    """Nothing goes wrong from now on."""
    town.slack.faults.clear()
    town.teams.conversations.faults.clear()
    town.teams.conversations.standing = None
    town.teams.graph.broken = 0
