"""`madoguchi manifest`: what Slack and Teams want to know of the assistant before it may join."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import click

from adapters.commands.common import Failure, tell


@click.group(help="SlackとTeamsに登録するためのマニフェストを作ります。")
def manifest() -> None:
    """The group; its commands follow."""


@manifest.command(help="Slackアプリのマニフェスト（JSON）を表示します。")
@click.option("--url", default="", help="Slackから届く公開アドレス（省略時は MADOGUCHI_PUBLIC_URL）")
@click.option("--socket", is_flag=True, help="Socket Modeを使います。公開アドレスは要りません。")
@click.option("--distributed", is_flag=True, help="複数のワークスペースに、OAuthでインストールできるようにします。")
@click.pass_context
def slack(ctx: click.Context, url: str, socket: bool, distributed: bool) -> None:
    """Prints the manifest, to be pasted where an app is made from one."""
    from adapters.slack.manifest import IncompleteManifestError, slack_manifest

    address = _public(url or ctx.obj.public_url)
    try:
        made = slack_manifest(public_url=address or None, socket=socket, distributed=distributed)
    except IncompleteManifestError as error:
        way = "" if distributed else "（または、公開アドレスの要らない --socket を付けて）"
        raise Failure(f"--url https://… で公開アドレスを指定して{way}ください。") from error
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))


@manifest.command(help="Teamsのアプリパッケージ（zip）を作ります。")
@click.option("--app-id", default="", help="ボットのアプリケーションID（省略時は MADOGUCHI_TEAMS_APP_ID）")
@click.option("--url", default="", help="Teamsから届く公開アドレス（省略時は MADOGUCHI_PUBLIC_URL）")
@click.option("--out", type=click.Path(path_type=Path), default=Path("madoguchi-teams.zip"), help="書き込むファイル")
@click.pass_context
def teams(ctx: click.Context, app_id: str, url: str, out: Path) -> None:
    """Writes the package, to be uploaded to Teams."""
    from adapters.teams.manifest import is_app_id, write_package

    app, address = app_id or ctx.obj.teams_app_id, _public(url or ctx.obj.public_url)
    if not is_app_id(app):
        raise Failure("--app-id でボットのアプリケーションID（00000000-0000-… の形）を指定してください。")
    if not address:
        raise Failure("--url https://… で公開アドレスを指定してください。")
    try:
        write_package(out, app_id=app, public_url=address)
    except OSError as error:
        raise Failure(f"{out}: 書き込めません（{error.strerror}）。--out で別の場所を指定してください。") from error
    tell(f"{out} に書き込みました。Teamsの「アプリをアップロード」で選んでください。")


def _public(url: str) -> str:
    """The address, if it is one that a platform takes.

    Raises:
        Failure: it is not.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if url and (parts.scheme != "https" or not parts.hostname):
        raise Failure(f"{url}: https:// で始まる公開アドレスではありません。")
    return url
