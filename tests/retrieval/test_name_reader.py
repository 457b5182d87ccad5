from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import names
from retrieval.name_reader import Guess, own
from retrieval.names import words

KINDS = {"name", "employer", "school", "address", "birth_date", "phone", "sns", "number"}


def read(text: str, least: float = 0.5) -> list[Guess]:
    return own().read(text, words(text), [""] * len(text), names.load(), least).guesses


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("先月ほしぞらを辞めて、今は無職です。", "employer", "ほしぞら"),
        ("ラフマットが昨日から出社していない。", "name", "ラフマット"),
        ("長女は緑ヶ浜第二小の三年生です。", "school", "緑ヶ浜第二小"),
    ],
)
def test_only_the_sentence_tells(text: str, kind: str, written: str) -> None:
    (guess,) = read(text)
    assert (guess.kind, text[guess.start : guess.end]) == (kind, written)


@pytest.mark.parametrize("text", ["在留期間の更新は三か月前から申請できます。", "技能実習生は工場で働いています。", ""])
def test_plain_talk_holds_nothing(text: str) -> None:
    assert read(text) == []


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_guesses_are_in_order_and_inside(text: str) -> None:
    position = 0
    reading = own().read(text, words(text), [""] * len(text), names.load(), 0.1)
    assert len(reading.inside) == len(text)
    for guess in reading.guesses:
        assert position <= guess.start < guess.end <= len(text)
        assert guess.kind in KINDS
        assert 0.1 <= min(reading.inside[guess.start : guess.end]) <= max(reading.inside) <= 1
        position = guess.end


def test_the_surer_it_must_be_the_less_is_found() -> None:
    text = "チャンが三和を辞めた。林はまだいる。"
    found = [sum(guess.end - guess.start for guess in read(text, least)) for least in (0.05, 0.5, 0.999)]
    assert found == sorted(found, reverse=True)


def test_nothing_is_read_across_empty_lines() -> None:
    above, below = "先月ほしぞらを", "辞めました。ラフマットが来た。"
    alone = [(guess.kind, guess.end - guess.start) for text in (above, below) for guess in read(text)]
    assert [(guess.kind, guess.end - guess.start) for guess in read(f"{above}\n\n{below}")] == alone


def test_threads_may_share_a_reader() -> None:
    texts = [f"{name}がほしぞらを辞めた。" for name in ("ラフマット", "グエン", "チャン", "リマ")] * 8
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, texts)) == [read(text) for text in texts]
