"""Settings, read once from the environment; every fault is told at once.

Each field is an environment variable with the prefix MADOGUCHI_, in capitals: `port` is MADOGUCHI_PORT.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self
from urllib.parse import quote

import platformdirs
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.directory.prefectures import UnknownPrefectureError, prefecture_named

PREFIX = "MADOGUCHI_"

_WEB = r"^(https?://\S+)?$"

#: A setting, and those that it is of no use without.
_TOGETHER = (
    ("slack_client_id", ("slack_client_secret", "slack_signing_secret", "public_url")),
    ("slack_client_secret", ("slack_client_id",)),
    ("teams_app_id", ("teams_app_password", "teams_tenant_id")),
    ("teams_app_password", ("teams_app_id",)),
)


class SettingsError(Exception):
    """The environment sets something wrong; the text has one line for each fault."""


class Settings(BaseSettings):
    """What can be set from outside.

    Args:
        data_dir: folder of the library and the index; made when first needed.
        host: address that the local page listens on.
        port: its port, 0 for any free one.
        model: name of a sentence-transformers model; "" for the embedded vectors.
        prefecture: the desk's prefecture, for the contacts; "" for none. A channel's own desk counts more.
        language: BCP-47 code of a language to show sections in beside Japanese; "" for none.
        console: whether the local page is served: "auto" while no platform sends its requests here over the network.
        public_url: address under which the platforms, and people with a link to a sheet, reach this machine
            ("https://madoguchi.example"), or "".
        database_url: SQLAlchemy address of the database; "" for a SQLite file in the data folder.
        keep_days: days after which questions and posts lose their text; counts stay.
        slack_bot_token: token of the one workspace, "xoxb-…", or "".
        slack_signing_secret: what Slack signs its requests with; with it requests over HTTP are taken.
        slack_app_token: "xapp-…"; with it Socket Mode is used, which needs no public address.
        slack_client_id: with the client secret workspaces can be added by OAuth.
        slack_client_secret: belongs to the client id.
        slack_api_url: where Slack's Web API is.
        teams_app_id: the registration's application id, or "".
        teams_app_password: its client secret.
        teams_tenant_id: the only tenant that it serves.
        teams_registrations: a TOML file with several registrations, or None.
        teams_login_url: where tokens are had for what is sent.
        teams_openid_url: where the keys are told that tokens of what comes in are signed with.
        teams_issuer: who issues those tokens.
        teams_graph_url: Microsoft Graph, to see whether a message landed.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("madoguchi", appauthor=False)))
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8765, ge=0, le=65535)
    model: str = ""
    prefecture: str = ""
    language: str = Field(default="", pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$")
    console: Literal["auto", "on", "off"] = "auto"
    public_url: str = Field(default="", pattern=_WEB)
    database_url: str = Field(default="", pattern=r"^(sqlite:///.+|postgres(ql)?(\+asyncpg)?://.+)?$", repr=False)
    keep_days: int = Field(default=180, ge=1, le=3650)
    slack_bot_token: str = Field(default="", repr=False)
    slack_signing_secret: str = Field(default="", repr=False)
    slack_app_token: str = Field(default="", repr=False)
    slack_client_id: str = ""
    slack_client_secret: str = Field(default="", repr=False)
    slack_api_url: str = Field(default="https://slack.com/api/", pattern=_WEB, min_length=1)
    teams_app_id: str = ""
    teams_app_password: str = Field(default="", repr=False)
    teams_tenant_id: str = ""
    teams_registrations: Path | None = None
    teams_login_url: str = Field(default="https://login.microsoftonline.com", pattern=_WEB, min_length=1)
    teams_openid_url: str = Field(
        default="https://login.botframework.com/v1/.well-known/openidconfiguration", pattern=_WEB, min_length=1
    )
    teams_issuer: str = Field(default="https://api.botframework.com", min_length=1)
    teams_graph_url: str = Field(default="https://graph.microsoft.com/v1.0", pattern=_WEB, min_length=1)

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        """A folder that stays the same wherever a command is started."""
        return folder.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _lasting(cls, address: str) -> str:
        """A database that is still there after a restart."""
        if address.startswith(("sqlite:///:memory:", "sqlite:///file:", "sqlite:///?")):
            raise ValueError(_PATTERNS["database_url"])
        return address

    @field_validator("prefecture")
    @classmethod
    def _full_name(cls, given: str) -> str:
        """The full name of the prefecture ("神奈川", "Kanagawa" and "14" are all 神奈川県)."""
        try:
            return prefecture_named(given).name if given else ""
        except UnknownPrefectureError:
            raise ValueError("都道府県の名前ではありません（例：東京都）") from None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Half a configuration would be found out only when the first message is lost."""
        lacking = [
            PREFIX + name.upper()
            for wanted, needs in _TOGETHER
            for name in needs
            if getattr(self, wanted) and not getattr(self, name)
        ]
        if self.slack_bot_token and not (self.slack_signing_secret or self.slack_app_token):
            lacking.append(f"{PREFIX}SLACK_SIGNING_SECRET（Socket Modeなら {PREFIX}SLACK_APP_TOKEN）")
        if self.slack_app_token and not (self.slack_bot_token or self.slack_client_id):
            lacking.append(f"{PREFIX}SLACK_BOT_TOKEN")
        if lacking:
            raise ValueError(f"{'、'.join(dict.fromkeys(lacking))} も必要です")
        return self

    @property
    def database(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{quote(str(self.data_dir / 'madoguchi.sqlite3'))}"

    @property
    def has_slack(self) -> bool:
        """Whether Slack is configured."""
        return bool(self.slack_bot_token or self.slack_client_id)

    @property
    def has_teams(self) -> bool:
        """Whether Teams is configured."""
        return bool(self.teams_app_id or self.teams_registrations)

    @property
    def is_public(self) -> bool:
        """Whether a platform sends its requests here over the network."""
        return self.has_teams or (self.has_slack and bool(self.slack_signing_secret))


#: What is wrong, by pydantic's type of error; the rest is told in pydantic's own words.
_REASONS = {
    "int_parsing": "整数ではありません",
    "greater_than_equal": "小さすぎます",
    "less_than_equal": "大きすぎます",
    "string_too_short": "空にはできません",
    "literal_error": "auto、on、off のどれかです",
}

#: The same, where the type of error does not say enough.
_PATTERNS = {
    "language": "言語コードではありません（例：vi、pt、zh-Hans）",
    "database_url": "sqlite:///ファイル か postgresql://… のアドレスではありません",
}
_NOT_WEB = "http:// か https:// で始まるアドレスではありません"
_RANGES = {"port": "0から65535まで", "keep_days": "1から3650まで"}


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Reads the settings from the environment.

    Args:
        environ: the environment, to find variables that no setting has.

    Returns:
        The settings.

    Raises:
        SettingsError: one line for each variable that is wrong or unknown.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {name.upper() for name in environ if name.upper().startswith(PREFIX)}
    faults = [_unknown(name, known) for name in sorted(given - known)]
    try:
        settings = Settings()
    except ValidationError as error:
        faults += [_told(fault) for fault in error.errors()]
        raise SettingsError("\n".join(faults)) from None
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _told(fault: ErrorDetails) -> str:
    """A fault in a line; what a secret is set to is not in it."""
    if not fault["loc"]:
        return fault["msg"].removeprefix("Value error, ")
    name = str(fault["loc"][0])
    if fault["type"] == "string_pattern_mismatch":
        reason = _PATTERNS.get(name, _NOT_WEB)
    else:
        reason = _REASONS.get(fault["type"], fault["msg"].removeprefix("Value error, "))
    span = f"（{_RANGES[name]}）" if name in _RANGES and fault["type"].endswith("_equal") else ""
    shown = f"={fault['input']}" if Settings.model_fields[name].repr else ""
    return f"{PREFIX}{name.upper()}{shown}: {reason}{span}"


def _unknown(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    hint = f"{near[0]} ではありませんか" if near else f"使えるのは {'、'.join(sorted(known))} です"
    return f"{name}: この名前の設定はありません。{hint}"
