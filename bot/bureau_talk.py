"""Every sentence that users see on the bureau's side of a referral, of rosters and deadlines; and of the overview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.referral_talk import CALLED, OWED, moment, news, standing, title
from bot.referrals import Referral, State, Step, Turn
from bot.referring.timing import Reminder, is_overdue

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
ROSTER_BACKWARDS = "はじめの日か、それより後の日を選んでください。"
ROSTER_OVER = "今日か、それより後の日を選んでください。"
NOT_OF_THE_BUREAU = "担当表を使えるのは、地方出入国在留管理局の担当官だけです。"
NO_SUCH_PERSON = "この方は、いまは同じ局の担当官ではありません。"
SHIFT_IS_GONE = "この登録は、もう担当表にありません。"
NO_SUCH_TURN = "一覧から選んでください。"
NO_DATE = "日付を選んでください。"
TURNS: Mapping[Turn, str] = {Turn.DUTY: "担当", Turn.DEPUTY: "代理", Turn.ABSENT: "不在"}

# Deadlines
NEXT = "次にすること"
DESK_BY_HAND = "照会先から回答は届きましたか。届いたら、記録してください。"
DESK_ASKED_BACK = "担当官からの確認に、まだ返事をしていません。返事をするまで、回答期限は止まっています。"
DESK_WAITS = (
    "回答期限を過ぎましたが、まだ回答がありません。照会先にはあらためて知らせました。"
    "お急ぎのときは、次の連絡先に電話してください。"
)
DESK_RESULT = "回答のあと、どうなりましたか。結果を1行で残してください。まだ解決していないときは、再開できます。"
NOBODYS = "受け取った担当官が局を離れたため、担当する人がいません。"
NEXT_STEPS: Mapping[State, str] = {
    State.SENT: "担当官が「担当する」を押す",
    State.TAKEN: "担当官が「窓口へ返信」で回答する",
    State.ASKED_BACK: "窓口が「担当官へ追記」で確認に答える",
    State.ANSWERED: "窓口が「解決」で結果を残す",
}
_REMINDED: Mapping[Reminder, str] = {
    Reminder.SOON: "回答期限が近づいています。",
    Reminder.DUE: "回答期限になりました。",
    Reminder.DEPUTY: "回答期限を過ぎています。代理の方も確認をお願いします。",
    Reminder.EVERYBODY: "回答期限を過ぎています。どなたか対応をお願いします。",
}
_IN_THREAD: Mapping[Reminder, str] = {
    Reminder.SOON: "回答期限が近づいています。担当の方に個別にお知らせしました。",
    Reminder.DUE: "回答期限になりました。担当の方に個別にお知らせしました。",
    Reminder.DEPUTY: "回答期限を過ぎています。代理の方に個別にお知らせしました。",
    Reminder.EVERYBODY: "回答期限を過ぎています。担当官全員に個別にお知らせしました。",
}


def open_referral(number: int) -> str:
    """Label of the button that sends a referral's card.

    Args:
        number: the referral's number.
    """
    return f"{title(number)}を開く"


def about(number: int, sentence: str) -> str:
    """A sentence about a referral.

    Args:
        number: the referral's number.
        sentence: what is said.
    """
    return f"{title(number)}：{sentence}"


def reminded(number: int, reminder: Reminder) -> str:
    """What a coordinator is reminded of.

    Args:
        number: the referral's number.
        reminder: which reminder.
    """
    return about(number, _REMINDED[reminder])


def reminded_in_thread(number: int, reminder: Reminder) -> str:
    """What the bureau's thread is told of a reminder: whom it went to, by what they are, not by name.

    Args:
        number: the referral's number.
        reminder: which reminder.
    """
    return about(number, _IN_THREAD[reminder])


def next_step(referral: Referral) -> str:
    """Who has to do what next; "" where nobody has to.

    Args:
        referral: as it stands.
    """
    if referral.by_hand and referral.state in OWED:
        return "窓口が「回答を記録」で回答を残す"
    return NEXT_STEPS.get(referral.state, "")


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


# Overview
OVERDUE = "【期限超過】"
MINE = "【あなたの担当】"
OVERVIEW_DESK = "担当官への照会（古い順）"
OVERVIEW_BUREAU = "届いている照会（古い順）"
NOT_YOURS = "この照会は、照会した窓口と担当の局だけが見られます。"
#: Characters of what is asked that an overview repeats.
_SHOWN = 40


def open_counts(count: int, overdue: int) -> str:
    """How many referrals are open, and how many of them overdue.

    Args:
        count: those that are open.
        overdue: those of them that are overdue.
    """
    if not count:
        return "解決していない照会はありません。"
    return f"解決していない照会：{count}件" + (f"（うち期限超過{overdue}件）" if overdue else "")


def more_open(count: int, shown: int) -> str:
    """That there are more open referrals than are shown.

    Args:
        count: how many more.
        shown: how many are shown.
    """
    return f"ほかに{count}件あります。古いものから{shown}件を表示しています。"


def in_overview(referral: Referral, desk: str, now: datetime, *, mine: bool) -> str:
    """A referral in a few lines: mark, number, desk, what is asked; then how far it is and what comes next.

    Args:
        referral: as it stands.
        desk: name of the desk, for the bureau; "" for the desk itself.
        now: the time.
        mine: True where who looks holds it.
    """
    asked = " ".join(referral.intake.question.split())
    asked = asked if len(asked) <= _SHOWN else f"{asked[:_SHOWN]}…"
    mark = (OVERDUE if is_overdue(referral, now) else "") + (MINE if mine else "")
    head = "・".join(filter(None, (title(referral.number), desk, asked)))
    due = f"期限 {moment(referral.due)}" if referral.due else ""
    follows = next_step(referral)
    stands = standing(referral.state, by_hand=referral.by_hand)
    state = "　".join(filter(None, (stands, due, f"次：{follows}" if follows else "")))
    return f"{mark}{head}\n　{state}"


def card_sent(number: int) -> str:
    """That a card was sent.

    Args:
        number: the referral's number.
    """
    return f"{title(number)}を、個別のメッセージにお送りしました。"


# The bureau's steps
NOT_OF_THE_BUREAU_IN_CHARGE = "この照会を扱えるのは、担当の局の受入環境調整担当官だけです。"
TAKEN_BY_YOU = "すでにあなたが担当しています。"
TAKEN_BY_A_COLLEAGUE = "ほかの担当官が担当しています。"
ANYBODY = "同じ局のだれか（担当を決めない）"
REASSIGN_TO = "引き継ぐ相手"
SAY_WHAT: Mapping[Step, str] = {
    Step.ASK_BACK: "確認したいことを書いてください。次の画面で、窓口に伝わる内容をそのまま確かめられます。",
    Step.REPLY: "回答を書いてください。次の画面で、窓口に伝わる内容をそのまま確かめられます。公式回答の印がつきます。",
    Step.REASSIGN: "引き継ぐ相手と理由を入力してください。理由は、担当官だけに見えます。",
}
SAY_LABEL: Mapping[Step, str] = {
    Step.ASK_BACK: "窓口に確認すること",
    Step.REPLY: "回答",
    Step.REASSIGN: "引き継ぐ理由（1行で）",
}
_HINT = f"相談者の氏名や番号は書かないでください。役所の電話番号などは、次の画面で残せます。{CALLED}"
SAY_HINT: Mapping[Step, str] = {
    Step.ASK_BACK: _HINT,
    Step.REPLY: _HINT,
    Step.REASSIGN: "引き継ぐ先の局にも見えます。",
}
PREVIEW: Mapping[Step, str] = {
    Step.ASK_BACK: "窓口には、このとおり伝わります。直すときは、下の欄を書きかえてください。",
    Step.REPLY: "窓口には、公式回答としてこのとおり伝わります。直すときは、下の欄を書きかえてください。",
    Step.REASSIGN: "理由は、このとおり残ります。直すときは、下の欄を書きかえてください。",
}
SAID: Mapping[Step, str] = {
    Step.ASK_BACK: "窓口に確認を送りました。答えが届くまで、回答期限は止まります。",
    Step.REPLY: "窓口に回答を送りました。",
    Step.REASSIGN: "担当を替えました。",
}


def by_telephone(bureau: str) -> str:
    """A bureau that is not on the network, among those to hand on to.

    Args:
        bureau: its name.
    """
    return f"{bureau}（窓口が電話などで引き継ぎます）"


def taken(number: int) -> str:
    """That one holds a referral from now on.

    Args:
        number: the referral's number.
    """
    return f"{title(number)}の担当になりました。"


def yours_now(number: int) -> str:
    """What a coordinator is told to whom a colleague handed a referral.

    Args:
        number: the referral's number.
    """
    return f"{title(number)}の担当に選ばれました。内容を確かめて、「担当する」を押してください。"


def yours_changed(number: int, step: Step) -> str:
    """What who holds a referral is told of what the desk did.

    Args:
        number: the referral's number.
        step: what the desk did.
    """
    return f"{news(number, step)}あなたが担当している照会です。"
