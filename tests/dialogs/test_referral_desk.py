from __future__ import annotations

from dataclasses import replace

import pytest

from bot import drafting_talk as words
from bot import preview_talk, referral_talk
from bot.desks import Channel, Desk, DeskKind
from bot.incoming import Way
from bot.posts import ChoiceInput, TextInput
from bot.reactions import Correct, ShowForm, Whisper
from bot.referrals import State, Step
from tests.dialogs.desks import audited, enrol
from tests.dialogs.drafts import (
    NAME,
    PHONE,
    QUESTION,
    asks,
    drafts,
    in_bureau,
    on_card,
    only,
    sends,
    thread,
)
from tests.dialogs.network import BUREAU, COUNSELLOR, DESK, card, in_channel, open_network, presses
from tests.dialogs.talk import Talk, form_of, text_of


@pytest.fixture(autouse=True)
async def _network(talk: Talk) -> None:
    await open_network(talk)


async def test_the_form_begins_with_the_question_and_what_the_documents_said(talk: Talk) -> None:
    form = await asks(talk)
    question = next(one for one in form.inputs if isinstance(one, TextInput))
    assert question.value == "在留カードをなくしました"
    assert "14日以内" in text_of(form.blocks)
    prefecture = next(one for one in form.inputs if isinstance(one, ChoiceInput) and one.name == "prefecture")
    assert prefecture.value == ("東京都",)


async def test_what_was_not_found_can_be_referred_too(talk: Talk) -> None:
    form = await asks(talk, "火星に引っ越したい人の相談です")
    assert words.NOT_FOUND in text_of(form.blocks)


async def test_who_refers_the_same_thread_again_is_told_of_the_open_referral(talk: Talk) -> None:
    preview = await drafts(talk)
    first = form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, DESK))
    assert "まだ終わっていません" not in text_of(first.blocks)  # a draft is no referral
    assert isinstance(await sends(talk, preview), Whisper)
    number = (await only(talk)).number
    again = form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, DESK))
    assert text_of(again.blocks).endswith(words.already_open([number]))
    elsewhere = await asks(talk, "火星に引っ越したい人の相談です")
    assert "まだ終わっていません" not in text_of(elsewhere.blocks)


async def test_exactly_what_was_shown_leaves_and_nothing_of_what_was_typed(talk: Talk) -> None:
    preview = await drafts(talk)
    shown = text_of(preview.blocks)
    assert "人物Aさんの在留カードの再交付" in shown
    assert "電話は人物B" in shown
    assert "窓口：新宿の窓口" in shown
    assert "照会先：東京出入国在留管理局" in shown
    assert NAME not in shown
    assert PHONE not in shown
    assert in_bureau(talk) == ""
    assert isinstance(await sends(talk, preview), Whisper)
    arrived = in_bureau(talk)
    assert "人物Aさんの在留カードの再交付に必要な書類は？" in arrived
    assert "会社の寮でなくした。電話は人物B。上司は山田。" in arrived
    assert "14日以内" in arrived  # the documents travel along
    sent = await only(talk)
    assert sent.state is State.SENT
    assert NAME not in repr(sent)  # what was typed is gone with the draft
    assert PHONE not in repr(sent)
    assert await audited(talk, "draft", COUNSELLOR) == 1
    assert await audited(talk, Step.SEND, COUNSELLOR) == 1


async def test_who_wants_more_masked_sees_it_before_it_leaves(talk: Talk) -> None:
    preview = await drafts(talk)
    again = form_of(await sends(talk, preview, further="山田\n"))
    assert words.PREVIEW_CHANGED in text_of(again.blocks)
    assert "山田" not in text_of(again.blocks)
    assert in_bureau(talk) == ""
    assert isinstance(await sends(talk, again), Whisper)
    assert "山田" not in in_bureau(talk)
    assert "上司は人物C" in in_bureau(talk)


