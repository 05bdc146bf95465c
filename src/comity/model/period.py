"""A stretch of time on one of three clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.errors import BadPeriod
from comity.model.words import say

Clock = Literal["year", "session", "day"]
CLOCKS: tuple[Clock, ...] = ("year", "session", "day")

_DAY = r"\d{4}-\d{2}-\d{2}"
_RANGE_DAY = re.compile(rf"({_DAY})(?:(?:\s*(?:\.\.|/|:|–|to)\s*|\s+-\s+)({_DAY}))?$")
_RANGE_INT = re.compile(r"(\d{1,4})(?:\s*(?:-|–|\.\.|/|:|to)\s*(\d{1,4}))?$")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Both ends belong to the period.

    start, end : calendar years, session numbers, or days as proleptic ordinals, by ``clock``.
    clock      : "year" (calendar), "session" (September to the next), "day".
    """

    start: int
    end: int
    clock: Clock = "year"

    def __post_init__(self) -> None:
        if self.clock not in CLOCKS:
            raise BadPeriod("Unknown clock", got=self.clock, allowed=", ".join(CLOCKS))
        if self.end < self.start:
            raise BadPeriod(
                say("trouble.reversed"),
                got=self.label,
                next=say("trouble.write", label=Period(self.end, self.start, self.clock).label),
            )

    @classmethod
    def parse(cls, text: str, clock: Clock = "year") -> Period:
        """Read "1992-1999", "74" or "1992-01-01..1999-12-31".

        >>> Period.parse("1992-1999").label
        '1992-1999'
        >>> Period.parse("2014", "year").years
        (2014, 2014)
        """
        pattern = _RANGE_DAY if clock == "day" else _RANGE_INT
        match = pattern.fullmatch(text.strip())
        if match is None:
            raise BadPeriod(
                say("trouble.period"), got=text, allowed=_hint(clock) if clock in CLOCKS else ", ".join(CLOCKS)
            )
        first, last = match[1], match[2] or match[1]
        if clock == "day":
            try:
                return cls(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal(), clock)
            except ValueError:
                raise BadPeriod(say("trouble.no_such_day"), got=text, allowed=_hint("day")) from None
        if clock == "year" and (len(first) != 4 or len(last) != 4):
            raise BadPeriod(say("trouble.four_digits"), got=text, allowed=_hint("year"))
        return cls(int(first), int(last), clock)

    @classmethod
    def parse_many(cls, text: str, clock: Clock = "year") -> tuple[Period, ...]:
        """Read a comma-separated list of periods."""
        return tuple(cls.parse(part, clock) for part in text.split(",") if part.strip())

    @property
    def label(self) -> str:
        """As a person writes it: "1992-1999", "2014", "1992-01-01..1999-12-31"."""
        if self.clock == "day":
            first, last = date.fromordinal(self.start).isoformat(), date.fromordinal(self.end).isoformat()
            return first if first == last else f"{first}..{last}"
        return str(self.start) if self.start == self.end else f"{self.start}-{self.end}"

    @property
    def years(self) -> tuple[int, int]:
        """The calendar years touched (a session s runs from year s + 1945 into the next)."""
        if self.clock == "day":
            return date.fromordinal(self.start).year, date.fromordinal(self.end).year
        if self.clock == "session":
            return self.start + 1945, self.end + 1946
        return self.start, self.end

    def overlaps(self, other: Period) -> bool:
        """Whether two periods on the same clock share a moment."""
        return self.clock == other.clock and self.start <= other.end and other.start <= self.end


def _hint(clock: str) -> str:
    """How a period is written on a clock; the clocks there are, where it is none of them."""
    return say(f"trouble.hint_{clock}") if clock in CLOCKS else ", ".join(CLOCKS)
