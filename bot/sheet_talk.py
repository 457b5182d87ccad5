"""What is said of a referral outside its cards: on the hand-over sheet (引継票), and where it is found again."""

from __future__ import annotations

from datetime import datetime

from bot.referral_talk import day
from corpus.model import Grade

TITLE = "引継票（照会）"
FILE = "引継票（PDF）"
ABOUT = (
    "外国人相談窓口からの照会です。相談者が分かるおそれのあることは伏せてあります。"
    "緊急の連絡先ではありません。いま危険があるときは110番・119番に電話してください。"
)

TO = "宛先"
OFFICE = "官署"
DEPARTMENT = "部署"
COORDINATOR = "受入環境調整担当官"
PHONE = "電話"
ADDRESS = "所在地"
EDITION = "連絡先の版"

FROM = "照会元"
DESK = "窓口"
PREFECTURE = "都道府県"
CONTACT = "連絡先"
HOURS = "受付"

REFERRAL = "照会"
NUMBER = "照会番号"
SENT_ON = "照会日"
PRINTED_ON = "作成日"
BY_WHEN = "回答希望日"
LIVES_IN = "相談者の住所地"
STATUS = "在留資格（グループ）"
LANGUAGE = "相談の言語"
WISHES = "お願い"
SIT_IN = "相談への同席"
VISIT = "職員の訪問"

ASKED = "相談の内容"
QUESTION = "お聞きしたいこと"
SITUATION = "経緯・状況"
TRIED = "窓口で試したこと"

DOCUMENTS = "資料に書かれていること"
SEARCHED = "検索の結果"
NOTHING_FOUND = "資料には見当たりませんでした。"

REPLY = "ご回答（電話でも書面でもかまいません。照会番号をお知らせください）"
REPLIED_BY = "回答者（部署）"
REPLIED_ON = "回答日"
REPLY_TEXT = "回答"

#: Where nothing is known, or nothing was told.
UNTOLD = "（記載なし）"


def file_of(number: int) -> str:
    """What the sheet is called as a file.

    Args:
        number: of the referral.
    """
    return f"照会 {number} の{FILE}"


def passage(number: int, grade: str) -> str:
    """Label of a passage.

    Args:
        number: counted from 1.
        grade: how much weight it bears, as shown.
    """
    return f"{number}. {grade}"


def page(number: int, pages: int, referral: int) -> str:
    """Foot of a page; a fax loses its pages one by one.

    Args:
        number: this page, counted from 1.
        pages: how many there are.
        referral: number of the referral.
    """
    return f"照会 {referral}　{number}／{pages}ページ"


# Where resolved referrals are found again.

EARLIER = "以前の照会"
EARLIER_QUESTION = "質問"
EARLIER_REPLY = "回答"
EARLIER_RESULT = "結果"

#: Grades: a coordinator's own reply; and what a desk wrote down of a reply by telephone or post.
OFFICIAL = Grade.OFFICIAL_ANSWER.value
RECORDED = "窓口の記録（公式回答ではありません）"


def earlier(number: int, resolved: datetime, grade: str) -> str:
    """Heading of an earlier referral: its rules may have changed since, so the day stands beside it.

    Args:
        number: of the referral.
        resolved: when it was resolved.
        grade: how much weight its reply bears.
    """
    return f"【{grade}】照会 {number}（{day(resolved)}に解決）"
