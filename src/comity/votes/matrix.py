"""The vote table as an array: one row a roll call, one column a state, every cell a Choice code."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.votes.planes import Planes

if TYPE_CHECKING:
    import polars as pl

    from comity.states.registry import Registry

Cells = NDArray[np.uint8]
UNKNOWN = -1  # year or session of a roll call whose date or session the source does not give
_FOREVER = date(9999, 12, 31)


@dataclass(frozen=True, eq=False)
class VoteMatrix:
    """All votes of a release.

    states  : state ids, one a column.
    cells   : shape (roll calls, states), Choice codes; a state without a seat on the day is NOT_MEMBER.
    day     : ordinals of the dates; year, session : ints, UNKNOWN where not given.
    """

    states: tuple[str, ...]
    cells: Cells
    day: NDArray[np.int32]
    year: NDArray[np.int16]
    session: NDArray[np.int16]

    @cached_property
    def column(self) -> dict[str, int]:
        """State id → column."""
        return {state: i for i, state in enumerate(self.states)}

    @cached_property
    def planes(self) -> Planes:
        """The cells as bits, for questions about one state or one pair."""
        return Planes.of(self.cells, self.day)

    def clock(self, name: str) -> NDArray[np.int32]:
        """Each roll call's position on a clock: year, session or day ordinal."""
        return np.asarray({"year": self.year, "session": self.session, "day": self.day}[name], dtype=np.int32)


def build(roll_calls: pl.DataFrame, votes: pl.DataFrame, registry: Registry, *, listed: bool = False) -> VoteMatrix:
    """Lay the normalised tables out as a matrix.

    roll_calls : columns of model.tables.ROLL_CALLS, at least date, date_precision, session.
    votes      : columns of model.tables.VOTES.
    listed     : seats are those the votes list, as in the Security Council: a state without a row held none.
    Else a member without a row is absent. A cast vote outside the membership is set aside as NOT_MEMBER (the checks
    report it), unless the date is only known to its month and the spell touches that month.
    """
    import polars as pl

    states = tuple(votes["state"].unique().cast(pl.String).sort().to_list())
    dates: list[date | None] = roll_calls["date"].to_list()
    sessions = roll_calls["session"].to_list()
    first, last = windows(dates, roll_calls["date_precision"].to_list(), sessions)
    touched, throughout = membership(states, first, last, registry)

    columns = votes["state"].cast(pl.Enum(states)).to_physical().to_numpy()
    places = votes["row"].to_numpy().astype(np.intp) * len(states) + columns
    given = votes["choice"].to_numpy()
    seated = touched.reshape(-1)[places]
    coded = np.flatnonzero(given == Choice.CODED_NONMEMBER)
    seated[coded] = throughout.reshape(-1)[places[coded]]

    absent = Choice.NOT_MEMBER if listed else Choice.ABSENT
    cells = np.where(throughout, np.uint8(absent), np.uint8(Choice.NOT_MEMBER))
    cells.reshape(-1)[places[seated]] = given[seated]
    _one_holder(cells, states, registry)
    return VoteMatrix(
        states=states,
        cells=cells,
        day=np.fromiter((d.toordinal() if d else UNKNOWN for d in dates), np.int32, len(dates)),
        year=np.fromiter((d.year if d else UNKNOWN for d in dates), np.int16, len(dates)),
        session=np.fromiter((UNKNOWN if s is None else s for s in sessions), np.int16, len(sessions)),
    )


def _one_holder(cells: Cells, states: Sequence[str], registry: Registry) -> None:
    """Leave a seat that passed from one holder to another to one of them, on roll calls known to the month only.

    Sources write the other one as absent for that month: China's seat, October 1971. Who cast a vote held it;
    where neither did, the earlier holder.
    """
    column = {state: i for i, state in enumerate(states)}
    for passed in (s for state in states for s in registry.successors(state) if s.kind == "seat"):
        if passed.successor not in column:
            continue
        earlier, later = cells[:, column[passed.predecessor]], cells[:, column[passed.successor]]
        both = (earlier != Choice.NOT_MEMBER) & (later != Choice.NOT_MEMBER)
        voted = later < Choice.ABSENT
        later[both & ~voted] = Choice.NOT_MEMBER
        earlier[both & voted & (earlier >= Choice.ABSENT)] = Choice.NOT_MEMBER


def windows(
    dates: Sequence[date | None], precision: Sequence[str | None], sessions: Sequence[int | None]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The first and last ordinal on which each roll call can have been held.

    A date known to the day is one day; to the month, that month; no date, the session (September to August).
    """
    spans = [_window(*row) for row in zip(dates, precision, sessions, strict=True)]
    first, last = np.array(spans, dtype=np.int32).reshape(-1, 2).T
    return first, last


def _window(day: date | None, precision: str | None, session: int | None) -> tuple[int, int]:
    if day is None:
        year = 1945 + (session or 1)
        return (date(year, 9, 1).toordinal(), date(year + 1, 8, 31).toordinal())
    if precision == "month":
        end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return (day.replace(day=1).toordinal(), end.toordinal())
    return (day.toordinal(), day.toordinal())


def membership(
    states: Sequence[str], first: NDArray[np.int32], last: NDArray[np.int32], registry: Registry
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Two masks of shape (roll calls, states): a seat on some day of the window, a seat on every day of it."""
    touched = np.zeros((len(first), len(states)), dtype=bool)
    throughout = np.zeros_like(touched)
    for j, state in enumerate(states):
        for spell in registry.state(state).membership:
            begin, end = spell.start.toordinal(), (spell.end or _FOREVER).toordinal()
            touched[:, j] |= (last >= begin) & (first < end)
            throughout[:, j] |= (first >= begin) & (last < end)
    return touched, throughout
