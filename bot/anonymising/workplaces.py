"""Employers that neither form nor ending tells: those in quotations, behind 派遣会社の, and shops known by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.anonymising import runs
from bot.anonymising.document import Document
from bot.anonymising.kinds import Kind, Span
from bot.anonymising.organisation_words import CHAINS, FORMS, SHOP_WORDS, WORKS
from bot.anonymising.telling import NAMES
from corpus.names import Names
from retrieval.names import Sort, Word, words

_EMPLOYS = (
    r"店|屋|会社|企業|社|パブ|クラブ|スナック|バー|レストラン|食堂|居酒屋|ラーメン|料理|喫茶|カフェ|工場|工房|"
    r"勤め先|勤務先|職場|"
    r"アルバイト先|バイト先|パート先|派遣先|派遣元|実習先|就職先|内定先|監理団体|機関|組合|法人|ホテル|旅館|"
    r"民宿|病院|"
    r"クリニック|医院|施設|ホーム|農家|農園|牧場|サロン|スーパー|コンビニ|商店|事務所|事業所|教室|センター|現場"
)
_IN_QUOTES = r"[^「」『』“”\"\n。、]{2,25}"
_QUOTED = re.compile(
    rf"(?:{_EMPLOYS})(?P<by>名は|の名前は|の名前[::]|名[::]|[::]|は|が|"
    rf"で、)?\s?[「『“\"](?P<v>{_IN_QUOTES})[」』”\"](?P<after>.{{0,6}})"
)
_QUOTED_WORK = re.compile(rf"[「『“\"](?P<v>{_IN_QUOTES})[」』”\"]")
#: What people say rather than what a company is called: クビだ, 明日から来るな.
_SPEECH = re.compile(
    r"(?:[だよねかたるすせんいなろ]|ない|ます|です|ください|しろ|けど|から|ので|[!?…])$|[をがは]|この|その|"
    r"あの|ません|ました|[って]と"
)
_REPORTED = re.compile(r"(?:と|って|など|の(?:一点張り|返事|回答|説明|こと)|を(?:記|書|添付|提出|選))")
#: Behind these comes the company itself, with hardly a word between.
_ROLE = re.compile(
    r"(?:登録支援機関|監理団体|派遣会社|派遣元|派遣先|人材会社|紹介会社|仲介業者|不動産会社|管理会社|引越会社|"
    r"受入れ?企業|受入れ?機関|"
    r"実習実施者|実習先|勤務先|就職先|内定先|転職先|雇用主|元請け?|下請け?|取引先|保証会社|送り出し機関|"
    r"(?<![式限同資名])会社|内定通知|紹介元|在籍出向先|出向先|現場|送出機関|"
    r"(?:建設|食品|運送|清掃|警備|人材|解体|塗装|介護|水産|農業|製造|電機|機械|部品|派遣|中古車|貿易|IT|物流|"
    r"縫製|印刷)会社)"
    r"(?:である|の|は、?|が|、|・|[ ]|[(]|[::]\s?)?[「『]?(?=[一-龥々ァ-ヴーA-Za-zぁ-ん])"
)
_SHOP = re.compile(
    rf"(?<![一-龥ァ-ヴー])(?P<kind>[一-龥ァ-ヴー]{{0,8}}?(?:{SHOP_WORDS}))(?P<gap>[ ・]?)"
    r"(?P<v>(?![はがでにのをへともや](?![ぁ-ん]))[一-龥々ァ-ヴーA-Za-zぁ-ん0-9]{1,12}?)"
    r"(?P<branch>[ ]?[一-龥々ァ-ヴー0-9]{1,10}店(?!長|員|舗))?"
    r"(?=[はがでにのをへとも、。()\s]|から|より|店長|オーナー|勤務|社長|[」』]|$)"
)
_ALWAYS = re.compile(
    r"(?:居酒屋|レストラン|スナック|パブ|ナイトクラブ|食堂|旅館|民宿|カーショップ|カレーハウス|喫茶|酒場)$"
)
_CHAIN = re.compile(
    rf"(?<![ァ-ヴーA-Za-z])(?:{CHAINS})(?:[ ]?[一-龥々ヶァ-ヴー0-9]{{1,12}}?(?:店|工場|センター|営業所|"
    rf"事業所)(?![長員舗]))?"
)
_SITE = re.compile(
    r"[ ]?[一-龥々ヶァ-ヴーA-Za-z0-9]{0,10}?(?:センター|営業所|支店|工場|事業所|作業所|配送所|倉庫|店|支社|"
    r"製作所|キッチン|病院|園|苑|荘|ホーム|ハウス)"
    r"(?![長員舗一-龥ァ-ヴー])"
)
_TELLING = NAMES | {Sort.PROPER}
_PROPER = _TELLING | {Sort.PLACE}
_LATIN = re.compile(r"[A-Z][A-Za-z&.'-]*(?: [A-Z][A-Za-z&.'-]*){0,5}")


def quoted(text: str) -> Iterator[Span]:
    """Names in quotations beside a kind of workplace, or before work: 料理店「マハラジャ」, 「大吉」で働く.

    Args:
        text: folded text.
    """
    for match in _QUOTED.finditer(text):
        if not (_SPEECH.search(match["v"]) or _REPORTED.match(match["after"])):
            yield Span(Kind.EMPLOYER, *match.span("v"))
    for match in _QUOTED_WORK.finditer(text):
        if WORKS.match(text, match.end()) and not _SPEECH.search(match["v"]):
            yield Span(Kind.EMPLOYER, *match.span("v"))


def chains(text: str) -> Iterator[Span]:
    """Shops and makers that everybody knows, where a branch of theirs or work with them is meant.

    Args:
        text: folded text; before addresses are looked for, for branches have places in their names.
    """
    for match in _CHAIN.finditer(text):
        if match[0].endswith(("店", "工場", "センター", "営業所", "事業所")) or WORKS.match(text, match.end()):
            yield Span(Kind.EMPLOYER, *match.span())


def shops(text: str, names: Names) -> Iterator[Span]:
    """すし処 浜や, やきとり大吉 三軒茶屋店: kinds of shops with a name behind.

    Args:
        text: folded text.
        names: words that are part of no name.
    """
    nothing = names.organisations["generic"] | names.ordinary | names.organisations["outside"]
    for match in _SHOP.finditer(text):
        name = match["v"]
        if name in nothing or re.fullmatch(r"[ぁ-ん]{1,2}|\d+", name):
            continue
        works = WORKS.match(text, match.end()) or text.startswith(("店長", "オーナー", "社長", "勤務"), match.end())
        read = words(name)
        proper = any(word.sort in _PROPER or not word.known for word in read) and not name.isascii()
        proper = proper or bool(_ALWAYS.search(match["kind"]) and re.fullmatch(r"[ァ-ヴー]{3,}", name))
        if works or match["branch"] or match["gap"] or (proper and not read[-1].surface.endswith(("業", "店", "屋"))):
            yield Span(Kind.EMPLOYER, *match.span())


def announced(document: Document, names: Names) -> Iterator[Span]:
    """登録支援機関サポートワン, 派遣会社はヒューマンアシスト.

    Args:
        document: what is read; what is spoken for in it is passed over.
        names: words that are part of no name.
    """
    for match in _ROLE.finditer(document.text):
        latin = _LATIN.match(document.text, match.end())
        if latin and len(latin[0]) > 3 and latin[0].lower() not in names.english:
            yield Span(Kind.EMPLOYER, *latin.span())
            continue
        end = runs.right(document, match.end(), names.organisations["outside"])
        inside = runs.within(document, match.end(), end)
        follows = re.match(r"さん|様|氏|社長|弁護士|先生", document.text[end:])
        if end - match.end() > 2 and not follows and says_more(inside, names):
            form = FORMS.match(document.text, end)
            yield Span(Kind.EMPLOYER, match.end(), site_end(document.text, form.end() if form else end))


def says_more(inside: list[Word], names: Names) -> bool:
    """Whether words are a name: one of them proper or unknown, or several of katakana that make no common one.

    Args:
        inside: the words.
        names: words that say nothing.
    """
    nothing = names.organisations["generic"] | names.ordinary | names.organisations["outside"]
    told = [word for word in inside if word.surface not in nothing and word.sort is not Sort.NUMBER]
    if any(word.sort in _TELLING or (not word.known and len(word.surface) > 1) for word in told):
        return True
    if len(inside) > 1 and inside[-1].sort is Sort.PLACE and inside[0] in told and len(inside[0].surface) > 3:
        return True  # ハウスメイト北関東
    katakana = [word for word in inside if re.fullmatch(r"[ァ-ヴー]{2,}", word.surface)]
    return len(katakana) > 1 and any(word in told for word in katakana)


def site_end(text: str, end: int) -> int:
    """One past the site that stands behind an employer's name: …ロジ小牧センター, …会 さつき病院.

    Args:
        text: folded text.
        end: one past the name.
    """
    match = _SITE.match(text, end)
    return match.end() if match else end
