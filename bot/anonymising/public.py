"""What everybody may know and what must stay: offices, laws, official pages, addresses in the directory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising import printed
from bot.anonymising.online import URL, is_personal

_PROPER = r"[一-龥々ヶァ-ヶー]{0,10}"
#: Public bodies, with the place in their names.
_BODIES = re.compile(
    rf"(?:ハローワーク|法テラス|年金事務所){_PROPER}"
    rf"|[一-龥々ヶ]{{0,12}}(?:出入国在留管理(?:局|庁)|入国管理(?:局|センター)|入管(?:局|庁)?|市役所|"
    rf"区役所|町役場|村役場|役場|県庁|府庁|都庁|道庁|"
    r"支所|税務署|年金事務所|法務局|労働局|労働基準監督署|労基署|警察署|警察|交番|消防署|消防局|"
    r"消防本部|保健所|保健センター|児童相談所|児相|福祉事務所|"
    r"裁判所|検察庁|大使館|領事館|公共職業安定所|職業安定所|教育委員会|社会福祉協議会|社協|国際交流協会|"
    r"国際交流財団|国際交流センター|"
    r"国際センター|国際プラザ|多文化共生(?:総合相談)?センター|(?:総合)?相談(?:センター|窓口)|"
    r"外国人相談\S{0,4}窓口|運転免許(?:センター|試験場)|"
    r"免許センター|公証役場|図書館|公園|会館|議事堂|資料館|博物館|美術館|動物園|公民館|市民センター|"
    r"区民センター|児童館|商工会議所|弁護士会|"
    r"弁護士連合会|連合会|連盟|協議会|委員会|審議会|事業団|振興会|行政書士会|社会保険労務士会|労働組合|"
    r"地域包括支援センター|子育て支援センター|配偶者暴力相談支援センター|女性相談(?:支援)?センター|"
    r"男女共同参画センター|市民病院|県立病院|市立病院|"
    r"空港|駅|港|郵便局|銀行|信用金庫|農業協同組合|農協|漁協|生協|共済|健康保険協会|年金機構|"
    r"技能実習機構|住宅供給公社|都市再生機構)"
    r"(?:[一-龥々ヶ]{1,6}(?:支局|支部|出張所|支所|分室|支店|分署|分庁舎))?"
    r"|(?<![A-Za-z])(?:F ?R ?E ?S ?C|FRAT|Y-FORA|ISA|OTIT|JITCO|JICA|JETRO|NHK|NTT[東西]?|JR[東西]?|UR)(?![A-Za-z])|"
    r"フレスク|ジェトロ|ジャイカ|いさぽ|UR都市機構|東京電力|関西電力|中部電力|東京ガス|大阪ガス|日本郵便|ゆうちょ銀行|"
    r"協会けんぽ|日本赤十字社|赤十字|日本学生支援機構|放送大学|日本年金機構|厚生労働省|法務省|外務省|"
    r"文部科学省|総務省|国土交通省|警察庁|"
    r"日本司法支援センター|外国人在留支援センター|外国人在留総合インフォメーションセンター|"
    r"外国人技能実習機構|外国人支援センター"
)
_LAWS = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})年\S{0,6}?(?:法律|政令|省令|勅令|条約|告示|訓令)第\s?\d{1,4}号|"
    r"第?\s?[\d〇一二三四五六七八九十百千]{1,5}\s?条(?![東西南北]?\s?\d)(?:の\s?[\d一二三四五六七八九十]{1,3})?(?:第?\s?[\d一二三四五六七八九十]{1,3}\s?[項号])*"
    r"|"
    r"別記第?[\d一二三四五六七八九十]{1,3}号(?:の[\d一二三四五六七八九十]{1,2})?様式(?:の[\d一二三四五六七八九十]{1,2})?"
)
#: パワハラ防止法: a law has no person's name in it.
_ACTS = re.compile(
    r"[一-龥々ァ-ヴー]{2,14}(?:防止|保護|支援|基本|基準|契約|管理|促進|規制|禁止|救済|福祉|保険|年金|援助|処罰|取締)法"
)
#: Short numbers that the whole country dials.
_DIALLED = re.compile(r"(?<![A-Za-z0-9])#(?:7119|8000|8008|8103|8891|9110|9030|9910)(?!\d)")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that stay.

    Args:
        text: folded text.
    """
    for match in URL.finditer(text):
        if not is_personal(match[0]):
            yield match.span()
    for pattern in (printed.addresses(), _LAWS, _ACTS, _DIALLED):
        for match in pattern.finditer(text):
            yield match.span()


def bodies(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that are names of public bodies; after addresses, before names.

    Args:
        text: folded text.
    """
    for match in _BODIES.finditer(text):
        yield match.span()
