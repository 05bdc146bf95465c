"""Arithmetic of aid and debt: what a write-off leaves, and what an even schedule makes of it, as ranges.

Stocks and flows, and registered and realised investment, are never added: nothing here sums figures of a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.strands.ledgers.kinds import Aid
from comity.strands.ledgers.row import Figure, Row
from comity.strands.ledgers.when import ends

NOT_MONEY = ("TIV", "share", "%", "percent", "people", "projects", "tonnes", "years")
PERCENT = ("%", "percent")
_CLOSE = 0.005  # half a percent: shares are printed in whole percents


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
    approx    : the source says "about" of the debt.
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
    approx: bool = False


def write_off(
    debt: Range,
    share: Range,
    *,
    currency: str,
    years: float | None = None,
    rows: tuple[str, str] = ("", ""),
    approx: bool = False,
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
    return WriteOff(currency, debt, share, debt.times(share), left, years, yearly, *rows, approx)


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


def write_offs(rows: Iterable[Row]) -> tuple[WriteOff, ...]:
    """Every write-off that rows of aid allow to work out: a share written off, and the debt that it was a share of.

    The debt is the last one recorded between the same giver and taker before or when it was written off, or a debt of
    the same event. Where several are recorded for that time it is worked out for each: conflicting accounts stay side
    by side.
    """
    aid = [row for row in rows if isinstance(row, Aid)]
    found = []
    for row in aid:
        if row.type != "write-off":
            continue
        debts = [r for r in aid if r.type == "debt" and (r.giver, r.taker) == (row.giver, row.taker)]
        for share in (part for f in row.figures if f.kind == "share" and (part := _fraction(f))):
            years = _years(row, share, debts)
            found += [
                write_off(amount, share, currency=debt.unit, years=years, rows=(other.id, row.id), approx=debt.approx)
                for other, debt, amount in _owed(row, debts)
            ]
    return tuple(found)


def _owed(row: Aid, debts: Iterable[Aid]) -> list[tuple[Aid, Figure, Range]]:
    """The debts, stocks of money, that a write-off can be a share of, with their figures."""
    held = [
        (other, figure, amount)
        for other in debts
        for figure in other.figures
        if figure.kind == "stock" and is_money(figure) and (amount := range_of(figure))
    ]
    same = [each for each in held if row.event and each[0].event == row.event]
    before = [each for each in held if ends(each[0].date)[0] <= ends(row.date)[1]]
    last = max((each[0].date for each in before), key=lambda date: ends(date)[0], default="")
    return same or [each for each in before if each[0].date == last]


def _years(row: Aid, share: Range, debts: Iterable[Aid]) -> float | None:
    """Years over which what is left is repaid: a figure in years, else the length of a row about exactly that share."""
    kin = [r for r in debts if ends(r.date)[1] >= ends(row.date)[0]]
    told = next((f.value for r in (row, *kin) for f in r.figures if f.unit == "years" and f.value), None)
    if told is not None:
        return told
    for other in kin:
        parts = [part for f in other.figures if f.kind == "share" and (part := _fraction(f))]
        if other.until and any(abs(part.low + share.high - 1) < _CLOSE for part in parts):
            length = int(other.until[:4]) - int(other.date[:4])
            return float(length) if length > 0 else None
    return None


def _fraction(figure: Figure) -> Range | None:
    """A share as a fraction; one in percent is divided by 100. None for a figure that is no such share."""
    told = range_of(figure)
    if told is None:
        return None
    part = told.over(100) if figure.unit in PERCENT or told.high > 1 else told
    return part if 0 <= part.low <= part.high <= 1 else None
