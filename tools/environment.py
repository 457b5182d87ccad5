"""Sets up .venv: what pyproject.toml asks for, in the versions of constraints.txt, and nothing twice.

    python3 tools/environment.py [EXTRA ...]

Run by `make setup` before anything is installed, so only the standard library is used. A stamp inside
.venv tells what it was set up for; file times are not trusted. An environment that is damaged (deleted
half-way, its Python upgraded or gone, the folder moved) is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Stamp:
    """What an environment was set up for.

    Args:
        root: the folder of the project; scripts in .venv/bin hold it as an absolute path.
        python: version of the environment's Python, "3.11".
        wanted: hash of what was to be installed.
        extras: optional dependencies that are installed, sorted.
    """

    root: str
    python: str
    wanted: str
    extras: tuple[str, ...]


class SetupError(Exception):
    """The environment cannot be set up; the text says what to do."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment for a project.

    Args:
        root: the folder of the project.
        folder: the folder of the environment.
    """

    root: Path
    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def _stamp(self) -> Path:
        return self.folder / "setup.json"

    def ensure(self, extras: Iterable[str]) -> bool:
        """Makes the environment hold the project with some of its optional dependencies.

        Args:
            extras: names of optional dependencies; those installed before stay.

        Returns:
            False where it did so already.

        Raises:
            SetupError: it cannot be made, or the packages cannot be installed.
        """
        before = self._read()
        version = self._version()
        intact = version != "" and not self.missing()
        sought = tuple(sorted({*extras, *(before.extras if before else ())}))
        if intact and before == Stamp(str(self.root), version, wanted(self.root), sought):
            return False
        self._stamp.unlink(missing_ok=True)
        if not intact or (before and before.root != str(self.root)):
            self._make()
        self._install(sought)
        stamp = Stamp(str(self.root), self._version(), wanted(self.root), sought)
        self._stamp.write_text(json.dumps(asdict(stamp)), encoding="utf-8")
        return True

    def missing(self) -> list[Path]:
        """Files of installed packages that are not there, by the packages' own lists.

        Returns:
            The files; the environment's own folder where it holds no packages at all.
        """
        lists = [*self.folder.glob("lib/python*/site-packages/*.dist-info/RECORD")]
        files = (record.parent.parent / name for record in lists for name in _files(record))
        return [file for file in files if not file.exists()] if lists else [self.folder]

    def _read(self) -> Stamp | None:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
            return Stamp(**{**stamp, "extras": tuple(stamp["extras"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _version(self) -> str:
        """The version of its Python, or "" where that does not run or is not the one it was made with."""
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        try:
            ran = subprocess.run([self.python, "-c", code], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return ""
        version = ran.stdout.strip()
        return version if (self.folder / "lib" / f"python{version}").is_dir() else ""

    def _make(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise SetupError(
                "Pythonのvenvがありません。管理者として次を実行してください: "
                f"apt-get install python{version}-venv (Python's venv is missing; install that package, then try again)"
            )
        _say(f"{self.folder.name} を作ります。 (Making {self.folder.name}.)")
        shutil.rmtree(self.folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", self.folder])

    def _install(self, extras: Sequence[str]) -> None:
        _say("必要なものを入れます。数分かかります。 (Installing what is needed; this takes some minutes.)")
        project = f"{self.root}[{','.join(extras)}]" if extras else str(self.root)
        quiet = () if sys.stdout.isatty() else ("--quiet",)
        _run(
            [
                *(self.python, "-m", "pip", "--disable-pip-version-check", "install", *quiet),
                *("--editable", project, "--constraint", self.root / "constraints.txt"),
            ]
        )


def wanted(root: Path) -> str:
    """Hash of what is to be installed; settings of tools in pyproject.toml do not change it.

    Args:
        root: the folder of the project.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    told = json.dumps([project["build-system"], project["project"]], sort_keys=True)
    return hashlib.sha256(told.encode() + (root / "constraints.txt").read_bytes()).hexdigest()


def _files(record: Path) -> list[str]:
    """The files that a RECORD lists, those that Python makes itself (.pyc) left out."""
    try:
        lines = record.read_text(encoding="utf-8").splitlines()
    except OSError:
        return [record.name]
    names = (line.rsplit(",", 2)[0].strip('"') for line in lines)
    return [name for name in names if not name.endswith(".pyc")]


def _run(command: Sequence[str | Path]) -> None:
    if subprocess.run(command, check=False).returncode:
        raise SetupError(
            "準備が終わりませんでした。ネットワークを確かめて、もう一度実行してください。"
            " (Setup did not finish; check the network and run the same command again.)"
        )


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    try:
        Environment(ROOT, ROOT / ".venv").ensure(sys.argv[1:])
    except SetupError as error:
        _say(str(error))
        sys.exit(1)
