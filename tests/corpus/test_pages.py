"""Pages are counted from printed numbers, and left open where the count is in doubt."""

from corpus.pages import page_of_lines
from tests.corpus.lines_of import document, pages

BODY = "窓口の仕事を説明する行です。\n\n" * 6


def page_texts(count: int) -> list[str]:
    """Pages of unpaged text: the first line of each keeps one blank before it."""
    return [f" {number}つ目の紙面の始めの行です。\n\n{BODY.rstrip()}" for number in range(count)]


def test_pages_are_counted_both_ways_from_printed_numbers() -> None:
    texts = page_texts(5)
    texts[1] = f"\n\n１１ |\n\n{texts[1].lstrip()}"
    texts[3] = f"\n\n１３ |\n\n{texts[3].lstrip()}"
    blocks = document("\n".join(texts)).blocks
    paging = page_of_lines(blocks)
    found = {
        block.text.strip()[:2]: page for block, page in zip(blocks, paging.pages, strict=True) if "紙面" in block.text
    }
    assert found == {"0つ": 10, "1つ": 11, "2つ": 12, "3つ": 13, "4つ": 14}
    assert {blocks[i].text for i in paging.furniture} == {"１１ |", "１３ |"}


def test_without_a_printed_number_there_is_no_page() -> None:
    paging = page_of_lines(document("\n".join(page_texts(3))).blocks)
    assert set(paging.pages) == {None}
    assert len(paging.starts) == 3


def test_one_start_too_many_leaves_only_the_lines_in_doubt_without_a_page() -> None:
    texts = page_texts(4)
    texts[0] = f"１０ |\n{texts[0].lstrip()}"
    texts[1] = texts[1].replace("\n\n窓口", "\n\n窓口", 1) + f"\n 字下げした段落です。\n\n{BODY.rstrip()}"
    texts[3] = f"\n\n１３ |\n\n{texts[3].lstrip()}"
    blocks = document("\n".join(texts)).blocks
    by_text = {block.text.strip(): page for block, page in zip(blocks, page_of_lines(blocks).pages, strict=True)}
    assert by_text["0つ目の紙面の始めの行です。"] == 10
    assert by_text["字下げした段落です。"] is None
    assert by_text["3つ目の紙面の始めの行です。"] == 13


def test_numbers_that_contradict_the_count_give_no_page_outside_of_them() -> None:
    texts = page_texts(4)
    texts[1] = f"\n\n１１ |\n\n{texts[1].lstrip()}"
    texts[2] = f"\n\n８０ |\n\n{texts[2].lstrip()}"
    blocks = document("\n".join(texts)).blocks
    by_text = {block.text.strip(): page for block, page in zip(blocks, page_of_lines(blocks).pages, strict=True)}
    assert by_text["0つ目の紙面の始めの行です。"] is None
    assert by_text["1つ目の紙面の始めの行です。"] is None


def test_an_indented_table_head_and_a_nested_item_begin_no_page() -> None:
    text = "曜日の表です。\n\n 月 火 水\n\n次の表です。\n 月 火 水\n\n一覧です。\n - 内訳です。"
    assert page_of_lines(document(text).blocks).starts == {0}


def test_a_short_page_is_an_indented_paragraph() -> None:
    texts = page_texts(3)
    texts[0] = f"１ |\n{texts[0].lstrip()}"
    texts[1] = " 見出しの行\n\n 字下げした段落です。\n" + texts[1]
    texts[2] = f"\n\n３ |\n\n{texts[2].lstrip()}"
    blocks = document("\n".join(texts)).blocks
    by_text = {block.text.strip(): page for block, page in zip(blocks, page_of_lines(blocks).pages, strict=True)}
    assert by_text["見出しの行"] == 2
    assert by_text["1つ目の紙面の始めの行です。"] == 2


def test_running_heads_and_numbers_of_paged_text_go_and_tell_the_printed_page() -> None:
    texts = [
        f"相談の手引き\n{kana}の頁の始め。\n{BODY}{kana}の頁の終わり。\n{n + 4}"
        for n, kana in enumerate("あいうえお", 1)
    ]
    blocks = pages(*texts).blocks
    paging = page_of_lines(blocks)
    kept = [
        (block.text, page)
        for i, (block, page) in enumerate(zip(blocks, paging.pages, strict=True))
        if i not in paging.furniture and block.text
    ]
    assert {text for text, _ in kept if "頁" not in text} == {"窓口の仕事を説明する行です。"}
    assert [page for text, page in kept if "始め" in text] == [5, 6, 7, 8, 9]


def test_a_telephone_number_on_every_page_is_no_furniture() -> None:
    texts = [f"{kana}の頁です。\n{kana}の文です。\n{kana}の終わりです。\n電話 0570-000111" for kana in "あいうえお"]
    paging = page_of_lines(pages(*texts).blocks)
    assert not paging.furniture


def test_the_table_of_contents_tells_the_printed_page_where_feet_do_not() -> None:
    contents = "手続 ・・・・・・ 1\n相談 ・・・・・・ 2\n連絡先 ・・・・・・ 3"
    blocks = pages("表紙", contents, f"手続\n{BODY}", f"相談\n{BODY}", f"連絡先\n{BODY}").blocks
    by_text = {block.text: page for block, page in zip(blocks, page_of_lines(blocks).pages, strict=True)}
    assert (by_text["手続"], by_text["連絡先"], by_text["表紙"]) == (1, 3, None)


def test_paged_text_without_printed_numbers_keeps_the_pages_of_the_file() -> None:
    blocks = pages("一枚目の文です。", "二枚目の文です。").blocks
    assert page_of_lines(blocks).pages == [1, 2]
