"""Which handler does which button and which form of a referral: one table for each side.

A press is done in the unit of work that claimed it. A form comes in two parts: what takes a while (masking) runs before
any unit of work that writes is opened, so that it holds up nobody; what it returns, a `bot.referring.forms.Deed`, runs
in the unit of work that claims the form, looks at the referral again, and changes it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.composing import REFER
from bot.incoming import Pressed, Submitted
from bot.means import Means
from bot.ports import Work
from bot.reactions import Reaction
from bot.referrals import Step
from bot.referring import (
    bureau_forms,
    bureau_steps,
    calling,
    desk_steps,
    drafting,
    intake_form,
    overview,
    preview,
    roster_form,
)
from bot.referring.cards import action_of
from bot.referring.forms import Deed

Press = Callable[[Work, Pressed, Means], Awaitable[Reaction]]
Submit = Callable[[Submitted, Means], Awaitable[Deed]]


def _desk_step(step: Step) -> Press:
    async def press(work: Work, pressed: Pressed, _: Means) -> Reaction:
        return await desk_steps.open_form(work, pressed, step)

    return press


def _bureau_step(step: Step) -> Press:
    async def press(work: Work, pressed: Pressed, means: Means) -> Reaction:
        return await bureau_steps.open_form(work, pressed, means, step)

    return press


_DESK_ACTIONS: Mapping[str, Press] = {
    REFER: drafting.open_form,
    **{action_of(step): _desk_step(step) for step in desk_steps.STEPS},
}
_DESK_FORMS: Mapping[str, Submit] = {
    intake_form.NAME: drafting.submit_form,
    preview.NAME: drafting.submit_preview,
    desk_steps.NAME: desk_steps.submit_form,
}

_BUREAU_ACTIONS: Mapping[str, Press] = {
    action_of(Step.TAKE): bureau_steps.take,
    **{action_of(step): _bureau_step(step) for step in sorted(bureau_steps.STEPS)},
    roster_form.ROSTER: roster_form.open_form,
}
_BUREAU_FORMS: Mapping[str, Submit] = {
    bureau_forms.NAME: bureau_steps.submit_form,
    roster_form.ROSTER: roster_form.submit_form,
}

#: Handlers by the button's action; a card of one's own is for both sides.
ACTIONS: Mapping[str, Press] = {**_DESK_ACTIONS, **_BUREAU_ACTIONS, calling.OPEN_REFERRAL: overview.open_one}
#: Handlers by the form's name.
FORMS: Mapping[str, Submit] = {**_DESK_FORMS, **_BUREAU_FORMS}
