"""How a pair's shares changed between neighbouring periods."""

from __future__ import annotations

import math

from comity.measures.proportions import difference, difference_p
from comity.model.counts import CATEGORIES, Share
from comity.study.answers.common import Cell, PairRow
from comity.study.answers.pair import Change


def changes(row: PairRow) -> list[Change]:
    """The change of each category between neighbouring periods, in percentage points."""
    return [_change(row, before, after) for before, after in zip(row.cells, row.cells[1:], strict=False)]


def _change(row: PairRow, before: Cell, after: Cell) -> Change:
    old, new = before.counts, after.counts
    of_all = {c: (old.share_of_all(c), new.share_of_all(c)) for c in CATEGORIES}
    of_cast = {c: (old.share_of_cast(c), new.share_of_cast(c)) for c in CATEGORIES[:3]}
    return Change(
        a=row.a,
        b=row.b,
        earlier=before.period.label,
        later=after.period.label,
        points_of_all={c: _points(*shares) for c, shares in of_all.items()},
        points_of_cast={c: _points(*shares) for c, shares in of_cast.items()},
        interval_of_all={c: _interval(*shares) for c, shares in of_all.items()},
        p_of_all={c: _p(*shares) for c, shares in of_all.items()},
    )


def _points(old: Share, new: Share) -> float | None:
    if old.value is None or new.value is None:
        return None
    return 100 * (new.value - old.value)


def _interval(old: Share, new: Share) -> tuple[float, float] | None:
    if not old.n or not new.n:
        return None
    low, high = difference(new.k, new.n, old.k, old.n)
    return 100 * float(low), 100 * float(high)


def _p(old: Share, new: Share) -> float | None:
    value = difference_p(new.k, new.n, old.k, old.n)
    return None if math.isnan(value) else value
