"""Who moved, worked by hand."""

from __future__ import annotations

import pytest

from comity.measures.moved import median_position, who_moved

YES, ABSTAIN, NO, ABSENT = range(4)


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ((NO, YES), (YES, YES), (-2, 0, 0)),  # A came over
        ((YES, NO), (ABSTAIN, ABSTAIN), (-1, -1, 0)),  # each came half way
        ((NO, NO), (YES, YES), (2, 2, -4)),  # together: each move alone would have parted them
        ((YES, ABSTAIN), (NO, ABSTAIN), (0, 0, 0)),  # a move across, no nearer and no further
        ((YES, YES), (YES, NO), (0, 2, 0)),
    ],
)
def test_one_family(before: tuple[int, int], after: tuple[int, int], parts: tuple[float, ...]) -> None:
    a, b = zip(before, after, strict=True)
    found = who_moved(a, b, [1, 1], [False, True], [3, 3])
    assert (found.by_a[0], found.by_b[0], found.by_both[0]) == parts
    assert found.distance[0, 1] - found.distance[0, 0] == sum(parts)


def test_positions_are_means_and_coverage_is_counted() -> None:
    """Family 1: A yes and abstain, then no; family 2 only before; one vote alone; one A was absent from."""
    found = who_moved(
        [YES, ABSTAIN, NO, YES, YES, ABSENT],
        [YES, YES, YES, YES, NO, YES],
        [1, 0, -1, 1, 1, 1],
        [False, False, True, False, True, True],
        [1, 1, 1, 2, -1, 1],
    )
    assert found.family.tolist() == [1]
    assert found.a.tolist() == [[0.5, -1]] and found.b.tolist() == [[1, 1]] and found.world.tolist() == [[0.5, -1]]
    assert found.n.tolist() == [[2, 1]] and found.weight.tolist() == [1]
    assert (found.common, found.all) == ((2, 1), (3, 2))
    assert (found.by_a[0], found.by_b[0], found.by_both[0]) == (1.5, 0, 0)


def test_weights_are_the_mean_of_both_periods_shares() -> None:
    """Family 1 has 3 of 4 before and 1 of 2 after: 0.625 of the weight."""
    later, family = [False, False, False, True, False, True], [1, 1, 1, 1, 2, 2]
    found = who_moved([YES, YES, YES, NO, YES, YES], [YES] * 6, [1] * 6, later, family)
    assert found.weight.tolist() == [0.625, 0.375]
    assert found.mean(found.by_a) == pytest.approx(0.625 * 2)


def test_no_common_family_has_no_mean() -> None:
    found = who_moved([YES, YES], [YES, YES], [1, 1], [False, True], [1, 2])
    assert len(found.family) == 0 and found.common == (0, 0) and found.all == (1, 1)
    assert found.mean(found.by_a) != found.mean(found.by_a)


def test_the_median_state() -> None:
    cells = [[YES, YES, NO], [YES, NO, ABSENT], [YES, YES, ABSTAIN], [YES, ABSTAIN, 5], [ABSTAIN, NO, NO]]
    assert median_position(cells).tolist() == [1, 0, 1, 0.5, -1]


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="one a roll call"):
        who_moved([YES], [YES, NO], [1], [True], [1])
