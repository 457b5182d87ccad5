"""Several threads at one engine, as when several counsellors ask the local page at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from retrieval.engine import Engine
from retrieval.finding import Findings
from tests.retrieval.town import town

_THREADS = 4
_QUESTIONS = (
    *(one.text for one in town().current),
    "ひっこしの届出は何日以内ですか。" * 40,
    "jishin no hinanjo",
    "手数料はいくらですか",
    "火星への移住",
)


def test_threads_find_at_once_what_one_finds_alone(engine: Engine) -> None:
    unasked = engine.updated(town())  # it has nothing looked up and kept yet
    together = Barrier(_THREADS)

    def ask(first: int) -> list[Findings]:
        together.wait()
        return [unasked.find(question) for question in (*_QUESTIONS[first:], *_QUESTIONS[:first])]

    with ThreadPoolExecutor(_THREADS) as threads:
        answers = list(threads.map(ask, range(_THREADS)))
    alone = [engine.find(question) for question in _QUESTIONS]
    for first, found in enumerate(answers):
        assert found == [*alone[first:], *alone[:first]]


def test_an_engine_answers_while_another_is_made_of_it(engine: Engine) -> None:
    alone = [engine.find(question) for question in _QUESTIONS]
    with ThreadPoolExecutor(1) as thread:
        updating = thread.submit(lambda: [engine.updated(town()) for _ in range(3)])
        while not updating.done():
            assert [engine.find(question) for question in _QUESTIONS] == alone
        assert [updating.result()[-1].find(question) for question in _QUESTIONS] == alone
