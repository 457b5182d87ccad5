"""Forms of the lexicon and situations, as sequences of terms."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from corpus.lexicon import Lexicon, Relation, Row
from corpus.situations import Situation
from retrieval import lexical
from retrieval.analyser import tokens
from retrieval.lexical import Described, Forms, form_of


def row(formal: str, spoken: str, relation: Relation) -> Row:
    return Row(tuple(formal.split("|")), tuple(spoken.split("|")), relation, "", "", "own")


FORMS = Forms.of(
    Lexicon(
        rows=(
            row("在留期間の更新", "ビザの更新|ビザを延ばす", Relation.MAPPING),
            row("粗大ごみ", "大型ごみ", Relation.SYNONYM),
            row("在留資格", "ビザ", Relation.CONFUSABLE),
            row("国民健康保険", "国保", Relation.ABBREVIATION),
            row("在留カード", "外登証", Relation.OBSOLETE),
            row("騒音", "うるさい", Relation.MAPPING),
        ),
        question_words={"教える": 0.0, "方法": 0.3},
        asked_for=(("いくら", "amount"), ("何番", "phone")),
    ),
    (
        Situation((("隣", "近所"), ("うるさい", "騒ぐ")), ("騒音", "近隣トラブル"), "ch12.2", ""),
        Situation((("殴る",),), ("配偶者からの暴力",), "", ""),
    ),
)


def terms(text: str) -> list[str]:
    return [token.term for token in tokens(text)]


def meant(text: str, forms: Forms = FORMS) -> set[tuple[str, ...]]:
    """The forms that documents use for what stands in a text."""
    return {form for match in forms.matches(terms(text)) for form in match.means}


def test_what_is_said_leads_to_what_is_written() -> None:
    assert meant("ビザの更新はどこですか") == {form_of("在留期間の更新")}


def test_a_form_is_found_whatever_its_inflection() -> None:
    assert meant("ビザを延ばしたいです") == {form_of("在留期間の更新")}


@pytest.mark.parametrize("text", ["ビザを見せる", "外登証を持っている", "在留期間の更新"])
def test_confusable_and_former_names_and_one_way_rows_lead_nowhere(text: str) -> None:
    assert meant(text) == set()


def test_synonyms_and_abbreviations_lead_both_ways() -> None:
    assert meant("大型ごみ") == {form_of("粗大ごみ")}
    assert meant("粗大ごみ") == {form_of("大型ごみ")}
    assert form_of("国民健康保険") in meant("国保に入る")
    assert form_of("国保") in meant("国民健康保険に入る")


def test_a_match_says_which_words_it_covers() -> None:
    said = terms("今日ビザの更新")
    (match,) = FORMS.matches(said)
    assert tuple(said[match.begin : match.end]) == form_of("ビザの更新")


def test_cues_are_told_with_the_words_they_cover() -> None:
    said = terms("手数料はいくらですか。電話は何番ですか")
    cued = {(tuple(said[begin:end]), kind) for begin, end, kind in FORMS.cued(said)}
    assert cued == {(form_of("いくら"), "amount"), (form_of("何番"), "phone")}
    assert FORMS.cued(terms("手続を知りたい")) == []


def test_words_without_topic_keep_a_share_of_their_weight() -> None:
    assert FORMS.question_words == {"教える": 0.0, "方法": 0.3}


@pytest.mark.parametrize("text", ["隣の人がうるさい", "うるさくて。近所の家です", "近所で騒いでいる"])
def test_a_situation_is_met_where_every_group_has_a_cue(text: str) -> None:
    (situation,) = FORMS.described(terms(text))
    assert situation.means == (form_of("騒音"), form_of("近隣トラブル"))
    assert situation.section == "ch12.2"


@pytest.mark.parametrize("text", ["隣の人", "うるさい", "", "騒がない町"])
def test_a_situation_half_described_is_not_met(text: str) -> None:
    assert FORMS.described(terms(text)) == []


def test_one_cue_is_enough_where_there_is_one_group() -> None:
    violence = Described(cues=((form_of("殴る"),),), means=(form_of("配偶者からの暴力"),), section="")
    assert FORMS.described(terms("夫に殴られた")) == [violence]


def test_a_text_may_describe_several_situations() -> None:
    assert len(FORMS.described(terms("隣がうるさい。夫が殴る"))) == 2


def test_forms_survive_the_way_through_json() -> None:
    again = Forms.from_json(json.loads(json.dumps(FORMS.to_json())))
    for text in ("ビザを延ばして国保に入る", "隣の人がうるさい。いくら", "大型ごみ"):
        said: Sequence[str] = terms(text)
        assert again.matches(said) == FORMS.matches(said)
        assert again.cued(said) == FORMS.cued(said)
        assert again.described(said) == FORMS.described(said)
    assert again.question_words == FORMS.question_words


def test_the_embedded_tables_are_read() -> None:
    own = lexical.embedded()
    assert form_of("地方出入国在留管理局") in meant("入管に行く", own)
    assert "amount" in {kind for _, _, kind in own.cued(terms("いくらかかりますか"))}
