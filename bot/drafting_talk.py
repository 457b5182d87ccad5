"""Every sentence that a desk sees while it drafts a referral and takes its steps: forms, previews, replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.referral_talk import CALLED, title
from bot.referrals import Step

# The form
FORM_TITLE = "担当官に照会"
FORM_SUBMIT = "確認へ進む"
FORM_WHAT = "次の画面で、送る内容をそのまま確かめられます。お名前や番号などは伏せてから送ります。"
QUESTION_HINT = "担当官に答えてほしいことを1つか2つ。"
SITUATION_HINT = "いつ、何があったか。判断に必要なことだけで足ります。"
STATUS_HINT = "分からないときは「分からない」を選んでください。"
UNTOLD = "分からない・言わない"
STATUSES: Mapping[str, str] = {
    "family": "身分・地位（永住者、定住者、日本人の配偶者等、永住者の配偶者等）",
    "work": "就労（技術・人文知識・国際業務、技能、介護、経営・管理など）",
    "skilled": "特定技能",
    "training": "技能実習・育成就労",
    "student": "留学・文化活動・研修",
    "dependent": "家族滞在",
    "designated": "特定活動",
    "short": "短期滞在",
    "protection": "難民・補完的保護対象者・避難民",
    "special": "特別永住者",
    "none": "在留資格がない・期限が過ぎている",
}
ASKED_BEFORE = "このスレッドで前に聞いたこと："
FOUND = "資料に書かれていたこと（いっしょに送ります）"
NOT_FOUND = "資料には見当たりませんでした。"
QUESTION_MISSING = "聞きたいことを入力してください。"
DAY_IS_OVER = "今日か、それより後の日を選んでください。"

# The preview
PREVIEW_WHAT = "次の内容が、このとおり送られます。ほかのものは送られません。"
PREVIEW_SHEET = "次の内容が、このとおり引継票に載ります。"
PREVIEW_KEPT = (
    "次の内容が、このとおり記録されます。いまは照会先に送られません。"
    "照会先がこの仕組みを使い始めたあとは、照会先にも見えます。"
)
PREVIEW_REOPENED = (
    "次の内容が、このとおり送られます。照会先がこの仕組みを使い始めたので、"
    "これまでの照会の内容と、窓口で記録した回答も、照会先に見えるようになります。"
)
KEEP_SUBMIT = "この内容で記録する"
PREVIEW_CHANGED = "内容が変わりました。もう一度確かめてください。"
PREVIEW_SUBMIT = "決定する"
TOO_MUCH_HIDDEN = "伏せると文が長くなりすぎます。伏せる語を減らすか、元の文を短くしてください。"
CHOICE = "どうしますか"
CHOOSE_SEND = "この内容で送る"
CHOOSE_SHEET = "この内容で引継票を作る"
CHOOSE_EDIT = "書き直す"
DOCUMENTS_ALONG = "いっしょに送る資料"
TO_HAND_OVER = "照会先は、いまこの仕組みを使っていません。電話などで引き継ぐための引継票と連絡先をお渡しします。"

# What somebody is told at once
NOT_OF_A_DESK = "照会は、登録された窓口の相談員だけが送れます。「登録 コード」と送ると、窓口に登録できます。"
NOT_OF_THE_DESK = "この照会を扱えるのは、照会した窓口の相談員だけです。"
NOT_A_DRAFT = "この下書きは、もう使えません。送られたか、書き直されたか、保存の期限が過ぎています。"

# The desk's steps
SAID: Mapping[Step, str] = {
    Step.SUPPLEMENT: "担当官に伝えること",
    Step.RECORD: "受けた回答",
    Step.RESOLVE: "結果（1行で）",
    Step.REOPEN: "再開する理由",
    Step.WITHDRAW: "取り下げる理由",
}
SAID_HINT: Mapping[Step, str] = {
    Step.SUPPLEMENT: f"お名前や番号などは伏せてから送ります。{CALLED}",
    Step.RECORD: "電話や文書で受けた回答を、そのまま書いてください。公式回答の印はつきません。",
    Step.RESOLVE: "どうなったかを、次に同じ相談を受ける人のために書いてください。",
    Step.REOPEN: f"まだ分からないこと、うまくいかなかったことを書いてください。{CALLED}",
    Step.WITHDRAW: "書かなくてもかまいません。",
}
WITHDRAW_FOR_GOOD = "取り下げると、元に戻せません。また必要になったときは、新しく照会してください。"
WITHDRAW_SUBMIT = "取り下げる"
THANKS: Mapping[Step, str] = {
    Step.SUPPLEMENT: "担当官に追記を送りました。",
    Step.RECORD: "回答を記録しました。",
    Step.RESOLVE: "解決としました。",
    Step.REOPEN: "照会を再開しました。",
    Step.WITHDRAW: "照会を取り下げました。",
}
TEXT_MISSING = "入力してください。"


def already_open(numbers: Sequence[int]) -> str:
    """That a thread has referrals that are not ended, before one more is drafted there.

    Args:
        numbers: theirs; not none.
    """
    named = "、".join(map(title, numbers))
    return f"このスレッドでは、{named}がまだ終わっていません。同じ件は、そのカードのボタンから続けてください。"


def sent(number: int, bureau: str, *, by_hand: bool, aside: bool) -> str:
    """That a referral was sent.

    Args:
        number: its number.
        bureau: name of the bureau in charge.
        by_hand: True where the desk has to hand it over itself.
        aside: True where the author hears of it alone, and not in a thread.
    """
    where = "あなたへの個別のメッセージ" if aside else "スレッド"
    if by_hand:
        return f"{title(number)}を記録しました。{bureau}の連絡先と引継票を、{where}に出しました。"
    return f"{title(number)}を{bureau}の担当官に送りました。回答は{where}に届きます。"
