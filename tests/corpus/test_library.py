"""The library on disk: added, replaced, withdrawn, never half."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.holdings import Ledger, Origin
from corpus.library import Library, LibraryError
from corpus.model import Corpus, Grade, Passage, Source, Supersession
from tests.corpus.editions import current_texts, edition_of

SUMMARY = edition_of(
    {"ch01.1 カード": "要約1", "ch01.2 届出": "要約2"}, edition="第8版", date="2026-02-26", official=False
)
OFFICIAL = edition_of({"ch01.1 カード": "本文1"}, edition="第8版", date="2026-02-26")


def nothing() -> Corpus:
    return Corpus()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", base=nothing)


def over_summary(library: Library) -> Library:
    return Library(library.folder, base=lambda: SUMMARY)


def test_what_is_added_comes_back_as_it_was(library: Library) -> None:
    source = Source(
        id="handbook",
        title="手引き",
        edition="令和6年度",
        date="2024",
        grade=Grade.CONTACT,
        superseded=(Supersession("other", "連絡先"),),
    )
    passage = Passage(
        id="1",
        source=source.key,
        text="電話 ①\u2028次の行",
        section_id="4.1",
        section=("第4章", "連絡先"),
        page=85,
        superseded_by="other",
        unconfirmed=True,
        keywords=("入管",),
        note="注",
    )
    corpus = Corpus({source.key: source}, (passage,))
    (held,) = library.add(corpus, {source.key: Origin(path="handbook.pdf", sha256="ab", url="https://example.go.jp/")})
    assert Library(library.folder, base=nothing).corpus() == corpus
    assert library.list() == (held,)
    assert (held.origin.path, held.origin.sha256, held.passages) == ("handbook.pdf", "ab", 1)


def test_an_empty_library_tells_what_comes_with_the_program(library: Library) -> None:
    assert library.list() == ()
    assert over_summary(library).corpus() == SUMMARY
    assert not library.folder.exists()


def test_the_same_edition_replaces_itself_and_the_former_file_is_kept_for_audit(library: Library) -> None:
    (former,) = library.add(edition_of({"1 住所": "14日以内"}, edition="第8版"))
    library.add(edition_of({"1 住所": "30日以内"}, edition="第8版"))
    library.add(edition_of({"1 住所": "30日以内"}, edition="第8版"))
    assert current_texts(library.corpus()) == ["30日以内"]
    assert len(library.list()) == 1
    ledger = Ledger.from_json((library.folder / "ledger.json").read_bytes())
    assert ledger.replaced == (former,)
    assert "14日以内" in (library.folder / former.file).read_text(encoding="utf-8")


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_newer_edition_holds_in_whatever_order_they_come(library: Library, newest_first: bool) -> None:
    editions = [edition_of({"1 住所": "30日以内"}, date="2024"), edition_of({"1 住所": "14日以内"}, date="2021")]
    for edition in editions if newest_first else reversed(editions):
        library.add(edition)
    assert current_texts(library.corpus()) == ["30日以内"]
    assert {passage.text for passage in library.corpus().passages} == {"14日以内", "30日以内"}


def test_official_text_stands_beside_what_it_leaves_of_the_summary(library: Library) -> None:
    over_summary(library).add(OFFICIAL)
    corpus = over_summary(library).corpus()
    assert current_texts(corpus) == ["要約2", "本文1"]
    assert {corpus.source_of(p).edition: p.text for p in corpus.current} == {"第8版（要約）": "要約2", "第8版": "本文1"}
    assert SUMMARY + corpus == corpus  # put over the embedded corpus once more, nothing comes back


def test_a_withdrawn_section_is_kept_and_not_cited(library: Library) -> None:
    library.add(edition_of({"1 住所": "14日以内", "1.2 転居": "同じ", "2 ごみ": "朝8時"}, edition="第1版"))
    (made,) = library.withdraw("guide", section="1", reason="誤り")
    corpus = library.corpus()
    assert current_texts(corpus) == ["朝8時"]
    kept = next(passage for passage in corpus.passages if passage.text == "14日以内")
    assert kept.note == f"{made.date[:10]}に取り下げ（誤り）"
    assert library.withdrawals() == (made,)


def test_a_section_is_named_by_its_heading_too(library: Library) -> None:
    library.add(edition_of({"1 年金・福祉": "A", "2 第2章年金": "B"}, edition="第1版"))
    library.withdraw("guide", section="年金")
    assert current_texts(library.corpus()) == ["A"]


def test_what_is_withdrawn_stays_so_when_the_file_comes_again(library: Library) -> None:
    edition = edition_of({"1 住所": "14日以内"}, edition="第1版")
    library.add(edition)
    library.withdraw("guide")
    library.add(edition)
    assert current_texts(library.corpus()) == []
    library.restore("guide")
    assert current_texts(library.corpus()) == ["14日以内"]
    assert [bool(one.lifted) for one in library.withdrawals()] == [True]


def test_a_withdrawn_edition_supersedes_nothing(library: Library) -> None:
    library.add(edition_of({"1 住所": "14日以内"}, edition="第1版"))
    library.add(edition_of({"1 住所": "壊れた文"}, edition="第2版"))
    library.withdraw("guide", "第2版")
    assert current_texts(library.corpus()) == ["14日以内"]


def test_a_withdrawn_section_of_the_newer_edition_brings_nothing_old_back(library: Library) -> None:
    library.add(edition_of({"1 住所": "14日以内", "2 ごみ": "朝8時"}, edition="第1版"))
    library.add(edition_of({"1 住所": "30日以内", "2 ごみ": "朝7時"}, edition="第2版"))
    library.withdraw("guide", "第2版", "1")
    assert current_texts(library.corpus()) == ["朝7時"]


def test_a_summary_can_be_withdrawn_without_the_official_text(library: Library) -> None:
    library = over_summary(library)
    library.withdraw("guide", section="ch01.2")
    library.add(OFFICIAL + edition_of({"ch01.2 届出": "別冊"}, id="guide-2", edition="第8版", date="2025"))
    assert current_texts(library.corpus()) == ["本文1", "別冊"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("none",), "この資料はありません"),
        (("guide", "第9版"), "第9版 はありません。あるのは 第1版 です"),
        (("guide", None, "9"), "「9」という節はありません"),
    ],
)
def test_what_is_not_there_cannot_be_withdrawn(
    library: Library, arguments: tuple[str | None, ...], reason: str
) -> None:
    library.add(edition_of({"1 住所": "14日以内"}, edition="第1版"))
    with pytest.raises(LibraryError, match=reason):
        library.withdraw(*arguments)  # type: ignore[arg-type]
    assert library.withdrawals() == ()


def test_restore_tells_when_nothing_was_withdrawn(library: Library) -> None:
    with pytest.raises(LibraryError, match="取り下げたものがありません"):
        library.restore("guide")


def test_the_fingerprint_changes_with_every_command_and_only_then(library: Library) -> None:
    seen = [library.fingerprint()]
    steps: list[Callable[[], object]] = [
        lambda: library.add(edition_of({"1 住所": "14日以内"}, edition="第1版")),
        lambda: library.withdraw("guide"),
        lambda: library.restore("guide"),
    ]
    for step in steps:
        step()
        seen.append(library.fingerprint())
    assert len(set(seen)) == 4
    library.corpus()
    assert Library(library.folder, base=nothing).fingerprint() == seen[-1]


def test_all_or_nothing_when_the_disk_fails(library: Library) -> None:
    library.add(edition_of({"1 住所": "14日以内"}, edition="第1版"))
    before = library.fingerprint()
    two = edition_of({"1 住所": "A"}, id="a", edition="第1版") + edition_of({"1 住所": "B"}, id="b", edition="第1版")
    library.add(two)
    second = next(holding for holding in library.list() if holding.source.id == "b")
    library.withdraw("a")
    (library.folder / second.file).unlink()
    (library.folder / second.file).mkdir()  # os.replace onto a folder fails, as a full disk would
    now = library.fingerprint()
    with pytest.raises(OSError, match="directory"):
        library.add(edition_of({"1 住所": "C"}, id="c") + two)
    assert library.fingerprint() == now != before
    assert [holding.source.id for holding in library.list()] == ["guide", "a", "b"]
    assert not [path.name for path in library.folder.iterdir() if path.name.startswith(".b.")]


def spoil_ledger(folder: Path) -> None:
    (folder / "ledger.json").write_text('{"format": 1, "hold', encoding="utf-8")


def spoil_format(folder: Path) -> None:
    (folder / "ledger.json").write_text(json.dumps({"format": 99}), encoding="utf-8")


def spoil_passages(folder: Path) -> None:
    next(folder.glob("guide.*.jsonl")).write_text('{"id": "1", "source": "x", "text": "偽"}\n', encoding="utf-8")


def lose_passages(folder: Path) -> None:
    next(folder.glob("guide.*.jsonl")).unlink()


@pytest.mark.parametrize("spoil", [spoil_ledger, spoil_format, spoil_passages, lose_passages])
def test_a_damaged_library_says_so_in_one_line(library: Library, spoil: Callable[[Path], None]) -> None:
    library.add(edition_of({"1 住所": "14日以内"}, edition="第1版"))
    spoil(library.folder)
    with pytest.raises(LibraryError) as caught:
        library.corpus()
    assert str(library.folder) in str(caught.value)
    assert "madoguchi corpus add" in str(caught.value)
    assert "\n" not in str(caught.value)


ADD_SEVERAL = """
import sys
from pathlib import Path
from corpus.library import Library
from corpus.model import Corpus
from tests.corpus.editions import edition_of
for n in range(5):
    Library(Path(sys.argv[1]), base=Corpus).add(edition_of({"1 住所": "A"}, id=f"{sys.argv[2]}-{n}", edition="第1版"))
"""


def test_processes_at_once_lose_nothing_of_one_another(library: Library) -> None:
    root = Path(__file__).parents[2]
    writers = [
        subprocess.Popen([sys.executable, "-c", ADD_SEVERAL, str(library.folder), name], cwd=root) for name in "ab"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert {holding.source.id for holding in library.list()} == {f"{name}-{n}" for name in "ab" for n in range(5)}
    assert len(library.corpus().passages) == 10


def test_official_text_of_the_same_edition_needs_no_date(library: Library) -> None:
    library = over_summary(library)
    library.add(edition_of({"ch01.1 カード": "本文1"}, edition="第8版"))
    assert current_texts(library.corpus()) == ["要約2", "本文1"]
