"""What the gaps between a published column and ours look like: how large, where, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.states.registry import registry
from comity.study.answers.published import Gap, Step
from comity.study.published_ways import Floats

if TYPE_CHECKING:
    import polars as pl

LARGEST = 10
FEWEST = 10  # rows below which a correlation says nothing


def correlation(theirs: Floats, ours: Floats) -> float | None:
    """Pearson's; None for fewer than ten rows or a side that never varies."""
    if len(theirs) < FEWEST or not theirs.std() or not ours.std():
        return None
    return float(np.corrcoef(theirs, ours)[0, 1])


def roll_calls(told: Floats, ours: NDArray[np.int64]) -> tuple[float, float] | None:
    """Medians of the votes behind a row: the file's own count beside ours of the same kind."""
    if not len(told) or np.isnan(told).any():
        return None
    return float(np.median(told)), float(np.median(ours))


def by_step(steps: NDArray[np.int32], equal: NDArray[np.bool_]) -> tuple[Step, ...]:
    """Rows compared and rows equal in each period."""
    distinct, at = np.unique(steps, return_inverse=True)
    among = np.bincount(at, minlength=len(distinct))
    same = np.bincount(at, weights=equal, minlength=len(distinct))
    return tuple(Step(int(s), int(n), int(k)) for s, n, k in zip(distinct, among, same, strict=True))


def common_state(table: pl.DataFrame, apart: NDArray[np.intp]) -> tuple[str, str, int] | None:
    """The state that most of the rows that differ share; None where every row of the file has it, or none differs."""
    import polars as pl

    if not len(apart):
        return None
    in_file, in_apart = (_counted(t) for t in (table, table[apart.tolist()]))
    counted = in_apart.join(in_file.filter(pl.col("count") < table.height).select("a"), on="a")
    if counted.is_empty():
        return None
    state, k = counted.sort(pl.col("count"), "a", descending=[True, False]).row(0)
    return state, registry().name(state), k


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """In how many rows each state is: a, count."""
    import polars as pl

    return pl.concat([rows["a"], rows["b"].alias("a")]).value_counts()


def largest(
    table: pl.DataFrame,
    steps: NDArray[np.int32],
    value: Floats,
    gap: Floats,
    n: NDArray[np.int64],
    apart: NDArray[np.bool_],
) -> tuple[Gap, ...]:
    """The largest gaps among the rows that differ; of equal ones the earliest, then by the states' ids.

    value : as the file has it, on the scale of ours; gap : less ours.
    """
    at = np.flatnonzero(apart)
    size = np.abs(gap[at]).round(12)
    at = at[size >= np.sort(size)[-min(LARGEST, len(size)) :].min(initial=np.inf)] if len(at) else at
    rows = [
        Gap(
            a,
            b,
            registry().name(a),
            registry().name(b),
            int(steps[k]),
            float(value[k]),
            float(value[k] - gap[k]),
            int(n[k]),
        )
        for k, a, b in zip(at, *(table[s][at.tolist()].to_list() for s in ("a", "b")), strict=True)
    ]
    return tuple(sorted(rows, key=lambda g: (-round(abs(g.gap), 12), g.period, g.a, g.b))[:LARGEST])
