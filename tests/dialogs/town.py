"""A few pages that a desk would look up, and who answers from them."""

from __future__ import annotations

from adapters.knowledge import Knowledge
from corpus import directory
from corpus.model import Corpus, Passage, Source
from tests.fakes import BigramFinder

BOOK = Source(
    id="guidebook",
    title="生活・就労ガイドブック",
    publisher="入管庁",
    edition="第8版",
    date="2026-02",
    url="https://example.org/guidebook",
)

_LOST, _MOVED, _BORN, _ALLOWANCE, _POLICE = "在留カードをなくしたとき", "引っ越し", "出産", "児童手当", "110番"
_PAGES = (
    ("ch01.1-3", _LOST, 4, "在留カードをなくした人は、14日以内に入管で再交付を申請します。手数料は無料です。"),
    ("ch01.1-3", _LOST, 5, "在留カードの再交付の申請は、16歳未満の子どもの場合は親がします。"),
    ("ch02.1-1", _MOVED, 9, "引っ越した人は、14日以内に市区町村に転入届を出します。転入届は郵送では出せません。"),
    ("ch04.2-1", _BORN, 20, "子どもが生まれたら、14日以内に市区町村に出生届を出します。"),
    (
        "ch07.3-1",
        _ALLOWANCE,
        61,
        "児童手当は、高校生までの子どもに支給されます。児童手当の申請は市区町村にします。",
    ),
    ("ch10.1-2", _POLICE, 90, "どろぼう、暴力、交通事故などのときは、すぐに110番に電話します。"),
)


def knowledge() -> Knowledge:
    """Answers from these pages."""
    passages = tuple(
        Passage(
            id=f"guidebook#{number}", source=BOOK.key, text=text, section_id=section_id, section=(section,), page=page
        )
        for number, (section_id, section, page, text) in enumerate(_PAGES)
    )
    return Knowledge(BigramFinder(Corpus({BOOK.key: BOOK}, passages)), directory.load())
