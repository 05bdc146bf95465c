"""When a pair's voting changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note
from comity.study.answers.pair_header import PairHeader, plain

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Point:
    """A series in one year (or session): its value and the roll calls it rests on, both having cast a vote."""

    time: int
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class DateSupport:
    """What a series says about one date of a step, its first year on the new level.

    support : quasi-likelihood over that of the best date, in (0, 1].
    rank    : 1 is the best of ``among`` possible dates.
    inside  : whether it is in the 95 % set.
    """

    at: int
    support: float
    rank: int
    among: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Chance:
    """Of ``draws`` series without a change: how many show a step, and one as large as here; ``rho`` their memory."""

    rho: float
    steps: int
    as_large: int
    draws: int


@dataclass(frozen=True, slots=True)
class Break:
    """The best step of a series, and how it stands against no change and a ramp (see measures.breaks).

    before, after : levels; votes_before, votes_after the roll calls they rest on.
    chance        : around the two levels of the step, then around one level.
    """

    preferred: str
    at: int
    before: float
    after: float
    votes_before: int
    votes_after: int
    dispersion: float
    aicc: dict[str, float]
    dates: tuple[DateSupport, ...]
    asserted: DateSupport | None
    chance: tuple[Chance, Chance]

    @property
    def inside(self) -> tuple[int, ...]:
        """The dates of the 95 % set."""
        return tuple(d.at for d in self.dates if d.inside)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "preferred": self.preferred,
            "at": self.at,
            "before": self.before,
            "after": self.after,
            "votes_before": self.votes_before,
            "votes_after": self.votes_after,
            "dispersion": self.dispersion,
            "aicc": self.aicc,
            "dates": [plain(d) for d in self.dates],
            "set": list(self.inside),
            "asserted": plain(self.asserted) if self.asserted else None,
            "chance": [plain(c) for c in self.chance],
        }


@dataclass(frozen=True, slots=True)
class BreakSeries:
    """One way to look at the pair over time.

    kind   : "share" (as counted), "less_median" (minus the median pair), "matched" (as if the texts were the same).
    of     : roll calls both cast in the whole span; the points may rest on fewer.
    found  : None where ``reason`` (a message key) says why.
    """

    kind: str
    points: tuple[Point, ...]
    of: int
    found: Break | None
    reason: str | None = None

    @property
    def n(self) -> int:
        """Roll calls behind the points."""
        return sum(p.n for p in self.points)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "series": self.kind,
            "n": self.n,
            "of": self.of,
            "points": [plain(p) for p in self.points],
            "break": self.found.to_dict() if self.found else None,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class BreaksAnswer:
    """Whether and when a pair's voting alike changed. ``seed`` is that of the simulated series."""

    pair: PairHeader
    period: Period
    series: tuple[BreakSeries, ...]
    break_at: int | None
    seed: int

    @property
    def header(self) -> Header:
        """What every view carries."""
        return self.pair.header

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What the reading left out."""
        return self.pair.dropped

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is to be said beside the result."""
        return self.pair.notes

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.pair.to_dict(),
            "period": self.period.label,
            "break_at": self.break_at,
            "seed": self.seed,
            "series": [s.to_dict() for s in self.series],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a series and point in time."""
        import polars as pl

        return pl.DataFrame([{"series": s.kind, **plain(p)} for s in self.series for p in s.points])
