"""A small corpus of an invented town, each passage on a matter of its own, and a superseded one."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import Corpus, Passage, Source

TOWN = Source(id="midori", title="みどり町くらしの案内", edition="令和6年度", date="2024")

#: heading path and text of each passage
_PAGES = (
    (("届出", "引越し"), "引越しをした人は、14日以内に住民課へ転入届を出します。在留カードを持ってきてください。"),
    (("届出", "婚姻届"), "結婚する人は、婚姻届に証人2人の署名をもらい、住民課へ出します。手数料はかかりません。"),
    (("届出", "印鑑登録"), "印鑑を登録すると、印鑑登録証を渡します。登録の手数料は300円です。"),
    (("ごみ", "燃えるごみ"), "燃えるごみは火曜日と金曜日の朝8時までに出します。台所のごみは水を切ってください。"),
    (("ごみ", "粗大ごみ"), "家具や布団は粗大ごみです。電話で申し込み、処理券を店で買って貼ります。"),
    (("子育て", "保育園"), "保育園に入るには、前の年の11月に申込書を出します。選考の結果は2月に郵便で知らせます。"),
    (("子育て", "予防接種"), "予防接種の券は、生まれて2か月までに郵便で届きます。接種は町内の病院で受けます。"),
    (("税と保険", "住民税"), "住民税は1月1日に住んでいた町に納めます。納付書は6月に送ります。"),
    (
        ("税と保険", "国民健康保険"),
        "会社の健康保険をやめた人は、国民健康保険に加入します。保険料は世帯ごとに計算します。",
    ),
    (("住まい", "町営住宅"), "町営住宅の入居者は年に2回募集します。所得の上限があります。"),
    (("防災", "避難所"), "地震のときは近くの小学校が避難所になります。水と薬を持って避難してください。"),
    (("相談", "法律相談"), "弁護士が無料で相談を受けます。毎月第3水曜日の午後、予約が必要です。"),
    (("図書館", "貸出し"), "本は一度に10冊まで、2週間借りられます。貸出カードは図書館で作ります。"),
    (("交通", "駐輪場"), "駅前の駐輪場は、1日100円で自転車を預けられます。定期の利用もできます。"),
)


def passages(pages: Iterable[tuple[tuple[str, ...], str]]) -> tuple[Passage, ...]:
    """Passages of the town out of heading path and text, numbered in order."""
    return tuple(
        Passage(id=f"{TOWN.id}/{number}", source=TOWN.key, section_id=str(number), section=path, text=text)
        for number, (path, text) in enumerate(pages)
    )


def corpus_of(*texts: str) -> Corpus:
    """A corpus of bare texts without headings."""
    return Corpus({TOWN.key: TOWN}, passages(((), text) for text in texts))


def town() -> Corpus:
    """The town's passages; the last one, with the fee of the year before, is superseded."""
    old = Passage(
        id="midori/old",
        source=TOWN.key,
        section=("届出", "印鑑登録"),
        text="印鑑を登録すると、印鑑登録証を渡します。登録の手数料は200円です。",
        superseded_by="midori/2",
    )
    return Corpus({TOWN.key: TOWN}, (*passages(_PAGES), old))
