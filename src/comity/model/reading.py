"""A reading: every choice that decides which votes count, and how, in one frozen value."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from comity.errors import UsageError
from comity.model.period import Clock

Keep = Literal["keep", "drop"]
Absence = Literal["count", "drop"]
TallyRule = Literal["keep", "drop", "strict"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Which roll calls count, and how a cell is read.

    release         : release label; None means the newest in the store, or the starter data.
    issue           : "all", one or more of me, nu, di, hr, co, ec joined by "+" (any of them),
                      "title:WORDS", "subject:WORDS", or "set:NAME" (a named list of symbols or ids).
    clock           : how periods are cut.
    paragraph       : "drop" leaves out roll calls marked as paragraph or separate votes (a blank mark is kept).
    amendment       : the same for amendment votes.
    duplicates      : "drop" keeps the first of roll calls with the same date, symbol and identical votes.
    coded_nonmember : a member that the source codes as not a member: "count" it as absent, or "drop" the cell.
    tally_mismatch  : "drop" leaves out roll calls whose votes do not add up to the release's own published
                      tally, where it has one; "strict" does so with a tally lent by another release too
                      (docs/decisions/0003-lent-tallies.md says why that is not the default).
    """

    release: str | None = None
    issue: str = "all"
    clock: Clock = "year"
    paragraph: Keep = "keep"
    amendment: Keep = "keep"
    duplicates: Keep = "drop"
    coded_nonmember: Absence = "count"
    tally_mismatch: TallyRule = "drop"

    def __post_init__(self) -> None:
        for name, allowed in (
            ("paragraph", ("keep", "drop")),
            ("amendment", ("keep", "drop")),
            ("duplicates", ("keep", "drop")),
            ("coded_nonmember", ("count", "drop")),
            ("tally_mismatch", ("keep", "drop", "strict")),
        ):
            if getattr(self, name) not in allowed:
                raise UsageError(f"Unknown choice for {name}", got=getattr(self, name), allowed=", ".join(allowed))

    def to_dict(self) -> dict[str, object]:
        """All fields, in the order above."""
        return asdict(self)

    @property
    def departures(self) -> dict[str, object]:
        """The fields that differ from the default reading."""
        default = Reading()
        return {k: v for k, v in self.to_dict().items() if v != getattr(default, k)}


@dataclass(frozen=True, slots=True)
class Dropped:
    """Roll calls left out of a count, and why.

    reason : "duplicate", "tally_mismatch", "paragraph", "amendment",
             "session_unknown", "date_unknown".
    count  : number of roll calls.
    ids    : their ids, at most the first 50.
    """

    reason: str
    count: int
    ids: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {"reason": self.reason, "count": self.count, "ids": list(self.ids)}
