"""`madoguchi serve`: everything that is configured; with nothing configured the local page."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys

import click

from adapters.commands.common import Failure, open_following, tell
from adapters.commands.store_common import failing_with_database
from adapters.settings import Settings, SettingsError

#: Seconds that a thread computes before another one gets its turn.
_TURN = 0.0005


@click.command(help="設定されているもの（Slack、Teams、ブラウザーで質問できるページ）を動かします。")
@click.option("--host", help="待ち受けるアドレス（ふつうはこのコンピューターだけの 127.0.0.1）")
@click.option("--port", type=click.IntRange(0, 65535), help="ポート番号（0 は空いているもの）")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None) -> None:
    """Serves until it is stopped with Ctrl+C or SIGTERM, or a part of it has ended by itself (exit status 1)."""
    from adapters import logs
    from adapters.app import ENDED, assembled, serves_console
    from adapters.console.app import is_loopback, serve_until_stopped

    settings: Settings = ctx.obj
    address, number = host or settings.host, settings.port if port is None else port
    if serves_console(settings) and not is_loopback(address):
        tell(f"注意: {address} で待ち受けます。ログインがないので、ネットワーク上のだれでも質問できます。")
    knowledge = open_following(settings)
    logs.configure()

    def announce(url: str) -> None:
        if settings.has_slack:
            tell(f"Slack: {'Socket Mode' if settings.slack_app_token else f'{url}slack/events'} で受け付けています。")
        if settings.has_teams:
            tell(f"Teams: {url}api/messages で受け付けています。")
        if serves_console(settings):
            tell(f"{url} を開いてください（終了は Ctrl+C）。")
        logging.getLogger(__name__).info("serving")
        # What was loaded stays; to look through it for garbage time and again would halt everything for 0.1 s.
        gc.collect()
        gc.freeze()

    # A search computes for ten milliseconds. With Python's usual five between two threads' turns, each of the many
    # short journeys to the database's thread and back would wait that long for it.
    sys.setswitchinterval(_TURN)

    async def run() -> None:
        asyncio.get_running_loop().set_exception_handler(logs.tell_lost_errors)
        only_loopback = is_loopback(address)
        async with (
            knowledge.following(),
            assembled(settings, knowledge, only_loopback=only_loopback) as app,
        ):
            await serve_until_stopped(app, address, number, announce, app[ENDED])

    try:
        with failing_with_database():
            asyncio.run(run())
    except ExceptionGroup as error:
        # A worker ended by itself. Whoever watches over processes starts it again. The text may quote a message.
        raise Failure(
            f"一部が止まったので終了しました（{logs.error_in_short(error)}）。もう一度始めてください。"
        ) from None
    except SettingsError as error:
        raise Failure(f"設定の誤り: {error}") from error
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise Failure(
            f"{address}:{number} で待ち受けられません（{reason}）。--port で別の番号を指定してください。"
        ) from error
