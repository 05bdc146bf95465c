"""Totals, shares, ranks and intensity against loops over the same rows; a write-off against exact fractions."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.strands.finance import Range, write_off
from comity.strands.trade import EXPORT, IMPORT, flows, intensity, partners, totals

STATES = "ABCDE"
PAIRS = [(a, b) for a in STATES for b in STATES if a != b]
# Whole amounts: sums are exact in floats, so that equality needs no tolerance.
amounts = st.lists(st.none() | st.integers(0, 1000), min_size=len(PAIRS), max_size=len(PAIRS))


def table(imports: dict[tuple[str, str], int | None]) -> pl.DataFrame:
    rows = [(2000, a, b, b, False, IMPORT, None if v is None else float(v), "cif") for (a, b), v in imports.items()]
    names = ("year", "reporter", "partner", "partner_name", "world", "flow")
    schema = dict.fromkeys(names, pl.String) | {"amount": pl.Float64, "valuation": pl.String}
    return pl.DataFrame(rows, schema=schema | {"year": pl.Int16, "world": pl.Boolean}, orient="row")


def slow_total(imports: dict[tuple[str, str], int | None], state: str, flow: str) -> int | None:
    known = [v for (a, b), v in imports.items() if v is not None and (a if flow == IMPORT else b) == state]
    return sum(known) if known else None


@settings(max_examples=60, deadline=None)
@given(amounts)
def test_totals_ranks_and_intensity_are_those_of_the_loops(values: list[int | None]) -> None:
    imports = dict(zip(PAIRS, values, strict=True))
    made = flows(table(imports))
    sums = totals(made, 1)
    for row in sums.iter_rows(named=True):
        assert row["total"] == slow_total(imports, row["state"], row["flow"])

    both = {b: imports["A", b] + imports[b, "A"] for b in "BCDE" if None not in (imports["A", b], imports[b, "A"])}  # type: ignore[operator]
    found = partners(made, "A", 2000, 2000, 1)
    for row in found.iter_rows(named=True):
        other = row["other"]
        assert row["both"] == both.get(other)
        assert row["rank"] == (1 + sum(v > both[other] for v in both.values()) if other in both else None)

    got = intensity(made, sums, "A", "B", 2000, EXPORT)
    reporting = [s for s in STATES if slow_total(imports, s, IMPORT) is not None]
    exported, sent = slow_total(imports, "A", EXPORT), imports["B", "A"]
    within = sum(imports[s, "A"] or 0 for s in reporting if s != "A")
    world = sum(slow_total(imports, s, IMPORT) or 0 for s in reporting if s != "A")
    of_b = slow_total(imports, "B", IMPORT)
    if sent is None or not exported or not of_b or not world or within / exported < 0.9:
        assert got.value is None
        assert got.reason
    else:
        # four divisions in another order: a few units in the last place
        assert got.value == pytest.approx(float(Fraction(sent, exported) / Fraction(of_b, world)), rel=1e-12)


@given(st.integers(0, 10**12), st.integers(0, 100), st.integers(1, 50))
def test_a_write_off_splits_the_debt(debt: int, percent: int, years: int) -> None:
    found = write_off(Range(debt, debt), Range(percent / 100, percent / 100), currency="USD", years=years)
    exact = Fraction(debt) * (100 - percent) / 100
    assert found.left.low == pytest.approx(float(exact), rel=1e-9, abs=1e-3)  # a share such as 0.85 is no binary number
    assert found.forgiven.low + found.left.low == pytest.approx(debt, rel=1e-12)
    assert found.yearly is not None
    assert found.yearly.low * years == pytest.approx(found.left.low, rel=1e-12)
