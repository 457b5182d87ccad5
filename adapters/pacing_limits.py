"""How fast each platform lets a bot send; a platform that is not named here is not paced."""

from __future__ import annotations

from collections.abc import Mapping

from bot.pacing import Limit, Limits

LIMITS: Mapping[str, Limits] = {
    # docs.slack.dev/apis/web-api/rate-limits: chat.postMessage 1 a second and channel, and several hundred a minute
    # and workspace.
    "slack": Limits(lane=(Limit(1, 1),), workspace=(Limit(300, 60, burst=60),)),
    # learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: per bot and conversation, and 50 requests a
    # second per bot and tenant; edits and what a press is answered with count there too, so a fifth is left free.
    "teams": Limits(
        lane=(Limit(7, 1, burst=4), Limit(8, 2, burst=4), Limit(60, 30, burst=15), Limit(1800, 3600, burst=300)),
        workspace=(Limit(40, 1, burst=20),),
    ),
}
