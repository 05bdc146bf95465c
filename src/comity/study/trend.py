"""A pair year by year (or session by session), beside the median partner of each side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.errors import BadPeriod, EmptySelection, RollCallsMissing
from comity.model.period import Period
from comity.model.reading import Reading
from comity.states.registry import State
from comity.study import ask, faults
from comity.study.answers.pair import TrendAnswer
from comity.study.context import Frame, common_record, frame, general, pair_row, require_seats
from comity.study.corpus import Corpus, Cut
from comity.study.lent import of_reading
from comity.study.notes import of_pair, of_set, seats, unique
from comity.study.standing import medians


def trend(
    a: str,
    b: str,
    *,
    period: str | Period | None = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> TrendAnswer:
    """Counts of a pair in every year (or session) of a period, by default the whole common record."""
    fr = frame(reading or Reading(), corpus, council=True)
    if fr.reading.clock == "day":
        raise BadPeriod("A trend is by year or session", got="--clock day", allowed="year, session")
    given = ask.one_period(period, fr.reading.clock, fr.origin)
    day = min(ask.last_day(given), fr.origin.last) if given else fr.origin.last
    first, second = ask.two_states(a, b, day, past=True)
    span = given or common_record(fr, (first, second))
    require_seats(fr, (first, second), (span,))
    return answer(fr, first, second, span)


def answer(fr: Frame, a: State, b: State, span: Period) -> TrendAnswer:
    """The answer for states and period already settled; years without a shared roll call are left out."""
    steps = [Period(t, t, span.clock) for t in range(span.start, span.end + 1)]
    cut = fr.corpus.cut(fr.reading, steps)
    whole = pair_row(cut, fr.origin, a, b)
    shared = [k for k, cell in enumerate(whole.cells) if cell.counts.roll_calls]
    if not shared:
        raise EmptySelection(
            f"No roll call of {fr.origin.release} is selected on which {a.name} and {b.name} both held a seat",
            got=f"{fr.reading.issue}, {span.label}",
            next="Widen the period or the issue",
        )
    total = fr.corpus.cut(fr.reading, [span])
    notes = [
        *faults.of_states(fr.corpus, (a.id, b.id), [span]),
        *of_set(total),
        *of_reading(total),
        *general(fr, [span]),
        *of_pair(total, pair_row(total, fr.origin, a, b)),
        *seats((a.id, b.id), [span]),
    ]
    return TrendAnswer(
        header=fr.header,
        row=replace(whole, cells=tuple(whole.cells[k] for k in shared)),
        medians={s: found for s in (a.id, b.id) if (found := _medians(cut, s, shared)) is not None},
        dropped=total.dropped,
        notes=unique(notes),
    )


def _medians(cut: Cut, state: str, shared: Sequence[int]) -> tuple[float | None, ...] | None:
    try:
        found = medians(cut, state)
    except RollCallsMissing:
        return None
    return tuple(found[k] for k in shared)
