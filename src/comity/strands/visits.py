"""Counting visits under named rules: what counts as a visit is the analyst's choice, so each rule has its count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comity.strands.ledgers.kinds import Visit
from comity.strands.offices import leads

MADE = ("held", "ended", "in force")
"""Statuses of a visit that was made."""
BILATERAL = ("state", "official", "working")
TYPES = (*BILATERAL, "multilateral", "meeting", "unknown")
RULES: dict[str, Callable[[Visit], bool]] = {
    "state": lambda v: v.type == "state",
    "official": lambda v: v.type in ("state", "official"),
    "bilateral": lambda v: v.type in BILATERAL,
    "multilateral": lambda v: v.type in (*BILATERAL, "multilateral"),
    "all": lambda v: v.type in TYPES,
    "heads": lambda v: leads(v.office),
    "heads-bilateral": lambda v: leads(v.office) and v.type in BILATERAL,
}
"""Rule → whether a visit falls under it. heads : by the office held on that day."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One visit, with every account of it that the ledger holds."""

    accounts: tuple[Visit, ...]

    def falls_under(self, rule: str) -> tuple[bool, bool]:
        """Whether every account has it under the rule, and whether any has; one that tells no kind is silent."""
        telling = [a for a in self.accounts if a.type != "unknown"] or self.accounts
        told = [RULES[rule](account) for account in telling]
        return all(told), any(told)

    @property
    def first(self) -> Visit:
        """The account that stands for it: a checked one before others, then the surest, then the most exact."""
        order = ("high", "medium", "low")
        return min(self.accounts, key=lambda v: (not v.checked, order.index(v.confidence), -len(v.date)))


def happenings(visits: Sequence[Visit]) -> tuple[Happening, ...]:
    """Visits with the accounts of one event, by one person and in one direction, put together, in order of date."""
    found: dict[tuple[str, ...], list[Visit]] = {}
    for visit in visits:
        same = (visit.event, visit.person.casefold(), visit.visitor, visit.host) if visit.event else ("", visit.id)
        found.setdefault(same, []).append(visit)
    made = (Happening(tuple(accounts)) for accounts in found.values())
    return tuple(sorted(made, key=lambda h: (h.first.date, h.first.id)))


def counted(found: Sequence[Happening], rule: str) -> tuple[int, int]:
    """How many fall under a rule: where accounts differ, the fewest and the most."""
    told = [h.falls_under(rule) for h in found]
    return sum(sure for sure, _ in told), sum(some for _, some in told)
