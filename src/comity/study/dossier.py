"""Everything the dossier prints about a pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict, TypeVar

from comity.errors import BadPeriod, EmptySelection, NoAnswer, RollCallsMissing, StateDidNotExist
from comity.measures.catalogue import pair_measures
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.tables import ISSUES
from comity.states.registry import State, registry
from comity.study import ask, pair, rank, splits, trend
from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.ideal import IdealDistanceAnswer
from comity.study.answers.ideal_paths import IdealPathsAnswer
from comity.study.answers.moved import DecomposeAnswer, MovedAnswer
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.parting import PartingAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.situations import SituationsAnswer
from comity.study.answers.splits import SplitsAnswer
from comity.study.breaks import breaks
from comity.study.context import Frame, Periods, States, frame, pair_and_periods
from comity.study.corpus import Corpus
from comity.study.dossier_strands import strands as beside_votes
from comity.study.moved import decompose, moved
from comity.study.notes import default_cut, unique
from comity.study.parting import parting
from comity.study.situations import situations

LEAD_ISSUE = "hr"
MEASURES = ("same_share", "ia", "s_sq", "kappa_sq", "pi_sq", "alpha_ordinal", "brennan_prediger")
T = TypeVar("T")


def dossier(
    a: str,
    b: str,
    *,
    periods: Periods = None,
    vs: States = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
    ideal: bool = True,
    strands: bool = True,
) -> DossierAnswer:
    """A pair on every issue, with the lead issue in depth.

    periods : by default the common record split at its middle.
    vs      : contrasts; by default the permanent members of the Security Council that are not in the pair.
    reading : its issue is the lead issue; "hr" by default.
    strands : whether the other strands are asked: arms, trade, ledgers, the spread of ties.
    ideal   : whether ideal points are fitted, which takes seconds the first time; they are of all issues.
    """
    lead_reading = reading or Reading(issue=LEAD_ISSUE)
    fr = frame(lead_reading, corpus)
    first, second, chosen = pair_and_periods(a, b, periods, fr)
    if vs is None:
        others = ask.p5_except(first.id, second.id, day=fr.origin.last)
    else:
        others = tuple(s for s in ask.several_states(vs, fr.origin.last) if s.id not in (first.id, second.id))
        ask.require_seats(others, chosen)
    span = ask.hull(chosen)
    cut = () if periods else (default_cut(chosen),)
    beside = _with_counts(fr, (first, second), others, chosen)
    lead_answer = pair.answer(fr, first, second, chosen, beside, pair_measures(MEASURES))
    by_issue = tuple(_by_issue(fr, first, second, chosen))
    ranks = tuple(r for s in (first, second) if (r := _rank(fr, s, chosen[-1])) is not None)
    parted = _splits(fr, first, second, chosen[-1])
    deeper = _deeper(fr, first, second, chosen, span)
    parts: list[PairAnswer | RankAnswer | SplitsAnswer] = [lead_answer, *by_issue, *ranks]
    if parted is not None:
        parts.append(parted)
    points, apart = _ideal(fr, first, second) if ideal else (None, None)
    of_texts = deeper["parting"].pair.notes if deeper["parting"] else ()
    return DossierAnswer(
        lead_pair=lead_answer,
        by_issue=by_issue,
        trend=trend.answer(fr, first, second, span),
        contrast_trends=tuple(_contrasts(fr, lead_answer, span)),
        splits=parted,
        ranks=ranks,
        **deeper,
        ideal=points,
        apart=apart,
        strands=beside_votes(first, second, span, fr.corpus) if strands else (),
        notes=unique([*cut, *(n for part in parts for n in part.notes), *of_texts]),
    )


class _Deeper(TypedDict):
    breaks: BreaksAnswer | None
    moved: MovedAnswer | None
    decomposed: DecomposeAnswer | None
    situations: SituationsAnswer | None
    parting: PartingAnswer | None


def _deeper(fr: Frame, a: State, b: State, periods: tuple[Period, ...], span: Period) -> _Deeper:
    """What needs single roll calls, and texts recognised by their titles."""
    on: _On = {"reading": fr.reading, "corpus": fr.corpus}
    by_texts = len(periods) == 2 and fr.reading.clock != "day"
    of_rights = ask.make_reading(fr.reading, issue="all")
    return _Deeper(
        breaks=_told(lambda: breaks(a.id, b.id, period=span, **on)) if fr.reading.clock != "day" else None,
        moved=_told(lambda: moved(a.id, b.id, periods=periods, **on)) if by_texts else None,
        decomposed=_told(lambda: decompose(a.id, b.id, periods=periods, **on)) if by_texts else None,
        situations=_told(lambda: situations(a.id, b.id, period=(span,), reading=of_rights, corpus=fr.corpus)),
        parting=_told(lambda: parting(a.id, b.id, periods=periods, **on)),
    )


def _ideal(fr: Frame, a: State, b: State) -> tuple[IdealPathsAnswer | None, IdealDistanceAnswer | None]:
    """Both answers from one fit, of all issues: that of a single issue would have a scale of its own."""
    from comity.study.ideal.paths import ideal_paths, usual_group
    from comity.study.ideal.show import ideal_distance

    apart = _told(lambda: ideal_distance(a.id, b.id, corpus=fr.corpus))
    if apart is None:
        return None, None
    beside = usual_group(a.id, fr.origin.last)
    return _told(lambda: ideal_paths(a.id, b.id, of_group=beside, corpus=fr.corpus)), apart


class _On(TypedDict):
    reading: Reading
    corpus: Corpus


def _told(ask_it: Callable[[], T]) -> T | None:
    """An answer, or None where the data cannot give it."""
    try:
        return ask_it()
    except (NoAnswer, BadPeriod, StateDidNotExist):
        return None


def _with_counts(
    fr: Frame, pair_: tuple[State, State], others: tuple[State, ...], periods: tuple[Period, ...]
) -> tuple[State, ...]:
    """Contrasts that the corpus can count with both states: the starter data hold only some pairs."""
    cut = fr.corpus.cut(fr.reading, periods)
    kept = []
    for other in others:
        try:
            known = all(any(cut.counts(k, s.id, other.id).roll_calls for k in range(len(periods))) for s in pair_)
        except RollCallsMissing:
            known = False
        if known:
            kept.append(other)
    return tuple(kept)


def _by_issue(fr: Frame, a: State, b: State, periods: tuple[Period, ...]) -> list[PairAnswer]:
    found = []
    for issue in ("all", *ISSUES):
        on_issue = Frame(fr.corpus, ask.make_reading(fr.reading, issue=issue))
        try:
            found.append(pair.answer(on_issue, a, b, periods, ()))
        except NoAnswer:
            continue
    return found


def _contrasts(fr: Frame, lead: PairAnswer, span: Period) -> list[TrendAnswer]:
    found = []
    for row in lead.rows[1:]:
        try:
            found.append(trend.answer(fr, registry().state(row.a), registry().state(row.b), span))
        except EmptySelection:
            continue
    return found


def _rank(fr: Frame, state: State, period: Period) -> RankAnswer | None:
    try:
        return rank.answer(fr, state, period)
    except NoAnswer:
        return None


def _splits(fr: Frame, a: State, b: State, period: Period) -> SplitsAnswer | None:
    try:
        return splits.answer(fr, a, b, period)
    except RollCallsMissing:
        return None
