"""Blocs of states that voted alike more than chance, and who is in which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note

if TYPE_CHECKING:
    import polars as pl

Why = Literal["few_votes", "one_choice"]


@dataclass(frozen=True, slots=True)
class Member:
    """A state in a bloc.

    together : mean, over the bloc's other members, of the share of starts that put the two into one bloc, in [0, 1];
               None where the state stands alone.
    swept    : the same over all starts at all resolutions of the sweep.
    """

    state: str
    name: str
    together: float | None
    swept: float | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {"state": self.state, "name": self.name, "together": self.together, "together_swept": self.swept}


@dataclass(frozen=True, slots=True)
class Bloc:
    """States the consensus puts together, the most central first (highest mean agreement with the others).

    number    : 1 is the largest.
    agreement : mean chance-corrected agreement of its pairs that are linked; None where it has none.
    """

    number: int
    members: tuple[Member, ...]
    agreement: float | None

    @property
    def size(self) -> int:
        """How many states."""
        return len(self.members)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "number": self.number,
            "size": self.size,
            "agreement": self.agreement,
            "members": [m.to_dict() for m in self.members],
        }


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A state without a link to any other.

    why  : "few_votes" (too few votes cast together with anyone), "one_choice" (with everyone it shares enough votes
           with, agreement by chance is certain: both always made one and the same choice).
    cast : votes it cast.
    """

    state: str
    name: str
    why: Why
    cast: int

    def to_dict(self) -> Json:
        """For JSON."""
        return {"state": self.state, "name": self.name, "why": self.why, "cast": self.cast}


@dataclass(frozen=True, slots=True)
class Step:
    """One resolution of the sweep.

    sizes      : of the blocs of two or more states, the largest first.
    alone      : states left alone.
    modularity : signed modularity of the consensus at this resolution.
    alike      : adjusted Rand index with the answer's own blocs; 1 the same, 0 as alike as chance.
    """

    resolution: float
    sizes: tuple[int, ...]
    alone: int
    modularity: float
    alike: float

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "resolution": self.resolution,
            "sizes": list(self.sizes),
            "alone": self.alone,
            "modularity": self.modularity,
            "adjusted_rand": self.alike,
        }


@dataclass(frozen=True, slots=True)
class Move:
    """States that were in one bloc before and are now in one that does not continue it.

    before      : names of the most central members of the bloc before, at most three; before_size : all of them.
    bloc        : number of the bloc they are in now.
    members     : who moved, as they stand in the bloc now.
    """

    before: tuple[str, ...]
    before_size: int
    bloc: int
    members: tuple[Member, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "before": list(self.before),
            "before_size": self.before_size,
            "bloc": self.bloc,
            "members": [m.to_dict() for m in self.members],
        }


@dataclass(frozen=True, slots=True)
class Earlier:
    """The comparison with the stretch of equal length just before.

    compared : states that a bloc holds in both. alike : adjusted Rand index over them; None for fewer than two.
    """

    period: Period
    roll_calls: int
    compared: tuple[str, ...]
    alike: float | None
    moves: tuple[Move, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "period": self.period.label,
            "roll_calls": self.roll_calls,
            "compared": len(self.compared),
            "adjusted_rand": self.alike,
            "moves": [m.to_dict() for m in self.moves],
        }


@dataclass(frozen=True, slots=True)
class BlocsAnswer:
    """Blocs of a period: a partition of states by chance-corrected agreement, with how firm it is.

    blocs      : of two or more states, the largest first; ``alone`` are states that no bloc holds.
    links      : pairs of placed states with a defined agreement; no_link : those without.
    runs       : starts; partitions : how many different outcomes they had.
    earlier    : None where the stretch before has no blocs to compare with; the notes then say why.
    """

    header: Header
    period: Period
    roll_calls: int
    method: str
    resolution: float
    runs: int
    seed: int
    min_common: float
    blocs: tuple[Bloc, ...]
    alone: tuple[Member, ...]
    unplaced: tuple[Unplaced, ...]
    links: int
    no_link: int
    modularity: float
    partitions: int
    sweep: tuple[Step, ...]
    earlier: Earlier | None
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]

    @property
    def placed(self) -> int:
        """States in a bloc or alone."""
        return sum(b.size for b in self.blocs) + len(self.alone)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "period": self.period.label,
            "roll_calls": self.roll_calls,
            "method": self.method,
            "resolution": self.resolution,
            "runs": self.runs,
            "seed": self.seed,
            "min_common": self.min_common,
            "placed": self.placed,
            "links": self.links,
            "no_link": self.no_link,
            "modularity": self.modularity,
            "partitions": self.partitions,
            "blocs": [b.to_dict() for b in self.blocs],
            "alone": [m.to_dict() for m in self.alone],
            "unplaced": [u.to_dict() for u in self.unplaced],
            "sweep": [s.to_dict() for s in self.sweep],
            "earlier": self.earlier.to_dict() if self.earlier else None,
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a state: its bloc's number (null where alone or not placed), how firmly, and whether it moved."""
        import polars as pl

        moved = {m.state for move in self.earlier.moves for m in move.members} if self.earlier else set()
        placed = [(b.number, b.size, m) for b in self.blocs for m in b.members] + [(None, 1, m) for m in self.alone]
        rows = [
            {
                "state": m.state,
                "name": m.name,
                "bloc": number,
                "size": size,
                "together": m.together,
                "together_swept": m.swept,
                "moved": m.state in moved if self.earlier and m.state in self.earlier.compared else None,
                "unplaced": None,
            }
            for number, size, m in placed
        ]
        rows += [{"state": u.state, "name": u.name, "unplaced": u.why} for u in self.unplaced]
        kinds = {
            "state": pl.String,
            "name": pl.String,
            "bloc": pl.Int64,
            "size": pl.Int64,
            "together": pl.Float64,
            "together_swept": pl.Float64,
            "moved": pl.Boolean,
            "unplaced": pl.String,
        }
        return pl.DataFrame(rows, schema=kinds).with_columns(pl.lit(self.period.label).alias("period"))
