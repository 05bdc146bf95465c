"""How a state spreads its ties between powers: the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl

RAW, BASELINE = "raw", "baseline"


@dataclass(frozen=True, slots=True)
class Tie:
    """A state's tie to one power in one strand.

    value    : in the strand's unit; baseline : the same against what the power's size, or its agreement with anyone,
               would give (1: as much as that); share : the power's part of the ties to all powers named, on the
               answer's basis. None where it is not known.
    """

    power: str
    value: float | None
    baseline: float | None
    share: float | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {"power": self.power, "value": self.value, "baseline": self.baseline, "share": self.share}


@dataclass(frozen=True, slots=True)
class StrandTies:
    """One strand of a spread.

    strand, unit : its id, and what a tie is, in words.
    covered      : the years of the period it has data of, "" where none.
    level        : the powers' part of the state's whole in this strand, in [0, 1]; None where the whole is not known.
    equidistance : in [0, 1]; leans : by pair of powers "USA-CHN", in [−1, 1], positive towards the first.
    partners     : effective number of all partners, None where they are not known.
    gap          : why there is nothing here, or why it does not count; "" where it does.
    counted      : whether it enters the mean shares.
    """

    strand: str
    unit: str
    ties: tuple[Tie, ...]
    covered: str
    level: float | None
    equidistance: float | None
    leans: dict[str, float | None]
    partners: float | None
    gap: str = ""

    @property
    def counted(self) -> bool:
        """Whether every power's share is known, and nothing is said against counting it."""
        return not self.gap and all(t.share is not None for t in self.ties)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "strand": self.strand,
            "unit": self.unit,
            "covered": self.covered,
            "ties": [t.to_dict() for t in self.ties],
            "level": self.level,
            "equidistance": self.equidistance,
            "leans": self.leans,
            "effective_partners": self.partners,
            "gap": self.gap,
            "counted": self.counted,
        }


@dataclass(frozen=True, slots=True)
class MeanShare:
    """A power's mean share over the strands that are no gaps, weighted as the answer says.

    low, high : between which random weights move it (5th and 95th percentile): weight play, not error.
    across    : standard deviation of its share over the strands; without : the mean without each strand.
    """

    power: str
    mean: float | None
    low: float | None
    high: float | None
    across: float | None
    without: dict[str, float | None]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "power": self.power,
            "mean": self.mean,
            "weight_play": [self.low, self.high],
            "across_strands": self.across,
            "without": self.without,
        }


@dataclass(frozen=True, slots=True)
class Split:
    """What a state did on roll calls on which two powers voted yes and no against each other.

    first, second : the powers; roll_calls : on which they opposed each other and the state held a seat.
    rank          : of its share of abstentions among ``among`` states with at least half of these votes, 1 the most.
    median        : share of abstentions of those states.
    every         : (state, abstentions, votes cast) of each of them, the largest share first.
    """

    first: str
    second: str
    roll_calls: int
    with_first: int
    with_second: int
    abstained: int
    absent: int
    rank: int | None
    among: int
    median: float | None
    every: tuple[tuple[str, int, int], ...]

    @property
    def cast(self) -> int:
        """Votes cast by the state on them."""
        return self.with_first + self.with_second + self.abstained

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "first": self.first,
            "second": self.second,
            "roll_calls": self.roll_calls,
            "with_first": self.with_first,
            "with_second": self.with_second,
            "abstained": self.abstained,
            "absent": self.absent,
            "cast": self.cast,
            "abstention_rank": self.rank,
            "among": self.among,
            "median_abstention": self.median,
            "every_state": [{"state": s, "abstained": k, "cast": n} for s, k, n in self.every],
        }


@dataclass(frozen=True, slots=True)
class Moved:
    """How the yearly changes of a state's agreement with two powers go together.

    lag : years by which the second follows; years : changes it rests on; rho : Spearman's, None where too few.
    """

    first: str
    second: str
    lag: int
    years: int
    rho: float | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {"first": self.first, "second": self.second, "lag": self.lag, "years": self.years, "rho": self.rho}


@dataclass(frozen=True, slots=True)
class Stage:
    """The spread of one strand over a few years: a point of a path. shares None for a gap."""

    strand: str
    years: str
    shares: tuple[float, ...] | None
    level: float | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {"strand": self.strand, "years": self.years, "shares": self.shares, "level": self.level}


@dataclass(frozen=True, slots=True)
class BalanceAnswer(StrandAnswer):
    """The spread of a state's ties between powers, strand by strand; never one figure alone.

    basis   : "raw", or "baseline" for shares of ties against size; names : of the state and the powers.
    weights : of the strands that count, in the mean; 1 each where none were given.
    """

    state: str
    powers: tuple[str, ...]
    names: dict[str, str]
    period: str
    basis: str
    weights: dict[str, float]
    strands: tuple[StrandTies, ...]
    means: tuple[MeanShare, ...]
    splits: tuple[Split, ...]
    moved: tuple[Moved, ...]
    path: tuple[Stage, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "state": self.state,
            "powers": list(self.powers),
            "names": self.names,
            "period": self.period,
            "basis": self.basis,
            "weights": self.weights,
            "strands": [s.to_dict() for s in self.strands],
            "mean_shares": [m.to_dict() for m in self.means],
            "splitting_roll_calls": [s.to_dict() for s in self.splits],
            "moved_with": [m.to_dict() for m in self.moved],
            "path": [s.to_dict() for s in self.path],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a strand and power."""
        import polars as pl

        rows: list[Json] = [
            {
                "state": self.state,
                "period": self.period,
                "basis": self.basis,
                "strand": s.strand,
                "unit": s.unit,
                **t.to_dict(),
                "level": s.level,
                "equidistance": s.equidistance,
                "effective_partners": s.partners,
                "gap": s.gap,
            }
            for s in self.strands
            for t in s.ties
        ]
        return pl.DataFrame(rows, infer_schema_length=None)
