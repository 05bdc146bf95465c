"""Answers about arms deliveries: a state's suppliers, a supplier's customers, and one of each.

Volumes are in millions of trend-indicator values (TIV), an index of volume and no money. Shares are in [0, 1]; None
where nothing was delivered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.strands.arms import Amount
from comity.study.answers.arms_rows import Mark, Orders, Platform
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Part:
    """A share, or another ratio, of which bounds are known: low, with rows split evenly, high."""

    low: float
    even: float
    high: float

    def to_dict(self) -> Json:
        """For JSON."""
        return {"low": self.low, "even": self.even, "high": self.high}


@dataclass(frozen=True, slots=True)
class Place:
    """A rank, 1 being the largest, among ``among`` parties that are named: best, by the even split, worst."""

    best: int
    even: int
    worst: int
    among: int

    def to_dict(self) -> Json:
        """For JSON."""
        return {"best": self.best, "even": self.even, "worst": self.worst, "among": self.among}


@dataclass(frozen=True, slots=True)
class Partner:
    """One supplier of a recipient, or one customer of a supplier.

    key      : the state's id, or its name as written where it is no state; state : whether it is one.
    amount   : in the period; share : of all; place : None for an unknown party, which is counted but not ranked.
    register : what the trade register says, where the amount is a table's.
    stock    : delivered from the stock's first year to the period's end; stock_share : of all of that.
    """

    key: str
    name: str
    state: bool
    amount: Amount
    share: Part | None
    place: Place | None
    register: Amount | None
    stock: Amount
    stock_share: Part | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "partner": self.key,
            "name": self.name,
            "state": self.state,
            "tiv": self.amount.to_dict(),
            "share": _told(self.share),
            "rank": _told(self.place),
            "register": _told(self.register),
            "stock": self.stock.to_dict(),
            "stock_share": _told(self.stock_share),
        }


@dataclass(frozen=True, slots=True)
class Year:
    """One year: the volume, all of the subject's volume in it, and the share; register as in Partner."""

    year: int
    amount: Amount
    register: Amount | None
    total: Amount
    share: Part | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "year": self.year,
            "tiv": self.amount.to_dict(),
            "register": _told(self.register),
            "all": self.total.to_dict(),
            "share": _told(self.share),
        }


@dataclass(frozen=True, slots=True)
class Peak:
    """The years that hold the largest volume (empty where bounds leave it open), and those that may."""

    years: tuple[int, ...]
    may: tuple[int, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {"years": list(self.years), "may": list(self.may)}


@dataclass(frozen=True, slots=True)
class Concentration:
    """How few partners hold the volume.

    hhi       : Herfindahl–Hirschman index; effective : its inverse, the number of partners alike that would give it.
    entropy   : of the shares in nats, by the even split alone.
    partners  : with a volume above 0 by the even split.
    """

    hhi: Part
    effective: Part
    entropy: float
    partners: int

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "hhi": self.hhi.to_dict(),
            "effective_number": self.effective.to_dict(),
            "entropy_even": self.entropy,
            "partners": self.partners,
        }


