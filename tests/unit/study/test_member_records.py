"""A member beside the others of its group, against a count by hand and a slow second count."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.model.counts import Share
from comity.states.groups import group
from comity.study.member_records import OTHERS, member_records

STATES = ("VNM", "LAO", "THA", "CHN")
NAMES = {s: s for s in STATES[:3]}
CELLS = YES, ABSTAIN, NO, ABSENT, NONE = 0, 1, 2, 3, 5


def records(cells: np.ndarray, members: np.ndarray, power: str | None = None):  # type: ignore[no-untyped-def, type-arg]
    rows = [np.arange(len(cells)), np.arange(len(cells) // 2), np.arange(len(cells) // 2, len(cells))]
    return member_records(cells.astype(np.uint8), members, rows, STATES, NAMES, group("asean"), power)


def test_a_member_is_held_against_the_others_and_not_against_itself() -> None:
    cells = np.array(
        [
            # VNM  LAO     THA     CHN
            [YES, YES, YES, NO],  # all three are with the two others
            [NO, YES, YES, NO],  # VNM is not; LAO and THA: one yes and one no among the others, so nobody leads
            [YES, ABSENT, YES, YES],  # one other alone is no majority
            [ABSTAIN, YES, YES, ABSTAIN],
        ]
    )
    members = np.ones((4, 4), bool)
    members[:, 3] = False
    vnm, lao, tha = records(cells, members, "CHN")
    assert (vnm.whole, lao.whole, tha.whole) == (Share(1, 3), Share(1, 1), Share(1, 1))
    assert vnm.stretches == (Share(1, 2), Share(0, 1))
    assert (vnm.beside_whole, vnm.beside) == (Share(3, 4), (Share(1, 2), Share(2, 2)))
    assert lao.beside_whole == Share(0, 3)


def test_votes_before_a_member_joined_do_not_count() -> None:
    cells = np.zeros((4, 4), int)
    members = np.ones((4, 4), bool)
    members[:, 3] = False
    members[:2, 0] = False
    vnm, lao, _ = records(cells, members)
    assert vnm.whole == Share(2, 2)
    assert lao.whole == Share(2, 2)  # with one other member nobody leads
    assert vnm.beside_whole is None
    assert [(s.start, s.end) for s in vnm.since] == [("1995-07-28", "")]


@settings(max_examples=60, deadline=None)
@given(
    arrays(
        np.int8, st.tuples(st.integers(2, 12), st.just(4)), elements=st.sampled_from([YES, ABSTAIN, NO, ABSENT, NONE])
    ),
    st.integers(0, 2**32 - 1),
)
def test_the_slow_count_says_the_same(cells: np.ndarray, seed: int) -> None:  # type: ignore[type-arg]
    members = np.random.default_rng(seed).random(cells.shape) < 0.8
    members &= cells <= ABSENT
    for i, record in enumerate(records(cells, members, "CHN")):
        same = held = 0
        for row, inside in zip(cells.tolist(), members.tolist(), strict=True):
            others = [c for j, c in enumerate(row) if inside[j] and j != i and c <= NO]
            counts = [others.count(c) for c in (YES, ABSTAIN, NO)]
            if not inside[i] or row[i] > NO or len(others) < OTHERS or counts.count(max(counts)) > 1:
                continue
            held += 1
            same += counts[row[i]] == max(counts)
        assert record.whole == Share(same, held)
        assert sum(s.n for s in record.stretches) == held
