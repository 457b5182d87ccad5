"""Every sentence that users see of referrals (照会): forms, previews, cards, and what each side is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.office_hours import JAPAN
from bot.referrals import State, Step

#: Stands, with a letter, for what the author masked beside what the gate finds.
HIDDEN = "伏せた語"

#: Characters of what was said before that a form repeats.
_IN_FORM = 300

# Buttons
REFER = "担当官に照会"
STEPS: Mapping[Step, str] = {
    Step.SEND: "送る",
    Step.TAKE: "担当する",
    Step.ASK_BACK: "窓口に確認",
    Step.SUPPLEMENT: "担当官へ追記",
    Step.REPLY: "窓口へ返信",
    Step.RECORD: "回答を記録",
    Step.REASSIGN: "担当替え",
    Step.RESOLVE: "解決",
    Step.REOPEN: "再開",
    Step.WITHDRAW: "取り下げ",
}

# Cards
STATES: Mapping[State, str] = {
    State.DRAFTED: "下書き",
    State.SENT: "担当官の受け取りを待っています",
    State.TAKEN: "担当官が対応しています",
    State.ASKED_BACK: "担当官から窓口への確認があります",
    State.ANSWERED: "回答がありました",
    State.RESOLVED: "解決しました",
    State.WITHDRAWN: "取り下げました",
}
#: States in which a referral waits for its answer.
OWED = frozenset({State.SENT, State.TAKEN, State.ASKED_BACK})
#: Instead, where the answer comes by telephone or post and nobody takes anything.
WAITS_BY_HAND = "引き継ぎ先からの回答を待っています"
#: What stands in the history: who did what.
DONE: Mapping[Step, str] = {
    Step.SEND: "窓口が照会を出しました",
    Step.TAKE: "担当官が受け取りました",
    Step.ASK_BACK: "担当官が窓口に確認しました",
    Step.SUPPLEMENT: "窓口が追記しました",
    Step.REPLY: "担当官が回答しました",
    Step.RECORD: "窓口が回答を記録しました",
    Step.REASSIGN: "担当を替えました",
    Step.RESOLVE: "窓口が解決としました",
    Step.REOPEN: "窓口が再開しました",
    Step.WITHDRAW: "窓口が取り下げました",
    Step.HAND_BACK: "受け取った担当官が局を離れたため、受け取り待ちに戻りました",
    Step.LAPSE: "長いあいだ動きがなかったため、自動で終わりました",
}
STATE = "状態"
DESK = "窓口"
BUREAU = "照会先"
DUE = "回答期限"
OVERDUE = "期限を過ぎています"
ASKED = "照会の内容"
QUESTION = "聞きたいこと"
SITUATION = "状況"
STATUS = "在留資格のグループ"
LANGUAGE = "相談の言語"
PREFECTURE = "都道府県（相談者の住所地）"
TRIED = "すでに試したこと"
BY_WHEN = "いつまでに"
WISHES = "お願い"
SIT_IN = "同席の依頼"
VISIT = "職員の訪問の依頼"
DOCUMENTS = "資料に書かれていたこと"
HISTORY = "これまで"
RESULT = "結果"
OFFICIAL = "公式回答"
RECORDED = "窓口で記録した回答（公式回答ではありません）"
BY_HAND = "照会先は、いまこの仕組みを使っていません。電話などで引き継ぎ、受けた回答を「回答を記録」から残してください。"
NO_EMERGENCY = "照会は緊急の連絡先ではありません。いま危険があるときは、先に電話してください。"
URGENT_CASE = "命や安全にかかわるおそれのある照会です。窓口には110番・119番などの連絡先を先に案内しています。"


#: Whoever is named again would get a new label, and seem to be somebody else.
CALLED = "照会に出てくる人は、「人物A」などの表示のまま書いてください。"

# Previews of both sides
TOO_LONG = "長すぎて、確認の画面に入りません。文か改行を減らしてください。"
NO_SUCH_CHOICE = "一覧から選んでください。"
PREVIEW_MOVED = "入力している間に、照会の状況が変わりました。いまの状況を確かめてから送ってください。"
PREVIEW_TITLE = "送る内容の確認"
SAY_SUBMIT = "確認へ進む"
SEND_SUBMIT = "この内容で送る"
NOTHING_MASKED = "伏せたものはありません。お名前などが残っていないか、確かめてください。"


def title(number: int) -> str:
    """What people call a referral by.

    Args:
        number: its number.
    """
    return f"照会 {number}"


def standing(state: State, *, by_hand: bool) -> str:
    """How far a referral is, in words.

    Args:
        state: how far it is.
        by_hand: True where it travels by other means.
    """
    return WAITS_BY_HAND if by_hand and state in OWED else STATES[state]


def headline(number: int, state: State, *, by_hand: bool = False) -> str:
    """First line of a card.

    Args:
        number: the referral's number.
        state: how far it is.
        by_hand: True where it travels by other means.
    """
    return f"{title(number)}：{standing(state, by_hand=by_hand)}"


def moment(at: datetime) -> str:
    """A moment in Japan, as a day and a time.

    Args:
        at: when, with time zone.
    """
    there = at.astimezone(JAPAN)
    return f"{there.month}月{there.day}日 {there.hour}:{there.minute:02}"


def day(at: datetime) -> str:
    """A moment's day in Japan.

    Args:
        at: when, with time zone.
    """
    there = at.astimezone(JAPAN)
    return f"{there.year}年{there.month}月{there.day}日"


def due_by(due: datetime, now: datetime) -> str:
    """Until when an answer is owed, and whether that is over.

    Args:
        due: until when.
        now: the time.
    """
    return f"{moment(due)}（{OVERDUE}）" if now >= due else moment(due)


def listed(names: Iterable[str]) -> str:
    """Several things in one line."""
    return "、".join(names)


def earlier_entries(count: int) -> str:
    """That a history is longer than what is shown of it.

    Args:
        count: how many lines are left out.
    """
    return f"（ほか{count}件）"


def moved_to(number: int, bureau: str) -> str:
    """On the card of a bureau that handed a referral on.

    Args:
        number: the referral's number.
        bureau: name of the bureau that has it now.
    """
    return f"{title(number)}：{bureau}に引き継ぎました"


# What each side is told in its thread
NEWS: Mapping[Step, str] = {
    Step.TAKE: "担当官が受け取りました。回答をお待ちください。",
    Step.ASK_BACK: "担当官から確認です。「担当官へ追記」から答えてください。",
    Step.SUPPLEMENT: "窓口から追記がありました。",
    Step.REPLY: "担当官から回答がありました。",
    Step.RECORD: "窓口が、電話などで受けた回答を記録しました。",
    Step.REASSIGN: "担当が替わりました。",
    Step.RESOLVE: "窓口が解決としました。",
    Step.REOPEN: "窓口が再開しました。",
    Step.WITHDRAW: "窓口が取り下げました。",
    Step.HAND_BACK: "受け取った担当官が局を離れました。どなたか「担当する」を押してください。",
    Step.LAPSE: "長いあいだ動きがなかったため、自動で終わりました。",
}


def news(number: int, step: Step) -> str:
    """What the other side is told of a step.

    Args:
        number: the referral's number.
        step: what was done.
    """
    return f"{title(number)}：{NEWS[step]}"


def answered_by(bureau: str, at: datetime) -> str:
    """Heading of an official answer.

    Args:
        bureau: name of the bureau.
        at: when it was given.
    """
    return f"【{OFFICIAL}】{bureau}（{day(at)}）"


def recorded_on(at: datetime) -> str:
    """Heading of an answer that the desk wrote down itself.

    Args:
        at: when.
    """
    return f"【{RECORDED}】{day(at)}"


def by_hand_to(number: int, bureau: str) -> str:
    """That a referral has to be handed over by other means.

    Args:
        number: its number.
        bureau: name of the bureau in charge.
    """
    return f"{title(number)}：{bureau}には、この仕組みからは届きません。次の連絡先に引き継いでください。"


def bureau_linked(bureau: str) -> str:
    """That a channel, and who linked it, now belong to a bureau.

    Args:
        bureau: name of the bureau.
    """
    return f"このチャンネルを{bureau}の担当官の場所として登録しました。照会はここに届きます。"


def not_now(number: int, state: State) -> str:
    """That a step is not possible as the referral stands.

    Args:
        number: the referral's number.
        state: how far it is.
    """
    return f"いまはできません。{headline(number, state)}。"


def masked_kinds(kinds: Iterable[str]) -> str:
    """What was masked, for the author's eyes.

    Args:
        kinds: what kinds of things, in words; may be none.
    """
    named = listed(dict.fromkeys(kinds))
    return f"伏せたもの：{named}。ほかに残っていないか、確かめてください。" if named else NOTHING_MASKED


def in_short(text: str) -> str:
    """What somebody said, as far as a form has room for it beside what is being written.

    Args:
        text: what was said.
    """
    text = " ".join(text.split())
    return text if len(text) <= _IN_FORM else f"{text[:_IN_FORM]}…（続きはスレッドで）"
