"""A referral of a desk whose municipality belongs to a sub-office, told as talks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.documents import file_of
from bot import bureau_talk, referral_talk, sheet_talk
from bot import drafting_talk as words
from bot.desks import Channel, Desk, DeskKind, Role
from bot.reactions import Whisper
from bot.referrals import Referral, State, Step
from bot.referring.sheet import sheet_text
from corpus import directory
from tests.dialogs.desks import enrol, given, invite
from tests.dialogs.drafts import drafts, only, sends, thread
from tests.dialogs.network import BUREAU, COUNSELLOR, DESK, card, coordinate, in_channel, presses, stands
from tests.dialogs.talk import Talk, a_talk, form_of, text_of
from tests.sub_office import ENTRY, HINODE, HINOHARA, SHINJUKU_WARD, in_data

NAME, TOKYO = ENTRY["name"], "東京出入国在留管理局"
SUB_OFFICE = "西多摩"
VILLAGE = Desk(
    id="13-hinohara", name="檜原村の窓口", prefecture="東京都", municipalities=(HINOHARA,), kind=DeskKind.CITY
)
CODE = "ACDEFGHJKM"


@pytest.fixture
def known() -> Iterator[directory.Directory]:
    """The directory with a sub-office."""
    with in_data(ENTRY) as known:
        yield known


@pytest.fixture
async def talk(tmp_path: Path, known: directory.Directory) -> AsyncIterator[Talk]:
    """A village's desk, and a coordinator of the bureau above the sub-office, with a channel each."""
    assert known.bureau("nishitama").name == NAME
    async with a_talk(tmp_path) as talk:
        await is_desk(talk, VILLAGE.municipalities)
        await coordinate(talk, "佐藤")
        await has_channel(talk, "tokyo", BUREAU)
        yield talk


async def is_desk(talk: Talk, municipalities: Sequence[str]) -> None:
    """The desk serves these municipalities."""
    await enrol(talk, replace(VILLAGE, municipalities=tuple(municipalities)), COUNSELLOR)
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(DESK), desk=VILLAGE.id))
        await work.commit()


async def has_channel(talk: Talk, bureau: str, channel: str) -> None:
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(channel), bureau=bureau))
        await work.commit()


async def joins_the_network(talk: Talk) -> None:
    """The sub-office's coordinator registers their channel with a code."""
    await invite(talk, CODE, role=Role.COORDINATOR, bureau="nishitama")
    await talk.says("山本", f"登録 {CODE}", channel=SUB_OFFICE)
    talk.hears(referral_talk.bureau_linked(NAME))
    assert (await given(talk, SUB_OFFICE)).bureau == "nishitama"


async def referred(talk: Talk) -> Referral:
    """The desk sends one, having seen where it goes."""
    preview = await drafts(talk)
    assert f"{referral_talk.BUREAU}：{NAME}" in text_of(preview.blocks)
    told = await sends(talk, preview)
    sent = await only(talk, VILLAGE.id)
    assert told == Whisper(words.sent(sent.number, NAME, by_hand=False, aside=False))
    return sent


async def test_it_reaches_the_sub_office_that_answers_for_the_desks_municipality(talk: Talk) -> None:
    await joins_the_network(talk)
    sent = await referred(talk)
    assert (sent.bureau, sent.state, sent.by_hand) == ("nishitama", State.SENT, False)
    assert not [said for said in talk.platform.said if said.receipt.place.channel == BUREAU]
    assert await presses(talk, "佐藤", referral_talk.STEPS[Step.TAKE], SUB_OFFICE) == Whisper(
        bureau_talk.NOT_OF_THE_BUREAU_IN_CHARGE
    )
    assert await presses(talk, "山本", referral_talk.STEPS[Step.TAKE], SUB_OFFICE) == Whisper(
        bureau_talk.taken(sent.number)
    )
    form = form_of(await presses(talk, "山本", referral_talk.STEPS[Step.REPLY], SUB_OFFICE))
    shown = form_of(await talk.fills("山本", form, talk.place(SUB_OFFICE), text="写真と旅券が要ります。"))
    await talk.fills("山本", shown, talk.place(SUB_OFFICE))
    (answer,) = in_channel(talk, DESK)
    assert referral_talk.answered_by(NAME, talk.clock()) in answer
    assert NAME in post(talk, sent.desk_card)


