"""How alike the members of a group voted over time, beside sets of states drawn from the Assembly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from comity.errors import BadPeriod, EmptySelection, UsageError
from comity.measures.cohesion import beside, drawn, tally
from comity.measures.groups import agreement_index, rice
from comity.model.choice import Choice
from comity.model.counts import Share
from comity.model.period import Period
from comity.model.reading import Reading
from comity.states.groups import Group, members_of
from comity.states.groups import group as find_group
from comity.states.registry import State, registry
from comity.study import ask, faults
from comity.study.answers.cohesion import CohesionAnswer, Placed, Stretch
from comity.study.answers.common import Note
from comity.study.context import Frame, frame
from comity.study.corpus import Corpus
from comity.study.coverage import partial
from comity.study.lent import of_reading
from comity.study.member_records import member_records
from comity.study.notes import general, note, of_set, seats, unique
from comity.study.release import ReleaseCut
from comity.study.splits import needs_roll_calls
from comity.votes.matrix import UNKNOWN

DRAWS, SEED = 500, 1
_LEAST = 2  # members that cast a vote, for the group to be alike at all


def cohesion(
    group: str,
    *,
    period: str | int | Period | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    power: str | None = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> CohesionAnswer:
    """Rice's index and the agreement index of a group, over a period and in each of its years (or sessions).

    group       : a name or id; its members are those of the day of each roll call.
    period      : by default from the day of the group's first member, as far as the release goes.
    draws, seed : of the sets of states drawn beside it; the same seed draws the same sets.
    power       : a state that every member is held against; by default none.

    UnknownIssue for an unknown group; RollCallsMissing on the starter data; EmptySelection where no roll call has two
    members that cast a vote.
    """
    found = find_group(group)
    if not 1 <= draws <= 100_000 or seed < 0:
        raise UsageError("Draws or seed out of range", got=f"{draws}, {seed}", allowed="1 to 100000; 0 and more")
    fr = frame(reading or Reading(), corpus)
    if fr.reading.clock == "day":
        raise BadPeriod("Cohesion is by year or session", got="--clock day", allowed="year, session")
    given = str(period) if isinstance(period, int) else period
    span = ask.one_period(given, fr.reading.clock, fr.origin) or _lifetime(found, fr)
    cut = needs_roll_calls(fr.corpus).cut(fr.reading, [span])
    record = _record(cut, found)
    _require_two(fr, found, span, record)
    beside = ask.one_state(power, min(ask.last_day(span), fr.origin.last), past=True) if power else None
    return _answer(fr, cut, found, span, record, beside, draws, seed)


def _lifetime(found: Group, fr: Frame) -> Period:
    """From the first member's day to the last one's, inside the release; the whole release where they do not meet."""
    ends = [m.spell.end for m in found.memberships]
    first = max(fr.origin.first, min(m.spell.start for m in found.memberships))
    last = min(fr.origin.last, *(end - timedelta(days=1) for end in ends if end)) if all(ends) else fr.origin.last
    origin = replace(fr.origin, first=first, last=last) if first <= last else fr.origin
    return ask.whole(origin, fr.reading.clock)


@dataclass(frozen=True, eq=False)
class _Record:
    """The group on the roll calls of a cut that have a date.

    cells   : shape (roll calls, states), coded not-a-member as absent; members : the same shape.
    counts  : yes, abstain, no, absent of the group, shape (roll calls, 4); undated : roll calls left out.
    """

    cells: NDArray[np.uint8]
    members: NDArray[np.bool_]
    counts: NDArray[np.int64]
    clock: NDArray[np.int32]
    undated: int

    @property
    def seated(self) -> NDArray[np.int64]:
        """Members with a seat on each roll call."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def cast(self) -> NDArray[np.int64]:
        """Members that cast a vote on each."""
        return np.asarray(self.counts[:, :3].sum(axis=1))


def _record(cut: ReleaseCut, found: Group) -> _Record:
    matrix, rows = cut.corpus.matrix, cut.rows[0]
    dated = matrix.day[rows] != UNKNOWN
    cells = cut.cells(0)[dated]
    cells[cells == Choice.CODED_NONMEMBER] = Choice.ABSENT
    days, which = np.unique(matrix.day[rows][dated], return_inverse=True)
    belongs = np.zeros((len(days), len(matrix.states)), bool)
    for i, day in enumerate(days.tolist()):
        of_day = members_of(found.id, date.fromordinal(day))
        belongs[i] = [state in of_day for state in matrix.states]
    members = belongs[which] & (cells <= Choice.ABSENT)
    clock = cut.selection.clock[rows][dated]
    return _Record(cells, members, tally(cells, members), clock, int((~dated).sum()))


