"""The command line: `madoguchi`. Each command is imported only when it is called, so that `ask` starts fast."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

#: Where each command stands, as "module:object"; the order is that of `--help`.
COMMANDS: Mapping[str, str] = {
    "serve": "adapters.commands.serve:serve",
    "ask": "adapters.commands.ask:ask",
    "index": "adapters.commands.index:index",
    "corpus": "adapters.commands.corpus:corpus",
    "rank": "adapters.commands.rank:rank",
    "evaluate": "adapters.commands.evaluate:evaluate",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="外国人相談窓口のための資料検索です。質問に、資料の文章と出典で答えます。",
)
@click.version_option(package_name="madoguchi", prog_name="madoguchi", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Reads the settings; every command finds them in `ctx.obj`."""
    from adapters.settings import SettingsError, read_settings

    try:
        ctx.obj = read_settings()
    except SettingsError as error:
        for line in str(error).splitlines():
            click.echo(f"設定の誤り: {line}", err=True)
        ctx.exit(2)
