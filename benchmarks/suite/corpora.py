"""A part of a corpus, or several times its roll calls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from comity.study.release import ReleaseCorpus


def drawn(share: float, count: int) -> NDArray[np.int64]:
    """A share of so many rows, drawn at random, the same every time; rising."""
    rows: NDArray[np.int64] = np.sort(np.random.default_rng(7).permutation(count)[: round(share * count)])
    return rows


def with_rows(corpus: ReleaseCorpus, rows: NDArray[np.int64]) -> ReleaseCorpus:
    """The corpus with these roll calls; one that is named twice is there twice."""
    dated = {name: getattr(corpus.matrix, name)[rows] for name in ("cells", "day", "year", "session")}
    return replace(corpus, matrix=replace(corpus.matrix, **dated), roll_calls=corpus.roll_calls[rows])
