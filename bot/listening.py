"""What somebody wrote: a question to the assistant, thanks, a greeting, or talk among colleagues.

Japanese questions often have no question mark, and colleagues ask each other many a thing that no document
answers. Patterns tell the difference; they were written against `tests/bot/heard.py` and measured there and
on questions that they were not written for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum, auto


class Speech(Enum):
    """What a text is."""

    QUESTION = auto()
    THANKS = auto()
    GREETING = auto()
    OTHER = auto()


#: Longer texts, in characters, tell a case; short ones are talk.
_CASE = 100

#: Spaces between Japanese letters: who writes easy Japanese sets words apart ("どこで できますか").
_SET_APART = re.compile(r"(?<=[^\x00-\x7f])[ \t]+(?=[^\x00-\x7f])")
_LINK = re.compile(r"https?://\S+")
#: Ends of sentences; easy Japanese often leaves the full stop out.
_END = re.compile(r"(?<=[。!?\n])|(?<=[すんだ]か)[ \t]+")
_TAILING = r"[\s。.、…~〜ーw笑!！)）」』♪☆★\U0001F000-\U0001FAFF☀-➿️]"
#: What may follow the end of a sentence without meaning anything; tried once a run, however long the run is.
_TAIL = re.compile(rf"(?<!{_TAILING}){_TAILING}+$")

_THANKS = re.compile(r"ありがと|有難う|有り難う|感謝|助かり(?:ます|まし)|thank|^どうも$", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:お疲れ(?:様|さま)?|おつかれ(?:様|さま)?|おはよう|こんにち[はわ]|こんばん[はわ]|はじめまして|お世話にな|hello\b|hi\b)",
    re.IGNORECASE,
)

#: Answers to what somebody said, though they may end like questions. No text fits the first part in two ways:
#: "ああああ…" would else be tried in more ways than there is time for.
_BACKCHANNEL = re.compile(
    r"^(?:なるほど|あ|えっ?|へ|はい|いや|いえ|[、,])*"
    r"(?:そう(?:なん|なの)?(?:です)?(?:か|ね|よね|かも)?(?:ね)?|(?:本当|ほんと|マジ)(?:です)?か?|です(?:か|よね|ね)|でしょう?ね?"
    r"|(?:大丈夫|いかが|どう|よろしい|いい|OK|オッケー)(?:です|でしょう)?(?:か|ね)?|何でしょうか|なんでしょうか)?$"
)

#: Announcements and reports: whatever they end like, nobody waits for an answer out of the documents.
_ANNOUNCED = re.compile(
    r"^\s*[【\[]|^(?:お知らせ|リマインド|周知)|共有(?:です|(?:いた|致)?します|させて|まで|ありがと)"
    r"|(?:報告|案内)(?:です|します|いたします|です)|開催(?:します|いたします)|ご参考まで"
)

#: Wishes to colleagues, and requests for their time.
_TO_COLLEAGUES = re.compile(
    r"(?:ご?(?:確認|対応|共有|返信|返事|回答|送付|転送|提出|修正|連絡|参加|出席|記入|検討|準備|協力)|チェック|印刷|入力|追加|削除)"
    r"(?:を|の|は|して)?[、]?(?:ほど)?(?:お願い|願い|ください|下さい|いただけ|頂け|もらえ|くれ|できますか|よろしい)"
    r"|(?:見て|来て|待って|送って|貸して|直して|手伝って|代わって|かわって|書いて|運んで|出て|渡して|回して)"
    r"(?:おいて)?(?:ください|下さい|(?:いただけ|頂け|もらえ|くれ)(?:ます|ません|ない|れば|たら)|(?:ほしい|欲しい)です)"
    r"|お時間|お手すき|ご都合"
)
_OFFICE = re.compile(
    r"会議|ミーティング|打ち?合わ?せ|シフト(?!制)|昼休み|ランチ|飲み会|歓迎会|送別会|忘年会|新年会|懇親会|出欠|議事録|日程調整"
    r"|プリンター|コピー機|複合機|エアコン|zoom|teamsの|slackの|パスワード|例の件|さっきの件|先ほどの件|先日の件",
    re.IGNORECASE,
)
_TO_SOMEBODY = re.compile(
    r"^\s*(?:@\S+|(?:[一-鿿々]{1,4}|[ァ-ヶー]{2,8})(?:さん|様|先生|係長|課長|主任|くん)\s*[、,へ\s!])"
)

_INTERROGATIVE = (
    r"どこ|どちら|どれ|いつ|いくら|いくつ|何|なに|なん(?=ば|じ|さ|て|の|で|か)|誰|だれ|どなた"
    r"|どう(?:すれ|した|やっ|や[るり]|な[るりっ])|どの|どんな|どういう|なぜ|どうして"
)
_ENDS_AS_QUESTION = re.compile(
    r"(?:です|ます|でしょう|ません|でした|ました|ましょう|だろう|ない|のだろう)か(?:ね|な|ねえ|なあ)?$"
    r"|(?:の|ん|る|た|い|だ)(?:だろう|でしょう)(?:か|かね|ね)?$|(?<!そうな)(?:の|ん)か(?:な|なあ|ね)?$|か(?:な|なあ|しら)$|っけ$|(?:あった|なかった)よね$|[るたい]か$"
    r"|(?:いい|よい|良い|ある|いる|なる|できる|要る|もらえる|取れる|られる|いけない|駄目な|だめな)の$"
    r"|(?:する|やる)の$|(?:とは|って何|の場合は|のときは|の時は|期間は|期限は|書類は|費用は|料金は|手数料は|条件は)$"
    rf"|(?:{_INTERROGATIVE})(?:時|日|月|年|歳|円)?(?:まで|から|に|で|へ)?(?:です|でしょう)?$|(?:{_INTERROGATIVE})[^。]{{0,20}}(?:でしょう|だろう|いい|よい|か|の)$"
)
_ASKS = re.compile(
    r"(?:教え|おしえ)て(?:ください|下さい|ほしい|欲しい|(?:いただき|頂き|もらい)たい|くれ(?:る|ます|ません)|$)|(?:知り|しり|聞き|きき|調べ|伺い|うかがい)たい"
    r"|(?:が|か|かが|方|方法|仕方)(?:よく)?(?:わかり|分かり|判り)ません|(?:が|か|かが)(?:よく)?(?:わから|分から)な(?:い(?:です|ん|の|と|そう|$)|く)"
    r"|か[、をともが]{0,2}(?:聞|き|尋ね|質問|心配|悩ん|迷っ|不安)[^。]{0,6}(?:れ|し|い)|のか、[^。]{0,40}(?:心配|不安|聞か|尋ね|知り)"
    r"|[をがは](?:探し|さがし)て"
    r"|必要(?:な)?(?:書類|もの|手続き?)(?:は)?$|(?:て|で|に)(?:とても)?(?:困って|こまって)い(?:ます|る(?:ん|の|そう|と)|ると|$)"
)
#: A wish, told for oneself or another, at the end of a sentence.
_WISH = re.compile(
    r"(?:[いきしちりみびぎ]|[えけせてねめれべげ]|得|見|出|来)たい(?:です|のです|んです|の)?"
    r"(?:が|けど|けれど|けれども|んだけど|という?|そうです|と(?:言|い)(?:って|われ)\S*|とのこと(?:です)?)?$"
)
_NO_WISH = re.compile(
    r"(?:共有|報告|お伝え|お願い|伝え|研修|参加|開催|ご?相談|ご紹介|休み|行い)(?:し|に?参加し|させていただき)?たい"
)
#: English questions, and Japanese ones in Latin letters.
_LATIN = re.compile(
    r"^(?:how|what|where|when|who|which|why|can|could|do|does|is|are|should|may)\b"
    r"|\b(?:desu|deshou|[a-z]*mas(?:u|en)) ?ka$",
    re.IGNORECASE,
)
_SAYS_WHAT_WAS_DONE = re.compile(r"(?:します|しました|いたします|致します|おきます|おきました)$")


def heard(text: str) -> Speech:
    """What a text is.

    Args:
        text: what somebody wrote, without mentions and markup.

    Returns:
        A question where it asks for something that documents may answer; thanks and greetings where it is
        nothing more than that.
    """
    plain = _LINK.sub("", unicodedata.normalize("NFKC", text)).strip()
    if _is_for_people(plain):
        return Speech.OTHER
    sentences = list(_sentences(plain))
    if any(_is_question(said, marked) for said, marked in sentences):
        return Speech.QUESTION
    if _THANKS.search(plain):
        return Speech.THANKS
    if sentences and _GREETING.search(sentences[0][0]):
        return Speech.GREETING
    return Speech.OTHER


def _is_for_people(text: str) -> bool:
    """Whether a text is for colleagues: an announcement, a request, or about the office itself."""
    # A whole case, pasted, may hold any of these words.
    kinds = (_ANNOUNCED, _TO_SOMEBODY) if len(text) > _CASE else (_ANNOUNCED, _TO_SOMEBODY, _TO_COLLEAGUES, _OFFICE)
    return any(kind.search(text) for kind in kinds)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Each sentence without its end, and whether a question mark stood there."""
    for sentence in _END.split(text):
        said = _SET_APART.sub("", sentence).strip()
        bare = _TAIL.sub("", said.rstrip("?")) if "?" in said[-3:] else _TAIL.sub("", said)
        bare = _TAIL.sub("", bare.rstrip("?"))
        if bare:
            yield bare, "?" in said[-3:]


def _is_question(said: str, marked: bool) -> bool:
    if _BACKCHANNEL.match(said) or _THANKS.search(said):
        return False
    if marked or _ENDS_AS_QUESTION.search(said) or _LATIN.search(said):
        return True
    if _SAYS_WHAT_WAS_DONE.search(said):
        return False
    return bool(_ASKS.search(said) or (_WISH.search(said) and not _NO_WISH.search(said)))
