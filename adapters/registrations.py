"""Teams' registrations, out of the settings and out of a file, for who serves several tenants in one process."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from adapters.settings import PREFIX, Settings, SettingsError
from adapters.teams.config import Registration

_VARIABLE = f"{PREFIX}TEAMS_REGISTRATIONS"

_Filled = Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    """A `[[registration]]` table; a misspelt name is a fault, not a registration without it."""

    model_config = ConfigDict(extra="forbid")

    app_id: _Filled
    app_password: _Filled
    tenant_id: _Filled


def registrations_of(settings: Settings) -> tuple[Registration, ...]:
    """All registrations that are configured.

    Args:
        settings: with Teams.

    Raises:
        SettingsError: the file cannot be used, or an application id stands there twice.
    """
    found = read_registrations(settings.teams_registrations) if settings.teams_registrations else ()
    if settings.teams_app_id:
        own = Registration(settings.teams_app_id, settings.teams_app_password, settings.teams_tenant_id)
        found = (own, *found)
    ids = [one.app_id for one in found]
    if twice := {one for one in ids if ids.count(one) > 1}:
        names = "、".join(sorted(twice))
        raise SettingsError(f"{_VARIABLE}={settings.teams_registrations}: 同じ app_id が2度あります（{names}）")
    return found


def read_registrations(path: Path) -> tuple[Registration, ...]:
    """Reads a file with a `[[registration]]` table for each: app_id, app_password, tenant_id.

    Args:
        path: a TOML file.

    Returns:
        The registrations, in order.

    Raises:
        SettingsError: it cannot be read; the text names the file, and no secret.
    """
    try:
        with path.open("rb") as file:
            tables = TypeAdapter(list[_Table]).validate_python(tomllib.load(file).get("registration", []))
    except OSError as error:
        raise SettingsError(f"{_VARIABLE}={path}: 読めません（{error.strerror}）") from error
    except ValidationError as error:
        places = "、".join(dict.fromkeys(_place(fault) for fault in error.errors()))
        raise SettingsError(f"{_VARIABLE}={path}: 正しくありません（{places}）") from None
    except ValueError:  # no TOML, or no text at all; what is wrong with it may stand beside a secret
        raise SettingsError(f"{_VARIABLE}={path}: TOMLとして読めません") from None
    if not tables:
        raise SettingsError(f"{_VARIABLE}={path}: [[registration]] がありません")
    return tuple(Registration(one.app_id, one.app_password, one.tenant_id) for one in tables)


def _place(fault: ErrorDetails) -> str:
    match fault["loc"]:
        case (int(number), str(name), *_):
            return f"{number + 1}番目の {name}"
        case (int(number), *_):
            return f"{number + 1}番目"
        case _:
            return "[[registration]] の書き方"
