"""`madoguchi serve`: the local page."""

from __future__ import annotations

import asyncio

import click

from adapters.commands.common import Failure, open_following, tell


@click.command(help="ブラウザーで質問できるページを、このコンピューターで開きます。")
@click.option("--host", help="待ち受けるアドレス（ふつうはこのコンピューターだけの 127.0.0.1）")
@click.option("--port", type=click.IntRange(0, 65535), help="ポート番号（0 は空いているもの）")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None) -> None:
    """Serves until it is stopped with Ctrl+C or SIGTERM."""
    from adapters.console.app import is_loopback, make_app, serve_until_stopped

    settings = ctx.obj
    address, number = host or settings.host, settings.port if port is None else port
    if not is_loopback(address):
        tell(f"注意: {address} で待ち受けます。ログインがないので、ネットワーク上のだれでも質問できます。")
    knowledge = open_following(settings)
    app = make_app(
        knowledge,
        prefecture=settings.prefecture,
        language=settings.language,
        only_loopback=is_loopback(address),
    )

    async def run() -> None:
        async with knowledge.following():
            await serve_until_stopped(
                app, address, number, lambda url: tell(f"{url} を開いてください（終了は Ctrl+C）。")
            )

    try:
        asyncio.run(run())
    except OSError as error:
        raise Failure(
            f"{address}:{number} で待ち受けられません（{error.strerror}）。--port で別の番号を指定してください。"
        ) from error
