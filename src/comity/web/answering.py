"""Ask a question; costly ones wait in line, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from comity.web.asked import Asked
from comity.web.problems import Busy
from comity.web.question import Answer, Question

AT_ONCE, PATIENCE = 2, 20.0
_line = BoundedSemaphore(AT_ONCE)


def answer(question: Question, asked: Asked) -> Answer:
    """The answer. Raises what the question raises, and Busy where a costly one waited too long."""
    with _in_line(question.costly):
        return question.ask(asked)


@contextmanager
def _in_line(costly: bool) -> Iterator[None]:
    if not costly:
        yield
        return
    if not _line.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _line.release()
