"""The table behind each figure: what is drawn, with every count and denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.model.counts import CATEGORIES, Counts
from comity.model.words import percent, say
from comity.study.answers.common import Cell, PairRow
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.rank import RankAnswer

if TYPE_CHECKING:
    import polars as pl

Row = dict[str, Any]


def figure_data(answer: PairAnswer | TrendAnswer | RankAnswer, *, of_cast: bool = False) -> pl.DataFrame:
    """One row a drawn mark.

    Pair and trend: a, b, period, partial, category, count, votes (the denominator), share in [0, 1] (null where
    votes is 0). ``of_cast`` takes the votes that both cast as denominator and leaves absences out.
    Rank: partner, same, cast, share, rank.
    """
    import polars as pl

    if isinstance(answer, RankAnswer):
        return pl.DataFrame(
            [
                {"state": p.state, "name": p.name, "same": p.counts.same, "cast": p.counts.cast,
                 "share": p.counts.share_of_cast("same").value, "rank": p.rank}
                for p in answer.partners
            ]
        )  # fmt: skip
    rows = answer.rows if isinstance(answer, PairAnswer) else (answer.row,)
    keep = ("a", "b", "period", "partial", "category", "count", "votes", "share")
    marks = [{key: mark[key] for key in keep} for row in rows for mark in row_marks(row, of_cast=of_cast)]
    return pl.DataFrame(marks, schema_overrides={"share": pl.Float64})


def row_marks(row: PairRow, *, of_cast: bool = False) -> list[Row]:
    """The segments of one pair's bars, from the left: share, where it starts and ends, and its printed label."""
    return [mark for cell in row.cells for mark in cell_marks(row, cell, of_cast=of_cast)]


def cell_marks(row: PairRow, cell: Cell, *, of_cast: bool = False) -> list[Row]:
    """The segments of one bar."""
    counts, start, marks = cell.counts, 0, []
    votes = denominator(counts, of_cast=of_cast)
    for name in categories(of_cast=of_cast):
        count = getattr(counts, name)
        marks.append(
            {
                "a": row.a,
                "b": row.b,
                "period": cell.period.label,
                "partial": cell.partial,
                "category": name,
                "label": say(f"category.{name}"),
                "count": count,
                "votes": votes,
                "share": count / votes if votes else None,
                "start": start / votes if votes else None,
                "end": (start + count) / votes if votes else None,
                "text": percent(count, votes) if votes >= 20 else str(count),
            }
        )
        start += count
    return marks


def categories(*, of_cast: bool) -> tuple[str, ...]:
    """The categories a bar is made of."""
    return CATEGORIES[:3] if of_cast else CATEGORIES


def denominator(counts: Counts, *, of_cast: bool) -> int:
    """All recorded votes, or those both cast."""
    return counts.cast if of_cast else counts.roll_calls
