"""Dates as sources give them: a day, a month, a year or a decade; what is not known is not made up."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|s)?")
PRECISIONS = ("day", "month", "year", "decade")


def ends(when: str) -> tuple[date, date]:
    """First and last day that a date can mean; ValueError where it is none.

    >>> ends("2014-02")
    (datetime.date(2014, 2, 1), datetime.date(2014, 2, 28))
    >>> ends("1980s")
    (datetime.date(1980, 1, 1), datetime.date(1989, 12, 31))
    """
    found = _FORM.fullmatch(when)
    if found is None or (when.endswith("s") and not when.endswith("0s")):
        raise ValueError(f"no date: {when!r}; write 1978-11-03, 1978-11, 1978 or 1980s")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if when.endswith("s"):
        return date(year, 1, 1), date(year + 9, 12, 31)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if day:
        return date(year, month, day), date(year, month, day)
    if not 1 <= month <= 12:
        raise ValueError(f"no month: {when!r}")
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def precision(when: str) -> str:
    """How exact a date is: day, month, year or decade.

    >>> [precision(w) for w in ("1978-11-03", "1978-11", "1978", "1980s")]
    ['day', 'month', 'year', 'decade']
    """
    return "decade" if when.endswith("s") else PRECISIONS[2 - when.count("-")]


def _as_text(given: Any) -> Any:
    """YAML reads 1978-11-03 as a date and 1978 as a number."""
    if isinstance(given, date):
        return given.isoformat()
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _known(given: str) -> str:
    ends(given)
    return given


def _known_or_blank(given: str) -> str:
    return _known(given) if given else given


def _forms(*patterns: str) -> WithJsonSchema:
    """For editors: a year alone is a number to YAML."""
    told = {"type": "string", "pattern": "|".join(f"^{p}$" for p in patterns)}
    return WithJsonSchema(
        {"anyOf": [told, {"type": "integer"}], "examples": ["1978-11-03", "1978-11", "1978", "1980s"]}
    )


_WRITTEN = (r"\d{4}(-\d{2}(-\d{2})?)?", r"\d{3}0s")
When = Annotated[str, BeforeValidator(_as_text), AfterValidator(_known), _forms(*_WRITTEN)]
"""A date of some precision."""
MaybeWhen = Annotated[str, BeforeValidator(_as_text), AfterValidator(_known_or_blank), _forms("", *_WRITTEN)]
"""The same, or "" where it is not known or does not apply."""
