"""How far did two states vote alike, and how did that change?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.errors import EmptySelection
from comity.measures.catalogue import Measure, pair_measures
from comity.model.body import COUNCIL
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import named, possessive, rate, span
from comity.states.registry import State
from comity.study import ask, faults
from comity.study.answers.common import Note, PairRow
from comity.study.answers.pair import PairAnswer, Standing
from comity.study.answers.situations import Veto
from comity.study.change import changes
from comity.study.context import Frame, Periods, States, frame, general, pair_and_periods, pair_row, require_seats
from comity.study.corpus import Corpus, Cut
from comity.study.council_vetoes import vetoes_of
from comity.study.headline import headline
from comity.study.lent import of_reading
from comity.study.measured import POOLED, measured
from comity.study.notes import default_cut, note, of_contrasts, of_pair, of_set, seats, texts_unseen, unique
from comity.study.release import ReleaseCorpus
from comity.study.standing import MIN_COMMON, rankable, standing
from comity.study.vintage import disagreements


def pair(
    a: str,
    b: str,
    *,
    periods: Periods = None,
    vs: States = None,
    measures: str | Sequence[str] | None = None,
    average: str = POOLED,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> PairAnswer:
    """The period table of a pair, beside contrast pairs.

    a, b    : names or codes.
    periods : "1992-1999,2000-2020" or a list; by default the common record split at its middle.
    vs      : contrast states; each is paired with a and with b. "P5" is not a state: name the states.
    measures : ids of measures to compute for every pair and period, "all" for every one; by default none.
    average : "pooled", or "years" for the mean of yearly values (see ``measured``).
    """
    asked = pair_measures(measures) if measures is not None else ()
    ask.known(a, b, *(vs.split(",") if isinstance(vs, str) else tuple(vs or ())))
    fr = frame(reading or Reading(), corpus, council=True)
    first, second, chosen = pair_and_periods(a, b, periods, fr)
    others = ask.several_states(vs, ask.last_day(chosen[-1]), past=True)
    others = tuple(o for o in others if o.id not in (first.id, second.id))
    for other in others:
        require_seats(fr, (other,), chosen)
    found = answer(fr, first, second, chosen, others, asked, average)
    return found if periods else replace(found, notes=(default_cut(chosen), *found.notes))


def answer(
    fr: Frame,
    a: State,
    b: State,
    periods: Sequence[Period],
    others: Sequence[State],
    measures: tuple[Measure, ...] = (),
    average: str = POOLED,
) -> PairAnswer:
    """The answer for states and periods already settled."""
    cut = fr.corpus.cut(fr.reading, periods)
    if not any(cut.roll_calls(k) for k in range(len(periods))):
        raise EmptySelection(
            f"No roll call of {fr.origin.release} is selected",
            got=f"{fr.reading.issue}, {', '.join(p.label for p in periods)}",
            next="Widen the period or the issue",
        )
    row = pair_row(cut, fr.origin, a, b)
    contrasts = tuple(pair_row(cut, fr.origin, x, o) for x in (a, b) for o in others)
    standings = tuple(_standings(cut, a.id, b.id))
    header = fr.header
    whole = cut.roll_calls(len(periods) - 1)
    vetoes, of_vetoes = _vetoes(fr, a, b, periods)
    notes = [
        *disagreements(fr, row),
        *faults.of_states(fr.corpus, (a.id, b.id, *(o.id for o in others)), periods),
        *of_set(cut),
        *of_reading(cut),
        *general(fr, periods),
        *of_vetoes,
        *texts_unseen(fr.corpus, fr.reading, periods),
        *of_pair(cut, row),
        *of_contrasts(cut, row, contrasts),
        *_unranked(cut, row, standings),
        *seats([s.id for s in (a, b, *others)], periods),
    ]
    return PairAnswer(
        header=header,
        a=a.id,
        b=b.id,
        rows=measured(fr, cut, (row, *contrasts), measures, average),
        changes=tuple(c for r in (row, *contrasts) for c in changes(r)),
        standings=standings,
        headline=headline(row, header, standings, _too_few(cut, standings, a.id, b.id), whole),
        dropped=cut.dropped,
        notes=unique(notes),
        vetoes=vetoes,
    )


def _vetoes(fr: Frame, a: State, b: State, periods: Sequence[Period]) -> tuple[tuple[Veto, ...], list[Note]]:
    """Of the Security Council, the vetoed drafts that its file leaves out."""
    if not (isinstance(fr.corpus, ReleaseCorpus) and fr.origin.body == COUNCIL):
        return (), []
    return vetoes_of(fr.corpus, a, b, periods)


def _unranked(cut: Cut, row: PairRow, standings: Sequence[Standing]) -> list[Note]:
    """Why a state has no rank among the other's partners, in periods that the headline does not speak of."""
    ranked = {(s.period, s.state) for s in standings}
    names = {row.a: row.name_a, row.b: row.name_b}
    return [
        note(
            "unranked",
            partner=named(names[partner]),
            whose=possessive(names[state]),
            state=named(names[state]),
            period=span(cell.period.label),
            cast=cell.counts.cast,
            n=cut.seated(k, state),
            minimum=rate(MIN_COMMON, 0),
        )
        for k, cell in enumerate(row.cells[:-1])
        for state, partner in ((row.a, row.b), (row.b, row.a))
        if cell.counts.roll_calls and (cell.period, state) not in ranked and rankable(cut, k, state)
    ]


def _too_few(cut: Cut, standings: Sequence[Standing], a: str, b: str) -> set[str]:
    """States whose ranking in the last period exists but leaves the other out."""
    last = len(cut.periods) - 1
    ranked = {s.state for s in standings if s.period == cut.periods[last]}
    return {s for s in (a, b) if s not in ranked and rankable(cut, last, s)}


def _standings(cut: Cut, a: str, b: str) -> list[Standing]:
    pairs = [(k, s, p) for k in range(len(cut.periods)) for s, p in ((a, b), (b, a))]
    return [found for k, s, p in pairs if (found := standing(cut, k, s, p)) is not None]
