"""What a thread says plainly of the person's status, language, and of what was tried: it need not be typed again.

Only sure finds count, each by the words around it: a status that somebody wants, or that somebody else has, is not the
person's; nor is the language of a document. Where two things are found, neither is taken. All of it can be changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot import drafting_talk as words
from bot.referrals import Intake
from corpus.directory import Directory
from corpus.directory.languages import Language

_OTHERS = (
    "夫|妻|主人|旦那|奥さん|配偶者|パートナー|[父母親兄弟姉妹]|子ども|子供|息子|娘|友人|友達|知人|同僚|恋人|彼氏|彼女"
)

#: Statuses and what is said for them, by the key of their group in `bot.drafting_talk.STATUSES`.
_STATUSES: Mapping[str, str] = {
    "family": "永住者の配偶者等?|日本人の配偶者等?|(?<!特別)永住者|定住者",
    "work": "技術・人文知識・国際業務|技人国|経営・管理|高度専門職(?:[12]号)?|企業内転勤",
    "skilled": "特定技能(?:[12]号)?",
    "training": "技能実習(?:[123]号[イロ]?)?|育成就労",
    "student": "留学",
    "dependent": "家族滞在",
    "designated": "特定活動|ワーキング・?ホリデー",
    "short": "短期滞在",
    "protection": "補完的保護対象者|ウクライナ避難民",
    "special": "特別永住者",
}
#: Everyday words, which are statuses only where that is said.
_EVERYDAY: Mapping[str, str] = {
    "work": "教授|芸術|宗教|報道|法律・会計業務|医療|研究|教育|介護|興行|技能",
    "student": "文化活動|研修",
}
_HAS_NONE = re.compile(
    r"(?:オーバーステイ|不法残留)(?:の[方人]|中|です(?!か)|して(?:い|しま)|になって(?:い|しま))"
    r"|在留(?:期限|期間)[がはも](?:もう|すでに|既に)?(?:過ぎ|切れ)て(?:いま|いる(?!か)|しま)"
)
#: 留学で来ている, 家族滞在の方, 技能実習2号から変更: the status that the person has now.
_HELD = (
    rf"(?!(?:の[方人])?(?:の(?:{_OTHERS}|家族)|と(?:の?(?:結|離|再)婚|同居)))"
    r"(?:(?:ビザ|の在留資格|の資格)?(?:の(?:方|人(?!数)|相談者|外国人|[ァ-ヶー]{2,}(?:さん|人|籍))|です(?!か)"
    r"|で(?:在留し|滞在し|働い|就労し|来日し|来|入国し)て(?:い|お)|で(?:在留|滞在|就労)中|で(?:日本に)?い(?:る|ます)"
    r"|から.{0,20}(?:変更|変え|移行|切り?替え))|(?<=実習|留学)生(?!活|に|だっ|でし|とし)|(?<=号|[イロ])$)"
)
#: 在留資格は介護です, 在留資格「留学」の更新.
_STATUS_IS, _SO_IT_IS = (
    r"在留資格(?:は|が|[:=])? ?[「『]?",
    (r"[」』]?(?:$|です(?!か)|で(?:在留|滞在|就労|働いて|い(?:る|ます))|の(?:方|人|期間|更新|期限|場合)|から)"),
)

_LANGUAGE_IS = r"(?:母語|母国語|(?:使用|対応|希望)?言語)(?:は|が|[:=]) ?"
_SPOKEN = (
    r"(?:しか(?:話|分|わか|でき|通じ)|を話(?:す|します|して|せる|せます)|が(?:話せる|話せます|母語|母国語)|話者"
    r"|の?通訳(?!は?(?:不要|要りません|いりません|いらない|必要(?:ない|ありません)))|での?(?:対応|相談|面談))"
)
#: Who else speaks a language.
_ASIDE = re.compile(rf"職員|担当|社長|会社|上司|店長|先生|{_OTHERS}")

#: Whose status it is stands at most so many characters before it.
_BESIDE = 12

#: Whom one turns to.
_OFFICES = (
    "ハローワーク|職業安定所|入管|出入国在留管理[局庁]|インフォメーションセンター|役所|役場|労働基準監督署|労基署?|監督署|労働局"
    "|年金事務所|税務署|法務局|大使館|領事館|会社|監理団体|登録支援機関|学校|大学|保育園|病院|弁護士会?|行政書士|社労士"
    "|社会保険労務士|法テラス|警察署?|保健所|児童相談所|技能実習機構|OTIT|FRESC|社会福祉協議会|社協|協会けんぽ"
    "|コールセンター|ホットライン|国際交流協会|消費生活センター|教育委員会"
)
_TRIED = re.compile(
    rf"^.{{0,60}}?(?:{_OFFICES}).{{0,12}}?[にへでと][はも]?.{{0,8}}?(?:相談|問い?合わせ|確認|電話|連絡|照会|申請|届け?出|通報)"
    r"(?:は|を)?(?:(?:済み|済(?!み)|ずみ)(?!か|で(?:な|は)|の(?:場合|とき))|しました(?!か|ら)|して(?:い|あり|おり)ます(?!か)|した(?=$|が|け[どれ]|ところ|のに|ものの))"
)
#: Where a clause ends, in any width.
_END = re.compile(r"[、。､｡,!?，！？\n]")


def told_plainly(intake: Intake, texts: Sequence[str], directory: Directory) -> Intake:
    """What a new form begins with, and beside it what the thread says of status, language and what was tried.

    Args:
        intake: what it begins with.
        texts: what was asked, the oldest first.
        directory: knows languages.
    """
    written = [clause for text in texts for clause in _clauses(text)]
    clauses = [unicodedata.normalize("NFKC", clause).strip() for clause in written]
    statuses = {group for clause in clauses for group in _groups(clause)}
    languages = {name for clause in clauses for name in _languages(clause, directory)}
    tried = dict.fromkeys(
        _as_written(was, found[0])
        for was, clause in zip(written, clauses, strict=True)
        if (found := _TRIED.search(clause))
    )
    return replace(
        intake,
        status=words.STATUSES[statuses.pop()] if len(statuses) == 1 else "",
        language=languages.pop() if len(languages) == 1 else "",
        tried="\n".join(tried),
    )


def _clauses(text: str) -> Iterator[str]:
    """Parts of a text that say one thing each."""
    yield from (part.strip() for part in _END.split(text))


def _as_written(clause: str, folded: str) -> str:
    """The beginning of a clause that reads so once it is folded: 月～金 is not to become 月~金."""
    ends = (end for end in range(len(clause)) if len(unicodedata.normalize("NFKC", clause[:end])) >= len(folded))
    return clause[: next(ends, None)]


def _groups(clause: str) -> Iterator[str]:
    if _HAS_NONE.search(clause):
        yield "none"
    for pattern, group in _statuses():
        if any(
            not _is_anothers(clause[max(0, match.start() - _BESIDE) : match.start()])
            for match in pattern.finditer(clause)
        ):
            yield group


def _is_anothers(before: str) -> bool:
    return bool(re.search(rf"(?:元|(?:{_OTHERS})(?:さん|様)?(?:の|[はがも]))$", before))


@cache
def _statuses() -> Sequence[tuple[re.Pattern[str], str]]:
    """Patterns of a status that somebody has, with its group."""
    held = [(re.compile(f"(?:{names})[」』]?{_HELD}"), group) for group, names in _STATUSES.items()]
    said = ((names, group) for table in (_STATUSES, _EVERYDAY) for group, names in table.items())
    return (*held, *((re.compile(f"{_STATUS_IS}(?:{names}){_SO_IT_IS}"), group) for names, group in said))


def _languages(clause: str, directory: Directory) -> Iterator[str]:
    """Languages that somebody speaks; Japanese needs no interpreter."""
    aside = _ASIDE.search(clause)
    for match in _tongues(directory.languages).finditer(clause):
        language = directory.language_named(match[1] or match[2])
        if language and language.code != "ja" and not (aside and aside.end() <= match.start()):
            yield language.name


@cache
def _tongues(languages: Sequence[Language]) -> re.Pattern[str]:
    names = {unicodedata.normalize("NFKC", name) for one in languages for name in (one.name, *one.aliases)}
    # The longest first: やさしい日本語 is not 日本語.
    named = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(f"{_LANGUAGE_IS}({named})(?!で(?:は|な))|({named}){_SPOKEN}")
