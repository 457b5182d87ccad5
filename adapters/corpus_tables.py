"""How `madoguchi corpus` shows what the library holds and how two editions differ: tables and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from adapters.tabular import table
from corpus.diff import Change, Difference, Section, SectionChange
from corpus.editions import WITHDRAWN
from corpus.holdings import Holding
from corpus.library import Library
from corpus.model import Source
from corpus.withdrawals import Withdrawal

#: What matters most comes first.
_ORDER = (Change.CHANGED, Change.ADDED, Change.DROPPED, Change.MOVED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition as the list shows it.

    Args:
        source: the edition.
        holding: how it came into the library, or None for what comes with the program.
        passages: how many passages it has.
        current: how many of them may be cited.
        superseded_by: what took the place of the others; `WITHDRAWN` for what a person took out.
        withdrawals: those in force.
    """

    source: Source
    holding: Holding | None
    passages: int
    current: int
    superseded_by: tuple[str, ...]
    withdrawals: tuple[Withdrawal, ...]

    @property
    def state(self) -> str:
        """Whether it is cited, in a few words of Japanese."""
        reasons = "・".join("取り下げ" if by == WITHDRAWN else f"{by} あり" for by in self.superseded_by)
        if not self.superseded_by:
            return "引用中"
        return f"一部引用中（{reasons}）" if self.current else f"引用しません（{reasons}）"


def entries(library: Library) -> tuple[Entry, ...]:
    """All editions: what comes with the program, then what was added.

    Args:
        library: the user's library.

    Raises:
        LibraryError: it is damaged.
    """
    corpus = library.corpus()
    holdings = {holding.source.key: holding for holding in library.list()}
    withdrawals = [one for one in library.withdrawals() if not one.lifted]
    passages = Counter(passage.source for passage in corpus.passages)
    current = Counter(passage.source for passage in corpus.current)
    replaced = {(p.source, p.superseded_by) for p in corpus.passages if p.superseded_by}
    return tuple(
        Entry(
            source,
            holdings.get(key),
            passages[key],
            current[key],
            tuple(sorted(by for own, by in replaced if own == key)),
            tuple(one for one in withdrawals if one.concerns(source)),
        )
        for key, source in corpus.sources.items()
    )


def entries_table(listed: Sequence[Entry]) -> str:
    """The list for people."""
    rows = [
        (
            entry.source.id,
            entry.source.edition or entry.source.date or "不明",
            entry.source.language,
            f"{entry.current}/{entry.passages}",
            ("追加" if entry.holding else "内蔵") + ("" if entry.source.official else "の要約"),
            entry.source.title,
            entry.state,
        )
        for entry in listed
    ]
    return table(("ID", "版", "言語", "引用中/全体", "種別", "題名", "状態"), rows)


def entries_json(listed: Sequence[Entry]) -> str:
    """The list for scripts: an array of objects."""
    return json.dumps(
        [
            {
                **asdict(entry.source),
                "key": entry.source.key,
                "embedded": entry.holding is None,
                "passages": entry.passages,
                "current": entry.current,
                "superseded_by": entry.superseded_by,
                "withdrawals": [asdict(one) for one in entry.withdrawals],
                "added": entry.holding.added if entry.holding else None,
                "origin": asdict(entry.holding.origin) if entry.holding else None,
            }
            for entry in listed
        ],
        ensure_ascii=False,
        indent=1,
    )


def difference_table(difference: Difference) -> str:
    """How two editions differ, for people: what changed first, each with the figures that differ."""
    ordered = sorted(difference.changes, key=lambda change: _ORDER.index(change.change))
    rows = [row for change in ordered for row in _rows(change)]
    counts = Counter(change.change for change in difference.changes)
    summary = "、".join(f"{kind.value} {counts[kind]}節" for kind in _ORDER)
    total = f"{summary}、変わらず {difference.unchanged}節"
    return f"{table(('区分', '節', 'ページ', '一致', '変わった数字'), rows)}\n\n{total}" if rows else total


def difference_json(difference: Difference) -> str:
    """How two editions differ, for scripts."""
    return json.dumps(
        {
            "unchanged": difference.unchanged,
            "changes": [
                {
                    "change": change.change.name.lower(),
                    "old": _section_record(change.old),
                    "new": _section_record(change.new),
                    "likeness": round(change.likeness, 3),
                    "figures": [{"kind": f.kind.name.lower(), "old": f.old, "new": f.new} for f in change.figures],
                }
                for change in difference.changes
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _rows(change: SectionChange) -> list[tuple[str, str, str, str, str]]:
    alike = f"{change.likeness:.0%}" if change.change is Change.CHANGED else ""
    figures = [f"{f.kind.value}: {f.old or 'なし'} → {f.new or 'なし'}" for f in change.figures] or [""]
    first = (change.change.value, _names(change), _pages(change), alike, figures[0])
    return [first, *(("", "", "", "", figure) for figure in figures[1:])]


def _names(change: SectionChange) -> str:
    names = [_name(section) for section in (change.old, change.new) if section]
    return " → ".join(dict.fromkeys(names))


def _name(section: Section) -> str:
    return f"{section.section_id} {section.heading}".strip() or "（見出しの前）"


def _pages(change: SectionChange) -> str:
    pages = [f"p.{section.page}" for section in (change.old, change.new) if section and section.page is not None]
    return " → ".join(dict.fromkeys(pages))


def _section_record(section: Section | None) -> dict[str, object] | None:
    if section is None:
        return None
    return {"section_id": section.section_id, "section": section.path, "page": section.page}
