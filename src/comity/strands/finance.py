"""Arithmetic of aid and debt: what a write-off leaves, and what an even schedule makes of it, as ranges.

Stocks and flows, and registered and realised investment, are never added: nothing here sums figures of a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.strands.ledgers.row import Figure, Row

NOT_MONEY = ("TIV", "share", "%", "percent", "people", "projects", "tonnes", "years")
PERCENT = ("%", "percent")


@dataclass(frozen=True, slots=True)
class Range:
    """A figure as a range; both ends are the same where a source gives one value."""

    low: float
    high: float

    def times(self, other: Range) -> Range:
        """The product of two ranges of values that are not negative.

        >>> Range(10, 11).times(Range(0.5, 1))
        Range(low=5.0, high=11)
        """
        return Range(self.low * other.low, self.high * other.high)

    def over(self, n: float) -> Range:
        """Divided by a number above 0."""
        return Range(self.low / n, self.high / n)


@dataclass(frozen=True, slots=True)
class WriteOff:
    """A write-off worked out. left = debt x (1 - share), forgiven = debt x share.

    currency  : of all amounts.
    years     : of repayment of what is left; None where not told. yearly = left / years, an even schedule without
                interest, which no source has to have meant.
    debt_row, share_row : ids of the ledger rows that the figures are from.
    """

    currency: str
    debt: Range
    share: Range
    forgiven: Range
    left: Range
    years: float | None
    yearly: Range | None
    debt_row: str
    share_row: str


def write_off(
    debt: Range, share: Range, *, currency: str, years: float | None = None, rows: tuple[str, str] = ("", "")
) -> WriteOff:
    """What a write-off of a share of a debt leaves; ValueError for a share outside 0 to 1 or a negative debt.

    >>> found = write_off(Range(11e9, 11e9), Range(0.85, 0.85), currency="USD", years=23)
    >>> round(found.left.low), round(found.forgiven.low)
    (1650000000, 9350000000)
    """
    if not 0 <= share.low <= share.high <= 1 or not 0 <= debt.low <= debt.high or (years is not None and years <= 0):
        raise ValueError("a share of 0 to 1, a debt that is not negative, years above 0")
    kept = Range(1 - share.high, 1 - share.low)
    left = debt.times(kept)
    yearly = left.over(years) if years else None
    return WriteOff(currency, debt, share, debt.times(share), left, years, yearly, *rows)


def range_of(figure: Figure) -> Range | None:
    """A figure's value as a range; None where the source gives one end alone."""
    if figure.value is not None:
        return Range(figure.value, figure.value)
    if figure.low is None or figure.high is None:
        return None
    return Range(figure.low, figure.high)


def is_money(figure: Figure) -> bool:
    """Whether a figure is an amount of money: its unit is a currency's three letters."""
    return figure.unit not in NOT_MONEY and len(figure.unit) == 3 and figure.unit.isupper()


def write_offs(rows: Sequence[Row]) -> tuple[WriteOff, ...]:
    """Every write-off that rows allow to work out: a share written off and a debt, in one row or of one event.

    A row that gives a share but stands with no debt, or with debts in which two accounts differ, is worked out once a
    debt: conflicting accounts stay side by side.
    """
    found = []
    for row in rows:
        shares = [f for f in row.figures if f.kind == "share" and getattr(row, "type", "") == "write-off"]
        for share in shares:
            for other in _kin(row, rows):
                found += [made for debt in other.figures if (made := _worked(row, share, other, debt))]
    return tuple(found)


def _kin(row: Row, rows: Iterable[Row]) -> list[Row]:
    """The row itself, and the others about the same event."""
    return [row, *(r for r in rows if r is not row and row.event and r.event == row.event)]


def _worked(row: Row, share: Figure, other: Row, debt: Figure) -> WriteOff | None:
    part, amount = _fraction(share), range_of(debt)
    if debt.kind != "stock" or not is_money(debt) or part is None or amount is None:
        return None
    years = next((f.value for f in row.figures if f.unit == "years" and f.value), None)
    return write_off(amount, part, currency=debt.unit, years=years, rows=(other.id, row.id))


def _fraction(figure: Figure) -> Range | None:
    """A share as a fraction; one in percent is divided by 100. None for a figure that is no such share."""
    told = range_of(figure)
    if told is None:
        return None
    part = told.over(100) if figure.unit in PERCENT or told.high > 1 else told
    return part if 0 <= part.low <= part.high <= 1 else None
