"""Deliveries worked by hand: who is counted for whom, tables beside the register, peaks."""

from __future__ import annotations

import polars as pl
import pytest

from comity.strands.arms import (
    NOTHING,
    Amount,
    TivTable,
    amounts,
    deliveries,
    peak,
    put_together,
    tiv_table,
    total,
)

REGISTER = pl.DataFrame(
    {
        "supplier_name": ["Soviet Union", "Russia", "unknown supplier(s)", "NATO**"],
        "supplier": ["RUS", "RUS", None, None],
        "recipient_name": ["Viet Nam"] * 4,
        "recipient": ["VNM"] * 4,
        "years": ["1989;1990", "1995;1997", "1996", ""],
        "tiv": [40.0, 30.0, 2.0, None],
    }
)


def test_the_soviet_union_is_joined_or_apart() -> None:
    joined = amounts(deliveries(REGISTER, joined=True), "supplier_key", 1985, 1995)
    assert joined == {"RUS": Amount(40.0, 55.0, 70.0, "bounds")}
    apart = amounts(deliveries(REGISTER, joined=False), "supplier_key", 1985, 1996)
    assert apart == {
        "Soviet Union": Amount(40.0, 40.0, 40.0, "exact"),
        "RUS": Amount(0.0, 15.0, 30.0, "bounds"),
        "unknown supplier(s)": Amount(2.0, 2.0, 2.0, "exact"),
    }


def test_a_row_that_goes_on_after_a_union_is_the_united_state_s() -> None:
    # the register has one name for the north and for both, and one volume for years before and after
    rows = [("Viet Nam", "VDR", "1975;1976", 8.0), ("Viet Nam", "VDR", "1975;1977", 10.0)]
    rows += [("Viet Nam", "VNM", "1979", 1.0), ("South Vietnam", "RVN", "1974;1977", 5.0)]
    frame = pl.DataFrame(rows, schema=["recipient_name", "recipient", "years", "tiv"], orient="row")
    read = deliveries(frame.with_columns(supplier_name=pl.lit("Russia"), supplier=pl.lit("RUS")), joined=True)
    assert read["recipient_key"].to_list() == ["VDR", "VNM", "VNM", "RVN"]
    since = amounts(read.filter(pl.col("recipient_key") == "VNM"), "supplier_key", 1976, 1980)
    assert since == {"RUS": Amount(1.0, 6.0, 11.0, "bounds")}


def test_sums_do_not_depend_on_the_order_of_rows() -> None:
    # so large beside their decimals that a running sum loses hundredths, which ones by its order
    rows = [("RUS", "1989;1990;1991", (i % 977) * 0.37 + 1e10 * (i % 7)) for i in range(30_000)]
    frame = pl.DataFrame(rows, schema=["supplier", "years", "tiv"], orient="row").with_columns(
        supplier_name=pl.lit("Russia"), recipient_name=pl.lit("Viet Nam"), recipient=pl.lit("VNM")
    )
    read = deliveries(frame, joined=True)
    found = {
        amounts(read.sample(fraction=1, shuffle=True, seed=s), "supplier_key", 1990, 1990)["RUS"] for s in range(4)
    }
    assert len(found) == 1


def test_sums_keep_what_they_rest_on() -> None:
    exact, table, open_ = Amount(2, 2, 2, "exact"), Amount.of_table(3), Amount.bounded(0, 1, 2)
    assert (exact + table).basis == "mixed" and (table + table).basis == "table"
    assert (exact + table + open_) == Amount(5.0, 6.0, 7.0, "bounds")
    assert total([]) == NOTHING and (NOTHING + table) == table == (table + NOTHING)


def cells(name: str, rows: list[tuple[int, float]]) -> pl.DataFrame:
    held = [(y, "Viet Nam", "VNM", tiv, False) for y, tiv in rows] + [(y, None, None, tiv + 1, True) for y, tiv in rows]
    frame = pl.DataFrame(held, schema=["year", "recipient_name", "recipient", "tiv", "total"], orient="row")
    return frame.with_columns(side=pl.lit("exports"), supplier_name=pl.lit(name), supplier=pl.lit("RUS"))


def test_two_tables_of_one_state_keep_to_their_own_years() -> None:
    soviet = tiv_table("ussr", cells("Soviet Union", [(1990, 5), (1991, 6)]), first=1950, last=2021, joined=True)
    russian = tiv_table("rus", cells("Russia", [(1995, 7)]), first=1950, last=2021, joined=True)
    assert (max(soviet.totals), min(russian.totals)) == (1991, 1992)
    assert not russian.covers(1990, 1995)
    both = put_together(russian, soviet)
    assert both.covers(1950, 2021) and not both.covers(2021, 2022)
    assert both.amount("VNM", 1990, 1995) == Amount.of_table(18)
    assert both.total(1990, 1995) == Amount.of_table(21)
    alone = tiv_table("rus", cells("Russia", [(1995, 7)]), first=1950, last=2021, joined=False)
    assert alone.covers(1950, 2021) and alone.key == "RUS"
    assert (
        tiv_table("ussr", cells("Soviet Union", [(1990, 5)]), first=1950, last=2021, joined=False).key == "Soviet Union"
    )


def test_where_two_editions_have_a_year_the_first_is_kept() -> None:
    new = TivTable("new", "exports", "RUS", {("VNM", 2001): 9.0}, {2001: 9.0, 2002: 0.0})
    old = TivTable(
        "old",
        "exports",
        "RUS",
        {("VNM", 2001): 8.0, ("VNM", 2002): 5.0, ("VNM", 2000): 1.0},
        dict.fromkeys((2000, 2001, 2002), 9.0),
    )
    both = put_together(new, old)
    assert both.amount("VNM", 2000, 2002) == Amount.of_table(10)
    assert both.partners(2000, 2000) == ("VNM",)


@pytest.mark.parametrize(
    ("years", "must", "may"),
    [
        ({1: (5, 5), 2: (4, 4)}, (1,), (1,)),
        ({1: (5, 5), 2: (5, 5)}, (1, 2), (1, 2)),
        ({1: (5, 9), 2: (0, 6)}, (), (1, 2)),
        ({1: (7, 9), 2: (0, 6)}, (1,), (1,)),
        ({1: (0, 0)}, (), ()),
        ({}, (), ()),
    ],
)
def test_peaks(years: dict[int, tuple[float, float]], must: tuple[int, ...], may: tuple[int, ...]) -> None:
    assert peak({y: Amount.bounded(low, low, high) for y, (low, high) in years.items()}) == (must, may)
