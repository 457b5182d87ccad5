from __future__ import annotations

from bot import sentences
from bot import talk as words
from bot.desks import Listening, Member, Role
from bot.incoming import Opened, Pressed, Searched, Way
from bot.places import Place
from bot.ports import Outcome
from bot.reactions import Prompts, Reaction, Results, ShowHome, Whisper
from tests.dialogs.desks import HAKATA, SHINJUKU, enrol, given, invite
from tests.dialogs.talk import Talk, buttons, form_of, text_of

OPEN = "火星の小学校に転校させたい"


def _home(reaction: Reaction | None) -> str:
    assert isinstance(reaction, ShowHome)
    return text_of(reaction.post.blocks)


async def test_who_belongs_to_no_desk_reads_how_to_link(talk: Talk) -> None:
    home = _home(await talk.opens_home("田中"))
    assert words.HOW_TO_LINK in home
    assert words.open_title(30) not in home


async def test_a_counsellor_sees_the_desks_channels_counts_and_open_questions(talk: Talk) -> None:
    await invite(talk, "ACDEFGHJKM", SHINJUKU)
    await talk.says("田中", "登録 ACDEFGHJKM")
    await talk.says("田中", OPEN)
    talk.passes(days=1)
    await talk.says("佐藤", "金星の小学校に転校させたい")
    await talk.says("田中", "在留カードをなくした")
    home = _home(await talk.opens_home("田中"))
    for part in ("新宿の窓口", "平日9時から17時", "Slack 相談", words.LISTENING[Listening.MENTIONS], "11月20日"):
        assert part in home
    assert home.index(OPEN) < home.index("金星の小学校")
    assert f"{words.OUTCOMES[Outcome.NOT_FOUND]}：2件" in home
    assert f"{words.OUTCOMES[Outcome.ANSWERED]}：1件" in home
    talk.passes(days=30)
    later = _home(await talk.opens_home("田中"))
    assert OPEN not in later
    assert "金星の小学校" in later


async def test_the_text_of_a_desks_questions_is_shown_to_nobody_else(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    await enrol(talk, HAKATA, "鈴木")
    async with talk.store() as work:
        for role in (Role.COORDINATOR, Role.AGENCY, Role.ADMINISTRATOR):
            await work.desks.enrol(Member(person=talk.person(role), role=role, desk=SHINJUKU.id))
        await work.commit()
    await talk.says("田中", OPEN, way=Way.DIRECT)
    assert OPEN in _home(await talk.opens_home("田中"))
    for name in ("鈴木", "誰か", *Role):
        assert OPEN not in _home(await talk.opens_home(name))


async def test_the_home_opens_the_forms_and_the_help(talk: Talk) -> None:
    await invite(talk, "ACDEFGHJKM", SHINJUKU)
    await talk.says("田中", "登録 ACDEFGHJKM")
    reaction = await talk.opens_home("田中")
    assert isinstance(reaction, ShowHome)
    pressed = {button.label: button for button in buttons(reaction.post.blocks)}
    direct = talk.place("D-田中")

    async def press(label: str) -> Reaction | None:
        button = pressed[label]
        return await talk.happens(
            Pressed(
                keys=(f"press/{label}",),
                place=direct,
                person=talk.person("田中"),
                action=button.action,
                value=button.value,
                at=talk.clock(),
            )
        )

    assert form_of(await press(words.ASK_TITLE)).inputs[0].value == ""
    assert words.HELP in _home(await press(words.HELP_TITLE))
    form = form_of(await press(words.settings_of(1)))
    assert [one.name for one in form.inputs] == ["listening", "audience", "language"]
    await talk.fills("田中", form, direct, listening="silent")
    assert (await given(talk)).listening is Listening.SILENT


async def test_a_message_is_looked_up_from_its_menu(talk: Talk) -> None:
    await enrol(talk, HAKATA, "田中")
    place = talk.place(thread="7")
    form = form_of(await talk.happens(_pressed(talk, place, "look_up", "相談者が在留カードをなくした")))
    assert form.inputs[0].value == "相談者が在留カードをなくした"
    assert form.inputs[1].value == ("福岡県",)
    await talk.fills("田中", form, place, question="在留カードをなくした")
    talk.hears("14日以内に入管", thread="7")


async def test_a_button_of_an_earlier_version_says_so(talk: Talk) -> None:
    assert await talk.happens(_pressed(talk, talk.place(), "dance", "")) == Whisper(words.UNKNOWN_BUTTON)


async def test_the_pane_offers_examples(talk: Talk) -> None:
    reaction = await talk.happens(Opened(place=talk.place("D-田中"), person=talk.person("田中"), pane=True))
    assert reaction == Prompts(words.PANE_GREETING, sentences.EXAMPLES[:4])


async def test_a_search_lists_what_the_documents_hold(talk: Talk) -> None:
    place, person = talk.place(), talk.person("田中")
    reaction = await talk.happens(Searched(place=place, person=person, text="児童手当"))
    assert isinstance(reaction, Results)
    assert "児童手当" in reaction.citations[0].text
    assert await talk.happens(Searched(place=place, person=person, text="")) == Results(())
    talk.hears_nothing()


async def test_a_search_that_speaks_of_danger_brings_whom_to_call(talk: Talk) -> None:
    searched = Searched(place=talk.place(), person=talk.person("田中"), text="夫に殴られました")
    reaction = await talk.happens(searched)
    assert isinstance(reaction, Results)
    assert reaction.urgent
    assert "110" in {contact.number for contact in reaction.urgent.contacts}


def _pressed(talk: Talk, place: Place, action: str, value: str) -> Pressed:
    return Pressed(
        keys=(f"press/{action}",),
        place=place,
        person=talk.person("田中"),
        action=action,
        value=value,
        at=talk.clock(),
    )
