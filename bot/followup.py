"""The use case "ask on": a question in a talk, alone or together with what was asked before.

A confidence cannot decide between the two: whatever is added to a clear question finds that question's answer
again. So the text decides wherever it can (`leaning`), and the confidence of the follow-up alone where it cannot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto

from bot import talk
from bot.answer import Answer

#: From this confidence on a follow-up that could be either is clear enough alone.
_CLEAR = 0.8
#: Longer texts, in characters, tell what they are about themselves.
_LONG = 60
#: Of an earlier question at most so many characters are searched again.
_MOST = 300
#: A word that points back counts only near the beginning; further on it points into its own text.
_NEAR = 16


class Leaning(Enum):
    """How a text depends on what was said before."""

    ALONE = auto()  # it says what it is about
    TOGETHER = auto()  # it cannot be understood without it
    UNSURE = auto()  # it names one thing, which may be a new matter or a side of the old one


_CONNECTIVE = re.compile(
    r"^(?:(?:じゃあ?|では|それでは|それじゃあ?|それなら|それから|なら|でも|あと|あとは|ちなみに|ほかに|他に|また|そして|それと|だったら"
    r"|えっと|すみません|もし)[、,。\s]*)+"
)
_NEW_MATTER = re.compile(r"ところで|話は?変わ|話が変わ|別の(?:質問|件|話|相談)|別件|次の質問|違う質問|もう一つ質問")
_POINTS_BACK = re.compile(
    r"その(?!まま|うち|他の?外国)|それ(?!ぞれ|とも|から)|そこ(?!そこ)|そちら|そっち|そう(?:する|した|いう|なる|なっ)"
    r"|この(?!まま|たび|ところ|頃)|これ(?!から|まで)|ここ(?![数何])|こちら|あの|あれ|同じ|[前上]の(?:質問|答え|場合)|さっき|先ほど|さきほど"
)
_ALSO = re.compile(r"も(?:一緒|いっしょ|同じ|対象|でき|いい|よい|良い|必要|もら|大丈夫|行け|使え|受け|です)")
#: "費用は？", "子どもの場合は", "郵送のほうは": a theme and nothing else.
_FRAGMENT = re.compile(
    r"^.{1,16}?(?:は|とか|って|場合|とき|時)[?\s]*$|^(?:いつ|どこ|誰|だれ|いくら|なぜ|何|どう)\S{0,8}[?]*$"
)

#: What may be asked of any matter: it names none.
_ANY_MATTER = re.compile(
    "|".join(
        (
            "費用|料金|手数料|値段|お金|金額|代金|無料|有料|期限|期間|締め?切り?|いつ|何[日月年時回歳人円枚]?|時間|日数|以内|営業|土日|平日|休日",
            "場所|住所|窓口|電話(?:番号)?|番号|連絡先?|問い?合わせ先?|相談先?|メール|ファックス|ホームページ|サイト|オンライン|ネット|郵送",
            "手続き?|申請書?|申し?込み?|届け?出?|請求|提出|更新|変更|再発行|予約|受付|許可|証明書?|書類|書き方|用紙|様式|写真|印鑑|持ち物|持って|見本",
            "必要|不要|準備|用意|条件|対象|資格(?!外)|制限|方法|仕方|やり方|出し方|理由|結果|流れ|手順|注意点?|詳し|具体的|例|違い?|割増|種類",
            "本人|代理人?|代わり|家族|自分|人|方|場合|時|とき|時点|後|前|次|先|他|別|今|今日|明日|今年|来年|最初|最後|全部|両方|片方|一緒",
            "[ァ-ヶー]{2,20}語|英語|中国語|韓国語|日本語|外国語|言語|通訳|翻訳",
            "試験|審査|面接|罰則|罰金|遅れ|忘れ|間に合|過ぎ|断ら|失敗|取れ|取り|取る|使え|使い|行っ|行け|行く|行き|来|出来|出し|出せ|見せ",
            "教え|聞|知り|調べ|分か|思|言|要り?|要る|受け取|払|書い|書く|パーセント|もらえ|かかり|大丈夫|可能|質問|答え|例外|延長|追加",
        )
    )
)
_NAMES_SOMETHING = re.compile("子ども|子供|こども|ごみ|ゴミ|[一-鿿々]+|[ァ-ヶー]{2,}|[A-Za-z]{2,}|[0-9]{1,4}人目")
#: In easy Japanese, written without kanji, the matter is what remains beside the forms of a question.
_FORMS = re.compile(
    r"[\s、。?！!]|(?:です|ます|ました|ません|でしょう|ください|おしえて|どう(?:すれば|やって|なり)?|どこ|いつ|いくら|なに|なん|だれ|いい|できま?"
    r"|ひつよう|もらえま?|ありま|いりま|かかりま|[はがをにのでともかへ]|まで|から|した|たい|する|して|すれば)"
)
_KANA_MATTER = 4


def leaning(text: str) -> Leaning:
    """How a question depends on the talk before it.

    Args:
        text: the question, without mentions and markup.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _NEW_MATTER.search(plain) or len(plain) > _LONG:
        return Leaning.ALONE
    said = _CONNECTIVE.sub("", plain) or plain
    named = _named(said)
    is_fragment = bool(_FRAGMENT.match(said))
    if _POINTS_BACK.search(plain[:_NEAR]) or not named or (named == 1 and (is_fragment or _ALSO.search(said))):
        return Leaning.TOGETHER
    return Leaning.UNSURE if named == 1 or is_fragment or said != plain else Leaning.ALONE


def reads_on(text: str) -> bool:
    """Whether a text, short as it is, carries a question on: "費用は", "子どもの場合は".

    Args:
        text: what somebody wrote in a thread.
    """
    said = _CONNECTIVE.sub("", unicodedata.normalize("NFKC", text).strip())
    return bool(_FRAGMENT.match(said)) and not said.endswith(("時", "とき", "場合"))


def ask_on(text: str, earlier: Sequence[str], answer: Callable[[str], Answer]) -> Answer:
    """Answers a question in a talk.

    Args:
        text: the question.
        earlier: what was searched before in the same talk, the newest first; may be empty.
        answer: answers one question; blocks.

    Returns:
        The answer to the question alone, or to both together; then a remark says with what.
    """
    lean = leaning(text) if earlier else Leaning.ALONE
    if lean is Leaning.ALONE:
        return answer(text)
    together = _together(text, earlier[0], answer)
    if lean is Leaning.TOGETHER:
        return together
    alone = answer(text)
    if alone.confidence >= _CLEAR or (alone.is_answered and not together.is_answered):
        return alone
    return together if together.is_answered else alone


def _together(text: str, earlier: str, answer: Callable[[str], Answer]) -> Answer:
    matter = _matter(earlier)
    found = answer(f"{matter}\n{text}")
    return replace(found, remarks=(talk.searched_together(matter.splitlines()[0]), *found.remarks))


def _matter(earlier: str) -> str:
    """What an earlier question is about: its first line, and of what was added to it whatever names something."""
    first, *added = earlier.splitlines()
    return "\n".join((first, *(line for line in added if _named(line))))[:_MOST]


def _named(text: str) -> int:
    """How many things a text names that are not asked of any matter."""
    named = len(_NAMES_SOMETHING.findall(_ANY_MATTER.sub(" ", text)))
    if named or re.search("[一-鿿]", text):
        return named
    return len(_FORMS.sub("", text)) // _KANA_MATTER
