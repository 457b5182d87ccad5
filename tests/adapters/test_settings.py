from __future__ import annotations

from pathlib import Path

import pytest

from adapters.settings import Settings, SettingsError, read_settings


def test_with_nothing_set_the_page_is_for_this_machine_only() -> None:
    settings = read_settings()
    assert settings.host == "127.0.0.1"
    assert settings.port == 8765
    assert settings.model == ""
    assert settings.data_dir.is_absolute()


def test_every_setting_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MADOGUCHI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MADOGUCHI_HOST", "0.0.0.0")
    monkeypatch.setenv("MADOGUCHI_PORT", "0")
    monkeypatch.setenv("MADOGUCHI_MODEL", "some/model")
    monkeypatch.setenv("MADOGUCHI_PREFECTURE", "Kanagawa")
    monkeypatch.setenv("MADOGUCHI_LANGUAGE", "zh-Hans")
    settings = read_settings()
    assert settings.model_dump() == Settings().model_dump() | {
        "data_dir": tmp_path,
        "host": "0.0.0.0",
        "port": 0,
        "model": "some/model",
        "prefecture": "神奈川県",
        "language": "zh-Hans",
    }


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_PORT", "http")
    monkeypatch.setenv("MADOGUCHI_PREFECTURE", "火星")
    monkeypatch.setenv("MADOGUCHI_LANGUAGE", "ベトナム語")
    monkeypatch.setenv("MADOGUCHI_HOTS", "127.0.0.1")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value).splitlines() == [
        "MADOGUCHI_HOTS: この名前の設定はありません。MADOGUCHI_HOST ではありませんか",
        "MADOGUCHI_PORT=http: 整数ではありません",
        "MADOGUCHI_PREFECTURE=火星: 都道府県の名前ではありません（例：東京都）",
        "MADOGUCHI_LANGUAGE=ベトナム語: 言語コードではありません（例：vi、pt、zh-Hans）",
    ]


def test_an_unknown_variable_alone_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_COLOUR", "red")
    with pytest.raises(SettingsError, match="MADOGUCHI_COLOUR"):
        read_settings()


def test_half_a_configuration_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("MADOGUCHI_TEAMS_APP_ID", "app")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == (
        "MADOGUCHI_TEAMS_APP_PASSWORD、MADOGUCHI_TEAMS_TENANT_ID、"
        "MADOGUCHI_SLACK_SIGNING_SECRET（Socket Modeなら MADOGUCHI_SLACK_APP_TOKEN） も必要です"
    )


def test_a_secret_is_in_no_fault_and_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_SLACK_BOT_TOKEN", "xoxb-planted")
    monkeypatch.setenv("MADOGUCHI_SLACK_SIGNING_SECRET", "planted")
    monkeypatch.setenv("MADOGUCHI_DATABASE_URL", "postgresql://user:planted@127.0.0.1/db")
    assert "planted" not in repr(read_settings())
    monkeypatch.setenv("MADOGUCHI_PORT", "http")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert "planted" not in str(raised.value)


@pytest.mark.parametrize(
    ("variables", "public"),
    [
        ({}, False),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, False),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, True),
        (
            {f"SLACK_{name}": "s" for name in ("CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET")}
            | {"PUBLIC_URL": "https://x"},
            True,
        ),
        ({"TEAMS_APP_ID": "a", "TEAMS_APP_PASSWORD": "p", "TEAMS_TENANT_ID": "t"}, True),
    ],
)
def test_what_needs_requests_over_the_network(
    variables: dict[str, str], public: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"MADOGUCHI_{name}", value)
    assert read_settings().is_public is public


def test_an_address_must_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADOGUCHI_PUBLIC_URL", "madoguchi.example")
    monkeypatch.setenv("MADOGUCHI_KEEP_DAYS", "0")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value).splitlines() == [
        "MADOGUCHI_PUBLIC_URL=madoguchi.example: http:// か https:// で始まるアドレスではありません",
        "MADOGUCHI_KEEP_DAYS=0: 小さすぎます（1から3650まで）",
    ]
