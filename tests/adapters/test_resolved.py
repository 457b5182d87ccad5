from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.knowledge import open_own
from adapters.resolved import ResolvedSearch
from adapters.settings import Settings
from bot.ask import Finder
from bot.referral_ports import Version
from bot.referrals import Intake, Referral, State
from corpus.model import Corpus
from tests.bot.referral_samples import referral
from tests.fakes import BigramFinder

_TOLD = (
    (
        "旅券も手元にないとき、在留カードの再交付の申請に何を持って行けばよいですか。",
        "旅券も提示できないときは、その理由を記した理由書を出してください。写真1枚と申請書が必要です。",
    ),
    (
        "技能実習生が妊娠したが、実習を続けられるか。",
        "妊娠を理由に実習を打ち切ることはできません。監理団体に相談し、実習の中断の届出をしてください。",
    ),
    (
        "夫が日本人で離婚した場合、定住者に変更できるか。",
        "婚姻期間が3年以上で、生計を維持できることなどを総合的に判断します。14日以内に届出が必要です。",
    ),
    (
        "家族滞在の子が高校を卒業して働きたい。",
        "特定活動または定住者への変更を申請できる場合があります。",
    ),
)


def resolved(number: int, question: str, reply: str) -> Referral:
    told = replace(referral(State.RESOLVED), id=f"{number:032x}", number=number, official=reply)
    return replace(told, intake=Intake(question=question))


TOLD = [resolved(number, *told) for number, told in enumerate(_TOLD, start=1)]


def versions(told: list[Referral]) -> list[Version]:
    return [(one.id, one.version) for one in told]


class Counting:
    """Makes finders, and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, corpus: Corpus) -> Finder:
        self.made += 1
        return BigramFinder(corpus, answers_from=0.3)


@pytest.fixture
def over() -> Counting:
    return Counting()


def test_what_answers_is_found_and_nothing_else(over: Counting) -> None:
    search = ResolvedSearch(over)
    (found,) = search.find("技能実習生が妊娠した", versions(TOLD), TOLD, 2)
    assert found.number == 2
    assert list(search.find("ごみを出す日はいつ", versions(TOLD), [], 2)) == []


def test_an_index_is_made_once_for_the_same_versions(over: Counting) -> None:
    search = ResolvedSearch(over)
    assert list(search.unknown(versions(TOLD))) == versions(TOLD)
    for given in (TOLD, []):
        assert search.find("技能実習生が妊娠した", versions(TOLD), given, 2)
    assert over.made == 1
    assert list(search.unknown(versions(TOLD))) == []


def test_what_is_reopened_vanishes_and_what_is_resolved_anew_is_found_as_it_is_now(over: Counting) -> None:
    search = ResolvedSearch(over)
    search.find("技能実習生が妊娠した", versions(TOLD), TOLD, 2)
    without = [one for one in TOLD if one.number != 2]
    assert list(search.unknown(versions(without))) == []
    assert list(search.find("技能実習生が妊娠した", versions(without), [], 2)) == []
    anew = replace(TOLD[1], version=4, official="実習を中断する届出をしてください。")
    assert list(search.unknown(versions([*without, anew]))) == [(anew.id, 4)]
    assert list(search.find("技能実習生が妊娠した", versions([*without, anew]), [anew], 2)) == [anew]


def test_one_side_never_finds_what_only_another_may_search(over: Counting) -> None:
    search = ResolvedSearch(over)
    search.find("技能実習生が妊娠した", versions(TOLD), TOLD, 2)
    mine = TOLD[2:]
    assert all(one in mine for one in search.find("技能実習生が妊娠した 離婚した 定住者", versions(mine), [], 5))


def test_long_replies_are_found_by_their_end_and_listed_once(over: Counting) -> None:
    long = resolved(9, "届出について", "あいうえお。" * 200 + "黄色い用紙に記入します。")
    assert [one.number for one in ResolvedSearch(over).find("黄色い用紙に記入", versions([long]), [long], 2)] == [9]


def test_only_so_many_indexes_are_kept(over: Counting) -> None:
    search = ResolvedSearch(over)
    for number in range(70):
        one = resolved(100 + number, "質問", "回答")
        search.find("質問", versions([one]), [one], 1)
    assert len(search.unknown([(f"{100 + number:032x}", 1) for number in range(70)])) == 6


def test_what_is_erased_is_forgotten_with_every_index_that_held_it(over: Counting) -> None:
    search, hour = ResolvedSearch(over), timedelta(hours=1)
    new = replace(TOLD[1], changed=TOLD[0].changed + hour)
    for told in (TOLD[:1], [TOLD[0], new], [new]):
        assert search.find("再交付 妊娠した", versions(told), told, 2)
    assert search.forget(TOLD[0].changed) == 0
    assert search.forget(TOLD[0].changed + hour) == 2
    assert search.forget(TOLD[0].changed + hour) == 0
    assert list(search.unknown(versions([TOLD[0], new]))) == versions(TOLD[:1])
    assert TOLD[0].official not in repr(search.__dict__)
    assert new.official in repr(search.__dict__)


def test_what_was_read_before_it_was_erased_does_not_come_back() -> None:
    search: ResolvedSearch

    def meanwhile(corpus: Corpus) -> Finder:
        search.forget(TOLD[0].changed + timedelta(hours=1))
        return BigramFinder(corpus, answers_from=0.3)

    search = ResolvedSearch(meanwhile)
    search.find("再交付の申請", versions(TOLD), TOLD, 2)  # while its index is made
    assert list(search.unknown(versions(TOLD))) == versions(TOLD)
    assert list(search.find("再交付の申請", versions(TOLD), TOLD, 2)) == []  # after it was read
    assert list(search.unknown(versions(TOLD))) == versions(TOLD)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("在留カードもパスポートもない人が再発行したい", 1),
        ("妊娠した技能実習生は帰国しなければならないか", 2),
        ("離婚したら定住者になれますか", 3),
        ("高校卒業後に働くには", 4),
        ("ごみの出し方", None),
        ("児童手当の申請はどこ", None),
        ("運転免許の切替え", None),
        ("税金が払えない", None),
    ],
)
def test_the_real_engine_finds_what_fits_among_few(own_settings: Settings, question: str, number: int | None) -> None:
    search = ResolvedSearch(open_own(own_settings, lambda _line: None).over)
    found = search.find(question, versions(TOLD), TOLD, 2)
    assert (found[0].number if found else None) == number
