"""A double of Slack that speaks its wire protocols on loopback; the official SDKs are its clients.

    async with SlackDouble() as slack:
        slack.install("T1")                      # a workspace and its bot token, slack.token("T1")
        ...                                      # the assistant, with api_url=slack.api_url
        sender = Sender(app_url, SECRET)         # Slack's side of HTTP: signed events, commands, interactions
        await sender.deliver(payloads.mention("T1", "C1", "在留カードをなくしました"))
        slack.messages("C1")                     # what landed, files among it

`slack.faults` makes next requests meet troubles; `slack.limits` paces as Slack does; `slack.socket` is Socket Mode.
"""

from tests.doubles.slack import payloads
from tests.doubles.slack.faults import Fault
from tests.doubles.slack.sender import Sender
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.state import Message

__all__ = ["Fault", "Message", "Sender", "SlackDouble", "payloads"]
