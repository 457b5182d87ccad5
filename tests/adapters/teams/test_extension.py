"""The list of a search from the compose box."""

from __future__ import annotations

import json

import pytest

from adapters.teams.extension import render_results
from bot import sentences
from bot.answer import Citation
from bot.reactions import Results
from bot.urgent import urgent_help
from corpus import directory
from tests.adapters.teams.samples import check, citation, seen


def test_each_result_is_a_line_and_the_card_behind_it() -> None:
    found = (citation(), citation(rank=2, section=("A<b>&B",), page=7, official=False, notices=("要約です。",)))
    extension = render_results(Results(found), "在留カード")["composeExtension"]
    assert (extension["type"], extension["attachmentLayout"]) == ("result", "list")
    first, second = extension["attachments"]
    assert first["contentType"] == "application/vnd.microsoft.card.adaptive"
    check(first["content"])
    assert "生活・就労ガイドブック 第8版 1.2 p.4（2026年2月26日時点）" in seen(first["content"])
    assert first["preview"]["contentType"] == "application/vnd.microsoft.card.thumbnail"
    assert first["preview"]["content"]["title"] == "第1章 入国・在留手続 › 2 在留カード"
    assert "[手引き] 生活・就労ガイドブック 第8版" in first["preview"]["content"]["text"]
    assert second["preview"]["content"]["title"] == "A＜b＞＆B", "a preview may read HTML"
    assert second["preview"]["content"]["subtitle"] == "要約です。", "what it is must be seen before it is chosen"


HELP = urgent_help("夫に殴られました", directory.load())


def test_no_more_than_teams_lists() -> None:
    for urgent in (None, HELP):
        extension = render_results(Results((citation(),) * 40, urgent), "在留カード")["composeExtension"]
        assert len(extension["attachments"]) == 25


@pytest.mark.parametrize("found", [(), (citation(),)])
def test_help_comes_first(found: tuple[Citation, ...]) -> None:
    assert HELP
    attachments = render_results(Results(found, HELP), "夫に殴られました")["composeExtension"]["attachments"]
    assert len(attachments) == 1 + len(found)
    check(attachments[0]["content"])
    for shown in (seen(attachments[0]["content"]), json.dumps(attachments[0]["preview"], ensure_ascii=False)):
        assert HELP.message in shown
        assert "110" in shown
        assert "119" in shown


def test_what_must_be_said_beside_any_answer_stands_on_each_card() -> None:
    notice = "資料が古くなっています。"
    extension = render_results(Results((citation(), citation(rank=2)), notice=notice), "在留カード")["composeExtension"]
    for attachment in extension["attachments"]:
        assert notice in seen(attachment["content"])
    assert render_results(Results((), notice=notice), "火星")["composeExtension"]["text"].endswith(notice)


def test_nothing_found_is_said_and_nothing_typed_is_helped() -> None:
    assert render_results(Results(()), "火星")["composeExtension"] == {
        "type": "message",
        "text": f"{sentences.HEADLINE_NOT_FOUND}{sentences.NEXT_STEP_REPHRASE}",
    }
    assert render_results(Results(()), "")["composeExtension"]["text"] == sentences.NEXT_STEP_EMPTY
