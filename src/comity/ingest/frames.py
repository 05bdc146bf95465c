"""A release in memory: its two normalised tables, and the votes as a pattern that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comity.model.choice import Choice

NO_VOTE = 3
Pattern = NDArray[np.uint8]
UNDATED = np.iinfo(np.int32).min


@dataclass(frozen=True, eq=False)
class Frames:
    """One release: its label, roll calls (model.tables.ROLL_CALLS) and votes (model.tables.VOTES)."""

    label: str
    roll_calls: pl.DataFrame
    votes: pl.DataFrame

    @cached_property
    def states(self) -> tuple[str, ...]:
        """States that cast at least one vote, sorted."""
        cast = self.votes.filter(pl.col("choice") <= Choice.NO)
        return tuple(sorted(cast["state"].cast(pl.String).unique().to_list()))

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """Days since 1970-01-01 of each roll call; the smallest int32 where the date is unknown."""
        days = self.roll_calls["date"].cast(pl.Date).to_physical().fill_null(UNDATED)
        return days.to_numpy().astype(np.int32)

    @cached_property
    def sessions(self) -> NDArray[np.int16]:
        """Session of each roll call, -1 where unknown."""
        return self.roll_calls["session"].fill_null(-1).to_numpy().astype(np.int16)

    def pattern(self, states: Sequence[str]) -> Pattern:
        """Shape (roll calls, states): 0 yes, 1 abstain, 2 no, 3 no vote cast (absent, no row, or no member)."""
        column = {state: i for i, state in enumerate(states)}
        cells = np.full((self.roll_calls.height, len(states)), NO_VOTE, dtype=np.uint8)
        cast = self.votes.filter((pl.col("choice") <= Choice.NO) & pl.col("state").is_in(list(states)))
        places = cast["state"].cast(pl.String).replace_strict(column, return_dtype=pl.Int32).to_numpy()
        cells[cast["row"].to_numpy(), places] = cast["choice"].to_numpy()
        return cells

    def texts(self, field: str) -> list[str | None]:
        """A text column as a list, or nulls where the release has no such column."""
        if field not in self.roll_calls.columns:
            return [None] * self.roll_calls.height
        return self.roll_calls[field].cast(pl.String).to_list()


def months_of(days: NDArray[np.int32]) -> NDArray[np.int32]:
    """Calendar month of each day, counted from January 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