async def test_it_is_handed_on_to_the_bureau_above(talk: Talk) -> None:
    await joins_the_network(talk)
    sent = await referred(talk)
    await presses(talk, "山本", referral_talk.STEPS[Step.TAKE], SUB_OFFICE)
    form = form_of(await presses(talk, "山本", referral_talk.STEPS[Step.REASSIGN], SUB_OFFICE))
    await talk.fills("山本", form, talk.place(SUB_OFFICE), text="審査中の案件のため", to="bureau-tokyo")
    assert (await stands(talk, sent)).bureau == "tokyo"
    assert "審査中の案件のため" in text_of(card(talk, BUREAU).blocks)
    assert TOKYO in post(talk, sent.bureau_card)
    assert await presses(talk, "佐藤", referral_talk.STEPS[Step.TAKE]) == Whisper(bureau_talk.taken(sent.number))


async def test_the_bureau_hands_on_to_its_sub_office(talk: Talk) -> None:
    await joins_the_network(talk)
    await is_desk(talk, [SHINJUKU_WARD])
    await sends(talk, await drafts(talk))
    sent = await only(talk, VILLAGE.id)
    assert sent.bureau == "tokyo"
    await presses(talk, "佐藤", referral_talk.STEPS[Step.TAKE])
    form = form_of(await presses(talk, "佐藤", referral_talk.STEPS[Step.REASSIGN]))
    await talk.fills("佐藤", form, talk.place(BUREAU), text="住所地のため", to="bureau-nishitama")
    assert (await stands(talk, sent)).bureau == "nishitama"
    assert any(NAME in text for text in in_channel(talk, DESK))


@pytest.mark.parametrize(
    ("municipalities", "prefecture", "bureau"),
    [
        ([HINODE, HINOHARA], "東京都", "nishitama"),
        ([HINODE, SHINJUKU_WARD], "東京都", "tokyo"),  # a joint desk that belongs to two
        ([], "東京都", "tokyo"),
        ([HINOHARA], "神奈川県", "yokohama"),  # where the person lives
        ([HINOHARA], "埼玉県", "tokyo"),  # the same bureau, but not the desk's sub-office
    ],
)
async def test_the_desk_or_the_persons_home_decides(
    talk: Talk, municipalities: list[str], prefecture: str, bureau: str
) -> None:
    await is_desk(talk, municipalities)
    await sends(talk, await drafts(talk, prefecture=prefecture))
    assert (await only(talk, VILLAGE.id)).bureau == bureau


async def test_written_again_for_somebody_from_elsewhere_it_goes_elsewhere(talk: Talk) -> None:
    preview = await drafts(talk)
    assert (await only(talk, VILLAGE.id)).bureau == "nishitama"
    form = form_of(await sends(talk, preview, choice="edit"))
    again = form_of(await talk.fills(COUNSELLOR, form, thread(talk), prefecture="埼玉県"))
    assert f"{referral_talk.BUREAU}：{TOKYO}" in text_of(again.blocks)
    assert (await only(talk, VILLAGE.id)).bureau == "tokyo"


async def test_not_on_the_network_it_is_reached_by_its_own_telephone(talk: Talk, known: directory.Directory) -> None:
    preview = await drafts(talk)
    assert words.TO_HAND_OVER in text_of(preview.blocks)
    await sends(talk, preview)
    told = "\n".join(in_channel(talk, DESK))
    for part in (NAME, "042-000-0000", "令和8年度"):
        assert part in told
    sent = await only(talk, VILLAGE.id)
    assert sent.by_hand
    assert NAME in post(talk, sent.desk_card)
    sheet = sheet_text(sent, VILLAGE, known.bureau(sent.bureau), talk.clock())
    assert f"{sheet_talk.OFFICE}：{NAME}" in sheet
    assert (await file_of(sent, VILLAGE, datetime(2026, 11, 20, tzinfo=UTC))).content.startswith(b"%PDF")


def post(talk: Talk, delivery: str) -> str:
    """A post as it stands now."""
    return next(text_of(said.post.blocks) for said in talk.platform.said if said.delivery == delivery)
