"""Files and folders become a corpus; one bad file does not spoil the others."""

import os
from pathlib import Path

import pytest

from corpus.errors import CatalogueError
from corpus.reading import read_documents
from tests import documents

TEXT = """# 窓口

窓口では、生活の困りごとについて相談を受けています。

## 時間

平日の九時から十七時まで開いています。
"""


def test_a_folder_is_read_in_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ["b.md", "a.md", ".hidden.md", "picture.png", "inner/c.md", ".git/d.md"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    seen: list[Path] = []
    reading = read_documents([tmp_path, tmp_path / "a.md"], progress=seen.append)
    assert [path.name for path in seen] == ["a.md", "b.md", "c.md"]
    assert [source.id for source in reading.corpus.sources.values()] == ["a", "b", "c"]
    assert reading.problems == ()
    assert [(passage.section, passage.text) for passage in reading.corpus.passages[:2]] == [
        ((), "窓口では、生活の困りごとについて相談を受けています。"),
        (("時間",), "平日の九時から十七時まで開いています。"),
    ]


def test_one_bad_file_among_fifty_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number:02}.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "17.md").write_bytes(b"")
    reading = read_documents([tmp_path])
    assert len(reading.corpus.sources) == 49
    assert [problem.path.name for problem in reading.problems] == ["17.md"]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    (problem, folder) = read_documents([tmp_path / "gone.txt", tmp_path / "gone"]).problems
    assert "gone.txt" in str(problem)
    assert "\n" not in str(problem)
    assert folder.reason == problem.reason == "ファイルが見つかりません"


def test_what_cannot_be_opened_in_a_folder_is_a_problem_each(tmp_path: Path) -> None:
    documents.saved(tmp_path, "good.md", TEXT.encode())
    (tmp_path / "circle.md").symlink_to("circle.md")
    (tmp_path / "nowhere.md").symlink_to("gone.md")
    (tmp_path / "back").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.md")
    reading = read_documents([tmp_path])
    assert [source.id for source in reading.corpus.sources.values()] == ["good"]
    assert [problem.path.name for problem in reading.problems] == ["circle.md", "nowhere.md", "pipe.md"]


def test_a_folder_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    documents.saved(tmp_path, "good.md", TEXT.encode())
    closed = tmp_path / "closed"
    closed.mkdir()
    documents.saved(closed, "inside.md", TEXT.encode())
    closed.chmod(0)
    try:
        if os.access(closed, os.R_OK):
            pytest.skip("this user may open every folder")
        reading = read_documents([tmp_path, closed])
    finally:
        closed.chmod(0o700)
    assert [source.id for source in reading.corpus.sources.values()] == ["good"]
    assert {problem.path for problem in reading.problems} == {closed}


def test_a_name_that_is_no_text_makes_a_title_that_can_be_written_down(tmp_path: Path) -> None:
    path = documents.saved(tmp_path, os.fsdecode(b"a\xff\nb.txt"), "窓口は、平日の九時から開いています。".encode())
    (source,) = read_documents([path]).corpus.sources.values()
    assert source.title == "a\ufffd\ufffdb"
    empty = documents.saved(tmp_path, os.fsdecode(b"\xff\nb.md"), b"")
    (problem,) = read_documents([empty]).problems
    assert len(str(problem).splitlines()) == 1


def test_a_file_without_text_is_a_problem(tmp_path: Path) -> None:
    path = documents.saved(tmp_path, "empty.txt", b"\n\n \n")
    (problem,) = read_documents([path]).problems
    assert problem.reason == "本文が見つかりません"


def test_a_catalogue_tells_what_a_file_is_and_what_of_it_is_superseded(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "new.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nfile = "old.md"\nid = "desk"\ntitle = "窓口の手引き"\nedition = "第1版"\n'
        '[[source.superseded]]\nsection = "時間"\nby = "new"\n',
        encoding="utf-8",
    )
    corpus = read_documents([tmp_path]).corpus
    assert {key: source.title for key, source in corpus.sources.items()} == {
        "desk@第1版/ja": "窓口の手引き",
        "new@/ja": "窓口",
    }
    assert [(p.source, p.section[-1]) for p in corpus.passages if p.superseded_by == "new"] == [
        ("desk@第1版/ja", "時間")
    ]
    assert len(corpus.current) == len(corpus.passages) - 1


def test_a_superseded_section_that_is_not_there_keeps_the_file_out(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nfile = "old.md"\nid = "desk"\ntitle = "手引き"\n'
        '[[source.superseded]]\nsection = "料金"\nby = "desk"\n',
        encoding="utf-8",
    )
    reading = read_documents([tmp_path])
    assert not reading.corpus.passages
    assert "「料金」" in str(reading.problems[0])


