"""Who stands on which tier of a state's ladder of partnerships."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.strands.intervals import Length, Told
from comity.study.answers.common import Json
from comity.study.answers.ledger import Entry, entries_frame
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class TierHeld:
    """A partner's tier. told : on the day asked, "yes" or "cannot be told"; since : from its beginning to that day."""

    partner: str
    name: str
    tier: str
    rank: int
    told: Told
    since: Length | None
    entry: Entry

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "partner": self.partner,
            "name": self.name,
            "tier": self.tier,
            "rank": self.rank,
            "in_force": self.told,
            "years": list(self.since.years) if self.since else None,
            "row": self.entry.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class GroupTiers:
    """A group's members by what they hold: the highest tier, another, a special relation alone, or no row."""

    group: str
    name: str
    members: tuple[str, ...]
    highest: tuple[str, ...]
    other: tuple[str, ...]
    special: tuple[str, ...]
    unknown: tuple[str, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "group": self.group,
            "name": self.name,
            "members": list(self.members),
            "highest": list(self.highest),
            "other": list(self.other),
            "special": list(self.special),
            "no_row": list(self.unknown),
        }


@dataclass(frozen=True, slots=True)
class TiersAnswer(StrandAnswer):
    """The tiers of one state's ladder: those in force on a day, or, where ``on`` is None, each partner's sequence.

    special : relations outside the ladder.
    """

    holder: str
    name: str
    on: date | None
    held: tuple[TierHeld, ...]
    special: tuple[TierHeld, ...]
    groups: tuple[GroupTiers, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "holder": self.holder,
            "name": self.name,
            "on": self.on.isoformat() if self.on else None,
            "tiers": [t.to_dict() for t in self.held],
            "special": [t.to_dict() for t in self.special],
            "groups": [g.to_dict() for g in self.groups],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a tier, special relations last."""
        shown = (*self.held, *self.special)
        extra = tuple(
            {
                "holder": self.holder,
                "partner": t.partner,
                "tier": t.tier,
                "rank": t.rank,
                "in_force": t.told,
                "years_least": t.since.years[0] if t.since else None,
                "years_most": t.since.years[1] if t.since else None,
                "special": t in self.special,
            }
            for t in shown
        )
        return entries_frame(tuple(t.entry for t in shown), extra)
