"""How two states voted, by period and by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.body import COUNCIL
from comity.model.counts import Share
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note, PairRow, rows_frame
from comity.study.answers.situations import Veto
from comity.study.answers.uncertainty import UNRELIABLE, Intervals, TrendIntervals

if TYPE_CHECKING:
    import polars as pl


AS_IF_INDEPENDENT = "as if votes were independent"


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a pair's shares between two periods, in percentage points (later minus earlier).

    interval_of_all : category → (low, high), 95 %, in points; texts return every year, so an interval that takes
                      votes as independent is too narrow: ``interval_kind`` says so wherever it is shown.
    p_of_all        : category → two-sided p-value of the difference, under the same assumption.
    """

    a: str
    b: str
    earlier: str
    later: str
    points_of_all: dict[str, float | None]
    points_of_cast: dict[str, float | None]
    interval_of_all: dict[str, tuple[float, float] | None]
    p_of_all: dict[str, float | None]
    interval_kind: str = AS_IF_INDEPENDENT

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "a": self.a,
            "b": self.b,
            "from": self.earlier,
            "to": self.later,
            "points_of_all": self.points_of_all,
            "points_of_cast": self.points_of_cast,
            "interval_of_all": {c: list(v) if v else None for c, v in self.interval_of_all.items()},
            "p_of_all": self.p_of_all,
            "interval_kind": self.interval_kind,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """Where ``partner`` stands among the partners of ``state`` in one period, by share of votes cast by both.

    rank       : 1 is the partner that votes alike most often; ties share the better rank.
    among      : partners with enough common votes (see RankAnswer.min_common).
    percentile : share of the other partners with a lower share, in [0, 1].
    corrected_rank, corrected_among : the same by chance-corrected agreement (Cohen's kappa, squared weights), among
                 the partners for which it is defined; None where it is not defined for this one.
    corrected, corrected_median : the kappa itself, and the median over those partners.
    """

    state: str
    partner: str
    name_state: str
    name_partner: str
    period: Period
    rank: int
    among: int
    tied: int
    share: Share
    median: float
    percentile: float
    corrected_rank: int | None = None
    corrected_among: int = 0
    corrected: float | None = None
    corrected_median: float | None = None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "state": self.state,
            "partner": self.partner,
            "period": self.period.label,
            "rank": self.rank,
            "among": self.among,
            "tied": self.tied,
            "share_of_cast": self.share.value,
            "same": self.share.k,
            "cast": self.share.n,
            "median": self.median,
            "percentile": self.percentile,
            "corrected_rank": self.corrected_rank,
            "corrected_among": self.corrected_among,
            "kappa_sq": self.corrected,
            "median_kappa_sq": self.corrected_median,
        }


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """How two states voted, period by period, beside contrast pairs.

    rows      : the pair first, then the contrasts.
    standings : for each period, the partner's rank on each side where it can be computed.
    headline  : the sentences to quote: share and N, both ranks, both medians.
    intervals : over texts of this kind, where they were asked for.
    vetoes    : of the Security Council, vetoed drafts in the ledger on which both are known to have held a seat.
    """

    header: Header
    a: str
    b: str
    rows: tuple[PairRow, ...]
    changes: tuple[Change, ...]
    standings: tuple[Standing, ...]
    headline: str
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]
    intervals: Intervals | None = None
    vetoes: tuple[Veto, ...] = ()

    @property
    def lead(self) -> PairRow:
        """The pair asked about."""
        return self.rows[0]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "headline": self.headline,
            "pairs": [row.to_dict() for row in self.rows],
            "changes": [change.to_dict() for change in self.changes],
            "ranks": [s.to_dict() for s in self.standings],
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
            **({"intervals": self.intervals.to_dict()} if self.intervals else {}),
            **({"vetoed_drafts": [v.to_dict() for v in self.vetoes]} if self.header.origin.body == COUNCIL else {}),
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a pair and period."""
        return rows_frame(self.rows)


@dataclass(frozen=True, slots=True)
class TrendAnswer:
    """A pair year by year (or session by session), with the median partner of each side where known.

    medians : state id → for each cell, the median share of votes cast by both over that state's partners.
    intervals : a band for each cell, over texts of this kind, where they were asked for.
    """

    header: Header
    row: PairRow
    medians: dict[str, tuple[float | None, ...]]
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]
    intervals: TrendIntervals | None = None

    def to_dict(self) -> Json:
        """For JSON; each year carries the medians."""
        out = {**self.header.to_dict(), **self.row.to_dict()}
        for i, year in enumerate(out["periods"]):
            year["median_of_cast"] = {state: values[i] for state, values in self.medians.items()}
        out["dropped"] = [d.to_dict() for d in self.dropped]
        out["notes"] = [n.to_dict() for n in self.notes]
        if self.intervals:
            out["intervals"] = self.intervals.to_dict()
        return out

    def to_polars(self) -> pl.DataFrame:
        """One row a year."""
        frame = rows_frame((self.row,))
        if not self.intervals:
            return frame
        import polars as pl

        columns = {
            f"same_share_of_{over}_{end}": [
                getattr(getattr(s, f"of_{over}")["same"], end) for s in self.intervals.shares
            ]
            for over in ("all", "cast")
            for end in ("low", "high")
        }
        frame = frame.with_columns(pl.Series(name, values, pl.Float64) for name, values in columns.items())
        labels = ["" if s.reliable else UNRELIABLE for s in self.intervals.shares]
        return frame.with_columns(
            pl.Series("families", [s.families for s in self.intervals.shares]), pl.Series("interval_label", labels)
        )
