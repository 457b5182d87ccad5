"""The command line: `madoguchi`. Each command is imported only when it is called, so that `ask` starts fast."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

#: Where each command stands, as "module:object"; the order is that of `--help`.
COMMANDS: Mapping[str, str] = {
    "serve": "adapters.commands.serve:serve",
    "ask": "adapters.commands.ask:ask",
    "index": "adapters.commands.index:index",
    "corpus": "adapters.commands.corpus:corpus",
    "desks": "adapters.commands.desks:desks",
    "referrals": "adapters.commands.referrals:referrals",
    "deliveries": "adapters.commands.deliveries:deliveries",
    "manifest": "adapters.commands.manifest:manifest",
    "anonymise": "adapters.commands.anonymise:anonymise",
    "rank": "adapters.commands.rank:rank",
    "evaluate": "adapters.commands.evaluate:evaluate",
}


#: As a shell tells of a process ended by Ctrl+C (128 + SIGINT).
_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is needed."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,  # noqa: ANN401 - click's own
    ) -> Any:  # noqa: ANN401
        """Runs a command and ends the process; whatever was typed wrongly is one line in Japanese."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else "madoguchi"
            click.echo(f"{_mistake(error)}（使い方：{path} --help）", err=True)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("中止しました。", err=True)
            sys.exit(_INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)

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


def _mistake(error: click.UsageError) -> str:
    """What was typed wrongly, in Japanese."""
    named = error.param.human_readable_name if isinstance(error, click.BadParameter) and error.param else ""
    match error:
        case click.NoSuchOption():
            return f"{error.option_name} というオプションはありません。"
        case click.MissingParameter():
            return f"{named} を指定してください。"
        case click.BadOptionUsage():
            return f"{error.option_name} の値を指定してください。"
        case click.BadParameter():
            return f"{named} の値が正しくありません。"
    unknown = error.message.partition("No such command ")[2].strip("'.")
    if unknown:
        return f"{unknown} というコマンドはありません。"
    extra = error.message.partition("unexpected extra argument")[2]
    return f"余分な指定があります: {extra.partition('(')[2].rstrip(')')}" if extra else error.message
