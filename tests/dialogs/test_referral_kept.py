"""What the bureau says of offices reaches the desk, and what is a person's does not; by the real gate."""

from __future__ import annotations

import pytest

from bot import bureau_talk as words
from bot import preview_talk, referral_talk
from bot.posts import Form, Quote
from bot.reactions import Whisper
from bot.reception import Reception
from bot.referrals import Referral, Step
from bot.referring.gate import AnonymisingGate
from tests.dialogs.network import (
    BUREAU,
    COORDINATORS,
    COUNSELLOR,
    DESK,
    does,
    in_channel,
    open_network,
    presses,
    refer,
    stands,
)
from tests.dialogs.talk import Talk, form_of, text_of
from tests.dialogs.town import knowledge
from tests.fakes_means import means_of

OFFICE = "03-3580-4111"
ANSWER = f"様式は{OFFICE}に問い合わせを。"
MASKED = "様式は電話番号Aに問い合わせを。"
SATO = COORDINATORS[0]


@pytest.fixture
async def referral(talk: Talk) -> Referral:
    talk.reception = Reception(means_of(talk.store, knowledge(), talk.clock, AnonymisingGate()), wake=lambda: None)
    await open_network(talk)
    referral = await refer(talk)
    await does(talk, referral, Step.TAKE, SATO)
    return referral


async def preview(talk: Talk, step: Step, text: str) -> Form:
    form = form_of(await presses(talk, SATO, referral_talk.STEPS[step]))
    return await again(talk, form, text=text)


async def again(talk: Talk, form: Form, **values: str) -> Form:
    return form_of(await talk.fills(SATO, form, talk.place(BUREAU), **values))


def quoted(form: Form) -> str:
    return next(block.text for block in form.blocks if isinstance(block, Quote))


@pytest.mark.parametrize("step", [Step.REPLY, Step.ASK_BACK])
async def test_an_offices_number_is_kept_seen_and_sent(talk: Talk, referral: Referral, step: Step) -> None:
    form = await preview(talk, step, ANSWER)
    assert quoted(form) == MASKED
    kept = await again(talk, form, kept=OFFICE)
    assert not in_channel(talk, DESK)  # shown first
    assert quoted(kept) == ANSWER
    assert await talk.fills(SATO, kept, talk.place(BUREAU)) == Whisper(words.SAID[step])
    assert ANSWER in in_channel(talk, DESK)[0]
    # It stays as it was sent, whatever is said later; and can be kept again.
    more = await preview(talk, Step.REPLY, f"もう一度、{ANSWER}")
    assert quoted(more) == f"もう一度、{MASKED}"
    assert quoted(await again(talk, more, kept=OFFICE)) == f"もう一度、{ANSWER}"
    assert ANSWER in (await history(talk, referral))


async def test_what_was_kept_and_is_taken_back_is_shown_again(talk: Talk, referral: Referral) -> None:
    kept = await again(talk, await preview(talk, Step.REPLY, ANSWER), kept=OFFICE)
    masked = await again(talk, kept, kept="")
    assert not in_channel(talk, DESK)
    assert quoted(masked) == MASKED
    await talk.fills(SATO, masked, talk.place(BUREAU))
    assert (await stands(talk, referral)).official == MASKED


async def test_a_word_to_keep_that_stands_nowhere_is_told_back(talk: Talk, referral: Referral) -> None:
    form = await again(talk, await preview(talk, Step.REPLY, ANSWER), kept="03-3580-4112\n3580")
    shown = text_of(form.blocks)
    assert preview_talk.not_to_be_kept(["03-3580-4112"]) in shown
    assert preview_talk.still_hidden(["3580"]) in shown  # a part only
    assert quoted(form) == MASKED


async def test_people_are_masked_whatever_is_to_be_kept(talk: Talk, referral: Referral) -> None:
    form = await preview(talk, Step.REPLY, "グエンさんに在留カードAB12345678CDを返してください。")
    kept = await again(talk, form, kept="グエン\nAB12345678CD")
    assert quoted(kept) == quoted(form)
    assert "グエン" not in quoted(kept)
    assert "AB12345678CD" not in quoted(kept)
    assert preview_talk.still_hidden(["グエン", "AB12345678CD"]) in text_of(kept.blocks)


async def test_the_desk_keeps_nothing_whatever_it_sends(talk: Talk, referral: Referral) -> None:
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.SUPPLEMENT], DESK))
    shown = form_of(await talk.fills(COUNSELLOR, form, talk.place(DESK), text=ANSWER, kept=OFFICE))
    assert "kept" not in {one.name for one in shown.inputs}
    assert MASKED in text_of(shown.blocks)
    await talk.fills(COUNSELLOR, shown, talk.place(DESK), kept=OFFICE)
    assert MASKED in in_channel(talk, BUREAU)[0]
    # 電話番号A stands for it, and a label brings nothing back.
    form = await again(talk, await preview(talk, Step.REPLY, "電話番号Aにかけてください。"), kept="電話番号A")
    assert quoted(form) == "電話番号Aにかけてください。"


async def test_what_the_desk_says_stays_masked_though_the_bureau_kept_it(talk: Talk, referral: Referral) -> None:
    kept = await again(talk, await preview(talk, Step.REPLY, ANSWER), kept=OFFICE)
    await talk.fills(SATO, kept, talk.place(BUREAU))
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.REOPEN], DESK))
    shown = form_of(await talk.fills(COUNSELLOR, form, talk.place(DESK), text=f"{OFFICE}は不通です。"))
    assert "電話番号Aは不通です。" in text_of(shown.blocks)


async def test_who_was_not_there_before_is_pointed_out_to_either_side(talk: Talk, referral: Referral) -> None:
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.SUPPLEMENT], DESK))
    first = form_of(await talk.fills(COUNSELLOR, form, talk.place(DESK), text="グエンさんの妹が来ました。"))
    assert "新しい表示" not in text_of(first.blocks)  # nobody has a label yet
    await talk.fills(COUNSELLOR, first, talk.place(DESK))
    form = form_of(await presses(talk, COUNSELLOR, referral_talk.STEPS[Step.SUPPLEMENT], DESK))
    second = form_of(await talk.fills(COUNSELLOR, form, talk.place(DESK), text="グエンさんに聞きました。"))
    told = preview_talk.new_labels(["人物B"], ["人物A"])
    assert told in text_of(second.blocks)
    mended = form_of(await talk.fills(COUNSELLOR, second, talk.place(DESK), text="人物Aさんに聞きました。"))
    assert "新しい表示" not in text_of(mended.blocks)
    answer = await preview(talk, Step.REPLY, "グエンさんは来てください。")
    assert told in text_of(answer.blocks)
    assert "新しい表示" not in text_of((await again(talk, answer, text="人物Aさんは来てください。")).blocks)


async def history(talk: Talk, referral: Referral) -> list[str]:
    async with talk.store() as work:
        return [entry.text for entry in await work.referrals.history(referral.id)]
