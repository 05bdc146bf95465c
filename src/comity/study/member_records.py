"""How each member of a group voted beside the others, and beside a power, over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.model.counts import Share
from comity.states.groups import Group, Membership
from comity.states.registry import BEFORE
from comity.study.answers.cohesion import MemberRecord, Since

OTHERS = 2  # that cast a vote, for most of them to mean anything
Cells = NDArray[np.uint8]
Rows = Sequence[NDArray[np.intp]]


def member_records(
    cells: Cells,
    members: NDArray[np.bool_],
    slices: Rows,
    states: Sequence[str],
    names: dict[str, str],
    group: Group,
    power: str | None = None,
) -> tuple[MemberRecord, ...]:
    """One record a name.

    cells   : choices, shape (roll calls, states), as in the vote table; members : the same shape.
    slices  : rows of the whole period first, then of each stretch.
    power   : a state held beside every member; its own votes with itself are left out.
    """  # fmt: skip
    column = {s: i for i, s in enumerate(states)}
    counts = np.stack([((cells == c) & members).sum(axis=1) for c in (Choice.YES, Choice.ABSTAIN, Choice.NO)], axis=1)
    found = []
    for state, name in names.items():
        i = column[state]
        own = cells[:, i]
        voted = members[:, i] & (own <= Choice.NO)
        same, held = with_most(own, voted, counts)
        shares = _shares(same, held, slices)
        beside: tuple[Share, ...] = ()
        if power is not None and power != state:
            other = cells[:, column[power]]
            both = voted & (other <= Choice.NO)
            beside = _shares(both & (own == other), both, slices)
        spells = tuple(_since(m) for m in group.memberships if m.state == state)
        found.append(
            MemberRecord(state, name, shares[0], shares[1:], beside[0] if beside else None, beside[1:], spells)
        )
    return tuple(found)


def with_most(
    own: Cells, voted: NDArray[np.bool_], counts: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a member made the choice that leads among the others, and whether one does; shape (roll calls,).

    counts : yes, abstained, no of the whole group, the member included where ``voted``.

    >>> own, voted = np.array([0, 2, 0], np.uint8), np.array([True, True, True])
    >>> [x.tolist() for x in with_most(own, voted, np.array([[3, 1, 0], [2, 0, 1], [2, 1, 0]]))]
    [[True, False, False], [True, True, False]]
    """
    others = counts.copy()
    rows = np.flatnonzero(voted)
    others[rows, own[rows]] -= 1
    most = others.max(axis=1)
    held = voted & ((others == most[:, None]).sum(axis=1) == 1) & (others.sum(axis=1) >= OTHERS)
    return held & (others.argmax(axis=1) == own), held


def _shares(same: NDArray[np.bool_], held: NDArray[np.bool_], slices: Rows) -> tuple[Share, ...]:
    return tuple(Share(int(same[rows].sum()), int(held[rows].sum())) for rows in slices)


def _since(membership: Membership) -> Since:
    spell, length = membership.spell, {"year": 4, "month": 7}.get(membership.precision, 10)
    start = "" if spell.start == BEFORE else spell.start.isoformat()[:length]
    end = (spell.end - timedelta(days=1)).isoformat()[:length] if spell.end else ""
    return Since(start, end, membership.checked)
