"""Single cells of SIPRI's exports."""

from __future__ import annotations

import re

FIRST_YEAR, LAST_YEAR = 1900, 2100
# "ANC (South Africa)*", "NATO**", "unknown supplier(s)": the register's own marks for what is no state.
_NO_STATE = re.compile(r"\*\s*$|^unknown\b", re.IGNORECASE)
_YEAR_SPAN = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")


def is_no_state(name: str) -> bool:
    """Whether the register itself marks a party as no state: a group, an organization, an unknown one.

    >>> [is_no_state(n) for n in ("NATO**", "Haiti rebels*", "unknown supplier(s)", "Unknown recipient(s)", "Taiwan")]
    [True, True, True, True, False]
    """
    return bool(_NO_STATE.search(name))


def is_unknown(name: str) -> bool:
    """Whether a party is one that the register could not name: who it was may be any state.

    >>> is_unknown("unknown supplier(s)"), is_unknown("unknown rebel group*"), is_unknown("NATO**")
    (True, True, False)
    """
    return name.lower().startswith("unknown")


def delivery_years(text: str) -> list[int]:
    """The years of a cell such as "2011; 2013-2014", in order, each once; none for an empty one.

    >>> delivery_years("2011; 2013-2014"), delivery_years("")
    ([2011, 2013, 2014], [])
    """
    found: set[int] = set()
    for part in (p.strip() for p in re.split(r"[;,]", text) if p.strip()):
        span = _YEAR_SPAN.fullmatch(part)
        if not span:
            raise ValueError(text)
        first, last = _plausible(int(span[1])), _plausible(int(span[2] or span[1]))
        if last < first:
            raise ValueError(text)
        found |= set(range(first, last + 1))
    return sorted(found)


def year_of(text: str) -> int | None:
    """A year, None for an empty cell; ValueError for anything else."""
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text):
        raise ValueError(text)
    return _plausible(int(text))


def _plausible(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return year


def count_of(text: str) -> int | None:
    """A whole number, None for an empty cell; ValueError for anything else."""
    if text and not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(text)
    return int(text) if text else None


def mark_of(text: str) -> bool:
    """Whether a "?" stands in the cell; ValueError for anything else than that or nothing."""
    if text not in ("", "?"):
        raise ValueError(text)
    return text == "?"


def yes_of(text: str) -> bool:
    """Yes or No; ValueError for anything else."""
    if text not in ("Yes", "No"):
        raise ValueError(text)
    return text == "Yes"
