"""What is listed beside volumes of arms: deals, orders against deliveries, sanctions and embargoes by date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import Any

import polars as pl

from comity.model.period import Period
from comity.model.words import say
from comity.strands.arms import Amount, volume
from comity.strands.ledgers.kinds import Sanction
from comity.strands.ledgers.when import ends
from comity.strands.translated import translated
from comity.study.answers.arms_rows import Mark, Orders, Platform
from comity.study.ledgers import rows as ledger_rows

WINDOW = 5
_ORDER = ("first_year", "order_year", "designation", "line")


def deals(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a deal: the newer layout's rows of one id put together, the older one's as they are."""
    keyed = rows.with_columns(key=pl.coalesce("deal", pl.concat_str(pl.lit("line "), "line")))
    first = [c for c in rows.columns if c not in ("when", "tiv", "delivered", "delivered_estimate", "years_estimate")]
    return keyed.group_by("key", maintain_order=True).agg(
        *(pl.col(c).first() for c in first),
        pl.col("when").explode(empty_as_null=False).unique().sort(),
        pl.col("tiv").sum(),
        pl.col("delivered").sum(),
        pl.col("delivered_estimate").any(),
        pl.col("years_estimate").any(),
        parts=pl.struct("when", "tiv"),
    )


def platforms(rows: pl.DataFrame, first: int, last: int, name: Callable[[str], str]) -> tuple[Platform, ...]:
    """Deals with a delivery in the period, or ordered in it with none yet, by first delivery, order and designation."""
    when = pl.col("when")
    inside = when.list.eval(pl.element().is_between(first, last)).list.any()
    waiting = (when.list.len() == 0) & pl.col("order_year").is_between(first, last)
    kept = deals(rows).filter(inside | waiting).with_columns(first_year=when.list.min())
    return tuple(_platform(row, first, last, name) for row in kept.sort(_ORDER, nulls_last=True).iter_rows(named=True))


def _platform(row: Mapping[str, Any], first: int, last: int, name: Callable[[str], str]) -> Platform:
    own = pl.DataFrame(row["parts"], schema={"when": pl.List(pl.Int16), "tiv": pl.Float64})
    taken: dict[str, Any] = {key: row[key] or "" for key in ("designation", "description", "status", "comments")}
    taken |= {key: row[key] for key in ("order_year", "ordered", "delivered", "line")}
    taken |= {f"{key}_estimate": bool(row[f"{key}_estimate"]) for key in ("order", "ordered", "delivered", "years")}
    return Platform(
        supplier=name(row["supplier_key"]),
        recipient=name(row["recipient_key"]),
        years=tuple(row["when"]),
        amount=volume(own, first, last),
        volume=round(row["tiv"], 2),
        ordered_volume=row["tiv_ordered"],
        **taken,
    )


def orders(rows: pl.DataFrame, first: int, last: int) -> Orders:
    """Deals ordered in the period, and what they have delivered to the end of the data."""
    placed = deals(rows).filter(pl.col("order_year").is_between(first, last))
    # Where the number ordered is not known, exports write 0 for the order's volume instead of leaving it empty.
    known = placed.filter(pl.col("ordered").is_not_null() & pl.col("tiv_ordered").is_not_null())
    begun = placed.filter(pl.col("when").list.len() > 0)
    lags = (begun["when"].list.min() - begun["order_year"]).to_list()
    return Orders(
        placed=placed.height,
        volume=round(float(known["tiv_ordered"].sum()), 2),
        untold=placed.height - known.height,
        delivered=round(float(begun["tiv"].sum()), 2),
        waiting=placed.height - begun.height,
        lag=float(median(lags)) if lags else None,
    )


def marks(
    of: Callable[[int, int], Amount], on: Iterable[str], known: tuple[int, int], period: Period
) -> tuple[Mark, ...]:
    """The beginning and the end of each measure of the sanctions ledger on one of these states, by date.

    A measure that had ended before the period, or began after it, is left out.

    of    : first and last year → volume, for the years before and after.
    known : the years of which there are data.
    """
    found, states = [], set(on)
    for row in ledger_rows(Sanction):
        began, ended = ends(row.date)[0].year, ends(row.until)[1].year if row.until else period.start
        if not states.intersection(row.on) or began > period.end or ended < period.start:
            continue
        for date, begins in ((row.date, True), (row.until, False)):
            if date:
                found.append(_mark(row, date, begins, of, known))
    return tuple(sorted(found, key=lambda m: (m.date, m.row)))


def _mark(row: Sanction, date: str, begins: bool, of: Callable[[int, int], Amount], known: tuple[int, int]) -> Mark:
    year = ends(date)[0].year
    before, after = (year - WINDOW, year - 1), (year + 1, year + WINDOW)
    told = [of(*span) if known[0] <= span[0] and span[1] <= known[1] else None for span in (before, after)]
    return Mark(
        row=row.id,
        date=date,
        year=year,
        what=translated(row.title) if begins else say("arms.ends", title=translated(row.title)),
        measure=row.measure,
        begins=begins,
        checked=row.checked,
        window=WINDOW,
        before=told[0],
        after=told[1],
    )
