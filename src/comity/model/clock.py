"""The day and the moment of an answer; both can be set, so that an answer can be made again as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time

from comity.errors import UsageError

VARIABLE = "SOURCE_DATE_EPOCH"
"""The environment variable that other builders of files obey too: seconds since 1970, in UTC."""

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """The moment of an answer, in UTC: that of ``stopped``, else of SOURCE_DATE_EPOCH, else the real one.

    UsageError where SOURCE_DATE_EPOCH is no such number.
    """
    moment = _stopped.get()
    if moment is not None:
        return moment
    given = os.environ.get(VARIABLE)
    if not given:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError):
        allowed = "a whole number of seconds since 1970-01-01 UTC"
        raise UsageError(f"{VARIABLE} cannot be read", got=given, allowed=allowed) from None


def today() -> date:
    """The day of an answer, in UTC; errors as ``now``."""
    return now().date()


def epoch(day: date) -> int:
    """The day's first second, as SOURCE_DATE_EPOCH wants it.

    >>> epoch(date(1970, 1, 2))
    86400
    """
    return int(datetime.combine(day, time(), UTC).timestamp())


@contextmanager
def stopped(day: date) -> Iterator[None]:
    """Answers as of the first second of a day."""
    token = _stopped.set(datetime.combine(day, time(), UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