@dataclass(frozen=True, slots=True)
class ArmsAnswer(StrandAnswer):
    """The suppliers of a recipient, or the customers of a supplier.

    side          : "recipient" or "supplier", which the subject is; key, name : the subject.
    asked, period : years asked for, and those of them that the register covers.
    by            : "supplier" (partners), "year" or "platform": what a table shows first and ``to_polars`` gives.
    total         : of all partners; years : all of the subject's volume, year by year.
    stock_since   : first year of the stock; no attrition is known.
    """

    side: str
    key: str
    name: str
    asked: Period
    period: Period
    by: str
    joined: bool
    partners: tuple[Partner, ...]
    total: Amount
    concentration: Concentration | None
    years: tuple[Year, ...]
    peak: Peak
    stock_since: int
    orders: Orders
    platforms: tuple[Platform, ...]
    marks: tuple[Mark, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "side": self.side,
            "state": self.key,
            "name": self.name,
            "asked": self.asked.label,
            "period": self.period.label,
            "unit": "TIV, millions",
            "soviet_union": "joined" if self.joined else "apart",
            "total": self.total.to_dict(),
            "partners": [p.to_dict() for p in self.partners],
            "concentration": _told(self.concentration),
            "years": [y.to_dict() for y in self.years],
            "peak": self.peak.to_dict(),
            "stock_since": self.stock_since,
            "orders": self.orders.to_dict(),
            "platforms": [p.to_dict() for p in self.platforms],
            "sanctions": [m.to_dict() for m in self.marks],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a partner, a year or a deal, by ``by``."""
        rows: Sequence[Partner | Year | Platform] = self.partners if self.by == "supplier" else self.years
        rows = self.platforms if self.by == "platform" else rows
        return flat_frame(
            {"subject": self.key, "side": self.side, "period": self.period.label}, [r.to_dict() for r in rows]
        )


@dataclass(frozen=True, slots=True)
class ArmsPairAnswer(StrandAnswer):
    """What one supplier delivered to one recipient.

    import_share, import_place : among the recipient's suppliers.
    export_share, export_place : among the supplier's customers; None where no table at hand covers the supplier.
    by_register                : what the register says, where the amount is a table's.
    Other fields as in ArmsAnswer.
    """

    recipient: str
    supplier: str
    recipient_name: str
    supplier_name: str
    asked: Period
    period: Period
    by: str
    joined: bool
    amount: Amount
    by_register: Amount | None
    import_share: Part | None
    import_place: Place | None
    export_share: Part | None
    export_place: Place | None
    stock: Amount
    stock_share: Part | None
    stock_since: int
    years: tuple[Year, ...]
    peak: Peak
    orders: Orders
    platforms: tuple[Platform, ...]
    marks: tuple[Mark, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "recipient": self.recipient,
            "supplier": self.supplier,
            "asked": self.asked.label,
            "period": self.period.label,
            "unit": "TIV, millions",
            "soviet_union": "joined" if self.joined else "apart",
            "tiv": self.amount.to_dict(),
            "register": _told(self.by_register),
            "share_of_imports": _told(self.import_share),
            "rank_among_suppliers": _told(self.import_place),
            "share_of_exports": _told(self.export_share),
            "rank_among_customers": _told(self.export_place),
            "stock_since": self.stock_since,
            "stock": self.stock.to_dict(),
            "stock_share": _told(self.stock_share),
            "years": [y.to_dict() for y in self.years],
            "peak": self.peak.to_dict(),
            "orders": self.orders.to_dict(),
            "platforms": [p.to_dict() for p in self.platforms],
            "sanctions": [m.to_dict() for m in self.marks],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a year, or a deal where ``by`` is "platform"."""
        rows: Sequence[Year | Platform] = self.platforms if self.by == "platform" else self.years
        return flat_frame({"recipient": self.recipient, "supplier": self.supplier}, [r.to_dict() for r in rows])


def _told(part: Part | Place | Amount | Concentration | None) -> Json | None:
    return None if part is None else part.to_dict()


_BOUNDS = ("low", "even", "high")
_NESTED = {
    **dict.fromkeys(("tiv", "register", "all", "stock"), (*_BOUNDS, "basis")),
    **dict.fromkeys(("share", "stock_share"), _BOUNDS),
    "rank": ("best", "even", "worst", "among"),
}


def flat_frame(carried: Json, rows: list[Json]) -> pl.DataFrame:
    """Rows made flat: "tiv" with low, even and high becomes tiv_low, tiv_even, tiv_high; empty where it is None."""
    import polars as pl

    flat = []
    for row in rows:
        cells = dict(carried)
        for name, value in row.items():
            if name in _NESTED:
                cells |= {f"{name}_{key}": (value or {}).get(key) for key in _NESTED[name]}
            else:
                cells[name] = ";".join(map(str, value)) if isinstance(value, list) else value
        flat.append(cells)
    return pl.DataFrame(flat, infer_schema_length=None)
