"""Every sentence that users see in talk beside an answer: welcome, help, linking, settings, home, faults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.desks import Audience, Listening, Role
from bot.office_hours import JAPAN
from bot.places import Place
from bot.ports import Outcome

#: Characters of a question that are repeated in a sentence.
_SHOWN = 40
# Answers
CALL_NOW = "すぐに電話するところ"
CONTACTS = "連絡先"
ASK_AGAIN = "条件を変えて調べる"
SILENT = "このチャンネルでは返事をしない設定になっています。個別のメッセージで質問するか、設定を変えてください。"
YOU_ARE_WELCOME = "どういたしまして。また何でも聞いてください。"

# The form to ask with
ASK_TITLE = "資料を調べる"
ASK_SUBMIT = "調べる"
QUESTION = "質問"
QUESTION_MISSING = "知りたいことを入力してください。"
NO_NAMES = "氏名や在留カード番号などの個人情報は書かないでください。"
PREFECTURE = "都道府県"
LANGUAGE = "相談者の言語"
NOT_CHOSEN = "指定しない"

# Help and welcome
HELP_TITLE = "使い方"
HELP_SUMMARY = "使い方をご案内します。"
HELP = (
    "知りたいことを、ふだんの言葉で聞いてください。資料の文章をそのまま、出典と連絡先をそえて答えます。\n"
    "・チャンネルでは、メンションして聞いてください。答えのスレッドでは、メンションなしで続けて聞けます。\n"
    "・個別のメッセージでも聞けます。\n"
    "・登録した窓口では、答えの下の「担当官に照会」から、入管の担当官に照会できます。\n"
    "・「設定」と送ると、このチャンネルでの答え方を変えられます。\n"
    "・「登録 コード」と送ると、窓口に登録できます。コードは管理者が発行します。"
)
NEVER = "資料にないことを推測で答えることはありません。氏名や在留カード番号などの個人情報は書かないでください。"
WELCOME_TITLE = "はじめまして。外国人相談の窓口を手伝うアシスタントです。"
WELCOME = "生活や在留についての質問に、ガイドブックなどの資料の文章で答えます。"
WELCOME_CHANNEL = "・聞き方：メンションして、ふだんの言葉で聞いてください。例：在留カードをなくしたときは？"
WELCOME_DIRECT = "・聞き方：このまま、ふだんの言葉で聞いてください。例：在留カードをなくしたときは？"
WELCOME_LINK = "・窓口の登録：「登録 コード」と送ってください。コードは管理者が発行します。"
PANE_GREETING = "何をお調べしますか。ふだんの言葉で聞いてください。"

# Linking
DESK = "窓口"
WRONG_CODE = "このコードは使えません。打ちまちがいがないか、期限が過ぎていないか、管理者に確かめてください。"
TOO_MANY_WRONG_CODES = (
    "まちがったコードが続いたため、受け付けを止めています。1時間ほどたってから、もう一度お試しください。"
)
DESK_IS_GONE = "このコードの窓口が見つかりません。管理者に確かめてください。"
LINKED_TO_ANOTHER = (
    "このチャンネルは、別の窓口か入管に登録されています。変えるときは、そこの相談員・担当官か管理者が登録してください。"
    "コードはまだ使えます。"
)
HAS_ANOTHER_ROLE = (
    "別の役割で登録されているため、相談員には登録していません。コードはまだ使えます。"
    "相談員になるときは、先に管理者にいまの登録を外してもらってください。"
)
ROLE_STAYS = "コードを送った方は、別の役割で登録されているため、この窓口の相談員にはなっていません。"

# Settings
SETTINGS = "設定"
SETTINGS_TITLE = "答え方の設定"
SETTINGS_INVITE = "下のボタンから、答え方を設定できます。"
SAVE = "保存する"
LISTENING_LABEL = "返事をするとき"
AUDIENCE_LABEL = "答えを見る人"
JAPANESE_ONLY = "日本語だけ"
MAY_NOT_SET = "このチャンネルの設定を変えられるのは、登録された窓口の相談員か入管の担当官と、管理者だけです。"
NO_SUCH_CHOICE = "一覧から選んでください。"
SAVED = "設定を保存しました。"
LISTENING: Mapping[Listening, str] = {
    Listening.MENTIONS: "メンションされたときと、答えたスレッドの続き",
    Listening.QUESTIONS: "質問らしい書き込みすべて",
    Listening.SILENT: "返事をしない",
}
AUDIENCE: Mapping[Audience, str] = {
    Audience.THREAD: "全員（スレッドで答える）",
    Audience.ASKER: "質問した人だけ",
}

# Home
HOME_TITLE = "窓口の相談を手伝うアシスタント"
HOME_WHAT = "生活や在留についての質問に、資料の文章と連絡先で答えます。資料にないことは推測で答えません。"
HOURS = "受付"
CONTACT = "連絡先"
CHANNELS = "使っているチャンネル"
NO_CHANNELS = "まだありません。チャンネルにアシスタントを追加し、「登録 コード」とメンションしてください。"
NO_OPEN = "ありません。"
ERASED = "（保存期間が過ぎたため、本文は消去されました）"
HOW_TO_LINK_TITLE = "窓口への登録"
HOW_TO_LINK = (
    "まだ、どの窓口にも登録されていません。管理者からコードを受け取り、ここで「登録 コード」と送ってください。"
    "チャンネルを登録するときは、そのチャンネルでメンションして送ってください。登録しなくても質問はできます。"
)
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ANSWERED: "答えが見つかった質問",
    Outcome.NOT_FOUND: "見つからなかった質問",
    Outcome.BROKEN: "システムの問題で答えられなかった質問",
}
_ROLES: Mapping[Role, str] = {
    Role.COUNSELLOR: "相談員",
    Role.COORDINATOR: "受入環境調整担当官",
    Role.AGENCY: "入管庁の担当者",
    Role.ADMINISTRATOR: "管理者",
}

# Buttons of an earlier version
UNKNOWN_BUTTON = "このボタンは、いまは使えません。もう一度質問してください。"


def searched_together(earlier: str) -> str:
    """That a question was searched together with an earlier one.

    Args:
        earlier: the earlier question.
    """
    return f"前の質問（「{_shortened(earlier)}」）とあわせて調べました。"


def contacts_title(prefecture: str | None) -> str:
    """Heading of the contacts.

    Args:
        prefecture: full name of the prefecture that they are for, or None.
    """
    return f"{CONTACTS}（{prefecture}）" if prefecture else CONTACTS


def more_passages(count: int) -> str:
    """Title of the passages that are folded away.

    Args:
        count: how many.
    """
    return f"ほかの箇所（{pieces(count)}）"


def channel_linked(desk: str) -> str:
    """That a channel, and who linked it, now belong to a desk.

    Args:
        desk: name of the desk.
    """
    return f"このチャンネルを「{desk}」に登録しました。"


def person_linked(desk: str) -> str:
    """That a person now belongs to a desk.

    Args:
        desk: name of the desk.
    """
    return f"「{desk}」の{_ROLES[Role.COUNSELLOR]}として登録しました。"


def now_in_role(role: Role) -> str:
    """That a person was given a role.

    Args:
        role: which.
    """
    return f"{_ROLES[role]}として登録しました。"


def in_role(role: Role) -> str:
    """What a person is.

    Args:
        role: which.
    """
    return f"{_ROLES[role]}として登録されています。"


def rules(listening: Listening, audience: Audience) -> str:
    """A channel's rules in one line.

    Args:
        listening: what is replied to.
        audience: who sees answers.
    """
    if listening is Listening.SILENT:
        return LISTENING[listening]
    return f"{LISTENING[listening]}／{AUDIENCE[audience]}"


def rules_set(listening: Listening, audience: Audience) -> str:
    """That a channel's rules were changed.

    Args:
        listening: what is replied to.
        audience: who sees answers.
    """
    return f"{SAVED}（{rules(listening, audience)}）"


def channel_name(place: Place, name: str) -> str:
    """What a channel is called.

    Args:
        place: the channel.
        name: its name, or "" where the platform did not tell it.
    """
    return f"{place.platform.capitalize()} {name or place.channel}"


def settings_of(number: int) -> str:
    """Label of the button that sets one of several channels.

    Args:
        number: which, from 1.
    """
    return f"{SETTINGS}（{number}番目）"


def pieces(count: int) -> str:
    """A number of questions or passages."""
    return f"{count}件"


def counts_title(days: int) -> str:
    """Heading of the numbers of questions.

    Args:
        days: how far back they go.
    """
    return f"この{days}日間の質問"


def open_title(days: int) -> str:
    """Heading of the questions without an answer.

    Args:
        days: how far back they go.
    """
    return f"答えが見つからなかった質問（{days}日間、古い順）"


def asked_on(at: datetime) -> str:
    """When a question was asked, as a day in Japan.

    Args:
        at: when, with time zone.
    """
    day = at.astimezone(JAPAN)
    return f"{day.month}月{day.day}日"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
