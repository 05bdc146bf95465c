"""Opposite and surprising votes of a pair, each beside what was to be expected of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from comity.errors import UsageError
from comity.measures.near import nearest, own_votes
from comity.measures.surprise import Expected
from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.symbol import normalise_symbol
from comity.states.registry import State
from comity.store.home import home
from comity.study import ask, faults
from comity.study.answers.outliers import Outlier, OutliersAnswer, Side, Votes
from comity.study.context import Frame, Periods, frame, pair_and_periods, pair_row
from comity.study.corpus import Corpus
from comity.study.expected import expected_of, sessions_of, texts_of
from comity.study.lent import lent_notes, of_reading, unnamed
from comity.study.notes import general, note, of_pair, of_set, seats, unique
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.splits import needs_roll_calls, split_of
from comity.votes.corrections import Correction, corrections

AT = 0.01
_FEW_OWN, _FEW_NEAR, _RARE = 3, 10, 0.2


@dataclass(frozen=True, eq=False)
class _Record:
    """A release with what was to be expected of its votes."""

    corpus: ReleaseCorpus
    expected: Expected
    own: NDArray[np.float32]
    when: NDArray[np.int64]
    ledger: dict[tuple[str, str], Correction]
    at: float

    @property
    def cells(self) -> NDArray[np.uint8]:
        return self.corpus.matrix.cells


def outliers(
    a: str,
    b: str,
    *,
    period: Periods = None,
    at: float = AT,
    ideal: bool = False,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> OutliersAnswer:
    """Every opposite vote of a pair, and every vote of either that was given the probability ``at`` or less.

    The probability of a vote is worked out without it: from the other votes of the state on the same text, the votes
    of states near in position, and how predictable the state is. ``ideal`` adds what the fit of ideal points expects,
    which takes seconds the first time. UsageError for ``at`` outside 0 to 0.5; RollCallsMissing on the starter data.
    """
    if not 0 < at <= 0.5:
        raise UsageError("A vote is surprising at a small probability", got=at, allowed="above 0, to 0.5")
    fr = frame(reading or Reading(), corpus)
    held = needs_roll_calls(fr.corpus)
    given = (period,) if isinstance(period, str | Period) else period
    first, second, chosen = pair_and_periods(a, b, given, fr)
    when = sessions_of(held)
    ledger = corrections([home() / "ledgers"])
    every = own_votes(held.matrix.cells, when, texts_of(held), fade=math.inf)
    found = _answer(fr, _Record(held, expected_of(held), every, when, ledger, at), first, second, ask.hull(chosen))
    return _on_line(found, held) if ideal else found


def _on_line(answer: OutliersAnswer, corpus: ReleaseCorpus) -> OutliersAnswer:
    """The same with what ideal points expect of each vote."""
    from comity.study.ideal.settings import Settings
    from comity.study.ideal.show import open_fit
    from comity.study.ideal.vote import given_on_line

    _, fit = open_fit(Settings(), None, corpus, None)
    place = {name: k for k, name in enumerate(corpus.roll_calls["roll_call"].to_list())}
    rows = []
    for row in answer.rows:
        given = given_on_line(fit, place[row.split.roll_call])
        sides = ((row.a, answer.a), (row.b, answer.b))
        first, second = (replace(side, on_line=given.get(s) if side.p is not None else None) for side, s in sides)
        rows.append(replace(row, a=first, b=second))
    return replace(answer, rows=tuple(rows), notes=unique([*answer.notes, note("ideal_vote")]))


def _answer(fr: Frame, record: _Record, a: State, b: State, period: Period) -> OutliersAnswer:
    cut = record.corpus.cut(fr.reading, [period])
    row = pair_row(cut, fr.origin, a, b)
    rows, column = cut.rows[0], record.corpus.matrix.column
    sides = np.array([column[a.id], column[b.id]])
    seen = record.cells[np.ix_(rows, sides)]
    cast = record.expected.cast(record.cells[rows], rows)
    chance = record.expected.chance(record.at, rows)
    surprising = cast[:, sides] <= record.at
    opposite = (np.abs(seen[:, 0].astype(int) - seen[:, 1]) == Choice.NO) & (seen.max(axis=1) <= Choice.NO)
    noted = _noted(record, cut, a.id, b.id)
    hits = {*rows[opposite | surprising.any(axis=1)].tolist(), *(r for r, _ in noted)}
    found = sorted((_outlier(record, r, a.id, b.id) for r in hits), key=_order)
    notes = [
        *faults.of_states(fr.corpus, (a.id, b.id), [period]),
        *of_set(cut),
        *of_reading(cut),
        note("expected"),
        note("corrections", k=len(record.ledger)),
        *general(fr.origin, fr.reading, [period]),
        *of_pair(cut, row),
        *seats((a.id, b.id), [period]),
        *lent_notes(record.corpus.marks, ("symbol", "title")),
        *unnamed([o.split.to_dict() for o in found]),
    ]
    p = record.expected.p[np.ix_(rows, sides)]
    return OutliersAnswer(
        header=fr.header,
        a=a.id,
        b=b.id,
        name_a=a.name,
        name_b=b.name,
        period=period,
        at=record.at,
        counts=row.cells[0].counts,
        intended=_intended(record, noted, sides, row.cells[0].counts),
        opposites=float(np.nansum(p[:, 0, 0] * p[:, 1, 2] + p[:, 0, 2] * p[:, 1, 0])),
        surprises=tuple(_told(cast[:, s], chance[:, s], record.at) for s in sides),  # type: ignore[arg-type]
        held=_told(cast, chance, record.at),
        rows=tuple(found),
        ledger=len(record.ledger),
        dropped=cut.dropped,
        notes=unique(notes),
    )


def _order(row: Outlier) -> tuple[float, str]:
    return (row.least, row.split.roll_call)


def _told(cast: NDArray[np.float32], chance: NDArray[np.float32], at: float) -> tuple[int, float, int]:
    return int((cast <= at).sum()), float(np.nansum(chance)), int((~np.isnan(cast)).sum())


def _outlier(record: _Record, r: int, a: str, b: str) -> Outlier:
    choices = [Choice(record.cells[r, record.corpus.matrix.column[s]]) for s in (a, b)]
    split = split_of(record.corpus.roll_calls.row(r, named=True), a, b, *choices)
    symbol = normalise_symbol(split.symbol) or ""
    first, second = (_side(record, r, s, record.ledger.get((symbol, s))) for s in (a, b))
    return Outlier(split, first, second)


def _side(record: _Record, r: int, state: str, correction: Correction | None) -> Side:
    s = record.corpus.matrix.column[state]
    choice = Choice(record.cells[r, s])
    if not choice.cast:
        none: Votes = (0, 0, 0)
        return _corrected(Side(choice, None, none, none, ""), correction)
    p = float(record.expected.p[r, s, choice])
    own = _votes(record.own[r, s])
    voted = record.cells[r, nearest(record.cells, record.when, r, s)]
    near = _votes(np.bincount(voted, minlength=3)[:3])
    label = _label(choice, own, near) if p <= record.at else ""
    return _corrected(Side(choice, p, own, near, label), correction)


def _corrected(side: Side, noted: Correction | None) -> Side:
    if noted is None:
        return side
    return replace(side, label="recorded_error", intended=noted.intention, meeting=noted.meeting, read_in=noted.read_in)


def _votes(numbers: NDArray[np.floating] | NDArray[np.integer]) -> Votes:
    yes, abstained, no = (round(float(n)) for n in numbers)
    return yes, abstained, no


def _label(choice: Choice, own: Votes, near: Votes) -> str:
    """What a surprising vote differs from."""
    alone = sum(own) >= _FEW_OWN and own[choice] <= _RARE * sum(own)
    apart = sum(near) >= _FEW_NEAR and near[choice] <= _RARE * sum(near)
    return {(True, True): "both", (True, False): "own_record", (False, True): "partners"}.get((alone, apart), "neither")


def _noted(record: _Record, cut: ReleaseCut, a: str, b: str) -> list[tuple[int, list[Correction | None]]]:
    """The roll calls of the cut with a correction of either state: row, then the correction of each or None."""
    symbols = record.corpus.roll_calls["symbol"]
    known = {symbol for symbol, state in record.ledger if state in (a, b)}
    rows = [(int(r), normalise_symbol(symbols[int(r)]) or "") for r in cut.rows[0]] if known else []
    return [(r, [record.ledger.get((symbol, s)) for s in (a, b)]) for r, symbol in rows if symbol in known]


def _intended(
    record: _Record, noted: list[tuple[int, list[Correction | None]]], sides: NDArray[np.int64], counts: Counts
) -> Counts | None:
    """The counts with every noted intention in place of the recorded vote; None where no correction is on record."""
    table = np.array(counts.table)
    for r, given in noted:
        was = np.minimum(record.cells[r, sides], Choice.ABSENT)
        meant = [c.intention if c else int(w) for c, w in zip(given, was, strict=True)]
        table[tuple(was)] -= 1
        table[tuple(meant)] += 1
    return Counts.of(table.tolist(), counts.coded_nonmember) if noted else None
