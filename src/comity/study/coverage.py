"""Which years a release does not cover to their end."""

from __future__ import annotations

from datetime import date

from comity.model.origin import Origin
from comity.model.period import Period

# The Assembly votes on most texts from October to late December: a calendar year whose record stops before
# December, or begins after September, is not a whole one. A session may resume until August.
_YEAR_ENDS, _YEAR_BEGINS, _SESSION_ENDS = 12, 9, 8
_FIRST_EVER = date(1946, 12, 31)


def partial(period: Period, origin: Origin) -> bool:
    """Whether the period holds a year or session that the release covers only in part."""
    return late_start(period, origin) or early_end(period, origin)


def early_end(period: Period, origin: Origin) -> bool:
    """Whether the release stops within the period's last year or session."""
    last = origin.last
    if period.clock == "year":
        return period.end == last.year and last.month < _YEAR_ENDS
    if period.clock == "session":
        end_year = period.end + 1946
        return (last.year, last.month) < (end_year, _SESSION_ENDS)
    return False


def late_start(period: Period, origin: Origin) -> bool:
    """Whether the release begins within the period's first year, after the first ever."""
    first = origin.first
    return period.clock == "year" and first > _FIRST_EVER and period.start == first.year and first.month > _YEAR_BEGINS
