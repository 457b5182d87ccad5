from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.figure_features import codes, of_figures
from retrieval.names import words


def seen(text: str) -> list[list[str]]:
    return list(of_figures(text, words(text), [("-",)] * len(words(text))))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("普通口座 4016 228 まで", ["4016 228"]),
        ("AB 1234567 CD と", ["AB 1234567 CD"]),
        ("令和七年五月六日に", ["七年五月六"]),
        ("090ー1234の5678", ["090", "1234の5678"]),  # folding makes - of ー among figures
        ("call me at 3 pm", ["3"]),
        ("yuki_88.jp と林", ["yuki_88.jp"]),
        ("林さん", []),
    ],
)
def test_what_belongs_together_is_one_code(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in codes(text)] == found


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("09A a-の年一座\n。"), max_size=40))
def test_each_character_has_its_own(text: str) -> None:
    assert len(seen(text)) == len(text)


def test_every_figure_knows_the_shape_and_the_words_in_front() -> None:
    text = "普通口座の番号は 4016 228 です"
    here = seen(text)[text.index("228")]
    assert {"dg=4-3", "dn=7", "dw-1=番号", "dw-2=普通口座", "dw-=普通口座"} <= set(here)
    assert seen(text)[0] == []
