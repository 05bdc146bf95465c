"""Ask a question; costly ones wait in line, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from comity.web.asked import Asked
from comity.web.problems import Busy
from comity.web.question import Answer, Question

AT_ONCE, WAITING, PATIENCE = 2, 8, 20.0
_line, _places = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_ONCE + WAITING)
"""Each one that waits holds a thread, so that only a few may: the other threads answer what is short."""


def answer(question: Question, asked: Asked) -> Answer:
    """The answer. Raises what the question raises, and Busy where too many costly ones wait, or one waited too long."""
    with _in_line(question.costly):
        return question.ask(asked)


@contextmanager
def _in_line(costly: bool) -> Iterator[None]:
    if not costly:
        yield
        return
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        if not _line.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            _line.release()
    finally:
        _places.release()
