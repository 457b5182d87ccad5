"""A catalogue is believed when it is sound, and tells all its faults at once when it is not."""

from pathlib import Path

import pytest

from corpus.catalogue import CATALOGUE, check, read_catalogue
from corpus.errors import CatalogueError
from corpus.model import Grade, Source, Supersession

GUIDE = '[[source]]\nfile = "guide.txt"\nid = "guide"\ntitle = "手引き"\n'


def catalogue_in(folder: Path, text: str, *files: str) -> Path:
    for file in files:
        (folder / file).write_text("窓口の説明です。", encoding="utf-8")
    path = folder / CATALOGUE
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path, *others: str) -> list[str]:
    with pytest.raises(CatalogueError) as error:
        check([read_catalogue(path)], others)
    return str(error.value).splitlines()


def test_an_entry_becomes_a_source(tmp_path: Path) -> None:
    text = (
        GUIDE
        + 'publisher = "あおば庁"\nedition = "第2版"\ndate = "2026-02"\nlanguage = "vi"\nurl = "https://example.jp/"\n'
        'grade = "連絡先"\nofficial = false\n[[source.superseded]]\nsection = "問合せ先"\nby = "contacts"\n'
        '[[source]]\nfile = "contacts.txt"\nid = "contacts"\ntitle = "連絡先"\n'
    )
    catalogue = read_catalogue(catalogue_in(tmp_path, text, "guide.txt", "contacts.txt"))
    check([catalogue])
    assert catalogue.sources == {
        tmp_path / "guide.txt": Source(
            id="guide",
            title="手引き",
            publisher="あおば庁",
            edition="第2版",
            date="2026-02",
            language="vi",
            url="https://example.jp/",
            grade=Grade.CONTACT,
            official=False,
            superseded=(Supersession(by="contacts", section="問合せ先"),),
        ),
        tmp_path / "contacts.txt": Source(id="contacts", title="連絡先"),
    }


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('colour = "赤"', "知らない項目です: colour"),
        ("edition = 2", "edition には文字を書いてください"),
        ('url = " "', "url には文字を書いてください"),
        ('date = "令和6年"', "date は 2024、2024-07、2024-07-01 のように書いてください: 令和6年"),
        ('date = "2024-13"', "date は 2024、2024-07、2024-07-01 のように書いてください: 2024-13"),
        ('grade = "噂"', "grade は 公式回答、手引き、お知らせ、事例、連絡先 のどれかです: 噂"),
        ('official = "はい"', "official には true か false を書いてください"),
        ('superseded = "guide"', "superseded は [[source.superseded]] の形で書いてください"),
        ('[[source.superseded]]\nsection = "問合せ先"', "superseded に by がありません"),
        ('[[source.superseded]]\nby = "guide"\npage = "3"', "superseded の知らない項目です: page"),
        ("[[source.superseded]]\nby = 3", "superseded には section と by を文字で書いてください"),
    ],
)
def test_a_fault_names_file_and_entry(tmp_path: Path, line: str, fault: str) -> None:
    path = catalogue_in(tmp_path, f"{GUIDE}{line}\n", "guide.txt")
    assert faults(path) == [f"{path}: 1番目の source（guide）: {fault}"]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = '[[source]]\nfile = "gone.txt"\nid = "a b"\n[[source]]\ntitle = "名なし"\n'
    told = faults(catalogue_in(tmp_path, text))
    assert [fault.split("）: ")[1] for fault in told] == [
        "title がありません",
        "id に空白や @ # / は使えません",
        "ファイルがありません: gone.txt",
        "file がありません",
        "id がありません",
    ]


def test_a_file_outside_of_the_folder_is_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text("窓口", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    text = GUIDE.replace('"guide.txt"', '"../guide.txt"')
    assert "ファイルがありません: ../guide.txt" in faults(catalogue_in(folder, text))[0]


def test_the_same_edition_twice_and_an_unknown_successor_are_faults(tmp_path: Path) -> None:
    text = GUIDE + '[[source.superseded]]\nby = "nobody"\n' + GUIDE.replace("guide.txt", "other.txt")
    path = catalogue_in(tmp_path, text, "guide.txt", "other.txt")
    assert faults(path) == [
        f"{path}: guide: superseded の by が知らない id です: nobody",
        f"{path}: guide: 同じ版が2つあります（guide.txt、other.txt）",
    ]
    assert len(faults(path, "nobody")) == 1


@pytest.mark.parametrize("text", ["これは TOML ではない", "[source]\nid = 'a'\n", "source = ['a']\n"])
def test_what_is_no_list_of_sources_is_one_line(tmp_path: Path, text: str) -> None:
    path = catalogue_in(tmp_path, text)
    assert len(faults(path)) == 1
    assert str(path) in faults(path)[0]


def test_unknown_tables_and_one_file_twice_are_faults(tmp_path: Path) -> None:
    text = GUIDE + GUIDE.replace('"guide"', '"other"') + "[settings]\nfast = true\n"
    path = catalogue_in(tmp_path, text, "guide.txt")
    assert faults(path) == [f"{path}: 知らない項目です: settings", f"{path}: guide.txt が2回書かれています"]
