"""Broken lines are joined, and what was apart stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.wrapping import joined, marks_paragraph_ends, paragraphs, usual_gap
from tests.corpus.lines_of import lines

#: ¶ stands for the blank that ends a paragraph.
MARKED = """
窓口に来た人の話を聞き、必要な手続を調べ、担当する役所の部署に
つなぎます。¶

・ 書類の書き方が分からないときは、窓口で一緒に書くことができま
す。¶

案内のちらし¶

転入した人に、窓口の場所と開いている曜日を書いたちらしを渡して
います。¶
""".replace("¶", " ")


def texts(text: str) -> list[str]:
    return [joined(group) for group in paragraphs(lines(text))]


def double_spaced(text: str) -> str:
    return text.replace("\n", "\n\n")


def test_a_blank_at_the_end_closes_a_paragraph_where_the_document_does_that() -> None:
    assert marks_paragraph_ends(lines(MARKED))
    assert texts(MARKED) == [
        "窓口に来た人の話を聞き、必要な手続を調べ、担当する役所の部署につなぎます。",
        "・ 書類の書き方が分からないときは、窓口で一緒に書くことができます。",
        "案内のちらし",
        "転入した人に、窓口の場所と開いている曜日を書いたちらしを渡しています。",
    ]


def test_double_spaced_text_is_joined_over_its_empty_lines() -> None:
    text = double_spaced(MARKED.replace("\n\n", "\n"))
    assert usual_gap(lines(text)) == 1
    assert texts(text) == texts(MARKED)


def test_without_such_blanks_full_lines_go_on() -> None:
    text = (
        "外国人を雇う会社の人に、働くときの決まりについて相談を受けます。また、専\n"
        "門の人が会社を訪ねて、働く環境を良くするための助言をします。費用はかかり\n"
        "ません。\n\n予約の電話\n東京の事務所\n大阪の事務所"
    )
    assert texts(text) == [
        "外国人を雇う会社の人に、働くときの決まりについて相談を受けます。また、専門の人が会社を訪ねて、"
        "働く環境を良くするための助言をします。費用はかかりません。",
        "予約の電話",
        "東京の事務所",
        "大阪の事務所",
    ]


def test_rows_of_a_list_are_not_joined_however_wide() -> None:
    text = "外国人住民千人以上の町 500万円\n外国人住民五百人以上の町 300万円\n外国人住民五百人未満の町 200万円"
    assert texts(text) == text.split("\n")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("担当の部署（電話", "は平日のみ）です。"),
        ("在留カード、", "旅券を用意します。"),
        ("地方局／法テラス／", "弁護士会"),
        ("相談員の", "育成"),
        ("コミュニティー", "センターの場所"),
        ("手続に必", "要なもの。"),
    ],
)
def test_words_tell_that_a_line_goes_on(first: str, second: str) -> None:
    filler = "この行は窓口の説明のために置いた長い行であり、ここで終わります。 \n\n" * 4 + "まだ続く行があり\nます。 \n"
    assert f"{first}{second}" in texts(f"{filler}\n{first}\n{second} \n")


@pytest.mark.parametrize("mark", ["・", "① ", "（２）", "■", "● ", "【", "第２章 ", "３｜", "※"])
def test_a_mark_begins_a_new_paragraph(mark: str) -> None:
    assert texts(f"前の行の言葉が\n{mark}次の言葉です。") == ["前の行の言葉が", f"{mark}次の言葉です。"]


def test_english_lines_are_joined_with_a_blank() -> None:
    assert texts("You must carry your residence card\nwith you at all times.") == [
        "You must carry your residence card with you at all times."
    ]


SENTENCES = st.lists(
    st.text("相談窓口外国人住民手続案内通訳言語支援", min_size=1, max_size=90).map(lambda text: f"{text}。"),
    min_size=1,
    max_size=8,
)


@given(SENTENCES, st.integers(min_value=12, max_value=40))
def test_prose_comes_out_as_it_was_whatever_its_width(sentences: list[str], width: int) -> None:
    broken = []
    for sentence in sentences:
        parts = [sentence[i : i + width] for i in range(0, len(sentence), width)]
        if parts[-1] == "。" and len(parts) > 1:  # no line begins with a full stop
            parts[-2:] = [parts[-2] + "。"]
        broken.append("\n".join(parts) + " ")
    # Long lines make sure that the document shows its way to end paragraphs.
    text = "\n".join([*broken, "相談" * width + "\n" + "窓口。 "])
    if marks_paragraph_ends(lines(text)):
        assert texts(text)[:-1] == sentences


TITLED = """
住む場所を決めたら、決めた日から十四日以内に、市区町村の窓口へ行って、
住所を届け出ます。窓口では、在留カードを見せます。家族の分も、
1-3 届出
これは、引っ越したときにも必要です。古い住所の役所では転出を、新しい
住所の役所では転入を届け出ます。
1-4 届け出るときに気を付けること
自分で行けないときは、代わりの人に頼めます。その人に委任状を渡して
ください。
1-5 コールセンター
コールセンターでは、十一の言葉で聞くことができます。通話は無料です。
"""


def test_a_numbered_title_is_not_joined_with_the_text_under_it() -> None:
    assert [text for text in texts(TITLED) if text.startswith("1-")] == [
        "1-3 届出",
        "1-4 届け出るときに気を付けること",
        "1-5 コールセンター",
    ]
