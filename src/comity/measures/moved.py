"""Which of two states moved on the families that both periods hold: positions of yes 1, abstain 0, no −1.

A family's change of distance |a − b| parts exactly into what A's move alone makes (B held where it was), what B's
move alone makes, and what only both moves together make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
_POSITION = np.array([1.0, 0.0, -1.0])  # yes, abstain, no
_CAST = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """Positions by common family, shape (families, 2) with the two periods, in [−1, 1], and the split of the change.

    family          : labels of the families of both periods, ascending.
    a, b, world     : mean position of A, of B, and of the median state.
    n               : roll calls of the family that both cast, by period.
    weight          : sums to 1: the mean of the family's shares of the common families' roll calls in both periods.
    by_a, by_b, by_both : shape (families,): parts of the change of |a − b|; they sum to it.
    common, all     : roll calls (both cast) in common families, and of all, by period.
    """

    family: NDArray[np.int64]
    a: Floats
    b: Floats
    world: Floats
    n: NDArray[np.int64]
    weight: Floats
    by_a: Floats
    by_b: Floats
    by_both: Floats
    common: tuple[int, int]
    all: tuple[int, int]

    @property
    def distance(self) -> Floats:
        """|a − b| by family and period, in [0, 2]."""
        return np.abs(self.a - self.b)

    def mean(self, values: Floats) -> float:
        """A weighted mean over the common families; NaN where there is none."""
        return float((self.weight * values).sum()) if len(self.weight) else float("nan")


def median_position(cells: ArrayLike) -> Floats:
    """The median position of the states that cast a vote, by roll call; NaN where none did.

    cells : choices 0 yes, 1 abstain, 2 no, shape (roll calls, states); any other code is left out.

    >>> median_position([[0, 0, 2, 3], [1, 2, 2, 5], [3, 3, 5, 5]]).tolist()
    [1.0, -1.0, nan]
    """
    choices = np.asarray(cells)
    counts = np.stack([(choices == c).sum(axis=1) for c in range(_CAST)], axis=1)
    total, upto = counts.sum(axis=1), np.cumsum(counts, axis=1)
    # The two middle votes, which are one where the number is odd.
    low, high = (total - 1) // 2, total // 2
    middle = [_POSITION[np.minimum((upto <= at[:, None]).sum(axis=1), _CAST - 1)] for at in (low, high)]
    return np.where(total > 0, (middle[0] + middle[1]) / 2, np.nan)


def who_moved(a: ArrayLike, b: ArrayLike, world: ArrayLike, later: ArrayLike, family: ArrayLike) -> Moved:
    """Split the change of distance between two states, family by family.

    a, b   : choices 0 yes, 1 abstain, 2 no, shape (roll calls,); roll calls on which either did not cast one are left
             out.
    world  : the median state's position on each roll call (see median_position).
    later  : booleans: False in the first period, True in the second.
    family : integers; −1 is a family of its own, which no other period can hold.

    >>> found = who_moved([2, 0], [0, 0], [1, 1], [False, True], [7, 7])
    >>> found.by_a.tolist(), found.by_b.tolist(), found.by_both.tolist()
    ([-2.0], [0.0], [0.0])
    """
    first, second, label = np.asarray(a), np.asarray(b), np.asarray(family, np.int64)
    median, period = np.asarray(world, float), np.asarray(later, bool).astype(int)
    if not first.shape == second.shape == label.shape == median.shape == period.shape or first.ndim != 1:
        raise ValueError("votes, medians, periods and families are given one a roll call")
    cast = (first < _CAST) & (second < _CAST)
    first, second, label, median, period = (x[cast] for x in (first, second, label, median, period))
    ids, place = np.unique(label[label >= 0], return_inverse=True)
    kept, when = label >= 0, period[label >= 0]
    n = np.zeros((len(ids), 2), np.int64)
    np.add.at(n, (place, when), 1)

    def means(values: NDArray[Any]) -> Floats:
        total = np.zeros(n.shape)
        np.add.at(total, (place, when), values[kept])
        return np.asarray(total[both] / n[both])

    both = (n > 0).all(axis=1)
    at_a, at_b = means(_POSITION[first]), means(_POSITION[second])
    (a1, a2), (b1, b2) = at_a.T, at_b.T
    start, end = np.abs(a1 - b1), np.abs(a2 - b2)
    alone_a, alone_b = np.abs(a2 - b1) - start, np.abs(a1 - b2) - start
    common = n[both].sum(axis=0)
    return Moved(
        family=ids[both],
        a=at_a,
        b=at_b,
        world=means(median),
        n=n[both],
        weight=(n[both] / common).mean(axis=1) if both.any() else np.zeros(0),
        by_a=alone_a,
        by_b=alone_b,
        by_both=end - start - alone_a - alone_b,
        common=(int(common[0]), int(common[1])),
        all=(int((period == 0).sum()), int((period == 1).sum())),
    )
