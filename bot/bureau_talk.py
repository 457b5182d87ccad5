"""Every sentence that users see on the bureau's side of a referral, of rosters and deadlines; and of the overview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.referrals import Turn

# Roster
ROSTER = "担当表"
ROSTER_SUBMIT = "保存する"
ROSTER_EMPTY = "まだ登録がありません。登録がない間は、担当官全員にお知らせします。"
ROSTER_WHAT = "すること"
ROSTER_ADD = "登録する"
ROSTER_WHO = "だれの"
ROSTER_ME = "自分"
ROSTER_NAME = "担当表での呼び名"
ROSTER_NAME_HINT = "同じ局の担当官だけに見えます。例：審査部門 佐藤"
ROSTER_NAME_MISSING = "呼び名を入力してください。"
ROSTER_TURN = "区分"
ROSTER_SINCE = "いつから"
ROSTER_UNTIL = "いつまで"
ROSTER_BACKWARDS = "はじめの日より後の日にしてください。"
ROSTER_OVER = "今日より後の日にしてください。"
NOT_OF_THE_BUREAU = "担当表を使えるのは、地方出入国在留管理局の担当官だけです。"
NO_SUCH_PERSON = "この方は、いまは同じ局の担当官ではありません。"
SHIFT_IS_GONE = "この登録は、もう担当表にありません。"
NO_SUCH_TURN = "一覧から選んでください。"
NO_DATE = "日付を選んでください。"
TURNS: Mapping[Turn, str] = {Turn.DUTY: "担当", Turn.DEPUTY: "代理", Turn.ABSENT: "不在"}


def stretch(name: str, turn: Turn, since: str, until: str) -> str:
    """A stretch of a roster in one line.

    Args:
        name: what the person is called.
        turn: what they are meanwhile.
        since: first ISO date.
        until: last ISO date.
    """
    days = _day(since) if since == until else f"{_day(since)}〜{_day(until)}"
    return f"{name}：{TURNS[turn]}（{days}）"


def remove(line: str) -> str:
    """The choice that removes a stretch.

    Args:
        line: the stretch in one line.
    """
    return f"消す：{line}"


def added(line: str) -> str:
    """That a stretch was added.

    Args:
        line: the stretch in one line.
    """
    return f"担当表に登録しました。{line}"


def removed(line: str) -> str:
    """That a stretch was removed.

    Args:
        line: the stretch in one line.
    """
    return f"担当表から消しました。{line}"


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.month}月{day.day}日"
