"""How a counsellor drafts a referral, and what stands on both sides then."""

from __future__ import annotations

from bot import referral_talk
from bot.places import Place
from bot.posts import Form
from bot.reactions import Reaction, Whisper
from bot.referrals import Referral, State
from tests.dialogs.desks import SHINJUKU
from tests.dialogs.network import BUREAU, COUNSELLOR, DESK, presses
from tests.dialogs.talk import Talk, form_of, text_of

#: `tests.fakes_means.WordGate` masks these two.
NAME, PHONE = "グエン", "090-1234-5678"
QUESTION = f"{NAME}さんの在留カードの再交付に必要な書類は？"
SITUATION = f"会社の寮でなくした。電話は{PHONE}。上司は山田。"


async def asks(talk: Talk, text: str = "在留カードをなくしました") -> Form:
    """The counsellor asks, and presses 担当官に照会."""
    await talk.says(COUNSELLOR, text)
    return form_of(await presses(talk, COUNSELLOR, referral_talk.REFER, DESK))


def thread(talk: Talk) -> Place:
    return next(said.receipt.place for said in talk.platform.said if said.receipt.place.channel == DESK)


async def drafts(talk: Talk, **values: str) -> Form:
    """They fill in the form; what they get is the preview."""
    form = await asks(talk)
    filled = {"question": QUESTION, "situation": SITUATION, **values}
    return form_of(await talk.fills(COUNSELLOR, form, thread(talk), **filled))


async def sends(talk: Talk, preview: Form, **values: str) -> Reaction | None:
    return await talk.fills(COUNSELLOR, preview, thread(talk), **values)


async def referred(talk: Talk) -> Referral:
    """A referral that was sent as it is."""
    assert isinstance(await sends(talk, await drafts(talk)), Whisper)
    return await only(talk)


async def only(talk: Talk, desk: str = SHINJUKU.id) -> Referral:
    async with talk.store() as work:
        (found,) = await work.referrals.of_desk(desk, frozenset(State))
    return found


def in_bureau(talk: Talk) -> str:
    return "\n".join(text_of(s.post.blocks) for s in talk.platform.said if s.receipt.place.channel == BUREAU)


async def on_card(talk: Talk) -> str:
    """The desk's card, as it stands now."""
    referral = await only(talk)
    return next(text_of(said.post.blocks) for said in talk.platform.said if said.delivery == referral.desk_card)
