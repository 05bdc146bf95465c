"""Block permutation tests of a difference: whole families or whole sessions change places, never single votes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from comity.measures._families import RELIABLE_FROM, Floats

Statistic = Callable[[Floats], Floats]
_ROUNDING = 1e-12  # differences closer than this are one difference, written otherwise in floating point


@dataclass(frozen=True, eq=False)
class Permuted:
    """A difference, second minus first, and its two-sided p-value; arrays of the shape that the statistic gives.

    p         : (1 + draws at least as far from 0) / (1 + draws), so never 0; NaN where the difference is undefined.
                A draw on which it is undefined counts as being as far: it cannot speak against chance.
    undefined : share of such draws.
    blocks    : families or blocks of sessions that change places.
    """

    difference: Floats
    p: Floats
    undefined: Floats
    blocks: int
    draws: int

    @property
    def reliable(self) -> bool:
        """False below 15 blocks: label the test unreliable."""
        return self.blocks >= RELIABLE_FROM


def exchange(tables: ArrayLike, statistic: Statistic, rng: np.random.Generator, *, draws: int = 2000) -> Permuted:
    """Each block's two tables change places, or not, with equal chance.

    tables    : shape (blocks, 2, ..., 4, 4), a block being a family (or a session): on the second axis either two
                pairs on the same texts, or one pair in two periods.
    statistic : takes pooled tables of shape (draws, ..., 4, 4), returns (draws, ...), NaN where undefined.
    Tests that the two sides are drawn alike, family by family: between two periods, that neither the texts put to the
    vote nor how the two states voted on them differ. ValueError where there is no block.
    """
    whole = np.asarray(tables, float)
    if not len(whole) or whole.shape[1] != 2:
        raise ValueError("tables must have blocks on the first axis and two sides on the second")
    flat = whole.reshape(len(whole), 2, -1)
    total, gap = flat.sum(axis=0), flat[:, 1] - flat[:, 0]
    moved = (rng.random((draws, len(whole))) < 0.5).astype(float) @ gap
    shape = (draws, *whole.shape[2:])
    made = statistic((total[1] - moved).reshape(shape)) - statistic((total[0] + moved).reshape(shape))
    return _result(_difference(total, statistic, whole.shape[2:]), made, len(whole), draws)


def reorder(
    tables: ArrayLike,
    earlier: int,
    statistic: Statistic,
    rng: np.random.Generator,
    *,
    block: int = 1,
    draws: int = 2000,
) -> Permuted:
    """Blocks of neighbouring sessions take a random order; the first ``earlier`` sessions are compared to the rest.

    tables    : shape (sessions, ..., 4, 4), in order of time.
    block     : sessions a block; longer blocks keep more of what neighbouring sessions share (the last may be shorter).
    statistic : as for ``exchange``.
    Tests that the pair's record has no order in time beyond the length of a block. ValueError where a side is empty.
    """
    whole = np.asarray(tables, float)
    sessions = len(whole)
    if not 0 < earlier < sessions or block < 1:
        raise ValueError(f"{earlier} of {sessions} sessions cannot be the earlier side, in blocks of {block}")
    flat = whole.reshape(sessions, -1)
    of_block = np.arange(sessions) // block
    blocks = int(of_block[-1]) + 1
    keys = rng.random((draws, blocks))
    order = np.argsort(keys[:, of_block], axis=1, kind="stable")
    first = np.zeros((draws, sessions))
    np.put_along_axis(first, order[:, :earlier], 1.0, axis=1)
    total = flat.sum(axis=0)
    before = first @ flat
    shape = (draws, *whole.shape[1:])
    made = statistic((total - before).reshape(shape)) - statistic(before.reshape(shape))
    sides = np.stack([flat[:earlier].sum(axis=0), flat[earlier:].sum(axis=0)])
    return _result(_difference(sides, statistic, whole.shape[1:]), made, blocks, draws)


def _difference(sides: Floats, statistic: Statistic, shape: tuple[int, ...]) -> Floats:
    first, second = (statistic(side.reshape(1, *shape)) for side in sides)
    difference: Floats = np.asarray(second - first)[0]
    return difference


def _result(difference: Floats, made: Floats, blocks: int, draws: int) -> Permuted:
    undefined = np.isnan(made)
    far = undefined | (np.abs(made) >= np.abs(difference) - _ROUNDING)
    p = np.where(np.isnan(difference), np.nan, (1 + far.sum(axis=0)) / (1 + draws))
    return Permuted(difference, p, undefined.mean(axis=0), blocks, draws)
