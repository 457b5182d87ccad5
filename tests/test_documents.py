"""The documents say what is there, and nothing that is not: commands, options, settings, targets, links, modules."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from adapters.cli import main
from adapters.settings import PREFIX, Settings
from corpus.catalogue import CATALOGUE, check, read_catalogue

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")
DOCUMENTS = (*READMES, "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md")
FURTHER = tuple(
    path.relative_to(ROOT).as_posix()
    for folder in ("benchmarks", "corpus", "tests")
    for path in sorted((ROOT / folder).rglob("README.md"))
)

_MODULE = re.compile(r"`((?:adapters|bot|corpus|retrieval|tools|tests)(?:\.\w+)+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{2,4} `(madoguchi[ \w]*)`$", re.MULTILINE)


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its words: ("corpus", "add")."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def options(command: click.Command) -> set[str]:
    """Its options in their long form, `--help` left out."""
    return {name for param in command.params for name in param.opts if name.startswith("--")} - {"--help"}


def section(document: str, heading: str) -> str:
    """What stands below a heading, until the next of any level."""
    found = re.search(rf"^#+ `{heading}`\n(.*?)(?=^#)", without_code(document) + "\n#", re.MULTILINE | re.DOTALL)
    assert found, f"{document} has no section on {heading}"
    return found[1]


def without_code(document: str) -> str:
    """The text with the comments of its code blocks taken out, which begin like headings."""
    return re.sub(r"```.*?```", lambda block: block[0].replace("\n#", "\n"), text_of(document), flags=re.DOTALL)


def typed(document: str) -> Iterator[str]:
    """What a reader would type: lines of shell blocks, and commands within sentences."""
    for block in re.findall(r"```sh\n(.*?)```", text_of(document), re.DOTALL):
        yield from block.splitlines()
    yield from re.findall(r"`((?:madoguchi|make|docker) [^`]+)`", text_of(document))


COMMAND_TREE = dict(commands())


@pytest.mark.parametrize("document", READMES)
@pytest.mark.parametrize("path", COMMAND_TREE, ids=" ".join)
def test_every_command_and_option_is_documented(path: tuple[str, ...], document: str) -> None:
    command = COMMAND_TREE[path]
    told = section(document, " ".join(("madoguchi", *path)))
    missing = {option for option in options(command) if not re.search(rf"{option}(?![\w-])", told)}
    assert missing == set(), f"{document}: {' '.join(path)}"
    if not isinstance(command, click.Group):
        assert f"madoguchi {' '.join(path)}" in told, f"{document}: no example of {' '.join(path)}"


@pytest.mark.parametrize("path", COMMAND_TREE, ids=" ".join)
def test_every_command_helps(path: tuple[str, ...]) -> None:
    assert CliRunner().invoke(main, [*path, "--help"]).exit_code == 0


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_to_be_typed_is_understood(document: str) -> None:
    for line in typed(document):
        words = shlex.split(line, comments=True)
        if words[:1] == ["madoguchi"] and words[1:] not in ([], ["…"]):
            understood(tuple(words[1:]), f"{document}: {line}")
        elif words[:1] == ["make"]:
            wanted = [word for word in words[1:] if "=" not in word]
            assert set(wanted) <= targets(), f"{document}: {line}"


def understood(words: tuple[str, ...], line: str) -> None:
    """A documented command exists, and so do all the options that are given to it."""
    path = next((words[:length] for length in (2, 1) if words[:length] in COMMAND_TREE), None)
    assert path is not None, f"{line}: no such command"
    given = {word for word in words[len(path) :] if word.startswith("--")}
    assert given <= options(COMMAND_TREE[path]) | {"--help"}, line


@pytest.mark.parametrize("document", READMES)
def test_no_section_is_about_a_command_that_does_not_exist(document: str) -> None:
    headings = {tuple(heading.split()[1:]) for heading in _HEADING.findall(text_of(document))}
    assert headings == set(COMMAND_TREE)


@pytest.mark.parametrize("document", READMES)
@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str, document: str) -> None:
    row = re.search(rf"^\| `{PREFIX}{name.upper()}` \| ([^|]*) \|", text_of(document), re.MULTILINE)
    assert row, f"{document}: {name}"
    default = Settings.model_fields[name].default
    if name != "data_dir":  # its default depends on the system
        assert row[1] == (
            f"`{default}`" if default not in ("", None) else {"README.md": "empty", "README.ja.md": "なし"}[document]
        )


@pytest.mark.parametrize("document", [*DOCUMENTS, "Dockerfile", "Makefile", "compose.yaml"])
def test_every_variable_named_is_a_setting(document: str) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", text_of(document))) <= known


@pytest.mark.parametrize("document", READMES)
def test_the_example_of_a_catalogue_is_a_sound_one(document: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", text_of(document), re.DOTALL)
    for name in re.findall(r'^file = "([^"]+)"', example, re.MULTILINE):
        (tmp_path / name).touch()
    (tmp_path / CATALOGUE).write_text(example, encoding="utf-8")
    catalogue = read_catalogue(tmp_path / CATALOGUE)
    check([catalogue])
    assert [source.id for source in catalogue.sources.values()] == ["guide", "contacts-2021"]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))


def test_every_target_is_documented() -> None:
    told = {word for name in DOCUMENTS for word in re.findall(r"make ([a-z-]+)", text_of(name))}
    public = set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE))
    assert public <= told


def test_what_the_program_tells_people_to_make_exists() -> None:
    told = {
        (path.relative_to(ROOT).as_posix(), word)
        for room in ("adapters", "bot", "corpus", "retrieval", "tools")
        for path in (ROOT / room).rglob("*.py")
        for word in re.findall(r"make ((?:run|test|check|setup|index|bench)[a-z-]*)", path.read_text(encoding="utf-8"))
    }
    assert {place for place in told if place[1] not in targets()} == set()


@pytest.mark.parametrize("document", [*DOCUMENTS, *FURTHER])
def test_links_to_files_lead_somewhere(document: str) -> None:
    for link in _LINK.findall(text_of(document)):
        file, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = (ROOT / document).parent / file if file else ROOT / document
        assert target.exists(), f"{document}: {link}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, f"{document}: {link}"


@pytest.mark.parametrize("document", [*DOCUMENTS, *FURTHER])
def test_modules_named_exist(document: str) -> None:
    for name in _MODULE.findall(text_of(document)):
        assert exists(name), f"{document}: {name}"


def exists(name: str) -> bool:
    """Whether a dotted name is a module, or stands in one: `corpus.model.Source`."""
    outer, _, inner = name.rpartition(".")
    return _is_module(name) or (_is_module(outer) and hasattr(import_module(outer), inner))


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def test_files_named_in_the_architecture_exist() -> None:
    for name in re.findall(r"`((?:tests|corpus|adapters|benchmarks|tools)/[\w./-]+)`", text_of("ARCHITECTURE.md")):
        assert (ROOT / name).exists(), name


def test_the_architecture_names_every_room_and_library() -> None:
    for room in ("adapters", "bot", "retrieval", "corpus"):
        assert f"| `{room}` |" in text_of("ARCHITECTURE.md")


def test_the_changelog_begins_with_this_version() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    newest = re.search(r"^## (\S+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert newest[1] == version


def test_the_two_commands_come_first() -> None:
    for document in READMES:
        first = next(iter(re.findall(r"```sh\n(.*?)```", text_of(document), re.DOTALL)))
        assert [line.split()[:2] for line in first.splitlines()] == [["make", "run"], ["make", "test"]]


@pytest.mark.parametrize("name", ["ask.png", "referral.png", "rooms.png"])
def test_the_screenshots_are_small(name: str) -> None:
    assert (ROOT / "docs" / name).stat().st_size < 300_000


def instructions(*names: str) -> list[list[str]]:
    """The Dockerfile's instructions of these names, as words."""
    joined = re.sub(r"\\\n", " ", text_of("Dockerfile"))
    return [line.split()[1:] for line in joined.splitlines() if line.split()[:1] and line.split()[0] in names]


