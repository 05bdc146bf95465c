"""When a pair's voting changed, which of the two moved, and what the change is made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from comity.model.counts import Share
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note

if TYPE_CHECKING:
    import polars as pl
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class PairHeader:
    """What the answers about one pair's change share. ``clock`` of the header is the unit of time."""

    header: Header
    a: str
    b: str
    name_a: str
    name_b: str
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "name_a": self.name_a,
            "name_b": self.name_b,
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }


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
            "dates": [_plain(d) for d in self.dates],
            "set": list(self.inside),
            "asserted": _plain(self.asserted) if self.asserted else None,
            "chance": [_plain(c) for c in self.chance],
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
            "points": [_plain(p) for p in self.points],
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

        return pl.DataFrame([{"series": s.kind, **_plain(p)} for s in self.series for p in s.points])


@dataclass(frozen=True, slots=True)
class FamilyMove:
    """One text voted on in both periods: mean positions (yes 1, abstain 0, no −1) and the parts of |a − b|'s change."""

    family: int
    label: str
    n: tuple[int, int]
    a: tuple[float, float]
    b: tuple[float, float]
    world: tuple[float, float]
    weight: float
    by_a: float
    by_b: float
    by_both: float

    @property
    def change(self) -> float:
        """The change of the distance between the two states."""
        return self.by_a + self.by_b + self.by_both

    @property
    def who(self) -> str:
        """Whose position is another: "a", "b", "both" or "neither"."""
        moved = [k for k, (before, after) in (("a", self.a), ("b", self.b)) if before != after]
        return moved[0] if len(moved) == 1 else "both" if moved else "neither"


@dataclass(frozen=True, slots=True)
class MovedAnswer:
    """Which of two states moved on the texts that both periods hold; the largest changes first.

    shift  : "a", "b" and "world" → mean position in both periods, over the common families by weight.
    parts  : mean change of distance by "a", "b", "both".
    common : roll calls both cast in common families, in each period; ``all`` those of all texts.
    """

    pair: PairHeader
    periods: tuple[Period, Period]
    families: tuple[FamilyMove, ...]
    shift: dict[str, tuple[float, float]]
    parts: dict[str, float]
    common: tuple[int, int]
    all: tuple[int, int]

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

    @property
    def who(self) -> dict[str, int]:
        """How many families on which A only, B only, both or neither took another position."""
        found = [f.who for f in self.families]
        return {key: found.count(key) for key in ("a", "b", "both", "neither")}

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.pair.to_dict(),
            "periods": [p.label for p in self.periods],
            "common": list(self.common),
            "all": list(self.all),
            "families_moved": self.who,
            "positions": {k: list(v) for k, v in self.shift.items()},
            "change_of_distance": {**self.parts, "whole": sum(self.parts.values()) if self.parts else None},
            "families": [{**_plain(f), "change": f.change, "who": f.who} for f in self.families],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a family."""
        import polars as pl

        rows = []
        for f in self.families:
            row = {"family": f.family, "label": f.label, "weight": f.weight, "who": f.who}
            for name in ("n", "a", "b", "world"):
                row |= {f"{name}_{when}": getattr(f, name)[i] for i, when in enumerate(("before", "after"))}
            rows.append(row | {"by_a": f.by_a, "by_b": f.by_b, "by_both": f.by_both, "change": f.change})
        return pl.DataFrame(rows)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a change of a share; shares in [−1, 1].

    orders   : with weights changed first, with rates changed first; ``value`` is their mean.
    interval : 95 %, by resampling families.
    """

    name: str
    value: float
    orders: tuple[float, float]
    interval: tuple[float, float]
    families: int
    n: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DecomposeAnswer:
    """What the change of a pair's share alike, over votes cast by both, is made of; the parts sum to it.

    families : how many families the resampling draws from, votes that stand alone included.
    """

    pair: PairHeader
    periods: tuple[Period, Period]
    shares: tuple[Share, Share]
    parts: tuple[Part, ...]
    interval: tuple[float, float]
    families: int
    draws: int
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

    @property
    def change(self) -> float:
        """The later share minus the earlier."""
        return self.shares[1].k / self.shares[1].n - self.shares[0].k / self.shares[0].n

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.pair.to_dict(),
            "periods": [p.label for p in self.periods],
            "shares": [{"same": s.k, "cast": s.n, "share_of_cast": s.value} for s in self.shares],
            "change": self.change,
            "interval": list(self.interval),
            "parts": [_plain(p) for p in self.parts],
            "families": self.families,
            "draws": self.draws,
            "seed": self.seed,
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a part."""
        import polars as pl

        return pl.DataFrame(
            [
                {
                    "part": p.name,
                    "value": p.value,
                    "weights_first": p.orders[0],
                    "rates_first": p.orders[1],
                    "low": p.interval[0],
                    "high": p.interval[1],
                    "families": p.families,
                    "n_before": p.n[0],
                    "n_after": p.n[1],
                }
                for p in self.parts
            ]
        )


def _plain(value: DataclassInstance) -> Json:
    """A flat frozen answer as a dictionary, its tuples as lists."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(value).items()}
