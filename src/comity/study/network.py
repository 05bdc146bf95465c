"""The co-voting network of a period: states linked by chance-corrected agreement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.errors import EmptySelection
from comity.measures.chance import kappa_sq
from comity.states.names import in_order
from comity.states.registry import registry
from comity.study.answers.blocs import Unplaced, Why
from comity.study.ask import last_day
from comity.study.release import ReleaseCut


@dataclass(frozen=True, eq=False)
class Network:
    """States with at least one link, and the links.

    weights  : shape (n, n), kappa with squared weights; NaN on the diagonal and where a pair has no link: too few
               votes cast by both, or agreement by chance is certain.
    unplaced : states with a seat but without a link.
    """

    states: tuple[str, ...]
    weights: NDArray[np.float64]
    unplaced: tuple[Unplaced, ...]

    @property
    def links(self) -> int:
        """Pairs with a link."""
        return int(np.isfinite(self.weights).sum()) // 2

    @property
    def no_link(self) -> int:
        """Pairs without one."""
        return len(self.states) * (len(self.states) - 1) // 2 - self.links


def network(cut: ReleaseCut, min_common: float) -> Network:
    """Of the cut's first period.

    min_common : a pair is linked where both cast a vote on at least this share of the roll calls on which either held
                 a seat, the longer of the two; in [0, 1].
    EmptySelection where nothing is selected, or no two states agree or disagree beyond chance.
    """
    period, release = cut.periods[0], cut.corpus.origin.release
    if not cut.roll_calls(0):
        raise EmptySelection(
            f"No roll call of {release} is selected",
            got=f"{cut.reading.issue}, {period.label}",
            next="Widen the period or the issue",
        )
    tables = cut.tables().table(0)
    seated = np.diagonal(tables.sum(axis=(-2, -1)))
    both = tables[..., :3, :3].sum(axis=(-2, -1))
    enough = (both > 0) & (both >= min_common * np.maximum(seated[:, None], seated))
    np.fill_diagonal(enough, False)
    weights = np.where(enough, kappa_sq(tables), np.nan)
    np.fill_diagonal(weights, np.nan)
    placed = np.isfinite(weights).any(axis=1)
    if not np.nan_to_num(weights).any():
        n = cut.roll_calls(0)
        raise EmptySelection(
            f"No two states agree or disagree beyond chance on the {n} roll call{'' if n == 1 else 's'} selected",
            got=f"{cut.reading.issue}, {period.label}",
            next="Where all vote alike, or on one roll call, there are no blocs: widen the period or the issue",
        )
    states, day = cut.corpus.matrix.states, last_day(period)
    left = [
        Unplaced(states[i], registry().name(states[i], day), _why(bool(enough[i].any())), int(both[i, i]))
        for i in np.flatnonzero(~placed & (seated > 0))
    ]
    return Network(
        tuple(states[i] for i in np.flatnonzero(placed)),
        weights[np.ix_(placed, placed)],
        tuple(sorted(left, key=lambda u: (-u.cast, in_order(u.name)))),
    )


def _why(shares_enough: bool) -> Why:
    return "one_choice" if shares_enough else "few_votes"
