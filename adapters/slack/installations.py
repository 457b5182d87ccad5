"""Where the app is installed and with which token it speaks there: one workspace by its token, any number by OAuth.

What OAuth brought stands in slack_sdk's own tables of our database, which all processes share. It is read anew for
each use: a token that another process renewed or removed is never used from memory.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.database.engine import Database
from adapters.database.faults import faults_told
from adapters.slack.config import SlackConfig
from adapters.slack.failures import of_answer, told
from adapters.slack.web_api import LIBRARY_LOGGER, WebApi
from bot.errors import MessengerError, Unavailable

_log = logging.getLogger(__name__)

#: A token is renewed when it ends within this many seconds; Slack gives it twelve hours.
_RENEW_BEFORE = 2 * 60 * 60


class Addresses(Protocol):
    """Small things to know about a place; `adapters.database.addresses.Addresses` is one."""

    async def remember(self, key: str, value: Mapping[str, str]) -> None:
        """Keeps them, instead of what was kept."""

    async def recall(self, key: str) -> Mapping[str, str] | None:
        """What was kept, or None."""


@dataclass(frozen=True, slots=True)
class Installed:
    """How the app stands in a workspace or organisation.

    Args:
        token: what it speaks with.
        bot_user: its user id there.
        bot_id: its id as author of messages.
        tenant: the workspace ("T…"), or the organisation ("E…") where it is installed for a whole one.
        enterprise: the organisation, or "".
    """

    token: str = field(repr=False)
    bot_user: str
    bot_id: str
    tenant: str
    enterprise: str


class Installations:
    """Finds the installation that a request belongs to, and keeps its token fresh.

    Args:
        config: how the app is known to Slack.
        api: Slack's Web API.
        database: where installations by OAuth stand; None where there is no OAuth.
        addresses: where a workspace's organisation is kept; None where there is no OAuth.
    """

    def __init__(
        self, config: SlackConfig, api: WebApi, database: Database | None, addresses: Addresses | None
    ) -> None:
        self._config = config
        self._api = api
        self._addresses = addresses
        self._own: Installed | None = None
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._store: AsyncSQLAlchemyInstallationStore | None = None
        if config.by_oauth and database is not None:
            client_id = config.client_id
            self._store = AsyncSQLAlchemyInstallationStore(client_id, database.engine, logger=LIBRARY_LOGGER)
            # Reads wait for no writer.
            readers = database.engine.execution_options(deferred=True)
            self._readers = AsyncSQLAlchemyInstallationStore(client_id, readers, logger=LIBRARY_LOGGER)

    async def of(self, tenant: str, enterprise: str | None = None) -> Installed | None:
        """The installation that speaks in a workspace or organisation, or None where the app is not installed.

        Args:
            tenant: workspace, or organisation for an installation that serves all of it.
            enterprise: the workspace's organisation; None where it is not told, then the one remembered counts.

        Raises:
            StoreUnavailable: the database cannot be reached.
            MessengerError: Slack cannot be reached, and without it the token is not known to be good.
        """
        if (bot := await self._find(tenant, enterprise)) is not None:
            return _installed(await self._fresh(bot, tenant))
        if self._config.bot_token and (own := await self._of_bot_token()).tenant == tenant:
            return own
        return None

    async def remember(self, installed: Installed) -> None:
        """Keeps which organisation a workspace belongs to: Slack tells with each request, and never later."""
        if self._addresses is not None and installed.enterprise not in {"", installed.tenant}:
            await self._addresses.remember(_key(installed.tenant), {"enterprise": installed.enterprise})

    async def remove(self, tenant: str, enterprise: str | None, before: float) -> None:
        """Forgets an installation that was removed in Slack.

        Args:
            tenant: as with `of`.
            enterprise: as with `of`.
            before: when it was removed, in whole seconds of Unix time; one made after then stays, however late this
                comes.

        Raises:
            StoreUnavailable: nothing was forgotten.
        """
        bot = await self._find(tenant, enterprise)
        if self._store is None or bot is None or bot.installed_at >= before + 1:
            return
        with faults_told():
            await self._store.async_delete_installation(enterprise_id=bot.enterprise_id, team_id=bot.team_id)
            await self._store.async_delete_bot(enterprise_id=bot.enterprise_id, team_id=bot.team_id)

    async def renew(self, tenant: str, stale: str) -> None:
        """Renews a token that Slack says has expired, unless somebody did meanwhile.

        Args:
            tenant: workspace or organisation.
            stale: the expired token.

        Raises:
            StoreUnavailable, MessengerError: it could not be renewed now.
        """
        bot = await self._find(tenant, None)
        if bot is not None and bot.bot_token == stale:
            bot.bot_token_expires_at = 0
            await self._fresh(bot, tenant)

    async def _find(self, tenant: str, enterprise: str | None) -> Bot | None:
        if self._store is None:
            return None
        org_wide = tenant.startswith("E")
        if not org_wide and enterprise is None and self._addresses is not None:
            enterprise = (await self._addresses.recall(_key(tenant)) or {}).get("enterprise")
        with faults_told():
            return await self._readers.async_find_bot(
                enterprise_id=tenant if org_wide else enterprise or None, team_id=None if org_wide else tenant
            )

    async def _fresh(self, bot: Bot, tenant: str) -> Bot:
        """The same, with a token that will do for a while."""
        if not _ends_soon(bot):
            return bot
        # A refresh token counts once: who comes second finds the new one in the database.
        async with self._locks[tenant]:
            latest = await self._find(tenant, bot.enterprise_id)
            if latest is not None and latest.bot_token != bot.bot_token:
                return latest
            try:
                return await self._rotated(bot)
            except MessengerError as error:
                latest = await self._find(tenant, bot.enterprise_id)
                if latest is not None and latest.bot_token != bot.bot_token:
                    return latest  # another process was quicker
                if (bot.bot_token_expires_at or 0) > time.time():
                    _log.warning("a token was not renewed yet", extra={"tenant": tenant, "reason": error.reason})
                    return bot
                raise Unavailable(f"token not renewed: {error.reason}") from None

    async def _rotated(self, bot: Bot) -> Bot:
        if self._store is None:
            raise Unavailable("no OAuth")
        rotator = AsyncTokenRotator(
            client_id=self._config.client_id, client_secret=self._config.client_secret, client=self._api.client()
        )
        try:
            with told():
                new = await rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=_RENEW_BEFORE // 60)
        except SlackTokenRotationError as error:
            raise of_answer(error.api_error) from None
        if new is None:
            raise Unavailable("Slack gave no bot token")
        with faults_told():
            await self._store.async_save_bot(new)
        return new

    async def _of_bot_token(self) -> Installed:
        """Whose the configured token is; asked once."""
        async with self._locks["bot token"]:
            if self._own is None:
                with told():
                    who = await self._api.client(self._config.bot_token).auth_test()
                enterprise = str(who.get("enterprise_id") or "")
                self._own = Installed(
                    token=self._config.bot_token,
                    bot_user=str(who.get("user_id") or ""),
                    bot_id=str(who.get("bot_id") or ""),
                    tenant=enterprise if who.get("is_enterprise_install") else str(who.get("team_id") or ""),
                    enterprise=enterprise,
                )
            return self._own


def _ends_soon(bot: Bot) -> bool:
    ends = bot.bot_token_expires_at
    return bool(bot.bot_refresh_token) and ends is not None and ends <= time.time() + _RENEW_BEFORE


def _installed(bot: Bot) -> Installed:
    return Installed(
        token=bot.bot_token,
        bot_user=bot.bot_user_id,
        bot_id=bot.bot_id,
        tenant=bot.team_id or bot.enterprise_id or "",
        enterprise=bot.enterprise_id or "",
    )


def _key(tenant: str) -> str:
    return f"slack/{tenant}"
