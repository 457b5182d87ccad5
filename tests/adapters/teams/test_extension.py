"""The list of a search from the compose box."""

from __future__ import annotations

from adapters.teams.extension import render_results
from bot import sentences
from bot.reactions import Results
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


def test_no_more_than_teams_lists() -> None:
    extension = render_results(Results((citation(),) * 40), "在留カード")["composeExtension"]
    assert len(extension["attachments"]) == 25


def test_nothing_found_is_said_and_nothing_typed_is_helped() -> None:
    assert render_results(Results(()), "火星")["composeExtension"] == {
        "type": "message",
        "text": f"{sentences.HEADLINE_NOT_FOUND}{sentences.NEXT_STEP_REPHRASE}",
    }
    assert render_results(Results(()), "")["composeExtension"]["text"] == sentences.NEXT_STEP_EMPTY
