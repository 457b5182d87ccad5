from __future__ import annotations

from datetime import timedelta

import pytest

from bot import talk as words
from bot.desks import Member, Role
from bot.incoming import Way
from tests.dialogs.desks import HAKATA, SHINJUKU, audited, given, invite, member
from tests.dialogs.talk import Talk, text_of

CODE = "ACDEFGHJKM"
OTHER = "NPQRTUVWXY"


async def test_a_code_gives_a_channel_to_a_desk_and_its_sender_a_place_there(talk: Talk) -> None:
    await invite(talk, CODE, HAKATA)
    await talk.says("田中", "登録 ACDEF-GHJKM")
    talk.hears("このチャンネルを「博多の窓口」に登録しました。", "福岡県", "[設定]")
    assert (await given(talk)).desk == HAKATA.id
    assert await member(talk, "田中") == Member(
        person=talk.person("田中"), role=Role.COUNSELLOR, desk=HAKATA.id, since=talk.clock()
    )
    assert await audited(talk, "link_channel", "田中") == await audited(talk, "redeem_code", "田中") == 1


async def test_the_desks_prefecture_decides_whom_to_call(talk: Talk) -> None:
    await invite(talk, CODE, HAKATA)
    await talk.says("田中", "火星に引っ越したい人の相談です")
    talk.hears("FRESC")
    await talk.says("田中", f"登録　{CODE.lower()}")
    await talk.says("佐藤", "火星に引っ越したい人の相談です")  # the channel is the desk's, whoever asks
    talk.hears("福岡出入国在留管理局")
    await talk.says("田中", "火星に引っ越したい人の相談です", way=Way.DIRECT)  # a counsellor is, wherever they ask
    talk.hears("福岡出入国在留管理局")


async def test_a_person_links_themselves_in_a_direct_conversation(talk: Talk) -> None:
    await invite(talk, CODE, SHINJUKU)
    await talk.says("田中", f"登録 {CODE}", way=Way.DIRECT)
    talk.hears("「新宿の窓口」の相談員として登録しました。")
    assert (await given(talk, "D-田中")).desk == ""
    assert (await member(talk, "田中")) is not None


async def test_a_used_code_is_told_to_its_sender_only(talk: Talk) -> None:
    await invite(talk, CODE, SHINJUKU)
    await talk.says("田中", f"登録 {CODE}")
    await talk.says("佐藤", f"登録 {CODE}", channel="別室")
    talk.hears(words.WRONG_CODE, only="佐藤")
    assert (await given(talk, "別室")).desk == ""
    assert await member(talk, "佐藤") is None


async def test_who_guesses_has_to_wait(talk: Talk) -> None:
    await invite(talk, CODE, SHINJUKU)
    for number in range(5):
        await talk.says("泥棒", f"登録 AAAAAAAAA{number}", channel=f"部屋{number}")
        talk.hears(words.WRONG_CODE, only="泥棒")
    await talk.says("泥棒", f"登録 {CODE}")
    talk.hears(words.TOO_MANY_WRONG_CODES, only="泥棒")
    assert (await given(talk)).desk == ""
    talk.passes(minutes=61)
    await talk.says("泥棒", f"登録 {CODE}")
    talk.hears("「新宿の窓口」")


async def test_a_channel_of_another_desk_is_changed_only_by_who_may(talk: Talk) -> None:
    await invite(talk, CODE, SHINJUKU)
    await talk.says("田中", f"登録 {CODE}")
    await invite(talk, OTHER, HAKATA)
    await talk.says("鈴木", f"登録 {OTHER}")
    talk.hears(words.LINKED_TO_ANOTHER, only="鈴木")
    assert (await given(talk)).desk == SHINJUKU.id
    assert await member(talk, "鈴木") is None
    assert await audited(talk, "refused_link", "鈴木") == 1
    await talk.says("田中", f"登録 {OTHER}")  # the code was not used up, and 田中 belongs to the desk
    talk.hears("このチャンネルを「博多の窓口」に登録しました。")
    assert (await given(talk)).desk == HAKATA.id


