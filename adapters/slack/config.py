"""What must be known to speak with Slack. Given explicitly: nothing here is read from the environment."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackConfig:
    """How the app is known to Slack. Each way is on where its part is given, and several may be on at once.

    Args:
        signing_secret: with it requests over HTTP are taken.
        bot_token: the token of one workspace ("xoxb-…").
        app_token: with it Socket Mode is used ("xapp-…"), which needs no public address.
        client_id: with the client secret, workspaces can be added by OAuth.
        client_secret: belongs to the client id.
        api_url: where Slack's Web API is.
        public_url: address under which Slack reaches this process, without a path; "" for none.
    """

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    public_url: str = ""

    @property
    def by_oauth(self) -> bool:
        """Whether workspaces can be added by OAuth."""
        return bool(self.client_id and self.client_secret)
