"""Ideal points: a fit, states over sessions, a distance, a comparison with published estimates.

Points have mean 0 and standard deviation 1 over all country-sessions of their fit: they are relative, and those of
different fits are not comparable. Intervals are 90 %, as in the published estimates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from comity.study.answers.common import Header, Json, Note

if TYPE_CHECKING:
    import polars as pl

LATE = 11
"""The session from which the design of the fit asks for a correlation of its own."""
EARLY = 6
"""Sessions up to which levels depend on the start of the fit, in the published run too."""


@dataclass(frozen=True, slots=True)
class FitFacts:
    """What was fitted, and how well it fits.

    votes, items, units, states : numbers; left_out : why roll calls were left out, with their number.
    classified : share of votes whose most probable choice was cast; apre : by how much that shortens the errors of the
    larger side of each item; gmp : geometric mean of the probability of the votes cast.
    poor       : sessions whose votes hold a pattern that one dimension misses, by parallel analysis of the residuals.
    bridges    : session → texts voted on in another session too.
    """

    votes: int
    items: int
    units: int
    states: int
    first: int
    last: int
    left_out: Mapping[str, int]
    converged: bool
    sweeps: int
    classified: float
    apre: float
    gmp: float
    poor: tuple[int, ...]
    bridges: Mapping[int, int]

    def to_dict(self) -> Json:
        """For JSON; sessions are text there."""
        return {**asdict(self), "bridges": {str(s): k for s, k in self.bridges.items()}, "poor": list(self.poor)}


@dataclass(frozen=True, slots=True)
class Fit:
    """The fit an answer rests on. inputs : sha256 of votes, settings and code."""

    settings: Mapping[str, Any]
    inputs: str

    def to_dict(self) -> Json:
        """For JSON."""
        return {**self.settings, "inputs": self.inputs}


@dataclass(frozen=True, slots=True)
class IdealFitAnswer:
    """A fit."""

    header: Header
    fit: Fit
    facts: FitFacts
    kept: bool
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        told = {"fit": self.fit.to_dict(), "facts": self.facts.to_dict(), "from_store": self.kept}
        return self.header.to_dict() | told | {"notes": [n.to_dict() for n in self.notes]}

    def to_polars(self) -> pl.DataFrame:
        """One row a session: texts it shares with others, and whether one dimension misses a pattern in it."""
        import polars as pl

        bridges, poor = self.facts.bridges, {*self.facts.poor}
        return pl.DataFrame(
            {"session": list(bridges), "bridges": list(bridges.values()), "poor": [s in poor for s in bridges]}
        )


@dataclass(frozen=True, slots=True)
class Point:
    """A state in a session: theta with its 90 % interval, from n votes."""

    state: str
    name: str
    session: int
    theta: float
    low: float
    high: float
    n: int

    def to_dict(self) -> Json:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class IdealShowAnswer:
    """Some states over the sessions; points by session, then in the order asked for."""

    header: Header
    fit: Fit
    names: tuple[tuple[str, str], ...]
    points: tuple[Point, ...]
    bridges: Mapping[int, int]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        told = {"fit": self.fit.to_dict(), "points": [p.to_dict() for p in self.points]}
        return self.header.to_dict() | told | {"notes": [n.to_dict() for n in self.notes]}

    def to_polars(self) -> pl.DataFrame:
        """One row a state and session."""
        import polars as pl

        return pl.DataFrame([p.to_dict() for p in self.points])


@dataclass(frozen=True, slots=True)
class Gap:
    """Two states in a session, from joint draws.

    difference : theta of the first less that of the second, with its 90 % interval.
    distance   : its absolute value, with its own interval (biased upwards near 0).
    above      : share of the draws in which the first stands above the second.
    """

    session: int
    difference: float
    low: float
    high: float
    distance: float
    distance_low: float
    distance_high: float
    above: float

    def to_dict(self) -> Json:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class IdealDistanceAnswer:
    """Two states, session by session. draws, seed : of the joint draws."""

    header: Header
    fit: Fit
    a: str
    b: str
    name_a: str
    name_b: str
    gaps: tuple[Gap, ...]
    draws: int
    seed: int
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        told = {"fit": self.fit.to_dict(), "a": self.a, "b": self.b, "draws": self.draws, "seed": self.seed}
        listed = {"sessions": [g.to_dict() for g in self.gaps], "notes": [n.to_dict() for n in self.notes]}
        return self.header.to_dict() | told | listed

    def to_polars(self) -> pl.DataFrame:
        """One row a session."""
        import polars as pl

        return pl.DataFrame([g.to_dict() for g in self.gaps])


@dataclass(frozen=True, slots=True)
class IdealCompareAnswer:
    """A published file beside a fit.

    pearson, spearman : over all country-sessions compared; late : Pearson's r from session LATE on, None where fewer
    than three are; within : session → r, for sessions of three states or more; by_state : the same over the sessions
    of a state. rmse, gap : root mean square and mean difference. width_r, width_ratio : of the 90 % intervals, None
    where the file has none. n : country-sessions compared; only_file, only_fit : country-sessions that the other
    lacks; unknown : codes of the file that are no state.
    votes_equal : country-sessions with the same number of votes, None where the file gives none.
    """

    header: Header
    fit: Fit
    file: str
    n: int
    pearson: float
    late: float | None
    spearman: float
    rmse: float
    gap: float
    within: Mapping[int, float]
    by_state: Mapping[str, float]
    width_r: float | None
    width_ratio: float | None
    votes_equal: int | None
    only_file: int
    only_fit: int
    unknown: tuple[str, ...]
    largest: tuple[tuple[str, int, float, float], ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "fit": self.fit.to_dict(),
            "file": self.file,
            "n": self.n,
            "pearson": self.pearson,
            f"pearson_from_{LATE}": self.late,
            "spearman": self.spearman,
            "rmse": self.rmse,
            "mean_gap": self.gap,
            "within_session": {str(k): v for k, v in self.within.items()},
            "by_state": dict(self.by_state),
            "interval_width": {"pearson": self.width_r, "mean_ratio": self.width_ratio},
            "votes_equal": self.votes_equal,
            "only_in_file": self.only_file,
            "only_in_fit": self.only_fit,
            "unknown_codes": list(self.unknown),
            "largest_gaps": [
                {"state": s, "session": t, "file": theirs, "fit": ours} for s, t, theirs, ours in self.largest
            ],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a session: r within it."""
        import polars as pl

        return pl.DataFrame(
            {"session": list(self.within), "pearson": list(self.within.values())},
            schema={"session": pl.Int64, "pearson": pl.Float64},
        )
