"""Every partner of a state, most alike first."""

from __future__ import annotations

from comity.errors import EmptySelection, UsageError
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import rate
from comity.states.registry import State, registry
from comity.study import ask, faults
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.context import Frame, frame
from comity.study.corpus import Corpus
from comity.study.lent import of_reading
from comity.study.notes import general, note, of_set, seats, unique
from comity.study.standing import MIN_COMMON, rank_partners


def rank(
    state: str,
    *,
    period: str | Period | None = None,
    min_common: float = MIN_COMMON,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> RankAnswer:
    """Partners of a state by share of votes cast by both.

    period     : by default the state's whole record in the release.
    min_common : in [0, 1]; see RankAnswer.
    """
    if not 0 <= min_common <= 1:
        raise UsageError("The minimum of common votes is a share", got=min_common, allowed="0 to 1")
    fr = frame(reading or Reading(), corpus)
    given = ask.one_period(period, fr.reading.clock, fr.origin)
    day = min(ask.last_day(given), fr.origin.last) if given else fr.origin.last
    found = ask.one_state(state, day, past=given is None)
    span = given or ask.common_record(fr.origin, fr.reading.clock, (found,))
    ask.require_seats((found,), (span,))
    return answer(fr, found, span, min_common)


def answer(fr: Frame, state: State, period: Period, min_common: float = MIN_COMMON) -> RankAnswer:
    """The answer for a state and period already settled."""
    cut = fr.corpus.cut(fr.reading, [period])
    partners = cut.partners(0, state.id)
    if not partners:
        raise EmptySelection(
            f"No roll call of {fr.origin.release} is selected on which {state.name} held a seat",
            got=f"{fr.reading.issue}, {period.label}",
            next="Widen the period or the issue",
        )
    ranking = rank_partners(partners, cut.seated(0, state.id), min_common)
    if not ranking.order:
        raise EmptySelection(
            f"No state cast a vote with {state.name} on {rate(min_common, 0)} of the roll calls of {period.label}",
            got=fr.reading.issue,
            next="Widen the period or the issue, or lower --min-common",
        )
    name = registry().name
    notes = [
        note("rank_rule", percent=rate(min_common, 0), name=state.name, k=len(ranking.too_few)),
        *faults.of_states(fr.corpus, (state.id,), [period]),
        *of_set(cut),
        *of_reading(cut),
        *general(fr.origin, fr.reading, [period]),
        *seats([state.id], [period]),
    ]
    return RankAnswer(
        header=fr.header,
        state=state.id,
        name=state.name,
        period=period,
        roll_calls=cut.roll_calls(0),
        min_common=min_common,
        median=ranking.median,
        partners=tuple(Partner(p, name(p), place, share, counts) for p, place, share, counts in ranking.order),
        too_few=tuple((p, name(p), cast) for p, cast in ranking.too_few),
        dropped=cut.dropped,
        notes=unique(notes),
    )
