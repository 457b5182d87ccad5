from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import sentences
from bot.answer import Answer, Status
from bot.ask import CERTAIN_FROM, ask
from corpus import directory
from corpus.alignment import align
from corpus.directory import UnknownPrefectureError
from corpus.directory.passages import as_corpus
from corpus.model import Corpus, Grade, Passage, Source
from retrieval.finding import Findings
from tests.fakes import BigramFinder
from tests.sub_office import ENTRY, in_data

OFFICIAL = Source(
    id="book",
    title="生活の手引き",
    publisher="入管庁",
    edition="第2版",
    date="2026-02",
    url="https://example.org/book",
)
VIETNAMESE = replace(OFFICIAL, title="Sổ tay", language="vi", url="https://example.org/book-vi")
SUMMARY = replace(OFFICIAL, id="summary", title="要約集", official=False, url="https://example.org/summary")
CONTACTS = replace(OFFICIAL, id="contacts", title="連絡先一覧", grade=Grade.CONTACT)


def passage(source: Source, number: str, text: str, **values: object) -> Passage:
    fields: dict[str, Any] = {"section_id": number, "section": ("在留", f"{number}節"), **values}
    return Passage(id=f"{source.key}#{number}", source=source.key, text=text, **fields)


LOST = passage(
    OFFICIAL, "ch01.1-3", "在留カードをなくした人は、14日以内に再交付を申請します。手数料はありません。", page=2
)
LOST_VI = passage(VIETNAMESE, "ch01.1-3", "Mất thẻ cư trú: trong vòng 14 ngày.", page=3)
OLD = passage(OFFICIAL, "ch01.9", "在留カードをなくした人は、30日以内に申請します。", superseded_by="book")
DOUBTED = passage(
    OFFICIAL, "ch06.1", "健康保険の扶養の手続は10月に変わるかもしれません。", unconfirmed=True, note="案です。"
)
RUMOUR = passage(OFFICIAL, "ch07.1", "年金の脱退一時金の上限は8年になるという案です。", unconfirmed=True)
RULE = passage(OFFICIAL, "ch07.1", "年金の脱退一時金は5年が上限です。")
SUMMED = passage(
    SUMMARY, "ch05.2", "公立の小学校の授業料は無料です。", url="https://example.org/school", date="2025-04"
)
UNDATED = passage(SUMMARY, "ch05.3", "給食の献立表は毎月くばられます。")
SAPPORO = passage(CONTACTS, "c1", "札幌の入管の電話番号は0570-003259です。", section=("連絡先", "札幌出入国在留管理局"))
SENDAI = passage(CONTACTS, "c2", "仙台の入管の電話番号は0570-022259です。", section=("連絡先", "仙台出入国在留管理局"))

CORPUS = Corpus(
    {source.key: source for source in (OFFICIAL, VIETNAMESE, SUMMARY, CONTACTS)},
    (LOST, LOST_VI, OLD, DOUBTED, RUMOUR, RULE, SUMMED, UNDATED, SAPPORO, SENDAI),
)
FINDER = BigramFinder(CORPUS)
DIRECTORY = directory.load()


def asked(question: str, prefecture: str | None = None, language: str | None = None) -> Answer:
    return ask(question, FINDER, DIRECTORY, prefecture=prefecture, language=language, alignment=align(CORPUS))


def test_an_answer_cites_where_it_stands() -> None:
    answer = asked("在留カードをなくした")
    assert answer.status is Status.ANSWERED
    first = answer.citations[0]
    assert first.text == LOST.text
    assert (first.rank, first.source, first.title, first.edition, first.page) == (1, "book", "生活の手引き", "第2版", 2)
    assert (first.section_id, first.section) == ("ch01.1-3", ("在留", "ch01.1-3節"))
    assert (first.grade, first.official, first.url, first.as_of) == (Grade.GUIDE, True, OFFICIAL.url, "2026-02")
    assert first.notices == ()


