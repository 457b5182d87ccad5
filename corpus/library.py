"""The library: the documents that a user added, their editions and languages, and what was withdrawn.

    <folder>/ledger.json                        what it holds (`corpus.holdings`)
    <folder>/guidebook.4f1d0c….jsonl            passages of one edition in one language
    <folder>/.lock                              held by the one command that writes

Files of passages are never changed nor deleted: what a later file replaced, and what was withdrawn,
stays for audit. A command takes effect when the ledger is replaced, in one step.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus import embedded
from corpus.editions import SUMMARY_MARK, supersede
from corpus.errors import CorpusError
from corpus.files import one_writer, write_whole
from corpus.holdings import (
    Holding,
    Ledger,
    Origin,
    file_name,
    is_intact,
    read_passages,
    write_passages,
)
from corpus.model import Corpus, Passage, Source
from corpus.withdrawals import Withdrawal, in_section, unmarked_key, without_withdrawn

_LEDGER = "ledger.json"
_ADVICE = "このフォルダーを別の場所に移してから、資料を追加し直してください（madoguchi corpus add）"


class LibraryError(CorpusError):
    """The library is damaged, or does not hold what was asked for; one line with what to do."""


@dataclass(frozen=True, slots=True)
class Library:
    """A folder with the documents that a user added.

    Args:
        folder: the folder; made when something is first added.
        base: gives the corpus that comes with the program and is told beside the user's documents.
    """

    folder: Path
    base: Callable[[], Corpus] = embedded.load

    def add(self, corpus: Corpus, origins: Mapping[str, Origin] | None = None) -> tuple[Holding, ...]:
        """Takes in editions, all or none. One that is there already is replaced.

        Args:
            corpus: what was read.
            origins: by `Source.key`, where each came from.

        Returns:
            What the library now holds of them. What was withdrawn stays withdrawn.

        Raises:
            LibraryError: the library is damaged.
            OSError: the folder cannot be written.
        """
        now = _now()
        with one_writer(self.folder):
            ledger = self._ledger()
            added = []
            for key, source in corpus.sources.items():
                passages = tuple(_as_read(p, source) for p in corpus.passages if p.source == key)
                data = write_passages(passages)
                name = file_name(source, data)
                write_whole(self.folder / name, data)
                origin = (origins or {}).get(key, Origin())
                added.append(Holding(source=source, origin=origin, added=now, file=name, passages=len(passages)))
            kept = tuple(holding for holding in ledger.holdings if holding.source.key not in corpus.sources)
            files = {holding.file for holding in added}
            gone = tuple(h for h in ledger.holdings if h.source.key in corpus.sources and h.file not in files)
            self._write(replace(ledger, holdings=kept + tuple(added), replaced=ledger.replaced + gone))
        return tuple(added)

    def list(self) -> tuple[Holding, ...]:
        """What was added, oldest first.

        Raises:
            LibraryError: the library is damaged.
        """
        return self._ledger().holdings

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """All withdrawals there ever were, oldest first, those lifted since included.

        Raises:
            LibraryError: the library is damaged.
        """
        return self._ledger().withdrawals

    def withdraw(
        self, source_id: str, edition: str | None = None, section: str | None = None, *, reason: str = ""
    ) -> tuple[Withdrawal, ...]:
        """Takes editions, or a section of them, out of what is cited. They stay for audit.

        A summary that comes with the program can be withdrawn as well. Withdrawn stays withdrawn, also
        when the file is added again, until `restore`.

        Args:
            source_id: id of the document.
            edition: edition as printed; None for all that are there.
            section: id of a section, with all beneath it, or its heading; None for the whole.
            reason: why, for whoever reads the list later.

        Returns:
            What was withdrawn, one for each edition and language.

        Raises:
            LibraryError: there is no such document, edition or section, or the library is damaged.
            OSError: the folder cannot be written.
        """
        with one_writer(self.folder):
            ledger = self._ledger()
            corpus = self._everything(ledger)
            chosen = [
                s for s in corpus.sources.values() if s.id == source_id and edition in {None, s.edition or s.date}
            ]
            if not chosen:
                raise LibraryError(_not_there(source_id, edition, corpus))
            if section:
                holding = {p.source for p in corpus.passages if in_section(p, section)}
                chosen = [source for source in chosen if source.key in holding]
                if not chosen:
                    raise LibraryError(
                        f"{source_id}: 「{section}」という節はありません。節の番号か見出しで指定してください"
                    )
            now = _now()
            made = tuple(
                Withdrawal(source=unmarked_key(s), official=s.official, section=section or "", reason=reason, date=now)
                for s in chosen
            )
            self._write(replace(ledger, withdrawals=ledger.withdrawals + made))
        return made

    def restore(self, source_id: str, edition: str | None = None, section: str | None = None) -> tuple[Withdrawal, ...]:
        """Lifts withdrawals that were made with the same words.

        Args:
            source_id: id of the document.
            edition: edition as printed; None for all.
            section: the section as it was given; None for withdrawals of the whole.

        Returns:
            The withdrawals that are no longer in force.

        Raises:
            LibraryError: there is none, or the library is damaged.
            OSError: the folder cannot be written.
        """
        with one_writer(self.folder):
            ledger = self._ledger()
            prefix = f"{source_id}@{edition}/" if edition else f"{source_id}@"
            lifted = {
                one: replace(one, lifted=_now())
                for one in ledger.withdrawals
                if one.source.startswith(prefix) and one.section == (section or "") and not one.lifted
            }
            if not lifted:
                raise LibraryError(f"{source_id}: 取り下げたものがありません。madoguchi corpus list で確かめてください")
            self._write(replace(ledger, withdrawals=tuple(lifted.get(one, one) for one in ledger.withdrawals)))
        return tuple(lifted.values())

    def corpus(self) -> Corpus:
        """All that may be told: the embedded corpus and the library, each passage marked if it no longer holds.

        Where a summary and the official text would have the same key, the summary's edition gets
        `SUMMARY_MARK`, so that both can be cited side by side.

        Returns:
            The corpus; superseded and withdrawn passages are in it for audit (`Corpus.current` leaves
            them out).

        Raises:
            LibraryError: the library is damaged.
        """
        ledger = self._ledger()
        return supersede(without_withdrawn(self._everything(ledger), ledger.withdrawals))

    def fingerprint(self) -> str:
        """Changes whenever something is added, withdrawn or restored; hexadecimal.

        It tells nothing of the embedded corpus, which changes with the program's version.
        """
        try:
            return hashlib.sha256((self.folder / _LEDGER).read_bytes()).hexdigest()
        except FileNotFoundError:
            return hashlib.sha256(b"").hexdigest()

    def _ledger(self) -> Ledger:
        try:
            return Ledger.from_json((self.folder / _LEDGER).read_bytes())
        except FileNotFoundError:
            return Ledger()
        except ValueError as error:
            raise LibraryError(f"{self.folder / _LEDGER}: 資料の一覧を読めません（{error}）。{_ADVICE}") from error

    def _write(self, ledger: Ledger) -> None:
        write_whole(self.folder / _LEDGER, ledger.to_json())

    def _everything(self, ledger: Ledger) -> Corpus:
        """The embedded corpus and all holdings, marked as they were when they were read."""
        held = {holding.source.key: holding.source for holding in ledger.holdings}
        passages = tuple(p for holding in ledger.holdings for p in self._passages(holding))
        return _beside(self.base(), held) + Corpus(held, passages)

    def _passages(self, holding: Holding) -> tuple[Passage, ...]:
        path = self.folder / holding.file
        try:
            data = path.read_bytes()
            if is_intact(holding.file, data):
                return read_passages(data)
        except FileNotFoundError as error:
            raise LibraryError(f"{path}: 資料のファイルがありません。{_ADVICE}") from error
        except ValueError as error:
            raise LibraryError(f"{path}: 資料のファイルを読めません（{error}）。{_ADVICE}") from error
        raise LibraryError(f"{path}: 資料のファイルが書き換えられています。{_ADVICE}")


def _as_read(passage: Passage, source: Source) -> Passage:
    """A passage without the mark of a newer edition: which one is newest is decided over all that is held."""
    by_another_edition = passage.superseded_by.split("@")[0] == source.id
    return replace(passage, superseded_by="") if by_another_edition else passage


def _beside(base: Corpus, held: Mapping[str, Source]) -> Corpus:
    """The embedded corpus with keys that no holding has."""
    renamed = {
        key: replace(source, edition=f"{source.edition or source.date}{SUMMARY_MARK}")
        for key, source in base.sources.items()
        if key in held
    }
    sources = [renamed.get(key, source) for key, source in base.sources.items()]
    passages = (replace(p, source=renamed[p.source].key) if p.source in renamed else p for p in base.passages)
    return Corpus({source.key: source for source in sources}, tuple(passages))


def _not_there(source_id: str, edition: str | None, corpus: Corpus) -> str:
    editions = sorted({source.edition or source.date for source in corpus.sources.values() if source.id == source_id})
    if editions:
        return f"{source_id}: {edition} はありません。あるのは {'、'.join(editions)} です"
    return f"{source_id}: この資料はありません。madoguchi corpus list でIDを確かめてください"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
