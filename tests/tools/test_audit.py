"""The report on pip-audit's JSON, in the form that its documentation gives."""

from __future__ import annotations

import json
from typing import Any

from tools.audit import report

SOUND: dict[str, Any] = {"name": "click", "version": "8.1", "vulns": []}
WEAK: dict[str, Any] = {
    "name": "flask",
    "version": "0.5",
    "vulns": [{"id": "PYSEC-2019-179", "fix_versions": ["1.0"], "aliases": [], "description": "."}],
}
UNKNOWN: dict[str, Any] = {
    "name": "ours",
    "skip_reason": "Dependency not found on PyPI and could not be audited: ours (1)",
}


def of(*dependencies: dict[str, Any]) -> tuple[str, bool]:
    return report(json.dumps({"dependencies": dependencies, "fixes": []}))


def test_a_weakness_is_named_with_the_version_that_mends_it() -> None:
    assert of(SOUND, WEAK) == ("audit: flask 0.5: PYSEC-2019-179, fixed in 1.0", True)


def test_a_weakness_that_nothing_mends_counts_as_well() -> None:
    weakness = {**WEAK["vulns"][0], "fix_versions": []}
    assert of({**WEAK, "vulns": [weakness]}) == ("audit: flask 0.5: PYSEC-2019-179", True)


def test_what_could_not_be_looked_up_is_not_called_sound() -> None:
    assert of(SOUND, UNKNOWN) == (
        "audit: no known weakness (packages looked up: 1, not known to the service: 1)",
        False,
    )
    lines, weak = of(UNKNOWN)
    assert "skipped" in lines
    assert not weak


def test_without_network_the_audit_is_skipped() -> None:
    lines, weak = report("")
    assert "cannot be reached" in lines
    assert not weak