def _require_two(fr: Frame, found: Group, span: Period, record: _Record) -> None:
    if not len(record.cells):
        raise EmptySelection(
            f"No roll call of {fr.origin.release} is selected",
            got=f"{fr.reading.issue}, {span.label}",
            next="Widen the period or the issue",
        )
    if (record.cast >= _LEAST).any():
        return
    most = int(record.seated.max())
    held = f"at most {most} {'member' if most == 1 else 'members'} with a seat on a day, and never two cast a vote"
    raise EmptySelection(
        f"{found.name} has no cohesion to measure in {span.label}: {held if most else 'no member held a seat'}",
        got=found.id,
        allowed="two members or more that cast a vote on the same roll call",
        next="Widen the period or the issue, or ask for another group",
    )


def _answer(
    fr: Frame, cut: ReleaseCut, found: Group, span: Period, record: _Record, power: State | None, draws: int, seed: int
) -> CohesionAnswer:
    places = np.unique(record.clock).tolist()
    steps = [Period(t, t, span.clock) for t in places]
    slices = [np.arange(len(record.cells)), *(np.flatnonzero(record.clock == t) for t in places)]
    indices = (rice, agreement_index)
    drawn_sets = drawn(record.cells, record.seated, indices, np.random.default_rng(seed), draws)
    of_rice, of_all = (
        _placed(index(record.counts[:, :3]), others, slices) for index, others in zip(indices, drawn_sets, strict=True)
    )
    stretches = tuple(
        _stretch(record, rows, period, of_rice[k], of_all[k], partial(period, fr.origin))
        for k, (rows, period) in enumerate(zip(slices, (span, *steps), strict=True))
    )
    states, last = cut.corpus.matrix.states, ask.last_day(span)
    ever = [states[i] for i in np.flatnonzero(record.members.any(axis=0))]
    names = {s: registry().name(s, last) for s in ever}
    notes = [
        *_own_notes(found, span, record, stretches, len(ever), draws, seed),
        *faults.of_states(fr.corpus, ever, [span]),
        *of_set(cut),
        *of_reading(cut),
        *(n for n in general(fr.origin, fr.reading, [span]) if n.id != "abstention"),
        *seats(ever, [span]),
    ]
    return CohesionAnswer(
        header=fr.header,
        group=found.id,
        name=found.name,
        period=span,
        members=names,
        whole=stretches[0],
        stretches=stretches[1:],
        draws=draws,
        seed=seed,
        dropped=cut.dropped,
        notes=unique(notes),
        records=member_records(record.cells, record.members, slices, states, names, found, power.id if power else None),
        power=(power.id, power.name) if power else None,
    )


def _placed(own: NDArray[np.float64], others: NDArray[np.float64], slices: Sequence[NDArray[np.intp]]) -> list[Placed]:
    """An index of the group, and of the drawn sets, in every slice."""
    found = []
    for rows in slices:
        where = beside(own[rows], others[rows])
        found.append(
            Placed(
                _or_none(where.observed),
                int(np.isfinite(own[rows]).sum()),
                _or_none(where.median),
                _or_none(where.low),
                _or_none(where.high),
                _or_none(where.above),
            )
        )
    return found


def _stretch(
    record: _Record, rows: NDArray[np.intp], period: Period, of_rice: Placed, of_all: Placed, is_partial: bool
) -> Stretch:
    counts, seated, cast = record.counts[rows], record.seated[rows], record.cast[rows]
    enough = cast >= _LEAST
    return Stretch(
        period=period,
        roll_calls=len(rows),
        fewest=int(seated.min()),
        most=int(seated.max()),
        absent=Share(int(counts[:, 3].sum()), int(counts.sum())),
        unanimous=int((enough & (counts[:, :3].max(axis=1) == cast)).sum()),
        too_few=int((~enough).sum()),
        rice=of_rice,
        agreement=of_all,
        partial=is_partial,
    )


def _own_notes(
    found: Group, span: Period, record: _Record, stretches: Sequence[Stretch], ever: int, draws: int, seed: int
) -> list[Note]:
    whole = stretches[0]
    same = whole.fewest == whole.most == ever
    told = [
        note("cohesion_same" if same else "cohesion_members", fewest=whole.fewest, most=whole.most, all=ever),
        note("cohesion_rule"),
        note("cohesion_drawn", draws=draws, seed=seed),
    ]
    if any(p.value is not None and p.above is None for s in stretches for p in (s.rice, s.agreement)):
        told.append(note("cohesion_alike"))
    if record.undated:
        told.append(note("cohesion_undated", k=record.undated))
    touched = [m for m in found.memberships if ask.touches(m.spell, span)]
    if any(m.precision != "day" for m in touched):
        told.append(note("cohesion_months"))
    if not all(m.checked for m in touched):
        told.append(note("cohesion_unchecked"))
    return told


def _or_none(value: float) -> float | None:
    return value if np.isfinite(value) else None
