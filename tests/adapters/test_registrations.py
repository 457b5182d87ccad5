"""Teams' registrations out of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.registrations import read_registrations, registrations_of
from adapters.settings import Settings, SettingsError
from adapters.teams.config import Registration

ONE = '[[registration]]\napp_id = "a1"\napp_password = "secret-1"\ntenant_id = "t1"\n'
TWO = ONE + '[[registration]]\napp_id = "a2"\napp_password = "secret-2"\ntenant_id = "t2"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "registrations.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_registrations_are_read_in_order(tmp_path: Path) -> None:
    first, second = Registration("a1", "secret-1", "t1"), Registration("a2", "secret-2", "t2")
    assert read_registrations(write(tmp_path, TWO)) == (first, second)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "[[registration]] がありません"),
        ("[[registration", "TOMLとして読めません"),
        ("registration = 1\n", "正しくありません"),
        ('registration = "app_id"\n', "正しくありません"),
        ("[[registration]]\n", "1番目の app_id、1番目の app_password、1番目の tenant_id"),
        (ONE.replace('"a1"', "1"), "1番目の app_id"),
        (TWO.replace('tenant_id = "t2"', ""), "2番目の tenant_id"),
        (ONE + 'aap_id = "x"\n', "1番目の aap_id"),
        (ONE.replace('"a1"', '""'), "1番目の app_id"),
        ('registration = ["a1"]\n', "1番目"),
    ],
)
def test_a_wrong_file_is_told_in_a_line_without_secrets(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_registrations(path)
    line = str(caught.value)
    assert line.startswith(f"MADOGUCHI_TEAMS_REGISTRATIONS={path}: ")
    assert told in line
    assert "\n" not in line
    assert "secret" not in line


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.toml"):
        with pytest.raises(SettingsError, match="読めません"):
            read_registrations(path)


def test_a_file_of_bytes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "registrations.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="読めません"):
        read_registrations(path)


def test_the_settings_own_registration_stands_beside_those_of_the_file(tmp_path: Path) -> None:
    settings = Settings(
        teams_app_id="a2", teams_app_password="p", teams_tenant_id="t2", teams_registrations=write(tmp_path, ONE)
    )
    assert [one.app_id for one in registrations_of(settings)] == ["a2", "a1"]
    assert [one.app_id for one in registrations_of(settings.model_copy(update={"teams_registrations": None}))] == ["a2"]
    twice = settings.model_copy(update={"teams_registrations": write(tmp_path, TWO)})
    with pytest.raises(SettingsError, match=r"同じ app_id が2度あります（a2）"):
        registrations_of(twice)
