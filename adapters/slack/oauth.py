"""Adding the app to a workspace by OAuth: two pages, and what they bring stands in our database."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from html import escape

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from adapters.database.engine import Database
from adapters.database.faults import faults_told
from adapters.slack.config import SlackConfig
from adapters.slack.failures import told
from adapters.slack.needs import scopes
from adapters.slack.web_api import LIBRARY_LOGGER, WebApi
from bot import labels
from bot.errors import BotError

_log = logging.getLogger(__name__)

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

#: Seconds that somebody may take between the two pages.
_STATE_LASTS = 600


def add_routes(app: web.Application, config: SlackConfig, api: WebApi, database: Database) -> None:
    """Adds the page that leads to Slack, and the one to which Slack leads back.

    Args:
        app: what serves them.
        config: with client id and secret.
        api: Slack's Web API.
        database: where states and installations are kept.
    """
    pages = _Pages(config, api, database)
    app.router.add_get(INSTALL_PATH, pages.install)
    app.router.add_get(REDIRECT_PATH, pages.redirected)


class _Pages:
    def __init__(self, config: SlackConfig, api: WebApi, database: Database) -> None:
        self._config = config
        self._api = api
        self._states = AsyncSQLAlchemyOAuthStateStore(_STATE_LASTS, database.engine, logger=LIBRARY_LOGGER)
        self._installations = AsyncSQLAlchemyInstallationStore(config.client_id, database.engine, logger=LIBRARY_LOGGER)

    async def install(self, request: web.Request) -> web.Response:
        return await self._page(request, lambda flow, asked: flow.handle_installation(asked))

    async def redirected(self, request: web.Request) -> web.Response:
        return await self._page(request, lambda flow, asked: flow.handle_callback(asked))

    async def _page(
        self, request: web.Request, turn: Callable[[AsyncOAuthFlow, AsyncBoltRequest], Awaitable[BoltResponse]]
    ) -> web.Response:
        try:
            with faults_told(), told():
                answer = await turn(self._flow(), await to_bolt_request(request))
        except BotError as error:
            _log.warning("no installation", extra={"reason": str(error)})
            answer = _shown(labels.NOT_INSTALLED, 503)
        return await to_aiohttp_response(answer)

    def _flow(self) -> AsyncOAuthFlow:
        """Everything is given: what is left out Bolt would read from the environment."""
        config = self._config
        settings = AsyncOAuthSettings(
            client_id=config.client_id,
            client_secret=config.client_secret,
            scopes=list(scopes()),
            user_scopes=[],
            redirect_uri=f"{config.public_url.rstrip('/')}{REDIRECT_PATH}",
            install_path=INSTALL_PATH,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT_PATH,
            callback_options=AsyncCallbackOptions(success=_succeeded, failure=_failed),
            installation_store=self._installations,
            state_store=self._states,
            state_expiration_seconds=_STATE_LASTS,
            logger=LIBRARY_LOGGER,
        )
        return AsyncOAuthFlow(client=self._api.client(), logger=LIBRARY_LOGGER, settings=settings)


async def _succeeded(args: AsyncSuccessArgs) -> BoltResponse:
    installation = args.installation
    _log.info("installed", extra={"tenant": installation.team_id or installation.enterprise_id})
    return _shown(labels.INSTALLED, 200)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    # The reason may be what somebody wrote into the address: it is neither shown nor logged.
    _log.warning("not installed", extra={"status": args.suggested_status_code})
    return _shown(labels.NOT_INSTALLED, args.suggested_status_code)


def _shown(text: str, status: int) -> BoltResponse:
    page = f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>Madoguchi</title><p>{escape(text)}</p></html>'
    return BoltResponse(status=status, body=page, headers={"Content-Type": "text/html; charset=utf-8"})
