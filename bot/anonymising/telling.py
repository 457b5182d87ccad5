"""Words around a name that tell it is one: who somebody is, what they are called, what only people do."""

from __future__ import annotations

import re

from corpus.names import Names
from retrieval.names import Sort

#: Sorts of words that the dictionary knows as people's names.
NAMES = frozenset({Sort.SURNAME, Sort.GIVEN, Sort.PERSON})

KATAKANA = r"[ァ-ヴー]"
#: What parts of a katakana name stand between.
BREAKS = r"[・=•·.\s]+"

_WHO = (
    "相談者|相談員|支援員|職員|本人|申請者|申請人|来談者|来所者|利用者|対象者|クライエント|クライアント|保証人|"
    "身元保証人|"
    "夫|妻|配偶者|父|母|"
    "長男|次男|三男|長女|次女|三女|息子|娘|子|子ども|子供|弟|妹|兄|姉|友人|友達|同僚|知人|婚約者|彼氏|彼女|通訳|担当|"
    "担当者|記録者|作成者|記入者|対応者|同行者|同席者|患者|児童|生徒|学生|実習生|社長|店長|上司|大家|"
    "家主|弁護士|弁護人|親方|相手|当事者|行政書士|"
    "先生|担任|差出人|宛先|姪|甥|孫|祖父|祖母|おじ|おば|いとこ|恋人|元夫|元妻|義母|義父|先輩|後輩|責任者|"
    "現場責任者|施設長|指導員|指導教授|指導教員|主治医|代理人|管理人|家主|相手方|隣人|加害者|被害者|依頼者|"
    "申込者|契約者|名義人|経営者|オーナー|前妻|前夫|元妻|元夫|会長|監督|世話人|事務員|リーダー|店主|"
    "ルームメイト|From|To|Cc"
)
#: 夫の…, 相談者：…, 友人(…: who is meant stands right before.
ROLE = re.compile(rf"(?:{_WHO})(?:の|は|が|も|に|を|と|、|[(「]|\s?[::]\s?|\s)[「\s]{{0,2}}$")
#: 夫…, 長男…: who is meant, with nothing between.
ROLE_BESIDE = re.compile(
    r"(?:夫|妻|長男|次男|三男|長女|次女|三女|息子|娘|母|父|弟|妹|兄|姉|友人|同僚|知人|本人|相談者|担当|"
    r"通訳|友達|弊社|当社|代表|社長|店長|記録|主任|部長|課長|係長|院長|園長|校長|先生|女性|男性|旧姓|担任|"
    r"責任者|管理人|施設長|指導員|主治医|店主|オーナー|前妻|前夫|元妻|元夫|大家|家主|会長|監督|指導教授|教授|"
    r"教頭|親方|隣人|先輩|後輩|弁護人|日本語指導員|店主|施設長|通名|通称|本名|愛称|うちの子|の子)$"
)
INTRODUCED = re.compile(r"(?:私|わたし|僕|ぼく|名前|なまえ)(?:の名前)?は、?\s?$")
#: …と申します, …という人.
CALLED = re.compile(
    r"[」』\s]{0,2}(?:と(?:申し|もうし|いい(?:ます|まし|、)|言い(?:ます|まし)|呼ばれ|名乗|称)|っていいます|"
    r"(?:という|っていう|と言う)(?:名前|人|者|方|女性|男性|子|友|学生|外国|ベトナム|フィリピン|中国|"
    r"ネパール)|です。|です$)"
)
#: A particle, and what people are told to do or to have.
DOES = re.compile(
    r"(?:は|が|も|を|に|の|と|から|へ|、|より)(?:[^。\n]{0,20})?(?:さん|夫|妻|来日|来所|相談|言|話|住|"
    r"働|結婚|離婚|妊娠|"
    r"出産|在留|ビザ|電話|連絡|子|母|父|帰国|仕事|学校|病気|困|泣|生まれ|パスポート|申請|勤|殴|暴力|"
    r"紹介|知り合|会社|旦那|家族|"
    r"同居|別居|持っ|行き|行っ|来て|来た|出身|国籍|給|貸|借|逮捕|逃|退職|辞め|入院)"
)
#: The same, nearer and surer, for words that no table has.
TOLD_OF = re.compile(
    r"(?:は|が|も|と|の)\s?(?:今|現在|昨日|今日|来月|先月|去年|\d{1,2}[歳才月年]|まだ|もう|、)?(?:[^。\n]{0,6})?"
    r"(?:さん|夫|妻|来日|来所|相談し|言|話し|住ん|働|結婚|離婚|妊娠|出産し|在留カード|ビザ|電話し|母|父|"
    r"帰国|病気|困っ|泣|"
    r"生まれ|パスポート|殴|暴力|旦那|家族|同居|別居|来て|来た|出身|国籍|誕生|\d歳|友人|友達|逮捕|逃げ|退職|入院)"
)
#: At a line's beginning, before a colon or a quotation: who speaks.
SPEAKS = re.compile(r"\s?[::「]")
AT_A_LINE = re.compile(r"(?:^|\n)\s*$")


def is_ordinary(names: Names, word: str) -> bool:
    """Whether a word stands where names do and is none: 相談者, お客, スタッフ.

    Args:
        names: the tables.
        word: as written.
    """
    return word in names.ordinary or (word[:1] in ("お", "ご", "御") and word[1:] in names.ordinary)
