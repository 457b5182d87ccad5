"""The app package: what Teams must know of the assistant, with its two icons, in a zip.

Manifest schema 1.22, https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json.
"""

from __future__ import annotations

import json
import re
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from adapters.teams.icons import ACCENT, colour_icon, outline_icon
from adapters.teams.incoming import LOOK_UP_COMMAND, SEARCH_COMMAND, SEARCH_PARAMETER

MANIFEST_VERSION = "1.22"

#: Where the assistant can be talked to: each conversation type that `adapters.teams.activities` tells apart.
SCOPES = {"personal": "personal", "channel": "team", "groupChat": "groupChat"}

#: What a team or chat consents to when the app is added, and what for.
CONSENT = {
    "ChannelMessage.Read.Group": (
        "messages of a channel that do not mention the assistant: questions where its rule says so, follow-ups in its "
        "threads; and looking whether a reply landed before it is sent again"
    ),
    "ChatMessage.Read.Chat": "the same in group chats",
}

_COLOUR_FILE = "color.png"
_OUTLINE_FILE = "outline.png"

_GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")

_COMMANDS = (
    ("使い方", "できることと使い方をご案内します"),
    ("設定", "このチャネルやチャットでの答え方を変えます"),
    ("登録", "「登録 コード」と送ると、窓口に登録します。コードは管理者が発行します"),
)

#: Words for the personal chat alone.
_PERSONAL_COMMANDS = (("ホーム", "窓口の状況と、よく使うことを表示します"),)

_SHORT = "外国人相談の質問に、ガイドブックなどの資料の原文と連絡先でお答えします。"
_FULL = (
    "外国人の相談窓口（一元的相談窓口）の相談員を助けるアシスタントです。質問すると、資料に書かれている原文を、資料名・版・"
    "節・ページと、電話できる連絡先とともに示します。資料に書かれていないことには「見当たりません」と答え、次にできることを"
    "案内します。チャネル、グループチャット、1対1のチャットで使えます。"
)


def teams_manifest(app_id: str, public_url: str) -> dict[str, Any]:
    """The manifest.

    Args:
        app_id: the bot's application (client) id, a GUID.
        public_url: where the assistant is reached from outside, "https://…".

    Returns:
        The manifest as JSON.

    Raises:
        ValueError: the id is no GUID, or the address is none that Teams would take.
    """
    address = urlsplit(public_url)
    host = address.hostname or ""
    if not is_app_id(app_id):
        raise ValueError(f"{app_id!r} is no GUID")
    if address.scheme != "https" or not host:
        raise ValueError(f"{public_url!r} is no https:// address")
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{MANIFEST_VERSION}/MicrosoftTeams.schema.json",
        "manifestVersion": MANIFEST_VERSION,
        "version": metadata.version("madoguchi"),
        "id": app_id,
        "localizationInfo": {"defaultLanguageTag": "ja"},
        "developer": {
            "name": "Madoguchi",
            "websiteUrl": public_url,
            "privacyUrl": public_url,
            "termsOfUseUrl": public_url,
        },
        "name": {"short": "まどぐち", "full": "まどぐち：外国人相談窓口のアシスタント"},
        "description": {"short": _SHORT, "full": _FULL},
        "icons": {"color": _COLOUR_FILE, "outline": _OUTLINE_FILE},
        "accentColor": "#{:02x}{:02x}{:02x}".format(*ACCENT),
        "bots": [_bot(app_id)],
        "composeExtensions": [_extension(app_id)],
        "validDomains": [host],
        "webApplicationInfo": {"id": app_id, "resource": f"api://{host}/{app_id}"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": name, "type": "Application"} for name in CONSENT]}
        },
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
    }


def is_app_id(text: str) -> bool:
    """Whether a text is an application id, as Entra writes them."""
    return _GUID.fullmatch(text) is not None


def write_package(out: Path, *, app_id: str, public_url: str) -> None:
    """Writes the zip that an administrator uploads.

    Args:
        out: the file; replaced where it is there.
        app_id: as for `teams_manifest`.
        public_url: as for `teams_manifest`.

    Raises:
        ValueError: as for `teams_manifest`; nothing is written.
        OSError: the file cannot be written.
    """
    manifest = json.dumps(teams_manifest(app_id, public_url), ensure_ascii=False, indent=2)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("manifest.json", manifest + "\n")
        package.writestr(_COLOUR_FILE, colour_icon())
        package.writestr(_OUTLINE_FILE, outline_icon())


def _bot(app_id: str) -> dict[str, Any]:
    together = [scope for scope in SCOPES.values() if scope != "personal"]
    return {
        "botId": app_id,
        "scopes": list(SCOPES.values()),
        "isNotificationOnly": False,
        "supportsFiles": False,
        "commandLists": [
            {"scopes": ["personal"], "commands": _commands(*_PERSONAL_COMMANDS, *_COMMANDS)},
            {"scopes": together, "commands": _commands(*_COMMANDS)},
        ],
    }


def _commands(*commands: tuple[str, str]) -> list[dict[str, str]]:
    return [{"title": title, "description": description} for title, description in commands]


def _extension(app_id: str) -> dict[str, Any]:
    return {
        "botId": app_id,
        "commands": [
            {
                "id": SEARCH_COMMAND,
                "type": "query",
                "context": ["compose", "commandBox"],
                "title": "資料を探す",
                "description": "ガイドブックなどの資料から、関係する箇所を探します",
                "initialRun": True,
                "parameters": [
                    {
                        "name": SEARCH_PARAMETER,
                        "title": "知りたいこと",
                        "description": "ふだんの言葉で入力してください",
                        "inputType": "text",
                    }
                ],
            },
            {
                "id": LOOK_UP_COMMAND,
                "type": "action",
                "context": ["message"],
                "title": "資料で調べる",
                "description": "このメッセージに関係する箇所を、資料から探します",
                "fetchTask": True,
            },
        ],
    }
