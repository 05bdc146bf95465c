"""Volumes over periods: against loops over every way in which rows can fall into their years."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.strands.arms import Amount, amounts, peak, total, volume

YEARS = range(2000, 2008)
rows = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.integers(0, 500).map(float),
        st.lists(st.sampled_from(YEARS), unique=True, max_size=5).map(sorted),
    ),
    max_size=12,
)
periods = st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS)).map(sorted)
SCHEMA = {"key": pl.String, "tiv": pl.Float64, "when": pl.List(pl.Int16)}
# The even split of a row over up to five years is rounded to hundredths once for each sum.
ROUNDED = 0.006


def frame(given_rows: list[tuple[str, float, list[int]]]) -> pl.DataFrame:
    return pl.DataFrame(given_rows, schema=SCHEMA, orient="row")


@given(rows, periods)
def test_bounds_and_even_split_are_those_of_a_loop(held: list[tuple[str, float, list[int]]], period: list[int]) -> None:
    first, last = period
    found = amounts(frame(held), "key", first, last)
    for key in "ABC":
        low = high = even = 0.0
        touched = False
        for _, tiv, years in (row for row in held if row[0] == key):
            inside = [y for y in years if first <= y <= last]
            if inside:
                touched = True
                high += tiv
                even += tiv * len(inside) / len(years)
                low += tiv if len(inside) == len(years) else 0
        assert (key in found) == touched
        if touched:
            assert (found[key].low, found[key].high) == (low, high)
            assert found[key].even == pytest.approx(even, abs=ROUNDED)
            assert found[key].settled == (low == high)


@given(rows, periods, st.data())
def test_no_way_of_delivering_leaves_the_bounds(
    held: list[tuple[str, float, list[int]]], period: list[int], data: st.DataObject
) -> None:
    """Each row is spread over its years by weights that Hypothesis draws."""
    first, last = period
    delivered = 0.0
    for _, tiv, years in held:
        weights = data.draw(st.lists(st.integers(0, 9), min_size=len(years), max_size=len(years)))
        if sum(weights):
            delivered += sum(tiv * w / sum(weights) for y, w in zip(years, weights, strict=True) if first <= y <= last)
        elif years:
            delivered += tiv if first <= years[0] <= last else 0
    found = volume(frame(held), first, last)
    assert found.low - ROUNDED <= delivered <= found.high + ROUNDED


@given(rows)
def test_a_period_of_all_years_is_exact_and_years_add_up(held: list[tuple[str, float, list[int]]]) -> None:
    whole = volume(frame(held), YEARS[0], YEARS[-1])
    assert whole.settled and whole.low == sum(tiv for _, tiv, years in held if years)
    by_year = total(volume(frame(held), y, y) for y in YEARS)
    assert by_year.low <= whole.low <= by_year.high
    assert by_year.even == pytest.approx(whole.even, abs=len(YEARS) * ROUNDED)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_a_peak_is_claimed_only_where_no_way_contradicts_it(bounds: list[tuple[int, int]]) -> None:
    years = {2000 + i: Amount.bounded(min(b), sum(b) / 2, max(b)) for i, b in enumerate(bounds)}
    must, may = peak(years)
    top = max(a.high for a in years.values())
    if top == 0:
        assert (must, may) == ((), ())
        return
    # A year may be the largest if it is so with its highest against the lowest of all others.
    able = [y for y, a in years.items() if a.high > 0 and all(a.high >= o.low for o in years.values() if o is not a)]
    assert list(may) == able
    for year in must:
        assert all(years[year].low >= other.high for y, other in years.items() if y not in must)
