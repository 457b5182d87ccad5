"""The directory as passages, so that a question finds a number as it finds a rule."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.directory import Directory
from corpus.directory.bureaus import Bureau, Kind
from corpus.directory.hotlines import Agency, Hotline
from corpus.model import Corpus, Grade, Passage, Source

SOURCE = Source(
    id="directory",
    title="連絡先一覧",
    publisher="Madoguchi（公開資料のまとめ）",
    edition="2026年",
    date="2026",
    url="https://www.moj.go.jp/isa/support/coexistence/12_00067.html",
    grade=Grade.CONTACT,
    official=False,
)
_BUREAUS = "地方出入国在留管理局の受入環境調整担当官"
_HOTLINES = "全国の相談電話"
_AGENCIES = "外国人在留支援センター（FRESC）の機関"
#: What the Agency's slides of 2026 say and no list of contacts shows.
_NO_SUB_OFFICES = "出張所にいる担当官は、この版には載っていません。"
_UNDATED = "参照した資料に日付がなく、いつの時点の内容か分かりません。"


def as_corpus(directory: Directory) -> Corpus:
    """Everything in the directory that may be shown, one passage a contact.

    Args:
        directory: the directory.

    Returns:
        A corpus of one source: a passage for each bureau, branch and sub-office, each confirmed hotline and each
        agency in FRESC. Superseded and doubtful contacts are not in it.
    """
    passages = (*_bureaus(directory), *_hotlines(directory), *_agencies(directory))
    return Corpus({SOURCE.key: SOURCE}, passages)


def _bureaus(directory: Directory) -> Iterator[Passage]:
    for position, bureau in enumerate(directory.bureaus, start=1):
        contact = bureau.contact
        nickname = f"{bureau.short}入管"
        area = f"{'、'.join(bureau.area)}を担当します。" if bureau.area else ""
        text = (
            f"{bureau.name}（{nickname}）の受入環境調整担当官は{contact.department}にいます。電話は{contact.dial}、"
            f"住所は{contact.address}です。{area}{contact.edition}に載っている連絡先です。"
        )
        yield Passage(
            id=f"directory/{bureau.id}",
            source=SOURCE.key,
            text=text,
            section_id=f"dir.1-{position}",
            section=(_BUREAUS, bureau.name),
            url=contact.url,
            date=contact.valid_as_of,
            keywords=(nickname, "入管", "電話番号", "連絡先", "担当官", "住所", *_short_names(bureau)),
            note=bureau.note + _of_sub_offices(bureau, directory),
        )


def _of_sub_offices(bureau: Bureau, directory: Directory) -> str:
    """Which offices answer for a part of its prefectures; where none is known, that there may be some."""
    others = [
        one.name
        for one in directory.bureaus
        if one != bureau and {place.prefecture for place in one.municipalities} & {*bureau.prefectures}
    ]
    if others:
        return f"一部の市区町村は{'、'.join(others)}が担当します。"
    return "" if bureau.kind is Kind.SUB_OFFICE else _NO_SUB_OFFICES


def _short_names(bureau: Bureau) -> Iterator[str]:
    """How people name the place they ask about: 長野, not 長野県; 檜原村 as well as 檜原."""
    yield from (name.rstrip("都府県") for name in bureau.prefectures)
    for place in bureau.municipalities:
        yield from (place.name, place.name[:-1])


def _hotlines(directory: Directory) -> Iterator[Passage]:
    for position, hotline in enumerate(directory.shown_hotlines, start=1):
        yield Passage(
            id=f"directory/{hotline.id}",
            source=SOURCE.key,
            text=_hotline_text(directory, hotline),
            section_id=f"dir.2-{position}",
            section=(_HOTLINES, hotline.name),
            url=hotline.url,
            date=hotline.as_of,
            keywords=("電話番号", "連絡先", "相談", "受付時間"),
            note="" if hotline.as_of else _UNDATED,
        )


def _hotline_text(directory: Directory, hotline: Hotline) -> str:
    main, *others = hotline.numbers
    numbers = "、".join([main.number, *(f"{other.number}（{other.use}）" for other in others)])
    names = {language.code: language.name for language in directory.languages}
    hours = f"受付時間：{hotline.hours}。" if hotline.hours else ""
    languages = "、".join(names[code] for code in hotline.languages)
    spoken = f"使える言語：{languages}。" if languages else ""
    return f"{hotline.name}の電話番号は{numbers}です。{hotline.scope}{hours}{spoken}"


def _agencies(directory: Directory) -> Iterator[Passage]:
    fresc = directory.fresc
    front_door = next(hotline for hotline in directory.hotlines if hotline.id == fresc.hotline)
    for position, agency in enumerate(fresc.agencies, start=1):
        yield Passage(
            id=f"directory/fresc-{position}",
            source=SOURCE.key,
            text=_agency_text(agency, fresc.address, front_door),
            section_id=f"dir.3-{position}",
            section=(_AGENCIES, agency.name),
            url=fresc.url,
            date=fresc.as_of,
            keywords=("FRESC", "フレスク", "四谷", "連絡先"),
        )


def _agency_text(agency: Agency, address: str, front_door: Hotline) -> str:
    place = f"外国人在留支援センター（FRESC、{address}、代表電話 {front_door.numbers[0].number}）"
    return f"{agency.name}は、{place}にあります。対象は{agency.serves}です。{agency.offers}を行います。"
