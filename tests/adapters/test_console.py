from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import ClientSession
from bs4 import BeautifulSoup, Tag

from adapters.console.app import is_loopback, make_app, running
from adapters.knowledge import Knowledge
from bot.answer import Answer
from corpus import directory
from corpus.model import Corpus, Passage, Source
from tests.fakes import BigramFinder

SOURCE = Source(id="book", title="生活の手引き", edition="第2版", date="2026-02", url="https://example.org/book")
CORPUS = Corpus(
    {SOURCE.key: SOURCE},
    (
        Passage(
            id="1",
            source=SOURCE.key,
            text="在留カードをなくした人は、14日以内に届け出ます。電話は0570-013904です。",
            section_id="ch01.1-3",
            section=("在留カード", "在留カードの紛失"),
            page=2,
        ),
        Passage(id="2", source=SOURCE.key, text="<script>alert('悪い資料')</script>が書かれた資料です。"),
    ),
)


class Broken(Knowledge):
    """Something that fails as nobody foresaw, with the question in its message."""

    def answer(self, question: str, *, prefecture: str | None = None, language: str | None = None) -> Answer:
        raise RuntimeError(question)


def knowledge() -> Knowledge:
    return Knowledge(BigramFinder(CORPUS), directory.load())


@pytest.fixture
async def page() -> AsyncIterator[str]:
    async with running(make_app(knowledge(), prefecture="福岡県"), "127.0.0.1", 0) as address:
        yield address


@pytest.fixture
async def web() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def soup(web: ClientSession, address: str, **query: str) -> BeautifulSoup:
    async with web.get(address, params=query) as reply:
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
        return BeautifulSoup(await reply.text(), "lxml")


def only(shown: Tag, selector: str) -> Tag:
    """The first element that fits; there must be one."""
    found = shown.select_one(selector)
    assert found is not None, selector
    return found


async def test_the_first_page_asks_and_says_what_it_knows(web: ClientSession, page: str) -> None:
    shown = await soup(web, page)
    assert shown.select_one("form textarea[name=q]")
    assert len(shown.select("select[name=prefecture] option")) == 48
    assert [option.text for option in shown.select("select[name=prefecture] option[selected]")] == ["福岡県"]
    assert shown.select(".examples a")
    assert [title.text for title in shown.select(".source-title")] == ["生活の手引き"]


async def test_an_answer_shows_the_passage_and_where_it_stands(web: ClientSession, page: str) -> None:
    shown = await soup(web, page, q="在留カードをなくした")
    citation = shown.select(".citation")[0]
    assert only(citation, ".grade").text == "手引き"
    assert only(citation, "h3 .path-last").text == "在留カードの紛失"
    assert [mark.text for mark in citation.select("mark")] == ["在留カードをなくした人は、14日以内に届け出ます。"]
    assert [figure.text for figure in citation.select(".figure")] == ["14日以内"]
    assert [link["href"] for link in citation.select("a.phone")] == ["tel:0570013904"]
    assert only(citation, ".source").get_text(" ", strip=True) == "生活の手引き 第2版 p.2 ch01.1-3 2026年2月時点"
    assert citation.select_one(".links a[href='https://example.org/book']")
    assert shown.select(".whom a.phone[href='tel:0927177595']")


async def test_not_found_names_the_next_step(web: ClientSession, page: str) -> None:
    shown = await soup(web, page, q="火星への移住の補助金")
    assert only(shown, "#answer-heading").text == "資料には見当たりません。"
    assert "福岡出入国在留管理局" in only(shown, ".next-step").text


async def test_a_question_may_come_from_the_form_or_the_address(web: ClientSession, page: str) -> None:
    asked = {"q": "在留カードをなくした", "prefecture": "北海道"}
    async with web.post(page, data=asked) as posted, web.get(page, params=asked) as linked:
        assert posted.status == linked.status == 200
        assert await posted.text() == await linked.text()
        assert posted.headers["Cache-Control"] == "no-store"
    shown = await soup(web, page)
    assert only(shown, "form")["method"] == "post"
    assert asked["q"] not in only(await soup(web, page, **asked), "title").text


async def test_what_nobody_would_type_is_refused_in_words(web: ClientSession, page: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with web.post(page, data=io.BytesIO(b"q=" + b"a" * 1_200_000), headers=form) as reply:
        assert reply.status == 413
        assert "質問が長すぎて" in await reply.text()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("application/x-www-form-urlencoded; charset=nonsense", "q=a"), ("multipart/form-data", "q=a")],
)
async def test_a_form_that_no_browser_sends_is_the_senders_mistake(
    web: ClientSession, page: str, content_type: str, body: str
) -> None:
    async with web.post(page, data=body, headers={"Content-Type": content_type}) as reply:
        assert reply.status == 400


async def test_danger_stands_above_the_answer(web: ClientSession, page: str) -> None:
    shown = await soup(web, page, q="夫の暴力から逃げたい")
    sections = [section["class"][0] for section in shown.select("[data-answer] section")]
    assert sections[:2] == ["urgent", "answer"]
    assert shown.select_one(".urgent a[href='tel:110']")


