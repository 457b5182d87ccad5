"""Recognises that somebody may be in danger, and says whom to call before anything else.

Words are matched as they stand, generously: help that was not needed costs a line on the page, help that
was missing may cost a life. Which number belongs to which danger stands here; the numbers themselves come
from the directory, which holds only those that a responsible body confirms.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot import sentences
from bot.answer import UrgentHelp
from corpus.directory import Directory
from corpus.directory.contacts import contact_of_hotline


@dataclass(frozen=True, slots=True)
class _Danger:
    """One kind of danger: the words that tell of it, what to do, and the directory's ids of whom to call."""

    words: re.Pattern[str]
    message: str
    lines: tuple[str, ...]


_VIOLENCE = (
    "暴力(?!団)|ぼうりょく|虐待|殴|なぐら|叩かれ|たたかれ|蹴ら|殺(?:さ|し|す|害|人)|ころされ|脅[さしすせ迫]|おどされ"
    "|(?:首|くび)を(?:絞|締|し)め|暴れ(?:て|る|た|出)|(?:刃物|包丁|ナイフ)(?:を|で).{0,6}(?:持ち出|向け|突|振り|刺)"
    r"|監禁|(?:家|部屋|寮)に閉じ込め|襲われ|VIOLEN|\bABUS|\bBEAT(?:S|EN|ING)?\b|\bHITS? (?:ME|HER|HIM)\b"
)
_CRIME = (
    "ストーカー|つきまと|レイプ|強姦|性被害|性暴力|痴漢|強盗|誘拐|連れ去|命の危険|人身取引"
    r"|パスポートを取り?上げ|STALK|\bRAPE"
)
_PARTNER = "夫|妻|主人|旦那|配偶者|恋人|彼氏|彼女|元彼|元カレ|元カノ|パートナー|DV|HUSBAND|WIFE|BOYFRIEND|PARTNER"
_CHILD = "(?<!様)子(?!会社)|児|赤ちゃん|娘|CHILD"
_GROWN = "高齢者|障害者|老人"
_AT_WORK = "会社|社長|上司|職場|仕事場|工場|同僚|先輩|雇い主|雇用主|店長|監理団体|実習先|実習生|店員|客|BOSS|EMPLOYER"

# In the residents' languages, as capitals where a script has them.
_DESPAIR_ABROAD = (
    "自杀|轻生|輕生|想死|不想活|TỰ TỬ|TỰ SÁT|MUỐN CHẾT|KHÔNG MUỐN SỐNG|SUICÍD|QUERO MORRER|ME MATAR"
    "|QUIERO MORIR|MATARME|MAGPAKAMATAY|GUSTO KO NANG MAMATAY|आत्महत्या|मर्न मन|BUNUH DIRI|INGIN MATI|သတ်သေ|자살|죽고 싶"
    "|САМОУБИЙ|WANTS? TO DIE|END (?:MY|HIS|HER) LIFE"
)
_VIOLENCE_ABROAD = (
    "家暴|家庭暴力|打我|被打|BẠO LỰC|BẠO HÀNH|ĐÁNH ĐẬP|BỊ .{0,12}ĐÁNH|VIOLÊNC|ME BATE|ME PEGA|SINASAKTAN|BINUBUGBOG"
    "|हिंसा|KEKERASAN|DIPUKUL|အကြမ်းဖက်|폭력|때려|때렸|НАСИЛИ"
)
_DESPAIR = _Danger(
    re.compile(
        "自殺|じさつ|死にたい|しにたい|消えたい|自傷|リストカット|リスカ|生きていたくない|首を(?:つ|吊)"
        "|オーバードーズ|薬を(?:大量に|たくさん)飲|SUICID|KILL MYSELF"
        f"|{_DESPAIR_ABROAD}"
    ),
    sentences.URGENT_LIFE,
    ("fire", "yorisoi"),
)
# The first that fits counts, so what threatens life comes first.
_DANGERS = (
    _DESPAIR,
    _Danger(
        # Who writes of abuse alone means a child; the child guidance centre is for nobody else.
        re.compile(
            f"^(?>.*?(?:{_CHILD})).*(?:虐待|ABUS)|^(?>.*?虐待).*(?:{_CHILD})|^(?!.*(?:{_PARTNER}|{_GROWN})).*虐待"
            "|子(?:ども|供)?[をがに].{0,6}(?:殴|なぐ|叩|たた[いかく]|暴力|放置|置き去り)",
            re.DOTALL,
        ),
        sentences.URGENT_CHILD,
        ("child_abuse", "police"),
    ),
    _Danger(
        # An employer's or a stranger's violence is no matter for the line about partners.
        re.compile(
            f"^(?!.*(?:{_PARTNER})).*(?:{_CRIME}|(?:{_GROWN}).*虐待"
            f"|(?:{_AT_WORK}).{{0,15}}(?:{_VIOLENCE})|(?:{_VIOLENCE}).{{0,10}}(?:{_AT_WORK}))",
            re.DOTALL,
        ),
        sentences.URGENT_VIOLENCE,
        ("police", "fire", "police_9110"),
    ),
    _Danger(
        re.compile(f"DV(?!D)|ディーブイ|ドメスティック|{_VIOLENCE}|{_CRIME}|{_VIOLENCE_ABROAD}"),
        sentences.URGENT_VIOLENCE,
        ("police", "dv_plus", "fire"),
    ),
    _Danger(
        re.compile(
            "火事|火災|ガス(?:漏れ|もれ|の(?:臭|にお|匂)い|くさい|臭い)|救急|燃え[てた]|意識が(?:ない|なく)|息(?:が|を)し(?:ない|てい?ない)|倒れ[たて]|血が止まら|溺れ"
            "|急病|ぐったり|陣痛|破水"
            # not the け of 届け or だけ: 届けが必要, これだけが
            "|けがを?(?:し|させ|負)|けが人|大けが|ケガ|怪我|骨折|やけど|火傷|熱中症|車にひかれ|轢かれ|はねられ"
            r"|交通事故[にを]|事故に(?:あ|遭)|AMBULANCE|\bFIRE\b|INJURED"
        ),
        sentences.URGENT_FIRE,
        ("fire", "police", "medical_7119"),
    ),
    _Danger(
        re.compile("地震|津波|つなみ|台風|洪水|大雨|噴火|土砂|避難(?!民)|(?<!労働)災害|被災|EARTHQUAKE|TSUNAMI"),
        sentences.URGENT_DISASTER,
        ("fire", "police", "disaster_171"),
    ),
)


def urgent_help(question: str, directory: Directory) -> UrgentHelp | None:
    """What to show first, where a question tells of danger.

    Args:
        question: the question, cleaned.
        directory: holds the numbers.

    Returns:
        The help, or None where nothing tells of danger.
    """
    folded = unicodedata.normalize("NFKC", question).upper()
    dangers = [danger for danger in _DANGERS if danger.words.search(folded)]
    if not dangers:
        return None
    first, *others = dangers
    # Who despairs often has a reason: whom a husband beats needs the police as well.
    lines = dict.fromkeys((*first.lines, *(others[0].lines if first is _DESPAIR and others else ())))
    shown = {hotline.id: hotline for hotline in directory.shown_hotlines}
    return UrgentHelp(first.message, tuple(contact_of_hotline(shown[line]) for line in lines if line in shown))
