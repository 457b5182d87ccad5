"""What the machine is, how much memory a process holds, and how a process is kept to one thread."""

from __future__ import annotations

import os
import platform
from pathlib import Path

#: Names the number of threads to each of the numeric libraries in use here.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def facts() -> str:
    """One line: processor, cores, load, Python."""
    load = os.getloadavg()[0]
    return f"{_processor()}, {os.cpu_count()} cores, load {load:.1f} at start, Python {platform.python_version()}"


def on_one_thread(**more: str) -> dict[str, str]:
    """An environment in which a process computes on one thread and reaches for no network.

    Args:
        more: variables to set beside these.
    """
    quiet = {
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
        "PYTHONWARNINGS": "ignore",
    }
    return {**os.environ, **dict.fromkeys(_THREADS, "1"), **quiet, **more}


def resident_mib(pid: int | str = "self") -> float:
    """Memory that a process holds now, in MiB.

    Args:
        pid: the process; this one when not given.

    Raises:
        OSError: there is no /proc here, or no such process.
    """
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
