"""The pages: the question and its answer, the same as JSON, and the health check."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from aiohttp import web
from jinja2 import Environment

from adapters.records import full_record
from bot import sentences
from bot.answer import Answer
from bot.ask import Finder
from corpus.directory import Directory
from corpus.model import Corpus, Source

#: Passages shown open; the others wait behind a click, so that whom to call stays near.
SHOWN = 3

#: Sections named as nearest where nothing was found.
NEAREST = 5


class Answerer(Protocol):
    """Answers questions; `adapters.knowledge.Knowledge` is one."""

    def answer(self, question: str, *, prefecture: str | None = None, language: str | None = None) -> Answer:
        """The answer to one question. May take a while: called off the event loop."""

    def over(self, corpus: Corpus) -> Finder:
        """What searches another corpus by the same measure."""

    @property
    def sources(self) -> Sequence[Source]:
        """The editions that are searched."""

    @property
    def notice(self) -> str:
        """What must be said beside whatever is shown (that it is no longer up to date), or ""."""

    @property
    def directory(self) -> Directory:
        """Prefectures, languages, and whom to call."""


@dataclass(frozen=True, slots=True)
class Views:
    """Handlers of the local page.

    Args:
        answerer: answers the questions.
        templates: renders the pages.
        prefecture: prefecture chosen when none is asked for, or "".
        language: language chosen when none is asked for, or "".
    """

    answerer: Answerer
    templates: Environment
    prefecture: str = ""
    language: str = ""

    async def page(self, request: web.Request) -> web.Response:
        """GET or POST /: the question form, and the answer where `q` is given."""
        asked = await _asked(request)
        prefecture, language = self._choices(asked)
        answer = await self._answer(asked, prefecture, language) if "q" in asked else None
        return self._render(
            "page.html",
            answer=answer,
            notice=self.answerer.notice,
            typed=asked.get("q", ""),
            prefecture=prefecture,
            prefectures=[known.name for known in self.answerer.directory.prefectures],
            language=language,
            languages=self.answerer.directory.languages,
            sources=self.answerer.sources,
            examples=sentences.EXAMPLES,
            shown=SHOWN,
            nearest=NEAREST,
        )

    async def api_ask(self, request: web.Request) -> web.Response:
        """GET or POST /api/ask: the answer as JSON, in the form of `madoguchi ask --json`, with the notice."""
        asked = await _asked(request)
        answer = await self._answer(asked, *self._choices(asked))
        return web.json_response({**full_record(answer), "notice": self.answerer.notice}, dumps=_dumps)

    def no_such_page(self) -> web.Response:
        """404, with the way back."""
        return self._render(
            "error.html", 404, message=sentences.NO_SUCH_PAGE, advice=sentences.NEXT_STEP_EMPTY, contacts=()
        )

    def too_long(self) -> web.Response:
        """413: more was sent than anybody types."""
        return self._render(
            "error.html", 413, message=sentences.TOO_LONG, advice=sentences.NEXT_STEP_TOO_LONG, contacts=()
        )

    def broken(self) -> web.Response:
        """500: what went wrong is ours, and this is whom to call meanwhile."""
        return self._render(
            "error.html",
            500,
            message=sentences.BROKEN,
            advice=sentences.NEXT_STEP_BROKEN,
            contacts=self.answerer.directory.contacts_for((), self.prefecture or None),
        )

    def _choices(self, asked: Mapping[str, str]) -> tuple[str, str]:
        """Prefecture and language asked for; what is not in the lists counts as not chosen."""
        prefecture = asked.get("prefecture", self.prefecture)
        language = asked.get("language", self.language)
        directory = self.answerer.directory
        return (
            prefecture if prefecture in {known.name for known in directory.prefectures} else "",
            language if language in {known.code for known in directory.languages} else "",
        )

    async def _answer(self, asked: Mapping[str, str], prefecture: str, language: str) -> Answer:
        return await asyncio.to_thread(
            self.answerer.answer, asked.get("q", ""), prefecture=prefecture or None, language=language or None
        )

    def _render(self, template: str, status: int = 200, /, **values: object) -> web.Response:
        text = self.templates.get_template(template).render(**values)
        return web.Response(text=text, status=status, content_type="text/html", charset="utf-8")


async def _asked(request: web.Request) -> Mapping[str, str]:
    """The fields of a question: from the form, or for links and scripts from the address."""
    if request.method != "POST":
        return request.query
    try:
        fields = await request.post()
    except (LookupError, ValueError) as error:  # a form that no browser sends
        raise web.HTTPBadRequest from error
    return {name: value for name, value in fields.items() if isinstance(value, str)}


_dumps = partial(json.dumps, ensure_ascii=False)
