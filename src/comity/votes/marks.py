"""What readings ask of the roll calls of a release: each found once, whatever is asked of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.model.tables import ISSUES
from comity.votes.matrix import VoteMatrix

if TYPE_CHECKING:
    import polars as pl

Mask = NDArray[np.bool_]
_TALLY = {"yes": Choice.YES, "abstain": Choice.ABSTAIN, "no": Choice.NO}


@dataclass(frozen=True, eq=False)
class Marks:
    """Masks over the roll calls of a release, none of which depends on a reading."""

    roll_calls: pl.DataFrame
    matrix: VoteMatrix

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """Roll-call ids."""
        return self.roll_calls["roll_call"].to_numpy()

    @cached_property
    def named(self) -> frozenset[str]:
        """All symbols and ids."""
        return frozenset(self.roll_calls["symbol"].drop_nulls()) | frozenset(self.roll_calls["roll_call"])

    @cached_property
    def flags(self) -> dict[str, Mask]:
        """The issue flags that the release has, its own or lent; a null in them is no flag."""
        held = (flag for flag in ISSUES if not self.roll_calls[flag].is_null().all())
        return {flag: self.roll_calls[flag].fill_null(False).to_numpy() for flag in held}

    @cached_property
    def lower(self) -> dict[str, pl.Series]:
        """Titles and subjects in lower case, to be searched."""
        return {column: self.roll_calls[column].str.to_lowercase() for column in ("title", "subjects")}

    @cached_property
    def unflagged(self) -> Mask:
        """Roll calls of which nobody says whether they carry the issue flags."""
        return self.roll_calls[ISSUES[0]].is_null().to_numpy()

    @cached_property
    def duplicates(self) -> Mask:
        """Later copies of a roll call: same own symbol, date, title and marks, and identical votes.

        Votes alone prove nothing: on many days two texts passed with the same votes.
        """
        keyed = self.roll_calls["symbol"].is_not_null().to_numpy() & self.own("symbol")
        keys = self.roll_calls.select("date", "symbol", "title", "paragraph", "amendment").rows()
        seen: set[tuple[object, ...]] = set()
        mask = np.zeros(self.roll_calls.height, dtype=bool)
        for i in np.flatnonzero(keyed):
            key = (*keys[i], self.matrix.cells[i].tobytes())
            mask[i] = key in seen
            seen.add(key)
        return mask

    @cached_property
    def mismatched(self) -> Mask:
        """Roll calls that differ from a published tally."""
        return tally_mismatch(self.roll_calls, self.matrix)

    @cached_property
    def lent(self) -> dict[str, tuple[tuple[str, ...], NDArray[np.int64]]]:
        """Field → its lenders, and by roll call the position of the one among them, their number for none."""
        fields = (name.removesuffix("_from") for name in self.roll_calls.columns if name.endswith("_from"))
        return {field: _coded(self.roll_calls[f"{field}_from"]) for field in fields}

    def lenders(self, field: str, rows: Mask | NDArray[np.intp] | None = None) -> list[str]:
        """Who lends a field to these roll calls, or to any, in alphabetical order."""
        labels, codes = self.lent.get(field, ((), np.zeros(0, np.int64)))
        if not labels:
            return []
        times = np.bincount(codes if rows is None else codes[rows], minlength=len(labels))
        return [label for label, n in zip(labels, times, strict=False) if n]

    @cached_property
    def own_tally(self) -> Mask:
        """Roll calls whose tally is the release's own, or that have none."""
        return self.own("tally")

    def own(self, field: str) -> Mask:
        """Roll calls whose field is the release's own, not lent."""
        if field not in self.lent:
            return np.ones(self.roll_calls.height, dtype=bool)
        labels, codes = self.lent[field]
        return np.asarray(codes == len(labels))


def _coded(column: pl.Series) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The texts of a column, sorted, and which each row has: their number where it has none."""
    labels = sorted(column.drop_nulls().unique())
    place = {label: i for i, label in enumerate(labels)}
    return tuple(labels), np.array([place.get(text, len(labels)) for text in column], np.int64)


def tally_mismatch(roll_calls: pl.DataFrame, matrix: VoteMatrix) -> Mask:
    """Roll calls whose cells do not add up to the published yes, no and abstain; False where none is published."""
    import polars as pl

    published = roll_calls.select(*_TALLY).cast(dict.fromkeys(_TALLY, pl.Int32())).fill_null(-1).to_numpy()
    counted = np.stack([(matrix.cells == choice).sum(axis=1) for choice in _TALLY.values()], axis=1)
    return np.asarray((published >= 0).all(axis=1) & (published != counted).any(axis=1))
