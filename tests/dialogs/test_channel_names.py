"""A home names a desk's channels as its platform does, and by id only where no name is known."""

from __future__ import annotations

from adapters.naming import NameOf, renew_names
from bot import talk as words
from bot.desks import Channel
from bot.errors import Throttled
from bot.places import Place
from bot.reactions import ShowHome
from tests.dialogs.desks import SHINJUKU, enrol
from tests.dialogs.talk import Talk, text_of


async def home(talk: Talk) -> str:
    reaction = await talk.opens_home("田中")
    assert isinstance(reaction, ShowHome)
    return text_of(reaction.post.blocks)


def called(names: dict[str, str]) -> NameOf:
    """A platform that knows these names by id, and asks for patience with all others."""

    async def name_of(place: Place) -> str:
        if place.channel not in names:
            raise Throttled("too fast")
        return names[place.channel]

    return name_of


async def test_a_channel_is_named_once_its_platform_told_the_name(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    async with talk.store() as work:
        for id_ in ("C1", "C2", "C3"):
            await work.desks.set_channel(Channel(place=talk.place(id_), desk=SHINJUKU.id))
        await work.commit()
    names = {"C1": "#外国人\n相談", "C3": ""}
    assert "Slack C1" in await home(talk)
    await renew_names(talk.store, {"slack": called(names)})
    shown = await home(talk)
    for name in ("Slack #外国人 相談", "Slack C2", "Slack C3"):
        assert name in shown
    # Renamed; and one that cannot be told now stays what it was.
    await renew_names(talk.store, {"slack": called({"C1": "#" + "長" * 100, "C2": "#会議"})})
    await renew_names(talk.store, {"slack": called({}), "teams": called({})})
    shown = await home(talk)
    assert f"Slack #{'長' * 79}：" in shown
    assert "Slack #会議" in shown
    assert words.CHANNELS in shown


async def test_a_platform_that_is_not_served_is_not_asked(talk: Talk) -> None:
    await enrol(talk, SHINJUKU, "田中")
    async with talk.store() as work:
        await work.desks.set_channel(Channel(place=talk.place("C1"), desk=SHINJUKU.id))
        await work.commit()
    await renew_names(talk.store, {"teams": called({"C1": "誤り"})})
    assert "Slack C1" in await home(talk)
