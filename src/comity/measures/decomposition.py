"""Why a share changed between two periods: the same texts voted on otherwise, or other texts voted on.

A share over roll calls is a mean over resolution families, P = Σ w_f r_f, with w_f the family's share of the roll
calls and r_f the share alike within it. Kitagawa's symmetric decomposition parts P₂ − P₁ into what happened within
the families of both periods, their reweighting, and the families that came, went or stand alone.

Source: Kitagawa (1955), Journal of the American Statistical Association 50, 1168-1194.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PARTS = ("within", "reweighting", "entry", "exit", "unmatched")
ALONE = -1  # the label of a roll call that is a family of its own


class FamilyCounts(NamedTuple):
    """Roll calls by family and period, shape (families, 2): ``n`` of them, ``k`` of these alike.

    alone : shape (families,), True for a roll call that stands alone.
    """

    n: Ints
    k: Ints
    alone: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A change of a share in parts, all on the scale of the share (−1 to 1); the parts sum to ``change``.

    before, after : the share in both periods.
    parts         : part → its contribution, the mean of both orders.
    orders        : part → (changes of weight first, changes of rate first).
    intervals     : part, and "change" → (low, high), 95 %, by resampling families; None where none was asked for.
    families      : part → how many families (for ``unmatched``: roll calls) it rests on.
    roll_calls    : part → how many roll calls in each period.
    """

    before: float
    after: float
    parts: dict[str, float]
    orders: dict[str, tuple[float, float]]
    intervals: dict[str, tuple[float, float]] | None
    families: dict[str, int]
    roll_calls: dict[str, tuple[int, int]]

    @property
    def change(self) -> float:
        """The whole change, after − before."""
        return self.after - self.before


def family_counts(alike: ArrayLike, later: ArrayLike, family: ArrayLike) -> FamilyCounts:
    """Gather roll calls by family and period.

    alike  : booleans, shape (roll calls,).
    later  : booleans: False in the first period, True in the second.
    family : integers; −1 is a family of its own.
    """
    same, second, label = np.asarray(alike, bool), np.asarray(later, bool), np.asarray(family, np.int64)
    if not same.shape == second.shape == label.shape or same.ndim != 1:
        raise ValueError(f"one period and family a roll call: got {same.shape}, {second.shape} and {label.shape}")
    single = label == ALONE
    ids, place = np.unique(label[~single], return_inverse=True)
    row = np.empty(len(label), np.intp)
    row[~single], row[single] = place, len(ids) + np.arange(single.sum())
    n = np.zeros((len(ids) + int(single.sum()), 2), np.int64)
    k = np.zeros_like(n)
    np.add.at(n, (row, second.astype(int)), 1)
    np.add.at(k, (row, second.astype(int)), same)
    return FamilyCounts(n, k, np.arange(len(n)) >= len(ids))


def decompose(
    counts: FamilyCounts, *, draws: int = 0, rng: np.random.Generator | None = None, level: float = 0.95
) -> Decomposition:
    """Part the change of a share between two periods.

    draws, rng : families are resampled so many times for intervals; 0 for none. ValueError without an rng.
    level      : of the intervals.
    ValueError where a period has no roll call.

    >>> found = decompose(family_counts([1, 1, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1], [1, 1, 2, 2, 3, 3]))
    >>> [round(found.parts[p], 3) for p in ("within", "reweighting", "entry", "exit")]
    [0.0, 0.0, 0.222, -0.222]
    """
    if (counts.n.sum(axis=0) == 0).any():
        raise ValueError("a period without roll calls has no share")
    one = np.ones((1, len(counts.n)))
    orders = [both[0] for both in _orders(counts, one)]
    before, after = (float(counts.k[:, t].sum() / counts.n[:, t].sum()) for t in (0, 1))
    of = _membership(counts)
    return Decomposition(
        before=before,
        after=after,
        parts={p: float(orders[0][i] + orders[1][i]) / 2 for i, p in enumerate(PARTS)},
        orders={p: (float(orders[0][i]), float(orders[1][i])) for i, p in enumerate(PARTS)},
        intervals=_intervals(counts, draws, rng, level) if draws else None,
        families={p: int(of[p].sum()) for p in PARTS},
        roll_calls={p: (int(counts.n[of[p], 0].sum()), int(counts.n[of[p], 1].sum())) for p in PARTS},
    )


def _membership(counts: FamilyCounts) -> dict[str, NDArray[np.bool_]]:
    first, second = counts.n[:, 0] > 0, counts.n[:, 1] > 0
    common = first & second
    entry, leave = second & ~first & ~counts.alone, first & ~second & ~counts.alone
    return {"within": common, "reweighting": common, "entry": entry, "exit": leave, "unmatched": counts.alone}


def _orders(counts: FamilyCounts, times: Floats) -> tuple[Floats, Floats]:
    """The parts with weights changed first, then with rates changed first; each of shape (draws, parts).

    times : how often each family is taken, shape (draws, families).
    Weights sum to 1 in both periods, so any constant may be taken off the rates: with the first period's share as
    that constant a family that enters counts by how far it lies from what was there before.
    """
    n, k = counts.n.astype(float), counts.k.astype(float)
    rate = np.divide(k, n, out=np.zeros_like(k), where=n > 0)
    of = _membership(counts)
    with np.errstate(invalid="ignore", divide="ignore"):
        total, alike = times @ n, times @ k
        share = alike / total

        def sums(values: Floats, part: str, weight: int) -> Floats:
            """Σ w_f values_f over a part's families, with the weights of a period."""
            return np.asarray((times @ (n[:, weight] * values * of[part])) / total[:, weight])

        def shifted(part: str, weight: int, at: int) -> Floats:
            """Σ w_f (r_f − P) with weights of one period, rates and P of another."""
            whole = sums(np.ones(len(n)), part, weight)
            own = at if part == "reweighting" else weight
            return np.asarray(sums(rate[:, own], part, weight) - whole * share[:, at])

        out = []
        for at in (0, 1):
            within = sums(rate[:, 1] - rate[:, 0], "within", 1 - at)
            reweighting = shifted("reweighting", 1, at) - shifted("reweighting", 0, at)
            entry, leave = shifted("entry", 1, at), -shifted("exit", 0, at)
            unmatched = shifted("unmatched", 1, at) - shifted("unmatched", 0, at)
            out.append(np.stack([within, reweighting, entry, leave, unmatched], axis=-1))
    return out[0], out[1]


def _intervals(
    counts: FamilyCounts, draws: int, rng: np.random.Generator | None, level: float
) -> dict[str, tuple[float, float]]:
    if rng is None:
        raise ValueError("intervals need an rng")
    size = len(counts.n)
    times = rng.multinomial(size, np.full(size, 1 / size), size=draws).astype(float)
    first, second = _orders(counts, times)
    parts = (first + second) / 2
    drawn = np.column_stack([parts, parts.sum(axis=1)])
    tail = 100 * (1 - level) / 2
    low, high = np.nanpercentile(drawn, [tail, 100 - tail], axis=0)
    return {p: (float(a), float(b)) for p, a, b in zip((*PARTS, "change"), low, high, strict=True)}
