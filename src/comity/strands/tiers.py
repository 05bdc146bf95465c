"""Who held which tier of a state's ladder of partnerships on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.strands.intervals import Length, Span, Told, before, length, on, span_of
from comity.strands.ledgers.kinds import Tier

HELD = ("held", "in force", "ended", "reported")


@dataclass(frozen=True, slots=True)
class Standing:
    """A tier as it stood on a day.

    told : "yes", or "cannot be told" where its dates are too coarse; since : from its beginning to the day.
    """

    row: Tier
    told: Told
    since: Length


def standings(rows: Sequence[Tier], day: date) -> tuple[Standing, ...]:
    """The tiers that were, or may have been, in force on a day, highest first, then the oldest.

    A tier that has ended on no known day may have been in force on any day since its beginning. On the day on which
    one tier gives way to the next, the next is in force.
    """
    found = []
    for row in rows:
        told = on(day, span(row)) if row.status in HELD else "no"
        if told != "no":
            found.append(Standing(row, told, length(row.date, day)))
    kept = [s for s in found if not any(_gave_way(s, other) for other in found)]
    return tuple(sorted(kept, key=lambda s: (s.row.rank, s.row.date, s.row.partner)))


def _gave_way(earlier: Standing, later: Standing) -> bool:
    if earlier.row.special or later.row.special:
        return False
    same = earlier.row.partner == later.row.partner and not (earlier.row.event and earlier.row.event == later.row.event)
    return same and later.told == "yes" and before(span_of(earlier.row.date), span_of(later.row.date)) == "yes"


def span(row: Tier) -> Span:
    """The days of a tier; one that has ended on no known day may last to any."""
    if not row.until and row.status == "ended":
        begun = span_of(row.date)
        return Span(begun.begin, (begun.begin[0], date.max))
    return span_of(row.date, row.until, lasting=True)
