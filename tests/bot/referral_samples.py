"""A referral as it may stand, for tests that only read one."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.answer import Citation
from bot.desks import Desk
from bot.highlight import Piece
from bot.places import Person, Place
from bot.referrals import Intake, Referral, State
from corpus.model import Grade

SENT = datetime(2026, 11, 20, 1, tzinfo=UTC)
DESK = Desk(
    id="20-nagano",
    name="△△国際交流協会 相談窓口",
    prefecture="長野県",
    contact="026-000-0000",
    hours="火曜日から土曜日 10時から18時",
)
CITATION = Citation(
    rank=1,
    score=1.0,
    pieces=(Piece("在留カードをなくした人は、14日以内に再交付を申請します。"),),
    grade=Grade.GUIDE,
    source="guidebook",
    title="生活・就労ガイドブック",
    publisher="入管庁",
    edition="第8版",
    section_id="1.3",
    section=("在留手続", "在留カードをなくしたとき"),
    page=4,
    url="https://example.org/guidebook",
    as_of="2026-02-26",
)
INTAKE = Intake(
    question="旅券も手元にないとき、再交付の申請に何を持って行けばよいですか。",
    situation="人物Aは会社Aの寮で盗難にあった。\n警察に届け出た。",
    status="技能実習",
    language="ベトナム語",
    tried="ガイドブックを確かめた。",
    by_when="2026-11-30",
    sit_in=True,
    citations=(CITATION,),
)


def referral(state: State = State.SENT, intake: Intake = INTAKE) -> Referral:
    """One of the desk."""
    slack = {"platform": "slack", "tenant": "T1"}
    return Referral(
        id="0" * 32,
        number=12,
        version=1,
        state=state,
        desk=DESK.id,
        author=Person(**slack, id="U1"),
        place=Place(**slack, channel="C1", thread="1"),
        prefecture="長野県",
        bureau="tokyo",
        intake=intake,
        made=SENT,
        changed=SENT,
        sent=None if state is State.DRAFTED else SENT,
    )