async def test_who_has_a_role_keeps_it_when_linking_a_channel(talk: Talk) -> None:
    await invite(talk, CODE, role=Role.ADMINISTRATOR)
    await talk.says("管理者", f"登録 {CODE}", way=Way.DIRECT)
    talk.hears("管理者として登録しました。")
    await invite(talk, OTHER, HAKATA)
    since = talk.clock()
    talk.passes(days=1)
    await talk.says("管理者", f"登録 {OTHER}")
    talk.hears("このチャンネルを「博多の窓口」に登録しました。", words.ROLE_STAYS)
    assert await member(talk, "管理者") == Member(person=talk.person("管理者"), role=Role.ADMINISTRATOR, since=since)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AGENCY, Role.ADMINISTRATOR])
async def test_who_has_another_role_becomes_no_counsellor_and_is_told_so(talk: Talk, role: Role) -> None:
    await invite(talk, CODE, role=role, bureau="tokyo" if role is Role.COORDINATOR else "")
    await talk.says("加藤", f"登録 {CODE}", way=Way.DIRECT)
    before = await member(talk, "加藤")
    await invite(talk, OTHER, SHINJUKU)
    await talk.says("加藤", f"登録 {OTHER}", way=Way.DIRECT)
    talk.hears(words.HAS_ANOTHER_ROLE)
    assert await member(talk, "加藤") == before
    assert await audited(talk, "refused_link", "加藤") == 1
    await talk.says("田中", f"登録 {OTHER}", way=Way.DIRECT)  # the code was not used up
    talk.hears("「新宿の窓口」の相談員として登録しました。")


async def test_a_counsellor_is_one_since_their_first_code_and_anew_at_another_desk(talk: Talk) -> None:
    first = talk.clock()
    for code, desk, channel, since in (
        (CODE, SHINJUKU, "相談", first),
        (OTHER, SHINJUKU, "別室", first),
        (CODE, HAKATA, "相談", first + timedelta(days=2)),
    ):
        await invite(talk, code, desk)
        await talk.says("田中", f"登録 {code}", channel=channel)
        found = await member(talk, "田中")
        assert found is not None
        assert found.since == since
        talk.passes(days=1)


async def test_coordinators_and_the_agency_come_in_by_code_and_no_channel_changes(talk: Talk) -> None:
    for code, role, name in ((CODE, Role.COORDINATOR, "担当官"), (OTHER, Role.AGENCY, "本庁")):
        await invite(talk, code, role=role)
        await talk.says(name, f"登録 {code}")
        talk.hears("として登録しました。", only=name)
        found = await member(talk, name)
        assert found is not None
        assert found.role is role
    assert (await given(talk)).desk == ""


async def test_a_coordinators_code_makes_a_channel_the_bureaus(talk: Talk) -> None:
    await invite(talk, CODE, role=Role.COORDINATOR, bureau="tokyo")
    await talk.says("担当官", f"登録 {CODE}", channel="東京局")
    talk.hears("東京出入国在留管理局", "照会はここに届きます")
    assert (await given(talk, "東京局")).bureau == "tokyo"
    assert (await given(talk, "東京局")).desk == ""
    await invite(talk, OTHER, role=Role.COORDINATOR, bureau="tokyo")
    await talk.says("ほかの担当官", f"登録 {OTHER}", way=Way.DIRECT)
    talk.hears("受入環境調整担当官として登録しました。")
    assert (await given(talk, "D-ほかの担当官")).bureau == ""


async def test_no_channel_is_a_desks_and_a_bureaus_at_once(talk: Talk) -> None:
    await invite(talk, CODE, SHINJUKU)
    await talk.says("田中", f"登録 {CODE}")
    await invite(talk, OTHER, role=Role.COORDINATOR, bureau="tokyo")
    await talk.says("担当官", f"登録 {OTHER}")  # in the desk's channel
    talk.hears(words.LINKED_TO_ANOTHER, only="担当官")
    assert await member(talk, "担当官") is None
    await talk.says("担当官", f"登録 {OTHER}", channel="東京局")
    await invite(talk, CODE, HAKATA)
    await talk.says("鈴木", f"登録 {CODE}", channel="東京局")
    talk.hears(words.LINKED_TO_ANOTHER, only="鈴木")
    assert (await given(talk, "東京局")).bureau == "tokyo"


async def test_a_question_about_registration_is_a_question(talk: Talk) -> None:
    await talk.says("田中", "登録支援機関とは何ですか")
    assert words.WRONG_CODE not in text_of(talk.heard[0].post.blocks)
    assert words.HELP not in text_of(talk.heard[0].post.blocks)
    assert await audited(talk, "wrong_code", "田中") == 0
