"""The use case "ask": a question in, an answer in the documents' own words out, and whom to call."""

from __future__ import annotations

from typing import Protocol

from bot import sentences
from bot.answer import Answer, Citation, Status
from bot.citing import cite
from bot.prefecture import prefectures_in
from bot.question import read_question
from bot.urgent import urgent_help
from corpus.alignment import Alignment
from corpus.directory import Bureau, Contact, Directory
from corpus.model import Corpus
from retrieval.finding import Findings

#: How many passages an answer holds at most; `ask --batch` promises scripts up to ten.
PASSAGES = 10

#: The passages that a counsellor reads first: they decide whom to call, and whether summaries are remarked on.
_LEADING = 3

#: From this calibrated confidence on an answer may be called 確実: of ten such answers nine are right.
CERTAIN_FROM = 0.9


class Finder(Protocol):
    """Finds passages; `retrieval.engine.Engine` is one."""

    @property
    def corpus(self) -> Corpus:
        """The corpus that is searched."""

    def find(self, question: str, limit: int = PASSAGES) -> Findings:
        """The best passages for a question, and whether they answer it."""

    def updated(self, corpus: Corpus) -> Finder:
        """A finder of the same make over another corpus."""


def ask(  # noqa: PLR0913 - who asks, where, and in which language are one thing each
    question: str,
    finder: Finder,
    directory: Directory,
    *,
    prefecture: str | None = None,
    language: str | None = None,
    alignment: Alignment | None = None,
) -> Answer:
    """Answers one question.

    Args:
        question: whatever was typed; empty, endless or full of control characters, it still gets an answer.
        finder: searches the corpus.
        directory: knows whom to call.
        prefecture: full name of the desk's prefecture; one that the question names counts more.
        language: BCP-47 code of the resident's language, to show the same section in it.
        alignment: the corpus's editions side by side; without it no counterparts are shown.

    Returns:
        The answer. It never cites a superseded passage.

    Raises:
        UnknownPrefectureError: `prefecture` names none.
    """
    read = read_question(question)
    named = prefectures_in(read.text)
    place = named[0] if named else prefecture
    if not read.text:
        return Answer(
            question="",
            status=Status.NOT_FOUND,
            headline=sentences.HEADLINE_EMPTY,
            next_step=sentences.NEXT_STEP_EMPTY,
            prefecture=place,
        )
    findings = finder.find(read.text, PASSAGES)
    citations = cite(
        findings,
        finder.corpus,
        PASSAGES,
        not_of=_other_bureaus(directory, named),
        alignment=alignment,
        language=language,
    )
    answered = findings.answered and bool(citations)
    remarks = [sentences.SHORTENED] if read.shortened else []
    word = ""
    if answered:
        word, headline = _grading(findings.confidence, citations[0])
        contacts = directory.contacts_for(_topics(citations), place)
        if named:  # Who names a place wants to know whom to call there.
            contacts = _bureau_first(contacts, directory.bureau_for(named[0]))
        next_step = ""
        if not all(citation.official for citation in citations[:_LEADING]):
            remarks.append(sentences.SUMMARY)
        if language and language != "ja" and not any(citation.counterparts for citation in citations):
            known = directory.language_named(language)
            remarks.append(sentences.no_counterpart(known.name if known else language))
    else:
        headline = sentences.HEADLINE_NOT_FOUND
        contacts, next_step = _whom_to_call(directory, place)
        if not read.is_japanese:
            remarks.append(sentences.IN_JAPANESE)
    urgent = urgent_help(read.text, directory)
    shown_first = urgent.contacts if urgent else ()
    return Answer(
        question=read.text,
        status=Status.ANSWERED if answered else Status.NOT_FOUND,
        headline=headline,
        confidence=findings.confidence,
        word=word,
        urgent=urgent,
        citations=citations,
        contacts=tuple(contact for contact in contacts if contact not in shown_first),
        next_step=next_step,
        remarks=tuple(remarks),
        prefecture=place,
    )


def _grading(confidence: float, first: Citation) -> tuple[str, str]:
    """How far an answer goes, and its first sentence.

    However well a passage fits the question, it is 確実 only where somebody responsible confirms it and
    where it is known when it held: a summary of an undated page may tell a rule that is no more.
    """
    if confidence < CERTAIN_FROM:
        return sentences.REFERENCE, sentences.HEADLINE_REFERENCE
    if first.unconfirmed:
        return sentences.REFERENCE, sentences.HEADLINE_UNCONFIRMED
    if not first.as_of:
        return sentences.REFERENCE, sentences.HEADLINE_UNDATED
    return sentences.CERTAIN, sentences.HEADLINE_CERTAIN


def _topics(citations: tuple[Citation, ...]) -> list[str]:
    """The sections whose hotlines help: those of the first citations, as far as they are in the first one's chapter.

    The third passage about a driving licence may be one about pensions; the pension line would be a wrong number.
    """
    sections = [citation.section_id for citation in citations[:_LEADING]]
    return [section for section in sections if section.partition(".")[0] == sections[0].partition(".")[0]]


def _other_bureaus(directory: Directory, prefectures: tuple[str, ...]) -> frozenset[str]:
    """Names of the offices that answer in none of the prefectures a question names; none if it names none."""
    if not prefectures:
        return frozenset()
    return frozenset(one.name for one in directory.bureaus if not any(map(one.answers_in, prefectures)))


def _whom_to_call(directory: Directory, prefecture: str | None) -> tuple[tuple[Contact, ...], str]:
    """Contacts and the next step where the documents do not say."""
    contacts = directory.contacts_for((), prefecture)
    if prefecture is None:
        return contacts, sentences.next_step_without_prefecture(contacts[0].name)
    bureau = directory.bureau_for(prefecture)
    next_step = sentences.next_step_not_found(bureau.name, bureau.contact.department)
    return _bureau_first(contacts, bureau), next_step


def _bureau_first(contacts: tuple[Contact, ...], bureau: Bureau) -> tuple[Contact, ...]:
    return tuple(sorted(contacts, key=lambda contact: contact.number != bureau.contact.phone))