async def test_what_must_be_said_stands_above_the_answer_but_below_danger(web: ClientSession) -> None:
    outdated = knowledge()
    outdated.notice = "資料が古いままです。"
    async with running(make_app(outdated), "127.0.0.1", 0) as page:
        for query, order in (
            ({}, ["stale", "welcome"]),
            ({"q": "在留カードをなくした"}, ["stale", "answer"]),
            ({"q": "夫の暴力から逃げたい"}, ["urgent", "stale", "answer"]),
        ):
            shown = await soup(web, page, **query)
            told = shown.select("[data-answer] .stale, [data-answer] section")
            assert [part["class"][0] for part in told][: len(order)] == order
            assert only(shown, ".stale").text == outdated.notice


async def test_what_is_typed_or_documented_never_becomes_markup(web: ClientSession, page: str) -> None:
    attack = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>悪い資料"
    for query in (attack, "悪い資料が書かれた資料です"):
        async with web.get(page, params={"q": query, "prefecture": attack, "language": attack}) as reply:
            text = await reply.text()
        shown = BeautifulSoup(text, "lxml")
        assert [script.get("src") for script in shown.select("script")] == ["/static/console.js"]
        assert not shown.select("img[onerror]")
        assert "alert" not in "".join(str(tag.attrs) for tag in shown.find_all(True) if tag.name != "a")
    async with web.get(f"{page}api/ask", params={"q": attack}) as reply:
        assert reply.headers["Content-Type"] == "application/json; charset=utf-8"


async def test_nothing_is_loaded_from_elsewhere(web: ClientSession, page: str) -> None:
    async with web.get(page) as reply:
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert reply.headers["Cache-Control"] == "no-store"
        shown = BeautifulSoup(await reply.text(), "lxml")
    loaded = [str(tag.get("src") or tag.get("href")) for tag in shown.select("script, link, img")]
    assert loaded
    for path in loaded:
        assert path.startswith("/static/")
        async with web.get(page.rstrip("/") + path) as reply:
            assert reply.status == 200
            assert "http://" not in (await reply.text()).replace("http://www.w3.org/2000/svg", "")
    assert not shown.select("[style], style, script:not([src]), [onclick]")


async def test_the_api_gives_all_that_the_page_shows(web: ClientSession, page: str) -> None:
    async with web.post(f"{page}api/ask", data={"q": "在留カードをなくした"}) as reply:
        answer = await reply.json()
    async with web.get(f"{page}api/ask", params={"q": "在留カードをなくした"}) as reply:
        assert await reply.json() == answer
    assert answer["status"] == "answered"
    assert answer["notice"] == ""
    assert answer["passages"][0]["section"] == ["在留カード", "在留カードの紛失"]
    assert answer["passages"][0]["answering"] == ["在留カードをなくした人は、14日以内に届け出ます。"]
    assert answer["contacts"][0]["number"]


async def test_long_and_empty_questions_get_a_clear_answer(web: ClientSession, page: str) -> None:
    long = await soup(web, page, q="在留カードをなくした" + "あ" * 3000)
    assert "長い文章のため" in only(long, ".remark").text
    empty = await soup(web, page, q="")
    assert only(empty, "#answer-heading").text == "質問を入力してください。"


async def test_an_unknown_page_leads_back(web: ClientSession, page: str) -> None:
    async with web.get(f"{page}nowhere") as reply:
        assert reply.status == 404
        assert "このページはありません" in await reply.text()
        assert "Content-Security-Policy" in reply.headers


async def test_a_name_that_only_points_here_is_refused(web: ClientSession, page: str) -> None:
    async with web.get(page, headers={"Host": "attacker.example"}) as reply:
        assert reply.status == 421
    public = make_app(knowledge(), only_loopback=False)
    async with running(public, "127.0.0.1", 0) as address, web.get(address, headers={"Host": "desk.example"}) as reply:
        assert reply.status == 200


async def test_what_breaks_ends_visibly_and_the_question_stays_out_of_the_log(
    web: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Broken(BigramFinder(CORPUS), directory.load())
    with caplog.at_level(logging.DEBUG):
        async with (
            running(make_app(broken), "127.0.0.1", 0) as address,
            web.get(address, params={"q": "ひみつの相談"}) as reply,
        ):
            assert reply.status == 500
            text = await reply.text()
    assert "答えられませんでした" in text
    assert "0570-011000" in text
    assert "RuntimeError" in caplog.text
    assert "ひみつ" not in caplog.text


async def test_questions_are_answered_side_by_side(web: ClientSession, page: str) -> None:
    async def status(question: str) -> str:
        async with web.get(f"{page}api/ask", params={"q": question}) as reply:
            return str((await reply.json())["status"])

    asked = ["在留カードをなくした", "火星への移住"] * 10
    assert await asyncio.gather(*map(status, asked)) == ["answered", "not_found"] * 10


def test_loopback_addresses_are_known() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "localhost", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.0.2.1")))


def test_only_editions_that_can_be_cited_are_listed() -> None:
    old = replace(SOURCE, edition="第1版")
    both = Corpus(
        {SOURCE.key: SOURCE, old.key: old},
        (*CORPUS.passages, Passage(id="0", source=old.key, text="", superseded_by="book")),
    )
    assert Knowledge(BigramFinder(both), directory.load()).sources == (SOURCE,)
