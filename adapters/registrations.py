"""Teams' registrations out of a file, for who serves several tenants in one process."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from adapters.settings import SettingsError
from adapters.teams.config import Registration


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
            tables = tomllib.load(file).get("registration", [])
        found = TypeAdapter(tuple[Registration, ...]).validate_python(tables)
    except OSError as error:
        raise SettingsError(f"MADOGUCHI_TEAMS_REGISTRATIONS={path}: 読めません（{error.strerror}）") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"MADOGUCHI_TEAMS_REGISTRATIONS={path}: TOMLとして読めません") from error
    except ValidationError as error:
        places = "、".join(
            f"{int(fault['loc'][0]) + 1}番目の {fault['loc'][-1]}" for fault in error.errors() if fault["loc"]
        )
        raise SettingsError(f"MADOGUCHI_TEAMS_REGISTRATIONS={path}: 正しくありません（{places}）") from None
    if not found:
        raise SettingsError(f"MADOGUCHI_TEAMS_REGISTRATIONS={path}: [[registration]] がありません")
    return found
