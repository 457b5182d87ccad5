"""Asks for known weaknesses of the pinned dependencies, and says plainly when nobody could be asked.

    python -m tools.audit constraints.txt

pip-audit ends with the same exit code for a weakness as for a network that is not there, and calls it
success when no package is known to the service; its JSON tells these apart.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def report(output: str) -> tuple[str, bool]:
    """Reads what pip-audit found.

    Args:
        output: what it printed with `--format json`; "" where it could not ask.

    Returns:
        Lines for the person, and whether they tell of a weakness.
    """
    try:
        dependencies = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return "audit: skipped; the list of known weaknesses cannot be reached", False
    asked = [one for one in dependencies if "vulns" in one]
    weak = [
        f"{one['name']} {one['version']}: {weakness['id']}"
        + (f", fixed in {', '.join(weakness['fix_versions'])}" if weakness["fix_versions"] else "")
        for one in asked
        for weakness in one["vulns"]
    ]
    unknown = len(dependencies) - len(asked)
    if weak:
        return "\n".join(f"audit: {line}" for line in weak), True
    if not asked:
        return f"audit: skipped; none of {unknown} packages is known where the weaknesses are listed", False
    return f"audit: no known weakness (packages looked up: {len(asked)}, not known to the service: {unknown})", False


def main(requirements: Path) -> int:
    """Prints the report. Returns the exit code: 1 where a weakness is known."""
    ran = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--requirement", requirements, "--no-deps", "--disable-pip"),
            *("--progress-spinner", "off", "--format", "json"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    lines, weak = report(ran.stdout)
    sys.stderr.write(f"{lines}\n")
    return int(weak)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
