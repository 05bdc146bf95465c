"""Ties in trade: what a state records with each power, and against what the power's size lets expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from statistics import median

import polars as pl

from comity.errors import NoDataset
from comity.model.period import Period
from comity.model.words import say, span
from comity.store.datasets import Dataset, get_dataset, read_dataset
from comity.strands.trade import EXPORT, IMPORT, Flows, flows, intensity, over, partners, totals
from comity.study.answers.common import Note
from comity.study.balance.found import Found, none_at_hand
from comity.study.strand import source_line
from comity.study.trade import holes

KIND = "trade"
_MILLION = 1e6


def found(state: str, powers: Sequence[str], period: Period) -> Found:
    """Imports and exports together over the years in which those with every power are known.

    baseline : the median trade intensity over flows and years.
    """
    try:
        dataset = get_dataset(KIND)
    except NoDataset:
        return none_at_hand("trade", KIND)
    made, sums = _opened(dataset, state)
    first, last = max(period.start, dataset.first), min(period.end, dataset.last)
    yearly = partners(made, state, first, last)
    years = _common(yearly, powers)
    table = {
        row["other"]: row["both"] for row in over(yearly.filter(pl.col("year").is_in(years))).iter_rows(named=True)
    }
    known = {other: both for other, both in table.items() if both is not None}
    return Found(
        strand="trade",
        unit=say("balance.unit_trade"),
        values={p: known[p] / _MILLION if p in known else None for p in powers},
        baseline={p: _intensity(made, sums, state, p, years) for p in powers},
        whole=sum(known.values()) / _MILLION or None,
        parts=list(known.values()),
        covered=_told(years, period),
        sources=(source_line(dataset),),
        gap=_gap(years, period, [p for p in powers if known.get(p) == 0]),
    )


def notes(period: Period) -> tuple[Note, ...]:
    """Large traders of which the table knows little in these years: every part of a whole is then too large."""
    try:
        dataset = get_dataset(KIND)
    except NoDataset:
        return ()
    first, last = max(period.start, dataset.first), min(period.end, dataset.last)
    return holes(read_dataset(dataset), Period(first, last)) if first <= last else ()


def _common(yearly: pl.DataFrame, powers: Sequence[str]) -> list[int]:
    """The years in which trade with every power is known: sums over other years would not compare."""
    known = yearly.filter(pl.col("other").is_in(list(powers)) & pl.col("both").is_not_null())
    counted = known.group_by("year").agg(pl.col("other").n_unique())
    return sorted(counted.filter(pl.col("other") == len(powers))["year"].to_list())


def _gap(years: Sequence[int], period: Period, nothing: Sequence[str]) -> str:
    """Why it does not count: no year, less than half of the period, or nothing at all with a power.

    The Correlates of War's table writes 0 for trade of planned economies that nobody reported, so a power with which
    there is no trade throughout is not told apart from one of which nothing is known.
    """
    whole = period.end - period.start + 1
    if 2 * len(years) >= whole:
        return say("balance.zero_trade", powers=", ".join(nothing)) if nothing else ""
    return say("balance.few_years", k=len(years), n=whole) if years else say("balance.no_trade")


def _told(years: Sequence[int], period: Period) -> str:
    """Years in words, with how many there are where some of the period are missing."""
    if not years:
        return ""
    whole = period.end - period.start + 1
    label = span(Period(years[0], years[-1], "year").label)
    return label if len(years) == whole else say("balance.years_of", span=label, k=len(years), n=whole)


@lru_cache(maxsize=1)
def _opened(dataset: Dataset, state: str) -> tuple[Flows, pl.DataFrame]:
    """A state's flows and every state's totals; kept, for a path asks for them window by window."""
    made = flows(read_dataset(dataset))
    return replace(made, rows=made.rows.filter(pl.col("state") == state)), totals(made)


def _intensity(made: Flows, sums: pl.DataFrame, state: str, power: str, years: Sequence[int]) -> float | None:
    found = (intensity(made, sums, state, power, year, flow).value for year in years for flow in (EXPORT, IMPORT))
    known = [value for value in found if value is not None]
    return median(known) if known else None
