"""Which other way to come by the values a published column is nearest to: computed, never guessed.

Every way is first tried on some rows of some periods; the nearest are then computed over every row.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from comity.model.period import Clock
from comity.study.answers.published import Over, Scale, Tried, Votes, Way
from comity.study.published_ways import Column, Floats, Layer, Ways, scaled, tolerance

MEASURES = (
    *("same_share", "ia", "same_share_of_all", "state_2022", "votes_only", "opposite_share", "s", "s_sq"),
    *("kappa_sq", "kappa_lin", "pi_sq", "pi_lin"),
)
_BROAD = ("as_read", "no_paragraph", "final")
CLEARLY = 0.01  # a way is named only if it makes this many more rows equal
_RMSE = 1e-9
_LIKE = 0.002  # shares nearer than this are not told apart: the plainer way is taken
_PERIODS, _ROWS, _FULL, _SEED = 12, 2000, 4, 1


def nearest(ways: Ways, column: Column, own: Way) -> tuple[tuple[Tried, ...], int, int]:
    """The ways whose values are nearest to the column's, over every row, nearest first; rows and ways screened."""
    sample = _sample(column)
    screened = _tally(ways, sample, own, _layers(ways, own))
    mine = next(t for t in screened if t.way == own)
    chosen = _order(_better(screened, mine), own)[:_FULL]
    by_layer: dict[Layer, list[Way]] = defaultdict(list)
    for tried in chosen:
        by_layer[_layer(tried.way)].append(tried.way)
    full = [t for layer, some in by_layer.items() for t in over_rows(ways, column, layer, some)]
    return tuple(_order(full, own)), len(sample.value), len(screened) - 1


def over_rows(ways: Ways, column: Column, layer: Layer, some: list[Way]) -> list[Tried]:
    """Ways of one layer over every row of a column."""
    counts = np.zeros((len(some), 3))
    for step, rows, given in ways.tables(column, layer):
        ours = {m: ways.value(m, given, step) for m in dict.fromkeys(w.measure for w in some)}  # once for all scales
        for at, way in enumerate(some):
            counts[at] += _counted(ours[way.measure], column.value[rows], column.tolerance, way.scale)
    return [_tried(way, row) for way, row in zip(some, counts, strict=True)]


def _tally(ways: Ways, column: Column, own: Way, layers: list[Layer]) -> list[Tried]:
    """Every measure and scale over every layer."""
    found = []
    measures = dict.fromkeys((own.measure, *MEASURES))
    scales: tuple[Scale, ...] = get_args(Scale)
    for over, votes, clock in layers:
        some = [Way(m, over, votes, clock, scale) for m in measures for scale in scales]
        found += over_rows(ways, column, (over, votes, clock), some)
    return found


def _counted(ours: Floats, theirs: Floats, width: float, scale: Scale) -> NDArray[np.float64]:
    """Rows compared, rows equal, sum of squared gaps."""
    gap = scaled(theirs, scale) - ours
    gap = gap[np.isfinite(gap)]
    return np.array([len(gap), (np.abs(gap) <= tolerance(width, scale)).sum(), (gap**2).sum()])


def _tried(way: Way, counts: NDArray[np.float64]) -> Tried:
    compared = int(counts[0])
    return Tried(way, compared, int(counts[1]), float(np.sqrt(counts[2] / compared)) if compared else None)


def _better(tried: list[Tried], mine: Tried) -> list[Tried]:
    """The ways that make more rows equal than the column as read."""
    return [t for t in tried if t.share > mine.share]


def _order(tried: list[Tried], own: Way) -> list[Tried]:
    """Nearest first. Of ways whose shares are alike the one with fewest changes; then the smaller gaps."""
    most = max((t.compared for t in tried), default=0)
    whole = [t for t in tried if 2 * t.compared >= most > 0]  # a way that few rows have says little
    first = sorted(whole, key=lambda t: (-t.share, *_plain(t, own)))
    ordered: list[Tried] = []
    while first and len(ordered) < _FULL:
        alike = [t for t in first if t.share >= first[0].share - _LIKE]
        best = min(alike, key=lambda t: (*_plain(t, own)[:2], -t.share, *_plain(t, own)[2:]))
        ordered.append(best)
        # Ways that give the very same rows (S on its own scale is 2·ia − 1) are one.
        first = [t for t in first if not _same(t, best)]
    return ordered


def _plain(tried: Tried, own: Way) -> tuple[int, bool, float]:
    """What makes a way plainer than another: fewer changes, a measure by name sooner than a scale, smaller gaps."""
    return len(tried.way.apart(own)), tried.way.scale != "as_is", tried.rmse or 0.0


def _same(one: Tried, other: Tried) -> bool:
    """Whether two ways give the same rows: on other scales, or over roll calls that differ in nothing that counts."""
    alike = (one.compared, one.equal) == (other.compared, other.equal)
    near = abs((one.rmse or 0) - (other.rmse or 0)) < _RMSE
    return alike and (near or _layer(one.way) == _layer(other.way))


def _layers(ways: Ways, own: Way) -> list[Layer]:
    """The sets of roll calls and clocks that are tried: those that differ here."""
    clocks: tuple[Clock, Clock] = ("session", "year") if own.clock == "session" else ("year", "session")
    overs: tuple[Over, Over] = ("read", "divided")
    votes: list[Votes] = ["as_read"]
    votes += [v for v in get_args(Votes)[1:] if ways.differs((own.over, v, own.clock))]
    # Changes that few authors make are tried on the measure's own roll calls and clock alone.
    broad: list[Votes] = [v for v in votes if v in _BROAD]
    layers = [(over, v, clock) for clock in clocks for over in overs for v in broad]
    layers += [(own.over, v, own.clock) for v in votes if v not in broad]
    return list(dict.fromkeys([*layers, _layer(own)]))


def _layer(way: Way) -> Layer:
    return way.over, way.votes, way.clock


def _sample(column: Column) -> Column:
    """At most 2,000 rows of each of at most 12 periods, evenly spread; always the same ones."""
    periods = np.unique(column.period)
    kept = periods[np.unique(np.linspace(0, len(periods) - 1, _PERIODS).round().astype(int))]
    rng, rows = np.random.default_rng(_SEED), []
    for period in kept:
        here = np.flatnonzero(column.period == period)
        rows.append(np.sort(rng.choice(here, _ROWS, replace=False)) if len(here) > _ROWS else here)
    return replace(column.take(np.concatenate(rows)))
