"""Setting up: a small project without dependencies is installed for real, damaged, and installed again."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tools.environment import Environment, SetupError

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "shelf"
version = "1"
"""

#: A build backend in the project itself, so that nothing has to be downloaded.
BACKEND = """
import zipfile

FILES = {
    "shelf.py": "",
    "shelf-1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: shelf\\nVersion: 1\\nProvides-Extra: dev\\n",
    "shelf-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    record = "".join(f"{name},,\\n" for name in [*FILES, "shelf-1.dist-info/RECORD"])
    with zipfile.ZipFile(f"{wheel_directory}/shelf-1-py3-none-any.whl", "w") as wheel:
        for name, text in {**FILES, "shelf-1.dist-info/RECORD": record}.items():
            wheel.writestr(name, text)
    return "shelf-1-py3-none-any.whl"


build_wheel = build_editable
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an environment that was set up once; tests may damage the environment."""
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    (root / "constraints.txt").write_text("", encoding="utf-8")
    assert Environment(root, root / ".venv").ensure([])
    return root


@pytest.fixture
def environment(project: Path) -> Environment:
    """Its environment; whatever the test before did to it is repaired."""
    environment = Environment(project, project / ".venv")
    environment.ensure([])
    return environment


def installed(environment: Environment) -> Path:
    (module,) = environment.folder.glob("lib/python*/site-packages/shelf.py")
    return module


def test_nothing_is_set_up_twice(environment: Environment) -> None:
    assert not environment.ensure([])


def test_further_extras_are_added_and_stay(environment: Environment) -> None:
    assert environment.ensure(["dev"])
    assert not environment.ensure([])
    assert not environment.ensure(["dev"])


def test_a_file_that_is_gone_is_noticed_and_repaired(environment: Environment) -> None:
    installed(environment).unlink()
    assert [path.name for path in environment.missing()] == ["shelf.py"]
    assert environment.ensure([])
    assert installed(environment).exists()
    assert environment.missing() == []


def test_a_half_deleted_environment_is_made_anew(environment: Environment) -> None:
    shutil.rmtree(environment.folder / "bin")
    assert environment.ensure([])
    assert environment.python.exists()


def test_another_python_is_noticed(environment: Environment) -> None:
    """After an upgrade of the system's Python the packages still lie in the folder of the old one."""
    (packages,) = environment.folder.glob("lib/python3*")
    packages.rename(packages.with_name("python3.0"))
    assert environment.ensure([])
    assert installed(environment).exists()


def test_a_new_pin_is_installed(environment: Environment) -> None:
    constraints = environment.root / "constraints.txt"
    constraints.write_text(f"{constraints.read_text(encoding='utf-8')}# pinned anew\n", encoding="utf-8")
    assert environment.ensure([])
    assert not environment.ensure([])


def test_what_cannot_be_installed_ends_with_one_line_and_is_tried_again(environment: Environment) -> None:
    pyproject = environment.root / "pyproject.toml"
    pyproject.write_text(PYPROJECT.replace('"backend"', '"nowhere"'), encoding="utf-8")
    with pytest.raises(SetupError, match="もう一度実行してください"):
        environment.ensure([])
    pyproject.write_text(PYPROJECT, encoding="utf-8")
    assert environment.ensure([])


def test_a_python_without_venv_tells_which_package_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian keeps ensurepip, which venv needs, in a package of its own."""
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (tmp_path / "constraints.txt").touch()
    with pytest.raises(SetupError, match=r"apt-get install python3\.\d+-venv"):
        Environment(tmp_path, tmp_path / ".venv").ensure([])
