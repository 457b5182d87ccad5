"""Settings, read once from the environment; every fault is told at once.

Each field is an environment variable with the prefix MADOGUCHI_, in capitals: `port` is MADOGUCHI_PORT.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.directory.prefectures import UnknownPrefectureError, prefecture_named

PREFIX = "MADOGUCHI_"


class SettingsError(Exception):
    """The environment sets something wrong; the text has one line for each fault."""


class Settings(BaseSettings):
    """What can be set from outside.

    Args:
        data_dir: folder of the library and the index; made when first needed.
        host: address that the local page listens on.
        port: its port, 0 for any free one.
        model: name of a sentence-transformers model; "" for the embedded vectors.
        prefecture: the desk's prefecture, for the contacts; "" for none.
        language: BCP-47 code of a language to show sections in beside Japanese; "" for none.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("madoguchi", appauthor=False)))
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8765, ge=0, le=65535)
    model: str = ""
    prefecture: str = ""
    language: str = Field(default="", pattern=r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$")

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        """A folder that stays the same wherever a command is started."""
        return folder.expanduser().absolute()

    @field_validator("prefecture")
    @classmethod
    def _full_name(cls, given: str) -> str:
        """The full name of the prefecture ("神奈川", "Kanagawa" and "14" are all 神奈川県)."""
        try:
            return prefecture_named(given).name if given else ""
        except UnknownPrefectureError:
            raise ValueError("都道府県の名前ではありません（例：東京都）") from None


#: What is wrong, by pydantic's type of error; the rest is told in pydantic's own words.
_REASONS = {
    "int_parsing": "整数ではありません",
    "greater_than_equal": "小さすぎます（0から65535まで）",
    "less_than_equal": "大きすぎます（0から65535まで）",
    "string_too_short": "空にはできません",
    "string_pattern_mismatch": "言語コードではありません（例：vi、pt、zh-Hans）",
}


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
        for fault in error.errors():
            variable = PREFIX + str(fault["loc"][0]).upper()
            reason = _REASONS.get(fault["type"], fault["msg"].removeprefix("Value error, "))
            faults.append(f"{variable}={fault['input']}: {reason}")
        raise SettingsError("\n".join(faults)) from None
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _unknown(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    hint = f"{near[0]} ではありませんか" if near else f"使えるのは {'、'.join(sorted(known))} です"
    return f"{name}: この名前の設定はありません。{hint}"
