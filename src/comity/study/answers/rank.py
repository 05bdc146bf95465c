"""A state's partners, ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note, flat
from comity.study.answers.uncertainty import UNRELIABLE, PartnerBands, RankingIntervals

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Partner:
    """One row of a ranking."""

    state: str
    name: str
    rank: int
    percentile: float
    counts: Counts

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "state": self.state,
            "name": self.name,
            "rank": self.rank,
            "percentile": self.percentile,
            **self.counts.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class RankAnswer:
    """Every partner of a state, most alike first, by share of votes cast by both.

    min_common : a partner needs both votes cast on at least this share of the period's recorded votes.
    among      : the group or states ranked, "" for all.
    too_few    : partners left out by that rule, with how many votes both cast.
    intervals  : over texts of this kind, where they were asked for; its partners in the same order.
    """

    header: Header
    state: str
    name: str
    period: Period
    roll_calls: int
    min_common: float
    median: float | None
    partners: tuple[Partner, ...]
    too_few: tuple[tuple[str, str, int], ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]
    among: str = ""
    intervals: RankingIntervals | None = None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "state": self.state,
            "name": self.name,
            "period": self.period.label,
            "roll_calls": self.roll_calls,
            "min_common": self.min_common,
            "among": self.among,
            "median_of_cast": self.median,
            "partners": [p.to_dict() for p in self.partners],
            "too_few": [{"state": s, "name": n, "cast": c} for s, n, c in self.too_few],
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
            **({"intervals": self.intervals.to_dict()} if self.intervals else {}),
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a partner."""
        import polars as pl

        rows = [
            {"state": p.state, "name": p.name, "rank": p.rank, "percentile": p.percentile, **flat(p.counts)}
            for p in self.partners
        ]
        if self.intervals:
            rows = [row | _ends(bands) for row, bands in zip(rows, self.intervals.partners, strict=True)]
        return pl.DataFrame(rows, infer_schema_length=None)


def _ends(bands: PartnerBands) -> Json:
    """The ends of each interval as columns."""
    ends: Json = {}
    for name, key in (("same_share_of_cast", "share"), *((k, k) for k in ("rank", "percentile"))):
        ends |= {f"{name}_low": getattr(bands, key).low, f"{name}_high": getattr(bands, key).high}
    ends |= {"kappa_sq": bands.corrected.value, "kappa_sq_low": bands.corrected.low}
    ends |= {"kappa_sq_high": bands.corrected.high, "corrected_rank": bands.corrected_rank.value}
    ends |= {"corrected_rank_low": bands.corrected_rank.low, "corrected_rank_high": bands.corrected_rank.high}
    return ends | {"families": bands.families, "interval_label": "" if bands.reliable else UNRELIABLE}