async def test_a_word_to_mask_that_was_mistyped_is_told_back(talk: Talk) -> None:
    preview = await drafts(talk)
    again = form_of(await sends(talk, preview, further="山本\n会社の寮\n"))
    assert preview_talk.not_in_the_text(["山本"]) in text_of(again.blocks)
    assert "「会社の寮」" not in text_of(again.blocks)
    assert in_bureau(talk) == ""
    mended = form_of(await sends(talk, again, further="山田\n会社の寮\n"))
    assert "見つかりませんでした" not in text_of(mended.blocks)
    # Who means it is not kept from sending: it was shown.
    assert isinstance(await sends(talk, again, further="山本\n会社の寮\n"), Whisper)
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.SUPPLEMENT], DESK))
    form = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text="甲社に電話した。"))
    form = form_of(await talk.fills(COUNSELLOR, form, thread(talk), further="甲杜\n寮"))
    # Of the story only what is said now counts: the rest left before.
    assert preview_talk.not_in_the_text(["甲杜", "寮"]) in text_of(form.blocks)


def test_of_many_words_that_were_not_found_few_are_named() -> None:
    told = preview_talk.not_in_the_text([str(number) * 21 for number in range(1, 8)])
    assert told.startswith(f"「{'1' * 12}…」「")
    assert "「44" not in told
    assert "ほか4語は" in told


async def test_a_draft_can_be_written_anew_and_is_shown_again(talk: Talk) -> None:
    preview = await drafts(talk, by_when="2026-11-30")
    form = form_of(await sends(talk, preview, choice="edit"))
    stood = {one.name: one.value for one in form.inputs}
    assert stood["question"] == QUESTION  # as it was typed
    assert stood["by_when"] == "2026-11-30"
    later = form_of(await talk.fills(COUNSELLOR, form, thread(talk), question="手数料はいくらですか"))
    assert "手数料はいくらですか" in text_of(later.blocks)
    # The first preview still stands on another screen: what it shows is no more what would leave.
    stale = form_of(await sends(talk, preview))
    assert "手数料はいくらですか" in text_of(stale.blocks)
    assert in_bureau(talk) == ""
    assert isinstance(await sends(talk, later), Whisper)
    assert (await only(talk)).intake.question == "手数料はいくらですか"
    assert (await only(talk)).intake.citations


async def test_a_forged_digest_or_state_sends_nothing_unseen(talk: Talk) -> None:
    preview = await drafts(talk)
    for state in ("", "{", "[]", preview.state.replace('"]', '0"]'), '["x", "", 1, ""]'):
        reaction = await sends(talk, replace(preview, state=state))
        assert isinstance(reaction, ShowForm | Whisper)
        assert in_bureau(talk) == ""


async def test_a_preview_that_is_sent_twice_sends_one_referral(talk: Talk) -> None:
    preview = await drafts(talk)
    assert isinstance(await sends(talk, preview), Whisper)
    second = await sends(talk, preview)
    assert isinstance(second, Whisper)
    assert second.text == words.NOT_A_DRAFT
    assert len([s for s in talk.platform.said if s.receipt.place.channel == BUREAU]) == 1


async def test_a_draft_that_lay_too_long_is_erased_and_sends_nothing(talk: Talk) -> None:
    preview = await drafts(talk)
    talk.passes(days=40)
    async with talk.store() as work:
        assert await work.referrals.erase_drafts(talk.clock()) == 1
        await work.commit()
    assert isinstance(await sends(talk, preview), Whisper)
    assert (await only(talk)).state is State.DRAFTED
    assert in_bureau(talk) == ""


async def test_a_form_that_is_sent_twice_makes_one_draft(talk: Talk) -> None:
    form = await asks(talk)
    for _ in range(2):
        form_of(await talk.fills(COUNSELLOR, form, thread(talk), question=QUESTION))
    assert (await only(talk)).version == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("question", ""), ("status", "king"), ("language", "tlh"), ("prefecture", "火星"), ("by_when", "2026-11-19")],
)
async def test_what_is_wrong_is_said_at_its_field(talk: Talk, field: str, value: str) -> None:
    form = await asks(talk)
    reaction = await talk.fills(COUNSELLOR, form, thread(talk), **{"question": QUESTION, field: value})
    assert isinstance(reaction, Correct)
    assert set(reaction.faults) == {field}


async def test_the_residence_decides_on_the_bureau(talk: Talk) -> None:
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("横浜支局"), bureau="yokohama"))
        await work.commit()
    await sends(talk, await drafts(talk, prefecture="神奈川県"))
    assert (await only(talk)).bureau == "yokohama"
    assert in_bureau(talk) == ""
    assert "神奈川県" in text_of(card(talk, "横浜支局").blocks)


