"""How does a state spread its ties between powers? Strand by strand, then together, with every gap left a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from comity.errors import BadPeriod, UsageError
from comity.measures import balance as spread
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import named, say, span
from comity.study import ask
from comity.study.answers.balance import BASELINE, RAW, BalanceAnswer, MeanShare, Moved, Stage, StrandTies, Tie
from comity.study.answers.common import Note
from comity.study.balance import arms, events, ledgers, trade
from comity.study.balance.found import Found
from comity.study.balance.votes import Votes
from comity.study.context import States, frame
from comity.study.corpus import Corpus
from comity.study.events import warning
from comity.study.notes import note, unique
from comity.study.strand import strand_header

STRANDS = ("votes", "arms", "trade", "tiers", "visits")
WINDOW = 5  # years of a stage of the path
LAGS = (-2, -1, 0, 1, 2)
_SEED = 1945
Provider = Callable[[str, Sequence[str], Period], Found]
PROVIDERS: tuple[Provider, ...] = (arms.found, trade.found, ledgers.tiers, ledgers.visits)


def balance(
    state: str,
    *,
    powers: States = "USA,CHN,RUS",
    period: str | None = None,
    basis: str = RAW,
    weights: str | Mapping[str, float] | None = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> BalanceAnswer:
    """The spread of a state's ties over two powers or more.

    powers : names or codes; period : calendar years, by default the last ten full ones of the release.
    basis  : "raw", or "baseline": ties against what a power's size, or its agreement with anyone, would give.
    weights : of strands in the mean, as "votes=2,trade=1" or a mapping; those not named weigh 1.
    UsageError for fewer than two powers, the state among them, or another basis.
    """
    if basis not in (RAW, BASELINE):
        raise UsageError("A spread has one of two bases", got=basis, allowed=f"{RAW}, {BASELINE}")
    asked = weights_of(weights)
    ask.known(state, *(powers.split(",") if isinstance(powers, str) else tuple(powers or ())))
    fr = frame(reading or Reading(), corpus)
    if fr.reading.clock != "year":
        raise BadPeriod("A spread of ties is over calendar years", got=fr.reading.clock, allowed="clock=year")
    last = fr.origin.last.year - 1
    chosen = ask.one_period(period, "year", fr.origin) or Period(max(fr.origin.first.year, last - 9), last, "year")
    who = ask.one_state(state, ask.last_day(chosen), past=True)
    others = ask.several_states(powers, ask.last_day(chosen), past=True)
    if len(others) < 2 or who.id in {o.id for o in others}:
        raise UsageError("A spread of ties is over two powers or more, other than the state", got=f"{powers}")
    ids = [o.id for o in others]
    votes = Votes(fr.corpus, fr.reading)
    found = [votes.found(who.id, ids, chosen), *(provider(who.id, ids, chosen) for provider in PROVIDERS)]
    if (beside := events.found(who.id, ids, chosen)) is not None:
        found.append(beside)
    strands = tuple(_strand(f, ids, basis) for f in found)
    heavy = {s.strand: asked.get(s.strand, 1.0) for s in strands if s.counted}
    subject = say(
        "balance.subject",
        powers=", ".join(named(o.name) for o in others),
        period=span(chosen.label),
        issue=fr.header.issue_label,
    )
    return BalanceAnswer(
        header=strand_header(subject, (s for f in found for s in f.sources)),
        notes=_notes(strands, who.id, ids, chosen),
        state=who.id,
        powers=tuple(ids),
        names={s.id: s.name for s in (who, *others)},
        period=chosen.label,
        basis=basis,
        strands=strands,
        weights=heavy,
        means=_means(strands, ids, heavy),
        splits=tuple(s for a, b in combinations(ids, 2) if (s := votes.split(who.id, a, b, chosen))),
        moved=_moved(votes, who.id, ids, chosen),
        path=_path(votes, who.id, ids, chosen, basis),
    )


def _strand(found: Found, powers: Sequence[str], basis: str) -> StrandTies:
    values = [found.values.get(p) for p in powers]
    against = [found.baseline.get(p) for p in powers]
    ties = np.array([np.nan if v is None else v for v in (values if basis == RAW else against)])
    shares = spread.tie_shares(ties)
    whole = sum(v for v in values if v is not None) if None not in values else None
    level = whole / found.whole if whole is not None and found.whole else None
    partners = float(spread.effective_number(found.parts)) if len(found.parts) else None
    return StrandTies(
        strand=found.strand,
        unit=found.unit,
        ties=tuple(Tie(p, v, b, _number(s)) for p, v, b, s in zip(powers, values, against, shares, strict=True)),
        covered=found.covered,
        level=level,
        equidistance=_number(float(spread.equidistance(ties))),
        leans={
            f"{powers[i]}-{powers[j]}": _number(float(spread.lean(ties[i], ties[j])))
            for i, j in combinations(range(len(powers)), 2)
        },
        partners=partners if partners == partners else None,
        gap=found.gap or ("" if not np.isnan(shares).any() else _why(found, powers, ties, basis)),
    )


def _why(found: Found, powers: Sequence[str], ties: np.ndarray, basis: str) -> str:
    """Why a strand with data has no shares."""
    lost = [p for p, t in zip(powers, ties, strict=True) if np.isnan(t)]
    if not lost:
        return say("balance.no_ties")
    known = all(found.values.get(p) is not None for p in powers)
    return say("balance.no_baseline" if basis == BASELINE and known else "balance.no_tie_with", powers=", ".join(lost))


def weights_of(given: str | Mapping[str, float] | None) -> dict[str, float]:
    """Weights of strands from "votes=2,trade=1"; UsageError for an unknown strand or what is no number from 0 on."""
    if not given:
        return {}
    pairs = [part.partition("=")[::2] for part in given.split(",")] if isinstance(given, str) else given.items()
    found: dict[str, float] = {}
    for name, text in pairs:
        try:
            found[str(name).strip()] = float(text)
        except ValueError:
            found[str(name).strip()] = -1.0
    if not found.keys() <= set(STRANDS) or not all(0 <= w < float("inf") for w in found.values()):
        raise UsageError("Weights are numbers from 0 on, of strands", got=given, allowed=", ".join(STRANDS))
    return found


def _means(strands: Sequence[StrandTies], powers: Sequence[str], weights: Mapping[str, float]) -> tuple[MeanShare, ...]:
    counted = [s for s in strands if s.counted]
    shares = np.array([[t.share for t in s.ties] for s in counted], float).reshape(len(counted), len(powers))
    mean = spread.weighted(shares, [weights[s.strand] for s in counted])
    low, high = spread.weight_play(shares, np.random.default_rng(_SEED))
    across, without = spread.across_strands(shares), spread.leave_one_out(shares)
    return tuple(
        MeanShare(
            power,
            _number(mean[k]),
            _number(low[k]),
            _number(high[k]),
            _number(across[k]),
            {s.strand: _number(without[i][k]) for i, s in enumerate(counted)},
        )
        for k, power in enumerate(powers)
    )


def _moved(votes: Votes, state: str, powers: Sequence[str], period: Period) -> tuple[Moved, ...]:
    series = {p: votes.yearly(state, p, period) for p in powers}
    found = []
    for a, b in combinations(powers, 2):
        for lag in LAGS:
            rho, years = spread.moved_with(series[a], series[b], lag)
            found.append(Moved(a, b, lag, years, _number(rho)))
    return tuple(found)


def _path(votes: Votes, state: str, powers: Sequence[str], period: Period, basis: str) -> tuple[Stage, ...]:
    """Every strand that may count over windows of five years; the last one may be shorter."""
    stages = []
    for start in range(period.start, period.end + 1, WINDOW):
        window = Period(start, min(start + WINDOW - 1, period.end), "year")
        for found in (votes.found(state, powers, window), *(p(state, powers, window) for p in PROVIDERS)):
            made = _strand(found, powers, basis)
            shares = tuple(t.share for t in made.ties if t.share is not None)
            whole = shares if len(shares) == len(powers) else None
            stages.append(Stage(found.strand, span(window.label), whole, made.level))
    return tuple(stages)


def _notes(strands: Iterable[StrandTies], state: str, powers: Sequence[str], period: Period) -> tuple[Note, ...]:
    told = [note("balance_words"), note("balance_weights")]
    by = {s.strand: s for s in strands}
    if by["votes"].counted:
        told.append(note("balance_votes"))
    told += [*arms.notes(state, powers, period), *trade.notes(period)]
    if by["tiers"].counted:
        told.append(note("balance_tiers"))
    if "events" in by:
        told.append(warning())
    if period.end - period.start < spread.LEAST_YEARS:
        told.append(note("balance_short", least=spread.LEAST_YEARS))
    return unique(told)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