def test_a_wrong_catalogue_stops_the_reading(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sources.toml").write_text('[[source]]\nfile = "gone.md"\nid = "a"\ntitle = "a"\n', encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"gone\.md"):
        read_documents([tmp_path])


def test_a_newer_edition_supersedes_an_older_one(tmp_path: Path) -> None:
    entries = []
    for edition, date in [("第1版", "2024"), ("第2版", "2025-04")]:
        (tmp_path / f"{date}.md").write_text(TEXT, encoding="utf-8")
        entries.append(
            f'[[source]]\nfile = "{date}.md"\nid = "desk"\ntitle = "手引き"\nedition = "{edition}"\ndate = "{date}"\n'
        )
    (tmp_path / "sources.toml").write_text("".join(entries), encoding="utf-8")
    corpus = read_documents([tmp_path]).corpus
    assert {p.source: p.superseded_by for p in corpus.passages} == {
        "desk@第1版/ja": "desk@第2版/ja",
        "desk@第2版/ja": "",
    }


def test_files_of_the_same_name_are_two_sources(tmp_path: Path) -> None:
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "窓口 案内.md").write_text(TEXT, encoding="utf-8")
    corpus = read_documents([tmp_path]).corpus
    assert list(corpus.sources) == ["窓口-案内@/ja", "窓口-案内-2@/ja"]
    assert len({passage.id for passage in corpus.passages}) == len(corpus.passages)


GUIDEBOOK = """
目次
第1章 入国・在留 ・・・・・・・・ 1
1 在留カード ・・・・・・・・ 1
1-1 カードの交付 ・・・・・・・・ 1
1-2 住居地の届出 ・・・・・・・・ 2
¶
第1章 入国・在留
1 在留カード
在留カードは、中長期に日本に住む方へ渡されるカードです。外出するときは、いつも
持ち歩かなければなりません。
1-1 カードの交付
空港では、上陸の許可と同時に渡されます。そのほかの港では、住む場所を届け出た後
に郵便で届きます。
¶
1-2 住居地の届出
住む場所を決めた日から14日以内に、市区町村の窓口へ届け出ます。
"""


def test_a_pdf_of_the_guidebook_gets_its_ids_and_printed_pages(tmp_path: Path) -> None:
    pages = [page.strip().split("\n") for page in GUIDEBOOK.split("¶")]
    data = documents.pdf([[documents.lines(page)] for page in pages], title="生活・就労ガイドブック")
    reading = read_documents([documents.saved(tmp_path, "guide.pdf", data)])
    assert [(p.section_id, p.page, p.text) for p in reading.corpus.passages] == [
        (
            "ch01.1",
            1,
            "在留カードは、中長期に日本に住む方へ渡されるカードです。外出するときは、いつも持ち歩かなければなりません。",
        ),
        (
            "ch01.1-1",
            1,
            "空港では、上陸の許可と同時に渡されます。そのほかの港では、住む場所を届け出た後に郵便で届きます。",
        ),
        ("ch01.1-2", 2, "住む場所を決めた日から14日以内に、市区町村の窓口へ届け出ます。"),
    ]
    assert [source.id for source in reading.corpus.sources.values()] == ["guidebook"]


def test_pages_are_cited_as_printed_though_no_table_of_contents_tells_them(tmp_path: Path) -> None:
    words = ["住所", "税金", "年金", "保険", "医療", "教育"]
    pages = [[documents.text("くらしの手引き", 150, 600, 24)]] + [
        [
            documents.lines([f"第{n}章 {word}", f"{word}については、住んでいる町の窓口で聞いてください。"]),
            documents.text(f"{n}", 290, 30),
        ]
        for n, word in enumerate(words, start=1)
    ]
    path = documents.saved(tmp_path, "guide.pdf", documents.pdf(pages))
    passages = read_documents([path]).corpus.passages
    assert [(p.section_id, p.page) for p in passages if p.section_id] == [(str(n), n) for n in range(1, 7)]


CHAPTER = """第4章 出産・子育て

1 妊娠したら

市区町村の窓口に妊娠を届け出ると、母子健康手帳が渡されます。

1-1 健診

健診の費用の一部は、市区町村が負担します。
"""


@pytest.mark.parametrize(
    ("source_id", "text", "expected"),
    [
        ("guidebook-ch04", CHAPTER, ["ch04.1", "ch04.1-1"]),
        ("guidebook-ch04", CHAPTER.partition("\n")[2], ["ch04.1", "ch04.1-1"]),
        ("guidebook-manners", CHAPTER, ["ch04.1", "ch04.1-1"]),
        ("other-ch04", CHAPTER, ["4.1", "4.1.1"]),
    ],
    ids=["chapter", "chapter without its heading", "part without a number", "another document"],
)
def test_a_part_of_the_guidebook_is_counted_as_the_whole(
    tmp_path: Path, source_id: str, text: str, expected: list[str]
) -> None:
    documents.saved(tmp_path, "part.txt", text.encode())
    entry = f'[[source]]\nfile = "part.txt"\nid = "{source_id}"\ntitle = "第4章"\n'
    documents.saved(tmp_path, "sources.toml", entry.encode())
    assert [passage.section_id for passage in read_documents([tmp_path]).corpus.passages] == expected


ENGLISH = """Guidebook on Living and Working

Chapter 1 Entry and Residence

1 Residence card

Always carry it with you when you go out. Children under 16 years
old do not have to.

1-1 Issuing the card

You receive it at the airport, together with your landing
permission.
"""


def test_an_edition_in_another_language_gets_the_same_ids(tmp_path: Path) -> None:
    reading = read_documents([documents.saved(tmp_path, "english.txt", ENGLISH.encode())])
    assert [(p.section_id, p.text) for p in reading.corpus.passages] == [
        ("ch01.1", "Always carry it with you when you go out. Children under 16 years old do not have to."),
        ("ch01.1-1", "You receive it at the airport, together with your landing permission."),
    ]
    (source,) = reading.corpus.sources.values()
    assert (source.id, source.title, source.language) == ("guidebook", "Guidebook on Living and Working", "und")
