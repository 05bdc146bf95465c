"""Verdicts on the claims of a file, worked out once for what the store holds, in a thread that readers do not wait for.

All claims of the file that comes with Comity take seconds on four releases: too long for a page, short enough to do
when the first reader comes. What is done so far can be shown at any time.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Event, Lock, Thread, main_thread
from typing import TypeVar

from comity.audit.answers import AuditAnswer
from comity.audit.audit import Court
from comity.audit.claim import ClaimFile, named_claims
from comity.audit.context import Context
from comity.audit.sources import sources_of
from comity.audit.verdict import Verdict
from comity.errors import ComityError, UnknownIssue, UsageError
from comity.model.language import language, speaking
from comity.model.words import say
from comity.store.home import home
from comity.study.notes import note
from comity.study.strand import strand_header
from comity.web.problems import Busy
from comity.web.stamp import Stamp

V = TypeVar("V")
PATIENCE = 60.0
KEPT = 6
log = logging.getLogger("comity.web")


@dataclass(slots=True)
class Work:
    """Verdicts in the making. done : set when all are there, or when it failed; failed : with what."""

    name: str
    file: ClaimFile
    verdicts: list[Verdict] = field(default_factory=list)
    done: Event = field(default_factory=Event)
    failed: ComityError | None = None

    @property
    def whole(self) -> bool:
        """Whether every verdict is there."""
        return self.done.is_set() and self.failed is None

    def answer(self) -> AuditAnswer:
        """What is there so far, as an audit of the file."""
        told = tuple(self.verdicts)
        return AuditAnswer(
            header=strand_header(say("audit.subject", source=self.name, n=len(self.file.claims)), sources_of(told)),
            notes=(note("audit_words"), note("audit_ledger")),
            source=self.name,
            titles={d.id: d.title for d in self.file.documents},
            claims=told,
        )


_stamp = Stamp()
_works: OrderedDict[tuple[str, ...], Work] = OrderedDict()
_files: OrderedDict[tuple[str, ...], ClaimFile] = OrderedDict()
_lock, _one_at_a_time = Lock(), Lock()
_places = BoundedSemaphore(8)


def file_of(name: str) -> ClaimFile:
    """A claim file by name, read once for what the store holds; UnknownIssue for an unknown one, and BadValue."""
    key = (str(home()), _stamp(), name)
    with _lock:
        if key in _files:
            return _files[key]
    try:
        made = named_claims(name)
    except UsageError as error:
        raise UnknownIssue(error.what, got=error.got, allowed=error.allowed) from None
    with _lock:
        return _put(_files, key, made)


def work_on(name: str) -> Work:
    """The work on a file, begun if nobody has; the errors of ``file_of``."""
    made = file_of(name)
    key = (str(home()), _stamp(), name, language())
    with _lock:
        if key in _works:
            return _works[key]
        work = _put(_works, key, Work(name, made))
    Thread(target=_run, args=(work, language())).start()
    return work


def verdicts_on(name: str) -> AuditAnswer:
    """Every verdict, waited for; Busy where that takes very long, and the errors of ``file_of`` and of the audit."""
    work = work_on(name)
    with _waiting():
        if not work.done.wait(PATIENCE):
            raise Busy
    if work.failed:
        raise work.failed
    return work.answer()


@contextmanager
def _waiting() -> Iterator[None]:
    """A place among those that wait: were all threads to wait, nobody else would be answered. Busy where none is."""
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _places.release()


def _put(held: OrderedDict[tuple[str, ...], V], key: tuple[str, ...], value: V) -> V:
    held[key] = value
    while len(held) > KEPT:
        held.popitem(last=False)
    return value


def _run(work: Work, spoken: str) -> None:
    try:
        with _one_at_a_time, speaking(spoken):
            court = Court(work.file, Context())
            for claim in work.file.claims:
                if not main_thread().is_alive():  # the server ends, and is not to be held up
                    raise ComityError("The server was ended")
                work.verdicts.append(court.verdict(claim))
    except ComityError as error:
        work.failed = error
    except Exception:
        log.exception("the verdicts on %s could not be worked out", work.name)
        work.failed = ComityError("The verdicts could not be worked out", got=work.name)
    finally:
        work.done.set()