async def test_a_whole_case_is_the_situation(talk: Talk) -> None:
    case = "在留カードをなくしました。" * 60
    form = await asks(talk, case)
    stood = {one.name: one.value for one in form.inputs}
    assert (stood["question"], stood["situation"]) == ("", case)


async def test_what_was_asked_before_in_the_thread_stands_in_the_form(talk: Talk) -> None:
    await talk.says(COUNSELLOR, "児童手当の申請はどこでしますか")  # another thread
    root = await talk.says(COUNSELLOR, "引っ越した人は転入届をいつまでに出しますか")
    talk.passes(minutes=1)
    await talk.says(COUNSELLOR, "別件です。在留カードをなくしたときはどうしますか？", way=Way.THREAD, thread=root)
    asked = form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, DESK))
    stood = {one.name: one.value for one in asked.inputs}
    assert "在留カードをなくしたとき" in stood["question"]
    assert stood["situation"] == f"{words.ASKED_BEFORE}\n・引っ越した人は転入届をいつまでに出しますか"


async def test_what_the_thread_says_plainly_need_not_be_typed_again(talk: Talk) -> None:
    root = await talk.says(COUNSELLOR, "技能実習2号の方です。会社を辞めたら在留カードはどうしますか")
    talk.passes(minutes=1)
    later = "別件です。在留カードをなくしたときはどうしますか？ベトナム語の通訳も要ります。ハローワークに相談済みです。"
    await talk.says(COUNSELLOR, later, way=Way.THREAD, thread=root)
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, DESK))
    stood = {one.name: one.value for one in form.inputs}
    assert (stood["status"], stood["language"]) == (("training",), ("vi",))
    assert stood["tried"] == "ハローワークに相談済み"
    # It is theirs to change.
    preview = form_of(await talk.fills(COUNSELLOR, form, thread(talk), status="skilled", language="-", tried=""))
    shown = text_of(preview.blocks)
    assert words.STATUSES["skilled"] in shown
    assert "ベトナム語\n" not in shown
    assert referral_talk.TRIED not in shown


async def test_in_a_direct_conversation_other_matters_stay_out(talk: Talk) -> None:
    await talk.says(COUNSELLOR, "引っ越した人は転入届をいつまでに出しますか", way=Way.DIRECT)
    await talk.says(COUNSELLOR, "別件です。在留カードをなくしたときはどうしますか？", way=Way.DIRECT)
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, f"D-{COUNSELLOR}"))
    assert "転入届" not in repr(form.inputs)


@pytest.mark.parametrize("kind", list(DeskKind))
async def test_every_kind_of_desk_refers_also_a_local_government_without_one(talk: Talk, kind: DeskKind) -> None:
    desk = Desk(id="13-village", name="ある村", prefecture="東京都", kind=kind, municipalities=("133078", "133051"))
    await enrol(talk, desk, COUNSELLOR)
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place(DESK), desk=desk.id))
        await work.commit()
    await sends(talk, await drafts(talk))
    assert (await only(talk, desk.id)).state is State.SENT
    assert "ある村" in in_bureau(talk)


async def test_a_bureau_that_is_not_on_the_network_is_reached_by_hand(talk: Talk) -> None:
    preview = await drafts(talk, prefecture="沖縄県")
    assert words.TO_HAND_OVER in text_of(preview.blocks)
    assert words.PREVIEW_SHEET in text_of(preview.blocks)
    assert words.PREVIEW_WHAT not in text_of(preview.blocks)
    await sends(talk, preview)
    told = "\n".join(in_channel(talk, DESK))
    assert "那覇" in told
    assert "令和6年度" in told  # the edition of the contact
    assert "引継票" in told
    sent = await only(talk)
    assert sent.by_hand
    assert NAME not in told
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.RECORD], DESK))
    shown = form_of(await talk.fills(COUNSELLOR, form, thread(talk), text=f"{NAME}さんは写真を持って来てください。"))
    assert "人物Aさんは写真を" in text_of(shown.blocks)
    assert words.PREVIEW_KEPT in text_of(shown.blocks)  # nobody is sent it
    assert shown.submit == words.KEEP_SUBMIT
    await talk.fills(COUNSELLOR, shown, thread(talk))
    standing = await on_card(talk)
    assert referral_talk.RECORDED in standing
    assert f"【{referral_talk.OFFICIAL}】" not in standing
    assert "人物Aさんは写真を持って来てください。" in standing
