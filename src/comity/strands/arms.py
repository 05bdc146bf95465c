"""Arms deliveries: what a period must hold, may hold, and holds where rows are split evenly over their years.

A row of the trade register names the years of its deliveries and one volume for all of them. Over a period that
contains all its years the volume is exact. Where it contains only some of them, between nothing and all of the volume
fell into it; the even split gives each year named the same part, which is a convention, no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any, Literal

import polars as pl

from comity.states.registry import registry

Basis = Literal["exact", "bounds", "table", "mixed"]
SOVIET_UNION = "Soviet Union"
RUSSIA = "RUS"
LAST_SOVIET_YEAR = 1991  # the register names no Soviet Union as supplier after it, and no Russia before 1992


@dataclass(frozen=True, slots=True)
class Amount:
    """A volume in millions of TIV.

    low   : what must be inside the period; high : all that may be; even : with rows split evenly over their years.
    basis : "exact" (of register rows that lie inside the period whole), "bounds", "table" (of a table's yearly
            figures, each rounded to a whole one), or "mixed" (a table's and exact ones added up).
    """

    low: float
    even: float
    high: float
    basis: Basis

    @classmethod
    def bounded(cls, low: float, even: float, high: float) -> Amount:
        """Of the register; two decimals, which is all that its rows carry."""
        low, even, high = round(low, 2), round(even, 2), round(high, 2)
        return cls(low, even, high, "exact" if low == high else "bounds")

    @classmethod
    def of_table(cls, value: float) -> Amount:
        """A table's figure, or a sum of them."""
        return cls(value, value, value, "table")

    @property
    def settled(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high

    def __add__(self, other: Amount) -> Amount:
        if self.high == 0 or other.high == 0:
            return other if self.high == 0 else self
        basis: Basis = self.basis if self.basis == other.basis else "mixed"
        if "bounds" in (self.basis, other.basis):
            basis = "bounds"
        low, even, high = (round(a + b, 2) for a, b in zip(self.triple, other.triple, strict=True))
        return Amount(low, even, high, basis)

    @property
    def triple(self) -> tuple[float, float, float]:
        """Low, even, high."""
        return self.low, self.even, self.high

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"low": self.low, "even": self.even, "high": self.high, "basis": self.basis}


NOTHING = Amount(0.0, 0.0, 0.0, "exact")


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum; NOTHING for none."""
    held = NOTHING
    for amount in amounts:
        held = held + amount
    return held


def deliveries(register: pl.DataFrame, *, joined: bool) -> pl.DataFrame:
    """The register's rows with whom each is counted for.

    supplier_key, recipient_key : the state's id, or the name as written for what is no state.
    when                        : years of delivery, as a list; empty where nothing is delivered yet.
    joined                      : count the Soviet Union under Russia's id, as the registry does; else under its name.

    A row whose deliveries went on after a union, under a name that the register uses for the united state as well, is
    counted for the united state: its bounds then say what may have come before.
    """
    listed = pl.col("years").str.split(";").list.eval(pl.element().filter(pl.element() != "").cast(pl.Int16))
    read = register.with_columns(
        keyed("supplier", joined=joined), keyed("recipient", joined=joined), when=listed, tiv=pl.col("tiv").fill_null(0)
    )
    return read.with_columns(_united(read, "supplier"), _united(read, "recipient"))


def _united(read: pl.DataFrame, side: str) -> pl.Expr:
    """Column ``<side>_key`` with rows that go on after a union under the id of the united state."""
    key, name = pl.col(f"{side}_key"), pl.col(f"{side}_name")
    told = key
    for union in (s for s in registry().successions if s.kind == "unification"):
        shared = read.filter(key == union.successor)[f"{side}_name"].unique().to_list()
        later = pl.col("when").list.max() > union.day.year
        on = (key == union.predecessor) & name.is_in(shared) & later.fill_null(False)
        told = pl.when(on).then(pl.lit(union.successor)).otherwise(told)
    return told.alias(f"{side}_key")


def keyed(side: str, *, joined: bool) -> pl.Expr:
    """Column ``<side>_key`` from the id and the name of a side."""
    # The register writes "unknown supplier(s)", the tables "Unknown supplier(s)".
    name, state = pl.col(f"{side}_name").str.replace("^Unknown ", "unknown "), pl.col(side)
    apart = pl.lit(not joined) & (name == SOVIET_UNION)
    return pl.when(apart).then(name).otherwise(pl.coalesce(state, name)).alias(f"{side}_key")


def amounts(rows: pl.DataFrame, by: str, first: int, last: int) -> dict[str, Amount]:
    """Volume by the values of a column over the years ``first`` to ``last``; those without any are left out.

    rows : with ``when`` and ``tiv``, as ``deliveries`` gives them.
    """
    inside = rows.select(
        by,
        "tiv",
        n=pl.col("when").list.len(),
        k=pl.col("when").list.eval(pl.element().is_between(first, last)).list.sum(),
    ).filter(pl.col("k") > 0)
    tiv, k, n = pl.col("tiv"), pl.col("k"), pl.col("n")
    parts = inside.group_by(by, maintain_order=True).agg(low=tiv.filter(k == n), even=tiv * k / n, high=tiv)
    # Added up exactly: a parallel sum depends on its order, and volumes are rounded to hundredths afterwards.
    return {str(key): Amount.bounded(*map(fsum, sides)) for key, *sides in parts.iter_rows()}


def volume(rows: pl.DataFrame, first: int, last: int) -> Amount:
    """Volume of all the rows over the years ``first`` to ``last``."""
    return amounts(rows.with_columns(all=pl.lit("all")), "all", first, last).get("all", NOTHING)


def peak(years: Mapping[int, Amount]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The year (or years alike) that must hold the largest volume, and those that may.

    The first is empty where bounds leave it open: a year is the largest only if what it must hold exceeds, or equals,
    all that any other may hold. Both are empty where nothing is delivered.
    """
    if not years or max(a.high for a in years.values()) == 0:
        return (), ()
    floor = max(a.low for a in years.values())
    may = tuple(sorted(y for y, a in years.items() if a.high >= floor and a.high > 0))
    settled = all(years[y].settled for y in may) and len({years[y].low for y in may}) == 1
    must = may if settled or len(may) == 1 else ()
    return must, may


@dataclass(frozen=True, slots=True)
class TivTable:
    """Yearly truth: one exporter's deliveries by recipient and year, or one importer's by supplier and year.

    key    : whose table it is; side : "exports" or "imports".
    cells  : (partner's key, year) → TIV; a pair of partner and year that is not there had no delivery.
    totals : year → the table's own sum; a year not there is not covered.
    """

    label: str
    side: str
    key: str
    cells: Mapping[tuple[str, int], float]
    totals: Mapping[int, float]

    def covers(self, first: int, last: int) -> bool:
        """Whether every year of a period is in it."""
        return all(year in self.totals for year in range(first, last + 1))

    def amount(self, partner: str, first: int, last: int) -> Amount:
        """One partner's volume over a period that the table covers."""
        return Amount.of_table(sum(self.cells.get((partner, year), 0.0) for year in range(first, last + 1)))

    def partners(self, first: int, last: int) -> tuple[str, ...]:
        """Those with a figure in a period."""
        return tuple(dict.fromkeys(p for (p, year) in self.cells if first <= year <= last))

    def total(self, first: int, last: int) -> Amount:
        """The table's own sum over a period that it covers."""
        return Amount.of_table(sum(self.totals[year] for year in range(first, last + 1)))


def tiv_table(label: str, frame: pl.DataFrame, *, first: int, last: int, joined: bool) -> TivTable:
    """A table from its stored rows.

    joined : of the tables of Russia and the Soviet Union keep each one's own years, so that they can be put together.
    """
    side = str(frame["side"][0])
    own, other = ("supplier", "recipient") if side == "exports" else ("recipient", "supplier")
    rows = frame.with_columns(keyed(own, joined=joined), keyed(other, joined=joined))
    name, key = str(rows[f"{own}_name"][0]), str(rows[f"{own}_key"][0])
    if joined and key == RUSSIA:
        if name == SOVIET_UNION:
            last = min(last, LAST_SOVIET_YEAR)
        else:
            first = max(first, LAST_SOVIET_YEAR + 1)
    rows = rows.filter(pl.col("year").is_between(first, last))
    cells: dict[tuple[str, int], float] = {}
    for partner, year, tiv in rows.filter(~pl.col("total")).select(f"{other}_key", "year", "tiv").iter_rows():
        cells[partner, year] = cells.get((partner, year), 0.0) + tiv
    sums = dict(rows.filter("total").select("year", "tiv").iter_rows())
    return TivTable(label, side, key, cells, {year: sums.get(year, 0.0) for year in range(first, last + 1)})


def put_together(one: TivTable, other: TivTable) -> TivTable:
    """Two tables of the same party over different years as one; where both have a year, the first one's is kept."""
    new = {year for year in other.totals if year not in one.totals}
    cells = {**{cell: tiv for cell, tiv in other.cells.items() if cell[1] in new}, **one.cells}
    return TivTable(f"{one.label}, {other.label}", one.side, one.key, cells, {**other.totals, **one.totals})
