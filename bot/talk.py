"""Every sentence that users see in talk beside an answer: welcome, help, linking, settings, home, faults."""

from __future__ import annotations

from bot.desks import Audience, Listening

# Answers
CALL_NOW = "すぐに電話するところ"
CONTACTS = "連絡先"
ASK_AGAIN = "条件を変えて調べる"
SEARCHED_TOGETHER = "前の質問とあわせて調べました。"
SILENT = "このチャンネルでは、返事をしない設定になっています。個別のメッセージで質問するか、設定を変えてください。"
YOU_ARE_WELCOME = "どういたしまして。また何でも聞いてください。"
COMMAND_IN_USE = "この操作は、いまの状態では受け付けられません。もう一度お試しください。"

# Help and welcome
HELP_TITLE = "使い方"
HELP = (
    "知りたいことを、ふだんの言葉で聞いてください。資料の文章をそのまま、出典と連絡先をそえて答えます。\n"
    "・チャンネルでは、メンションして聞いてください。答えのスレッドでは、メンションなしで続けて聞けます。\n"
    "・個別のメッセージでも聞けます。\n"
    "・「設定」で、このチャンネルでの答え方を変えられます。\n"
    "・「登録 コード」で、チャンネルを窓口に登録できます。"
)
HELP_NEVER = "資料にないことは、推測で答えません。氏名や在留カード番号などの個人情報は書かないでください。"
HELP_SUMMARY = "使い方をご案内します。"
WELCOME_TITLE = "はじめまして。外国人相談の窓口を手伝うアシスタントです。"
WELCOME = (
    "生活や在留の質問に、ガイドブックなどの資料の文章で答えます。\n"
    "・聞き方：メンションして、ふだんの言葉で聞いてください。例：在留カードをなくしたときは？\n"
    "・窓口の登録：「登録 コード」と送ってください。コードは管理者が発行します。"
)
WELCOME_DIRECT = (
    "生活や在留の質問に、ガイドブックなどの資料の文章で答えます。\n"
    "・聞き方：このまま、ふだんの言葉で聞いてください。例：在留カードをなくしたときは？\n"
    "・窓口の登録：「登録 コード」と送ってください。コードは管理者が発行します。"
)
WELCOME_SUMMARY = "はじめまして。使い方をご案内します。"
SETTINGS = "設定"
HELP_BUTTON = "使い方"

LISTENING = {
    Listening.MENTIONS: "メンションされたときと、答えたスレッドの続き",
    Listening.QUESTIONS: "質問らしいものすべて",
    Listening.SILENT: "返事をしない",
}
AUDIENCE = {
    Audience.THREAD: "スレッドで全員に",
    Audience.ASKER: "質問した人だけに",
}


def contacts_title(prefecture: str | None) -> str:
    """Heading of the contacts.

    Args:
        prefecture: full name of the prefecture that they are for, or None.
    """
    return f"{CONTACTS}（{prefecture}）" if prefecture else CONTACTS


def more_passages(count: int) -> str:
    """Title of what is folded away.

    Args:
        count: number of passages.
    """
    return f"ほかの箇所（{count}件）"
