"""Ask a question; costly ones wait in line, and not for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from comity.model.clock import today
from comity.model.language import language
from comity.store.home import home
from comity.web.asked import Asked
from comity.web.problems import Busy
from comity.web.question import Answer, Question
from comity.web.stamp import Stamp

AT_ONCE, WAITING, PATIENCE = 2, 8, 20.0
_line, _places = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_ONCE + WAITING)
"""Each one that waits holds a thread, so that only a few may: the other threads answer what is short."""
MOST_KEPT = 16
_kept: OrderedDict[tuple[object, ...], Answer] = OrderedDict()
_stamp, _lock = Stamp(), Lock()


def answer(question: Question, asked: Asked) -> Answer:
    """The answer. Raises what the question raises, and Busy where too many costly ones wait, or one waited too long.

    The last few costly ones are kept: a page and each of its figures ask the same.
    """
    if not question.costly:
        return question.ask(asked)
    key = (question.name, asked, language(), str(home()), _stamp(), today())
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    with in_line():
        found = question.ask(asked)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


@contextmanager
def in_line() -> Iterator[None]:
    """Within it, one of the few places for work that takes long is held; Busy where none comes free."""
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
