"""Searches resolved referrals with the engine that searches the documents, and by the same measure of being sure."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from bot.ask import Finder
from bot.referral_ports import Version
from bot.referrals import Referral
from corpus.model import PASSAGE_LIMIT, Corpus, Grade, Passage, Source

#: Indexes kept, of as many desks and bureaus; one over five hundred referrals takes a quarter of a second to build.
_KEPT = 64

#: Beside the best one, only what fits at least this share as well is shown.
_NEAR = 0.6

_SOURCE = Source(id="referrals", title="referrals", grade=Grade.OFFICIAL_ANSWER)


@dataclass(frozen=True, slots=True)
class _Index:
    """A finder over some referrals, and the same by id."""

    finder: Finder
    referrals: dict[str, Referral]


class ResolvedSearch:
    """A `bot.referral_ports.ResolvedSearch`; may be called from any thread.

    An index holds for exactly those versions that it was built of: whatever changes, nothing old is found. What is
    erased from the database has to be forgotten here too.

    Args:
        over: makes a finder over a corpus.
    """

    def __init__(self, over: Callable[[Corpus], Finder]) -> None:
        self._over = over
        self._lock = Lock()
        self._indexes: OrderedDict[frozenset[Version], _Index] = OrderedDict()
        self._forgotten = datetime.min.replace(tzinfo=UTC)

    def unknown(self, versions: Sequence[Version]) -> Sequence[Version]:
        """Which of these were not given to `find` yet, or were forgotten since."""
        with self._lock:
            if frozenset(versions) in self._indexes:
                return []
            known = self._known()
        return [one for one in versions if one not in known]

    def find(
        self, question: str, versions: Sequence[Version], given: Sequence[Referral], limit: int
    ) -> Sequence[Referral]:
        """Those that answer a question, best first.

        Args:
            question: as it was searched in the documents.
            versions: which to search.
            given: those of them that were unknown.
            limit: how many at most.
        """
        index = self._index(frozenset(versions), given)
        # Several passages of one referral may stand before the next referral.
        findings = index.finder.find(question, 3 * limit)
        if not findings.answered:
            return []
        best = findings.found[0].score
        near = [one.passage for one in findings.found if one.score >= min(best, _NEAR * best)]
        return [index.referrals[one] for one in dict.fromkeys(map(_id, near))][:limit]

    def forget(self, before: datetime) -> int:
        """Forgets all texts of what last changed before then, for good; by the rule by which the database erases.

        Args:
            before: the same moment.

        Returns:
            How many indexes that took; what else was in them is read anew.
        """
        with self._lock:
            self._forgotten = max(self._forgotten, before)
            old = [key for key, index in self._indexes.items() if not all(map(self._stays, index.referrals.values()))]
            for key in old:
                del self._indexes[key]
        return len(old)

    def _stays(self, referral: Referral) -> bool:
        return referral.changed >= self._forgotten

    def _index(self, versions: frozenset[Version], given: Sequence[Referral]) -> _Index:
        with self._lock:
            if versions in self._indexes:
                self._indexes.move_to_end(versions)
                return self._indexes[versions]
            known = self._known()
            # What was read just before it was erased must not come back.
            known |= {(one.id, one.version): one for one in given if self._stays(one)}
        standing = {one[0]: known[one] for one in sorted(versions) if one in known}
        index = _Index(self._over(_corpus(standing.values())), standing)
        with self._lock:
            stays = all(map(self._stays, standing.values()))
            if not stays or len(standing) < len(
                versions
            ):  # changed meanwhile: the next question finds them as they are
                return index
            self._indexes[versions] = index
            while len(self._indexes) > _KEPT:
                self._indexes.popitem(last=False)
        return index

    def _known(self) -> dict[Version, Referral]:
        every = (one for index in self._indexes.values() for one in index.referrals.values())
        return {(one.id, one.version): one for one in every}


def _corpus(referrals: Iterable[Referral]) -> Corpus:
    return Corpus({_SOURCE.key: _SOURCE}, tuple(passage for one in referrals for passage in _passages(one)))


def _passages(referral: Referral) -> Iterator[Passage]:
    """A referral in pieces, each below its question."""
    intake = referral.intake
    text = "\n".join(filter(None, (intake.question, intake.situation, referral.official, referral.result)))
    for at in range(0, len(text), PASSAGE_LIMIT):
        yield Passage(
            id=f"{referral.id}#{at}",
            source=_SOURCE.key,
            text=text[at : at + PASSAGE_LIMIT],
            section=(intake.question,),
        )


def _id(passage: Passage) -> str:
    return passage.id.partition("#")[0]
