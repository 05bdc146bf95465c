"""Ideal points of a pair over the sessions, beside other states and the range of a group."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from comity.study.answers.common import Header, Json, Note
from comity.study.answers.ideal import IdealShowAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class GroupSession:
    """A group in a session: its members of that day that are placed (n), and the range of their points."""

    session: int
    low: float
    middle: float
    high: float
    n: int

    def to_dict(self) -> Json:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class GroupRange:
    """A group over the sessions.

    quartiles : low and high are the quartiles of the members' points; else the lowest and the highest point.
    sessions  : those with two placed members or more; middle is the median.
    """

    id: str
    name: str
    quartiles: bool
    sessions: tuple[GroupSession, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        range_ = "quartiles" if self.quartiles else "lowest to highest"
        return {"id": self.id, "name": self.name, "range": range_, "sessions": [s.to_dict() for s in self.sessions]}


@dataclass(frozen=True, slots=True)
class IdealPathsAnswer:
    """The points of a pair (the first two of ``shown.names``) and of the states beside it; a group's range or None."""

    shown: IdealShowAnswer
    group: GroupRange | None = None

    @property
    def header(self) -> Header:
        """That of the points."""
        return self.shown.header

    @property
    def notes(self) -> tuple[Note, ...]:
        """Those of the points."""
        return self.shown.notes

    def to_dict(self) -> Json:
        """For JSON."""
        return {**self.shown.to_dict(), "group": self.group.to_dict() if self.group else None}

    def to_polars(self) -> pl.DataFrame:
        """One row a state and session, then one a session of the group (its id as state, n of members)."""
        import polars as pl

        points = self.shown.to_polars().with_columns(kind=pl.lit("state"))
        if self.group is None or not self.group.sessions:
            return points
        rows = [
            {"state": self.group.id, "name": self.group.name, "session": s.session, "theta": s.middle, "low": s.low,
             "high": s.high, "n": s.n, "kind": "quartiles" if self.group.quartiles else "lowest to highest"}
            for s in self.group.sessions
        ]  # fmt: skip
        return pl.concat([points, pl.DataFrame(rows)])