def test_the_answering_sentence_and_its_figures_stand_out() -> None:
    first = asked("在留カードをなくした").citations[0]
    assert "".join(piece.text for piece in first.pieces if piece.answering) == LOST.text.split("手")[0]
    assert [piece.text for piece in first.pieces if piece.figure] == ["14日以内"]


def test_a_clear_answer_is_called_certain_and_a_doubtful_one_reference() -> None:
    assert asked("在留カードをなくした人は、14日以内に再交付を申請します。").word == sentences.CERTAIN
    assert asked("在留カードをなくした、どうしよう").word == sentences.REFERENCE


def test_an_unconfirmed_passage_is_marked_and_never_certain() -> None:
    answer = asked("健康保険の扶養の手続は10月に変わるかもしれません。")
    assert answer.confidence == 1.0
    assert (answer.word, answer.headline) == (sentences.REFERENCE, sentences.HEADLINE_UNCONFIRMED)
    assert answer.citations[0].unconfirmed
    assert answer.citations[0].notices == (sentences.UNCONFIRMED, "案です。")


def test_what_nobody_knows_the_date_of_is_never_certain() -> None:
    answer = asked("給食の献立表は毎月くばられます")
    assert answer.confidence >= CERTAIN_FROM
    assert answer.citations[0].text == UNDATED.text
    assert (answer.word, answer.headline) == (sentences.REFERENCE, sentences.HEADLINE_UNDATED)


def test_a_dated_summary_may_be_certain_and_still_says_that_it_is_one() -> None:
    answer = asked(SUMMED.text)
    assert answer.word == sentences.CERTAIN
    assert sentences.SUMMARY in answer.remarks


def test_within_a_section_the_confirmed_comes_first() -> None:
    findings = FINDER.find("年金の脱退一時金の上限は8年になるという案です。")
    assert [found.passage for found in findings.found[:2]] == [RUMOUR, RULE]
    citations = asked("年金の脱退一時金の上限は8年になるという案です。").citations
    assert [citation.text for citation in citations[:2]] == [RULE.text, RUMOUR.text]
    assert [citation.score for citation in citations] == [found.score for found in findings.found]


def test_a_summary_says_that_it_is_one_and_links_to_both() -> None:
    answer = asked("公立の小学校の授業料")
    first = answer.citations[0]
    assert sentences.SUMMARY in answer.remarks
    assert (first.official, first.as_of) == (False, "2025-04")
    assert (first.url, first.source_url) == ("https://example.org/school", "https://example.org/summary")


def test_an_undated_summary_does_not_borrow_the_date_of_its_source() -> None:
    assert asked("給食の献立表は毎月くばられます").citations[0].as_of == ""


def test_superseded_passages_are_never_cited() -> None:
    class Careless(BigramFinder):
        """An index that somebody made with superseded passages in it."""

        def find(self, question: str, limit: int = 10) -> Findings:
            current = replace(OLD, superseded_by="")
            found = BigramFinder(Corpus(CORPUS.sources, (current,))).find(question, limit)
            return replace(found, found=tuple(replace(one, passage=OLD) for one in found.found))

    answer = ask("在留カードをなくした人は、30日以内に申請します", Careless(CORPUS), DIRECTORY)
    assert answer.status is Status.NOT_FOUND
    assert answer.citations == ()


def test_the_same_section_in_the_residents_language() -> None:
    counterparts = asked("在留カードをなくした", language="vi").citations[0].counterparts
    assert [(other.language, other.text, other.page) for other in counterparts] == [("vi", LOST_VI.text, 3)]
    assert asked("在留カードをなくした").citations[0].counterparts == ()


def test_where_the_residents_language_is_missing_the_answer_says_so() -> None:
    assert asked("公立の小学校の授業料", language="vi").remarks[-1] == sentences.no_counterpart("ベトナム語")
    assert sentences.no_counterpart("ベトナム語") not in asked("在留カードをなくした", language="vi").remarks


