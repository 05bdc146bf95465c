"""Which of the two moved, and what a change is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.counts import Share
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note
from comity.study.answers.pair_header import PairHeader, plain

if TYPE_CHECKING:
    import polars as pl


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
            "families": [{**plain(f), "change": f.change, "who": f.who} for f in self.families],
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
            "parts": [plain(p) for p in self.parts],
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
