"""A change of a share in parts, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from comity.measures.decomposition import PARTS, Decomposition, decompose, family_counts

# Roll calls and how many alike, before and after. The shares: 6 of 10, then 7 of 10.
#          before   after
TABLE = {
    1: ((4, 2), (2, 2)),
    2: ((4, 4), (6, 3)),
    3: ((2, 0), (0, 0)),
    4: ((0, 0), (2, 2)),
}


def rows(table: dict[int, tuple[tuple[int, int], tuple[int, int]]]) -> tuple[list[bool], list[bool], list[int]]:
    listed = [
        (i < k, later, family)
        for family, periods in table.items()
        for later, (n, k) in enumerate(periods)
        for i in range(n)
    ]
    alike, later, family = zip(*listed, strict=True)
    return list(alike), [bool(x) for x in later], list(family)


def found(**given: object) -> Decomposition:
    return decompose(family_counts(*rows(TABLE)), **given)  # type: ignore[arg-type]


def test_the_table_worked_by_hand() -> None:
    """Weights before: 0.4 0.4 0.2; after: 0.2 0.6 and 0.2. Rates: 0.5 to 1, 1 to 0.5, 0 goes, 1 comes.

    Weights first (old rates, less 0.6): within 0.2·0.5 − 0.6·0.5, reweighting −0.2·−0.1 + 0.2·0.4, entry 0.2·0.4,
    exit 0.2·0.6. Rates first (new rates, less 0.7): within 0.4·0.5 − 0.4·0.5, reweighting −0.2·0.3 + 0.2·−0.2, entry
    0.2·0.3, exit 0.2·0.7.
    """
    orders = {"within": (-0.2, 0), "reweighting": (0.1, -0.1), "entry": (0.08, 0.06), "exit": (0.12, 0.14)}
    got = found()
    assert (got.before, got.after) == (0.6, 0.7)
    for part, pair in orders.items():
        assert got.orders[part] == pytest.approx(pair)
        assert got.parts[part] == pytest.approx(sum(pair) / 2)
    assert got.parts["unmatched"] == 0
    assert got.families == {"within": 2, "reweighting": 2, "entry": 1, "exit": 1, "unmatched": 0}
    assert got.roll_calls["within"] == (8, 8) and got.roll_calls["entry"] == (0, 2) and got.roll_calls["exit"] == (2, 0)
    assert got.intervals is None


def test_votes_that_stand_alone_are_no_families() -> None:
    """Two alone, alike before and not after: 0.5 of the weight each time, 0.25 above the mean of both shares."""
    got = decompose(family_counts([1, 1, 0, 1], [0, 0, 1, 1], [-1, 5, -1, 5]))
    assert got.change == -0.5
    assert got.parts["unmatched"] == pytest.approx(-0.5)
    assert [got.parts[p] for p in PARTS[:4]] == pytest.approx([0, 0, 0, 0])
    assert got.families["unmatched"] == 2 and got.roll_calls["unmatched"] == (1, 1)


def test_intervals_are_seeded_and_hold_the_parts() -> None:
    table = {f: ((3, f % 4), (4, (f * 7) % 5)) for f in range(40)}
    counts = family_counts(*rows(table))
    one, again = (decompose(counts, draws=400, rng=np.random.default_rng(7)) for _ in range(2))
    assert one == again
    assert one.intervals is not None and set(one.intervals) == {*PARTS, "change"}
    low, high = one.intervals["within"]
    assert low < one.parts["within"] < high
    low, high = one.intervals["change"]
    assert low < one.change < high
    wider = decompose(counts, draws=400, rng=np.random.default_rng(7), level=0.99)
    assert wider.intervals is not None and wider.intervals["change"][0] < low


def test_families_that_all_change_alike_have_no_interval_within() -> None:
    table = dict.fromkeys(range(20), ((2, 0), (2, 2)))
    got = decompose(family_counts(*rows(table)), draws=50, rng=np.random.default_rng(1))
    assert got.intervals is not None and got.intervals["within"] == (1.0, 1.0)


def test_what_cannot_be_parted() -> None:
    with pytest.raises(ValueError, match="without roll calls"):
        decompose(family_counts([1], [True], [1]))
    with pytest.raises(ValueError, match="one period and family"):
        family_counts([1, 0], [True], [1, 1])
    with pytest.raises(ValueError, match="an rng"):
        found(draws=10)
