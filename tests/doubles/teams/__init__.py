"""A double of Microsoft Teams as a bot meets it: issuer of tokens, Bot Connector, Graph, and who sends activities.

async with TeamsDouble() as teams:
    registration = teams.register("app-1")
    config = TeamsConfig((registration,), **teams.addresses)
    ...
    await teams.deliver(endpoint, teams.activities(registration).personal("こんにちは"))
    teams.landed

It speaks the real wire protocols over a socket of this machine, so that the official SDK is its client.
"""

from tests.doubles.teams.conversations import Conversations, Fault, Landed
from tests.doubles.teams.double import TeamsDouble
from tests.doubles.teams.issuer import Issuer

__all__ = ["Conversations", "Fault", "Issuer", "Landed", "TeamsDouble"]
