"""A release in memory: its two normalised tables, and the votes as a pattern that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.store.manifest import Manifest
from comity.store.releases import body_of, read_release

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
        """Shape (roll calls, states): 0 yes, 1 abstain, 2 no, 3 no vote cast (absent, no row, or no member).

        states : some of ``self.states``.
        """
        column = {state: i for i, state in enumerate(self.states)}
        return np.ascontiguousarray(self._pattern[:, [column[state] for state in states]])

    @cached_property
    def _pattern(self) -> Pattern:
        cells = np.full((self.roll_calls.height, len(self.states)), NO_VOTE, dtype=np.uint8)
        cast = self.votes.filter(pl.col("choice") <= Choice.NO)
        places = cast["state"].cast(pl.Enum(list(self.states))).to_physical().to_numpy()
        cells[cast["row"].to_numpy(), places] = cast["choice"].to_numpy()
        return cells

    def texts(self, field: str) -> list[str | None]:
        """A text column as a list, or nulls where the release has no such column."""
        if field not in self.roll_calls.columns:
            return [None] * self.roll_calls.height
        return self.roll_calls[field].cast(pl.String).to_list()


def load(release: str | None = None) -> tuple[Manifest, Frames]:
    """A release of the store, of either body, with what it was lent; None means the Assembly's newest.

    Raises UnknownRelease, StoreDamaged.
    """
    manifest, roll_calls, votes = read_release(release, body=body_of(release))
    return manifest, Frames(manifest.release, roll_calls, votes)
