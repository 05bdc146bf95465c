"""A published table of dyads beside our own values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from comity.model.period import Clock
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note

if TYPE_CHECKING:
    import polars as pl

Over = Literal["read", "divided"]
Votes = Literal["as_read", "no_paragraph", "final", "coded_dropped", "tally_kept", "duplicates_kept"]
Scale = Literal["as_is", "percent", "minus_one", "reversed"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to come by a value.

    measure : id of ours.
    over    : the roll calls that count: as the reading says, or only those that are not unanimous.
    votes   : what is changed in the reading: "no_paragraph" leaves out paragraph votes, "final" amendment votes too,
              "coded_dropped" members coded not-a-member; "tally_kept" and "duplicates_kept" keep what it leaves out.
    clock   : how periods are cut.
    scale   : how the file's values are taken: as they stand, as percentages, as running from −1 to 1 where ours run
              from 0 to 1, or as distances (one minus the value).
    """

    measure: str
    over: Over
    votes: Votes
    clock: Clock
    scale: Scale = "as_is"

    def apart(self, other: Way) -> tuple[str, ...]:
        """The fields in which two ways differ."""
        names = ("measure", "over", "votes", "clock", "scale")
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


@dataclass(frozen=True, slots=True)
class Tried:
    """How the file's values compare with one way to come by them, over every row that both have.

    rmse : root mean square of the gaps, on our scale; None where no row is compared.
    """

    way: Way
    compared: int
    equal: int
    rmse: float | None

    @property
    def share(self) -> float:
        """Share equal within the file's rounding."""
        return self.equal / self.compared if self.compared else 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """One dyad and period: the file's value, ours, and the votes both cast behind ours."""

    a: str
    b: str
    name_a: str
    name_b: str
    period: int
    published: float
    ours: float
    n: int

    @property
    def gap(self) -> float:
        """The file's value less ours."""
        return self.published - self.ours


@dataclass(frozen=True, slots=True)
class Step:
    """One year or session: rows compared and rows equal."""

    period: int
    compared: int
    equal: int


@dataclass(frozen=True, slots=True)
class ColumnCompared:
    """One column of the file beside one measure.

    decimals     : digits after the point that the file prints, two more where its values are divided by 100;
                   values are equal within half of the last one.
    own          : the comparison as the column is read; ``tried`` other ways, the nearest first, over all rows.
    found        : the way that the file is consistent with, where another than ``own`` is clearly nearer.
    not_compared : reason → rows, of this column alone.
    zero         : rows without a value here for which the file prints 0.
    bias         : mean of the file's value less ours.
    roll_calls   : medians of the roll calls behind a row, the file's and ours; None where the file does not tell.
    common_state : among the rows that differ, the state that most of them share: id, name, rows.
    largest      : gaps as the column is read; ``still`` those left under ``found``.
    screened     : rows on which other ways were first tried, and ``ways`` how many; 0 where none was.
    hundredths   : the file's values are divided by 100, since the measure cannot take them as they stand.
    """

    column: str
    decimals: int
    percent: bool
    own: Tried
    tried: tuple[Tried, ...]
    found: Tried | None
    not_compared: Mapping[str, int]
    zero: int
    correlation: float | None
    bias: float | None
    roll_calls: tuple[float, float] | None
    steps: tuple[Step, ...]
    common_state: tuple[str, str, int] | None
    largest: tuple[Gap, ...]
    still: tuple[Gap, ...]
    screened: int
    ways: int
    hundredths: bool = False

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "column": self.column,
            "measure": self.own.way.measure,
            "clock": self.own.way.clock,
            "decimals": self.decimals,
            "percent_sign": self.percent,
            "divided_by_100": self.hundredths,
            "compared": self.own.compared,
            "equal": self.own.equal,
            "share_equal": self.own.share if self.own.compared else None,
            "correlation": self.correlation,
            "rmse": self.own.rmse,
            "mean_gap": self.bias,
            "not_compared": dict(self.not_compared),
            "undefined_here_zero_in_file": self.zero,
            "median_roll_calls": list(self.roll_calls) if self.roll_calls else None,
            "consistent_with": _tried(self.found) if self.found else None,
            "tried": [_tried(t) for t in self.tried],
            "rows_screened": self.screened,
            "ways_tried": self.ways,
            "periods": [asdict(s) for s in self.steps],
            "rows_that_differ_share": self.common_state[0] if self.common_state else None,
            "largest_gaps": [asdict(g) | {"gap": g.gap} for g in self.largest],
            "gaps_left": [asdict(g) | {"gap": g.gap} for g in self.still],
        }


@dataclass(frozen=True, slots=True, eq=False)
class PublishedAnswer:
    """A file of dyads beside our own values, column by column.

    unit     : what the file's periods are.
    rows     : read from the file.
    left_out : reason → rows that no column can be compared in.
    unknown  : names or codes that stand for no state, left out because that was asked for.
    frame    : one row a dyad, period and column: a, b, period, clock, column, measure, published, ours, n, gap, equal,
               and reason where it was not compared ("" where it was).
    """

    header: Header
    file: str
    layout: str
    scheme: str
    unit: Clock
    rows: int
    left_out: Mapping[str, int]
    unknown: tuple[str, ...]
    passed_over: Mapping[str, str]
    columns: tuple[ColumnCompared, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]
    frame: pl.DataFrame

    def to_dict(self) -> Json:
        """For JSON; the rows themselves are in ``to_polars``."""
        return {
            **self.header.to_dict(),
            "file": self.file,
            "layout": self.layout,
            "scheme": self.scheme,
            "unit": self.unit,
            "rows": self.rows,
            "rows_left_out": dict(self.left_out),
            "unknown_states": list(self.unknown),
            "columns_passed_over": dict(self.passed_over),
            "columns": [c.to_dict() for c in self.columns],
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a dyad, period and column."""
        return self.frame


def _tried(tried: Tried) -> Json:
    return {
        **asdict(tried.way),
        "compared": tried.compared,
        "equal": tried.equal,
        "share_equal": tried.share if tried.compared else None,
        "rmse": tried.rmse,
    }