def test_the_dockerfile_copies_what_exists_and_the_builder_gets_it() -> None:
    sources = [word for words in instructions("COPY") if not words[0].startswith("--from") for word in words[:-1]]
    sent = {line[1:] for line in text_of(".dockerignore").splitlines() if line.startswith("!")}
    assert set(sources) == sent
    for source in sources:
        assert (ROOT / source).exists(), source


def test_the_dockerfile_holds_every_room() -> None:
    copied = {word for words in instructions("COPY") for word in words}
    packages = tomllib.loads(text_of("pyproject.toml"))["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {pattern.rstrip("*") for pattern in packages} <= copied


def test_the_dockerfile_runs_targets_that_exist_and_serves_as_nobody() -> None:
    called = re.findall(r"make ([a-z-]+)", text_of("Dockerfile").split("COPY Makefile")[1])
    assert called == ["setup-transformers", "setup", "index"]
    assert set(called) <= targets()
    assert instructions("USER") == [["madoguchi"]]
    (command,) = instructions("CMD")
    assert "serve" in " ".join(command)


def test_the_dockerfile_asks_the_health_check_that_the_page_has() -> None:
    assert "127.0.0.1:8765/healthz" in text_of("Dockerfile")
    assert '"/healthz"' in text_of("adapters/web.py")
    assert f"{PREFIX}PORT={Settings.model_fields['port'].default}" in text_of("Dockerfile")
