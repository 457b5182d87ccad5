"""Questions over the embedded corpus whose section is beyond doubt."""

from __future__ import annotations

import pytest

from retrieval.engine import Engine


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("在留カードを落としてしまいました。再交付はどうすればいいですか", "ch01.1-3"),
        ("永住許可の条件は", "ch01.2-3"),
        ("在留期間を延ばしたい", "ch01.2-1"),
        ("婚姻届の出し方", "ch02.1-2"),
        ("会社をクビになった。解雇のルールを知りたい", "ch03.2-5"),
        ("母子手帳はどこでもらえますか", "ch04.1-1"),
        ("学童保育に入れたい", "ch04.4-6"),
        ("帰国するので年金の脱退一時金を受け取りたい", "ch07.1-3"),
        ("児童手当はいくらもらえる？", "ch07.3-1"),
        ("津波が来たらどこへ逃げればいいですか", "ch10.2-3"),
        ("ゴミの分別が分からない", "ch12.1-1"),
    ],
)
def test_the_section_that_answers_is_among_the_first_three(
    embedded_engine: Engine, question: str, section: str
) -> None:
    assert section in [one.passage.section_id for one in embedded_engine.find(question, 3).found]


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("名古屋入管の受入環境調整担当官の連絡先", "名古屋出入国在留管理局"),
        ("那覇支局の電話番号", "那覇支局"),
        ("札幌の担当官に電話したい", "札幌出入国在留管理局"),
    ],
)
def test_contacts_are_found_by_the_name_of_their_place(embedded_engine: Engine, question: str, holds: str) -> None:
    best = embedded_engine.find(question).found[0].passage
    assert best.source == "directory@2026年/ja"
    assert holds in best.section[-1]


@pytest.mark.parametrize(
    "spelling",
    [
        "ざいりゅうカードをなくした",
        "在留ｶｰﾄﾞを無くした",
        "在留カードを失くした",
        "zairyu card no funshitsu",
        "在留カード　紛失",
    ],
)
def test_a_lost_card_is_found_however_it_is_spelt(embedded_engine: Engine, spelling: str) -> None:
    assert "ch01.1-3" in [one.passage.section_id for one in embedded_engine.find(spelling, 3).found]


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("zairyu card wo nakushita", "ch01.1-3"),
        ("zairyuu kaado wo nakushimashita", "ch01.1-3"),
        ("hikkoshi shimashita. doko ni todokemasu ka", "ch02.1-1"),
        ("rikon shitai", "ch02.1-3"),
        ("kubi ni natta", "ch03.2-5"),
        ("gomi no dashikata ga wakaranai", "ch12.1-1"),
    ],
)
def test_sentences_in_latin_letters_are_answered(embedded_engine: Engine, question: str, section: str) -> None:
    findings = embedded_engine.find(question, 3)
    assert section in [one.passage.section_id for one in findings.found]
    assert findings.answered


@pytest.mark.parametrize(
    "question",
    ["在留カードをなくした", "津波が来たらどこへ逃げればいいですか", "国民健康保険をやめる手続", "ゴミの出し方"],
)
def test_what_the_documents_tell_is_answered(embedded_engine: Engine, question: str) -> None:
    assert embedded_engine.find(question).answered


@pytest.mark.parametrize(
    "question",
    ["火星に移住したい", "サッカーのルール", "株の買い方", "犬を飼いたい", "カレーのおいしい作り方", "qwzxv"],
)
def test_what_they_do_not_tell_is_not_answered_but_the_nearest_is_named(embedded_engine: Engine, question: str) -> None:
    findings = embedded_engine.find(question)
    assert not findings.answered
    assert findings.found


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("婚姻届の最寄り駅はどこですか", "ch02.1-2"),
        ("在留カードの再交付は何回までできますか", "ch01.1-3"),
        ("永住許可の審査は何人でしますか", "ch01.2-3"),
    ],
)
def test_what_they_tell_of_the_matter_is_no_answer_where_what_is_asked_for_is_missing(
    embedded_engine: Engine, question: str, section: str
) -> None:
    findings = embedded_engine.find(question, 3)
    assert not findings.answered
    assert section in [one.passage.section_id for one in findings.found]


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("ざいりゅうカードを なくしました どこに いきますか", "ch01.1-3"),
        ("じどうてあては いつ ふりこまれますか", "ch07.3-1"),
        ("在流カードを失くした", "ch01.1-3"),
    ],
)
def test_what_is_written_in_kana_or_misspelt_is_answered(embedded_engine: Engine, question: str, section: str) -> None:
    findings = embedded_engine.find(question, 3)
    assert findings.answered
    assert section in [one.passage.section_id for one in findings.found]
