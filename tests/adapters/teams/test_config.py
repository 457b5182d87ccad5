from __future__ import annotations

import pytest

from adapters.teams.config import Registration, TeamsConfig, is_trustworthy
from adapters.teams.web import Web

OURS = Registration("app-1", "hidden-password", "tenant-1")


def test_a_registration_is_found_by_its_application_and_shows_no_password() -> None:
    config = TeamsConfig((OURS,))
    assert config.registration("app-1") is OURS
    assert config.registration("app-2") is None
    assert OURS.bot_id == "28:app-1"
    assert "hidden-password" not in repr(config)


@pytest.mark.parametrize("registrations", [(), (OURS, Registration("app-1", "other", "tenant-2"))])
def test_no_registration_and_one_that_stands_there_twice_are_faults(registrations: tuple[Registration, ...]) -> None:
    with pytest.raises(ValueError, match="registrations"):
        TeamsConfig(registrations)


@pytest.mark.parametrize(
    ("url", "trusted"),
    [
        ("https://smba.trafficmanager.net/jp/", True),
        ("http://127.0.0.1:8080/", True),
        ("http://[::1]:8080/", True),
        ("http://localhost/", True),
        ("http://smba.trafficmanager.net/jp/", False),
        ("http://127.0.0.1.example.com/", False),
        ("http://10.0.0.1/", False),
        ("ftp://127.0.0.1/", False),
        ("https://", False),
        ("smba.trafficmanager.net", False),
        ("", False),
    ],
)
def test_secrets_go_over_tls_or_nowhere(url: str, trusted: bool) -> None:
    assert is_trustworthy(url) is trusted


async def test_an_http_client_is_open_between_start_and_stop() -> None:
    web = Web()
    with pytest.raises(RuntimeError):
        _ = web.session
    await web.start()
    session = web.session
    await web.stop()
    await web.stop()
    assert session.closed