def test_not_found_names_the_next_step_and_the_nearest_sections() -> None:
    answer = asked("火星の小学校への移住の補助金の申し込み", prefecture="福岡県")
    assert (answer.status, answer.headline, answer.word) == (Status.NOT_FOUND, "資料には見当たりません。", "")
    assert answer.contacts[0].number == "092-717-7595"
    assert "福岡出入国在留管理局（審査管理部門）の受入環境調整担当官" in answer.next_step
    assert answer.nearest
    assert not any(piece.answering for citation in answer.citations for piece in citation.pieces)


def test_not_found_without_a_prefecture_leads_to_fresc() -> None:
    answer = asked("火星への移住")
    assert [contact.number for contact in answer.contacts] == ["0570-011000"]
    assert "FRESC" in answer.next_step


def test_who_asks_in_another_language_is_told_to_ask_in_japanese_where_nothing_is_found() -> None:
    assert sentences.IN_JAPANESE in asked("How do I move to Mars?").remarks
    assert sentences.IN_JAPANESE not in asked("火星への移住").remarks


def test_hotlines_come_from_the_chapter_of_the_first_passage() -> None:
    licence = passage(OFFICIAL, "ch12.1", "外国の免許は切替えの手続をします。")
    pension = passage(OFFICIAL, "ch07.1", "国民年金は切替えの手続をします。")
    finder = BigramFinder(Corpus({OFFICIAL.key: OFFICIAL}, (licence, pension)))
    answer = ask("免許の切替えの手続", finder, DIRECTORY)
    assert [citation.text for citation in answer.citations] == [licence.text, pension.text]
    names = {contact.name for contact in answer.contacts}
    assert "ねんきんダイヤル" not in names
    assert "ねんきんダイヤル" in {contact.name for contact in ask("年金の切替えの手続", finder, DIRECTORY).contacts}


def test_the_place_in_the_question_counts_more_than_the_desks() -> None:
    answer = asked("札幌の入管の電話番号", prefecture="大阪府")
    assert answer.prefecture == "北海道"
    assert answer.contacts[0].number == "0570-003259"


def test_another_bureaus_number_is_not_shown_to_who_names_a_place() -> None:
    texts = [citation.text for citation in asked("札幌の入管の電話番号は").citations]
    assert SAPPORO.text in texts
    assert SENDAI.text not in texts
    both = [citation.text for citation in asked("札幌と仙台の入管の電話番号は").citations]
    assert {SAPPORO.text, SENDAI.text} <= set(both)


def test_a_sub_offices_number_is_shown_to_who_names_its_prefecture() -> None:
    with in_data(ENTRY) as known:
        finder = BigramFinder(as_corpus(known))
        texts = [one.text for one in ask("東京の西多摩出張所の電話番号は", finder, known).citations]
        assert any(ENTRY["contact"]["phone"] in text for text in texts)
        texts = [one.text for one in ask("大阪の西多摩出張所の電話番号は", finder, known).citations]
        assert not any(ENTRY["contact"]["phone"] in text for text in texts)


def test_urgent_help_comes_first_and_only_once_even_when_nothing_is_found() -> None:
    answer = asked("火星で夫の暴力から逃げる")
    assert answer.status is Status.NOT_FOUND
    assert answer.urgent
    assert answer.urgent.contacts[0].number == "110"
    assert not set(answer.urgent.contacts) & set(answer.contacts)


@pytest.mark.parametrize("question", ["", "  \n", "\x00", "？"])
def test_an_empty_question_is_told_so(question: str) -> None:
    answer = asked(question)
    assert (answer.status, answer.headline) == (Status.NOT_FOUND, sentences.HEADLINE_EMPTY)
    assert answer.citations == ()


def test_a_pasted_case_is_shortened_and_says_so() -> None:
    answer = asked("在留カードをなくした" + "あ" * 5000)
    assert answer.remarks[0] == sentences.SHORTENED
    assert answer.citations


def test_an_unknown_prefecture_is_the_callers_mistake() -> None:
    with pytest.raises(UnknownPrefectureError):
        asked("火星", prefecture="火星県")


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_whatever_is_typed_gets_an_answer(question: str) -> None:
    answer = asked(question)
    assert answer.headline
    assert answer.contacts or not answer.question
