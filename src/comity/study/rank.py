"""Every partner of a state, most alike first."""

from __future__ import annotations

from collections.abc import Collection

from comity.errors import EmptySelection, UsageError
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import rate
from comity.states.registry import State, registry
from comity.study import ask, faults
from comity.study.answers.common import Note
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.context import Frame, States, common_record, frame, general, require_seats
from comity.study.corpus import Corpus
from comity.study.lent import of_reading
from comity.study.notes import note, of_set, seats, unique
from comity.study.partners import Partners
from comity.study.standing import MIN_COMMON, Ranking, rank_partners


def rank(
    state: str,
    *,
    period: str | Period | None = None,
    min_common: float = MIN_COMMON,
    among: States = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> RankAnswer:
    """Partners of a state by share of votes cast by both.

    period     : by default the state's whole record in the release.
    min_common : in [0, 1]; see RankAnswer.
    among      : a group or region (its members on the period's last day), or a list of states; by default all.
    """
    if not 0 <= min_common <= 1:
        raise UsageError("The minimum of common votes is a share", got=min_common, allowed="0 to 1")
    ask.known(state)
    ask.known_among(among)
    fr = frame(reading or Reading(), corpus, council=True)
    given = ask.one_period(period, fr.reading.clock, fr.origin)
    day = min(ask.last_day(given), fr.origin.last) if given else fr.origin.last
    found = ask.one_state(state, day, past=True)
    span = given or common_record(fr, (found,))
    require_seats(fr, (found,), (span,))
    if among is None:
        return answer(fr, found, span, min_common)
    label, chosen = ask.chosen_states(among, min(ask.last_day(span), fr.origin.last))
    return answer(fr, found, span, min_common, label, chosen)


def answer(
    fr: Frame,
    state: State,
    period: Period,
    min_common: float = MIN_COMMON,
    among: str = "",
    chosen: Collection[str] = (),
) -> RankAnswer:
    """The answer for a state and period already settled; with ``chosen``, among these partners only."""
    cut = fr.corpus.cut(fr.reading, [period])
    everyone = cut.partners(0, state.id)
    partners = everyone.among(chosen) if among else everyone
    if everyone and not partners:
        raise EmptySelection(
            f"No member of {among} held a seat on a selected roll call beside {state.name}",
            got=f"{fr.reading.issue}, {period.label}",
            next="Widen the period, or rank among others",
        )
    if not partners:
        raise EmptySelection(
            f"No roll call of {fr.origin.release} is selected on which {state.name} held a seat",
            got=f"{fr.reading.issue}, {period.label}",
            next="Widen the period or the issue",
        )
    ranking = rank_partners(partners, cut.seated(0, state.id), min_common)
    if not ranking.partners:
        raise EmptySelection(
            f"No state cast a vote with {state.name} on {rate(min_common, 0)} of the roll calls of {period.label}",
            got=fr.reading.issue,
            next="Widen the period or the issue, or lower --min-common",
        )
    name = registry().name
    notes = [
        *(_among(everyone, cut.seated(0, state.id), ranking, min_common, among) if among else ()),
        note("rank_rule", percent=rate(min_common, 0), name=state.name, k=len(ranking.too_few)),
        *faults.of_states(fr.corpus, (state.id,), [period]),
        *of_set(cut),
        *of_reading(cut),
        *general(fr, [period]),
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
        among=among,
        partners=tuple(
            Partner(p, name(p), place, percentile, counts)
            for (p, counts), place, percentile in zip(
                ranking.partners.items(), ranking.ranks.tolist(), ranking.percentiles.tolist(), strict=True
            )
        ),
        too_few=tuple((p, name(p), cast) for p, cast in ranking.too_few),
        dropped=cut.dropped,
        notes=unique(notes),
    )


def _among(everyone: Partners, seated: int, ranking: Ranking, min_common: float, label: str) -> list[Note]:
    """Ranked among some only: how many, and the median over all for comparison."""
    whole = rank_partners(everyone, seated, min_common)
    return [
        note(
            "rank_among",
            group=label,
            k=len(ranking.partners),
            median=rate(ranking.median, seated),
            n=len(whole.partners),
            whole=rate(whole.median, seated),
        )
    ]
