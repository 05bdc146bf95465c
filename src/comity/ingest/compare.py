"""A state that, for a session, holds in one release the votes another release gives to a different state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from comity.ingest.align import Alignment
from comity.ingest.frames import NO_VOTE, Frames, Pattern

StateFaultKind = Literal["exchanged", "carries", "displaced", "missing", "differs"]

MIN_ROWS = 8  # roll calls of a session that both releases hold
MIN_CELLS = 3  # differing cells before anything is looked for
EXPLAINED = 0.25  # of the differing cells may remain once the explanation is applied
NOTABLE = 0.2  # of a session's roll calls: a difference this large is named even when nothing explains it
FEW = 0.2  # of the votes the other release holds: a state with fewer is missing
ONE_SIDED = 0.9  # of the differing cells are votes that one release lacks: they are missing there
MAX_SHIFT = 20


@dataclass(frozen=True, slots=True)
class StateFault:
    """One state in one session, as one release holds it against another.

    kind       : "exchanged" with ``other``, "carries" the votes of ``other``, "displaced" by ``rows`` rows,
                 "missing" (votes the other release has), or "differs" with no such explanation.
    session    : the first, and ``last_session`` the last session in a row of which this holds.
    release    : the release that would have to change to agree with ``against``. Two releases alone do not say
                 which of them is right, except that a missing state is missing where it is.
    cells      : roll calls of the session on which the state's cell differs, of ``roll_calls`` compared.
    left_over  : of these, how many would still differ under the explanation.
    """

    kind: StateFaultKind
    state: str
    session: int
    last_session: int
    release: str
    against: str
    cells: int
    roll_calls: int
    left_over: int
    other: str | None = None
    rows: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What is alike in the same fault of two sessions."""
        return self.kind, self.state, self.release, self.other, self.rows

    @property
    def sessions(self) -> str:
        """The session or sessions as printed: "48", "52–53"."""
        return str(self.session) if self.session == self.last_session else f"{self.session}–{self.last_session}"

    def extended(self, other: StateFault) -> StateFault:
        """This fault and the same one in the next session, as one."""
        return replace(
            self,
            last_session=other.last_session,
            cells=self.cells + other.cells,
            roll_calls=self.roll_calls + other.roll_calls,
            left_over=self.left_over + other.left_over,
        )

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def state_faults(left: Frames, right: Frames, alignment: Alignment) -> tuple[StateFault, ...]:
    """Faults of whole states by session, over the aligned roll calls; one a run of sessions, by the first."""
    lp, rp = left.pattern(alignment.states), right.pattern(alignment.states)
    mine, theirs = left.sessions[alignment.left], right.sessions[alignment.right]
    sessions = np.where(mine >= 0, mine, theirs)
    runs: list[StateFault] = []
    before: dict[tuple[object, ...], int] = {}  # what went on in the last session → its place in runs
    for session in np.unique(sessions[sessions >= 0]).tolist():
        rows = np.flatnonzero(sessions == session)
        if len(rows) < MIN_ROWS:
            continue
        block = _Block(lp, rp, alignment.left[rows], alignment.right[rows], alignment.states)
        now: dict[tuple[object, ...], int] = {}
        for fault in block.faults(session, left.label, right.label):
            place = before.get(fault.key)
            if place is None:
                place = len(runs)
                runs.append(fault)
            else:
                runs[place] = runs[place].extended(fault)
            now[fault.key] = place
        before = now
    return tuple(runs)


class _Block:
    """The aligned roll calls of one session, as two patterns of equal shape (roll calls, states)."""

    def __init__(
        self,
        lp: Pattern,
        rp: Pattern,
        left: NDArray[np.int64],
        right: NDArray[np.int64],
        states: tuple[str, ...],
    ) -> None:
        self.lp, self.rp, self.left, self.right, self.states = lp, rp, left, right, states
        self.a, self.b = lp[left], rp[right]
        self.own = (self.a != self.b).sum(0)
        self.suspects = np.flatnonzero(self.own >= MIN_CELLS)

    def faults(self, session: int, release: str, against: str) -> list[StateFault]:
        """One fault a suspect state, where there is one; an exchange is told once."""
        found: list[StateFault] = []
        told: set[int] = set()
        for k in self.suspects.tolist():
            if k in told:
                continue
            name = self._explain(k)
            if name is None:
                continue
            kind, left_over, other, rows = name
            if kind == "exchanged" and other is not None:
                told.add(other)
            absent_right = kind == "missing" and (self.b[:, k] != NO_VOTE).sum() < (self.a[:, k] != NO_VOTE).sum()
            found.append(
                StateFault(
                    kind=kind,
                    state=self.states[k],
                    session=session,
                    last_session=session,
                    release=against if absent_right else release,
                    against=release if absent_right else against,
                    cells=int(self.own[k]),
                    roll_calls=len(self.left),
                    left_over=left_over,
                    other=None if other is None else self.states[other],
                    rows=rows,
                )
            )
        return found

    def _explain(self, k: int) -> tuple[StateFaultKind, int, int | None, int | None] | None:
        """The first explanation that leaves few cells over: (kind, left over, other state, rows)."""
        limit = EXPLAINED * self.own[k]
        far = (self.a[:, [k]] != self.b).sum(0)
        far[k] = len(self.a)
        for j in self.suspects[np.argsort(far[self.suspects], kind="stable")].tolist():
            back = int((self.a[:, j] != self.b[:, k]).sum())
            if far[j] <= limit and back <= EXPLAINED * self.own[j]:
                return "exchanged", int(far[j]), j, None
        votes, theirs = self.a[:, k] != NO_VOTE, self.b[:, k] != NO_VOTE
        notable = self.own[k] >= max(MIN_ROWS, NOTABLE * len(self.a))
        if min(votes.sum(), theirs.sum()) <= FEW * max(votes.sum(), theirs.sum()):
            return ("missing", 0, None, None) if notable else None
        one_sided = max(int((votes & ~theirs).sum()), int((theirs & ~votes).sum()))
        if one_sided >= ONE_SIDED * self.own[k]:
            return ("missing", int(self.own[k]) - one_sided, None, None) if notable else None
        shift, left_over = self._shift(k)
        if left_over <= limit:
            return "displaced", left_over, None, shift
        nearest, second = np.argsort(far, kind="stable")[:2].tolist()
        if far[nearest] <= limit and far[nearest] + (far[nearest] > 0) < far[second]:
            return "carries", int(far[nearest]), nearest, None
        return ("differs", int(self.own[k]), None, None) if notable else None

    def _shift(self, k: int) -> tuple[int, int]:
        """The displacement in rows of the left release that leaves the fewest cells over, and how many."""
        best = (0, int(self.own[k]))
        for shift in range(1, MAX_SHIFT + 1):
            for rows in (shift, -shift):
                moved = self.left + rows
                inside = (moved >= 0) & (moved < len(self.lp))
                if inside.sum() < len(self.left) - shift:
                    continue
                left_over = int((self.lp[moved[inside], k] != self.b[inside, k]).sum())
                if left_over < best[1]:
                    best = (rows, left_over)
        return best
