"""Where everything that comes in is received: kept for a worker, or done at once. It only routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot import ask_form, asking, channel_rules, membership, sentences, talk, wishes
from bot.help import HELP, help_text
from bot.home import home_of
from bot.incoming import Asked, Incoming, Joined, Left, Opened, Pressed, Searched, Submitted
from bot.means import Means
from bot.ports import Kept, Work
from bot.reactions import Correct, Prompts, Reaction, Results, ShowHome, Whisper
from bot.referring.entrance import ACTIONS, FORMS
from bot.referring.forms import Deed

#: What a platform calls with whatever came in; it shows the reaction at once.
Receive = Callable[[Incoming], Awaitable[Reaction | None]]

#: Examples in the agent pane; Slack shows four at most.
_PROMPTS = 4


class Reception:
    """Receives what comes in, and handles what was kept.

    Args:
        means: what the use cases work with.
        wake: called after a commit that gave a worker something to do.
    """

    def __init__(self, means: Means, *, wake: Callable[[], None]) -> None:
        self._means = means
        self._wake = wake

    async def receive(self, incoming: Incoming) -> Reaction | None:
        """Receives one event: words and arrivals are kept for a worker, all else is done at once.

        Args:
            incoming: what came in.

        Returns:
            What the platform shows at once, or None; None also for what was seen before.

        Raises:
            StoreUnavailable: nothing was kept; the platform must be told to try again.
        """
        match incoming:
            case Opened():
                return await self._open(incoming)
            case Searched():
                return await self._search(incoming)
            case Asked() if not wishes.concerns(incoming):
                return None
        # What takes a while is done before: the unit of work holds up everybody else who writes.
        deed = await self._prepared(incoming) if isinstance(incoming, Submitted) else None
        async with self._means.store() as work:
            if not await work.inbox.claim(incoming.keys, self._means.now()):
                return None
            reaction = await deed(work) if deed else await self._claimed(work, incoming)
            if isinstance(reaction, Correct):
                return reaction  # it comes again, corrected: not a repeat
            await work.commit()
        self._wake()
        return reaction

    async def handle(self, kept: Kept) -> None:
        """Does what a kept event asks for, in one unit of work that also ends it.

        Args:
            kept: the event, leased to the caller.

        Raises:
            StoreUnavailable: nothing was done; the event stays kept.
        """
        match kept.incoming:
            case Asked() as asked:
                await asking.reply(kept, asked, self._means)
            case Submitted() as submitted:
                await asking.reply_to_form(kept, submitted, self._means)
            case Joined() as event:
                await membership.joined(kept, event, self._means)
            case Left() as event:
                await membership.left(kept, event, self._means)
        self._wake()

    async def give_up(self, kept: Kept, reason: str) -> None:
        """Ends an event that could not be handled; a question among them ends visibly.

        Args:
            kept: the event, leased to the caller.
            reason: why, in a few words without anything of what was said.

        Raises:
            StoreUnavailable: nothing was done; the event stays kept.
        """
        await asking.give_up(kept, self._means, reason)
        self._wake()

    async def _prepared(self, submitted: Submitted) -> Deed | None:
        form = FORMS.get(submitted.form)
        return await form(submitted, self._means) if form else None

    async def _claimed(self, work: Work, incoming: Asked | Joined | Left | Pressed | Submitted) -> Reaction | None:
        """Keeps an event that was claimed, or does what it asks for within the same unit of work."""
        now = self._means.now()
        match incoming:
            case Pressed():
                return await self._press(work, incoming)
            case Submitted(form=channel_rules.SETTINGS):
                return await channel_rules.submit(work, incoming, self._means.answerer.directory, now)
            case Submitted(form=ask_form.NAME):
                if faults := ask_form.faults_of(incoming):
                    return faults
            case Submitted():
                return Whisper(talk.UNKNOWN_BUTTON)
        await work.inbox.keep(incoming, now)
        return None

    async def _press(self, work: Work, pressed: Pressed) -> Reaction:
        if pressed.action in ask_form.ACTIONS:
            return await ask_form.open_form(work, pressed, self._means)
        if press := ACTIONS.get(pressed.action):
            return await press(work, pressed, self._means)
        if pressed.action == channel_rules.SETTINGS:
            return await channel_rules.open_form(work, pressed, self._means.answerer.directory)
        if pressed.action == HELP:
            if pressed.message is None:  # the button of the home, which stands in no message
                return ShowHome(await home_of(work, pressed.person, self._means.now(), helped=True))
            return Whisper(help_text())
        return Whisper(talk.UNKNOWN_BUTTON)

    async def _open(self, opened: Opened) -> Reaction:
        if opened.pane:
            return Prompts(talk.PANE_GREETING, sentences.EXAMPLES[:_PROMPTS])
        async with self._means.store() as work:
            return ShowHome(await home_of(work, opened.person, self._means.now()))

    async def _search(self, searched: Searched) -> Reaction:
        """Finds what the documents hold; a list of what was found, which claims to answer nothing."""
        answerer = self._means.answerer
        answer = await self._means.off_loop(lambda: answerer.answer(searched.text))
        return Results(answer.citations, answer.urgent, answerer.notice)
