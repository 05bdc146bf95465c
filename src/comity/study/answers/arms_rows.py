"""What answers about arms list: deals, orders against deliveries, and dated measures."""

from __future__ import annotations

from dataclasses import dataclass

from comity.strands.arms import Amount
from comity.study.answers.common import Json


@dataclass(frozen=True, slots=True)
class Platform:
    """One deal as the register has it.

    ordered, delivered : numbers, None where not known; each with whether the register marks it uncertain.
    years              : of delivery, all of them; empty where nothing is delivered yet.
    amount             : what falls into the period; volume : of all its deliveries; ordered_volume : of the order.
    line               : in the file.
    """

    supplier: str
    recipient: str
    designation: str
    description: str
    order_year: int | None
    order_estimate: bool
    ordered: int | None
    ordered_estimate: bool
    delivered: int | None
    delivered_estimate: bool
    years: tuple[int, ...]
    years_estimate: bool
    status: str
    comments: str
    amount: Amount
    volume: float
    ordered_volume: float | None
    line: int

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "supplier": self.supplier,
            "recipient": self.recipient,
            "designation": self.designation,
            "description": self.description,
            "order_year": self.order_year,
            "order_year_estimate": self.order_estimate,
            "ordered": self.ordered,
            "ordered_estimate": self.ordered_estimate,
            "delivered": self.delivered,
            "delivered_estimate": self.delivered_estimate,
            "delivery_years": list(self.years),
            "delivery_years_estimate": self.years_estimate,
            "status": self.status,
            "comments": self.comments,
            "tiv": self.amount.to_dict(),
            "tiv_delivered": self.volume,
            "tiv_ordered": self.ordered_volume,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True)
class Orders:
    """Orders placed in the period, held against what they have delivered to the end of the data.

    placed    : deals ordered in the period; volume : of those orders whose volume is known; untold : orders whose is
                not (the newer layout gives none).
    delivered : what those deals delivered, to the end of the data; waiting : deals of which nothing is delivered.
    lag       : years from order to first delivery, the middle deal of those delivered; None where there is none.
    """

    placed: int
    volume: float
    untold: int
    delivered: float
    waiting: int
    lag: float | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "placed": self.placed,
            "tiv_ordered": self.volume,
            "orders_without_volume": self.untold,
            "tiv_delivered": self.delivered,
            "nothing_delivered": self.waiting,
            "median_years_to_first_delivery": self.lag,
        }


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated measure of the sanctions ledger, with the volume of the years before and after its year.

    date          : as exact as the ledger; year : of it; what : in words; begins : False for the end of a measure.
    measure       : "arms embargo", "secondary" and so on; checked : whether the row was held against a record.
    before, after : over ``window`` whole calendar years each, the year itself in neither; None where the data do not
                    hold all of those years.
    """

    row: str
    date: str
    year: int
    what: str
    measure: str
    begins: bool
    checked: bool
    window: int
    before: Amount | None
    after: Amount | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "row": self.row,
            "date": self.date,
            "what": self.what,
            "measure": self.measure,
            "begins": self.begins,
            "checked": self.checked,
            "window": self.window,
            "before": self.before.to_dict() if self.before else None,
            "after": self.after.to_dict() if self.after else None,
        }
