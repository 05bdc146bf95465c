"""The Python interface: the command line's questions as functions, with the same words for the same choices.

Imports happen inside the functions, so that ``import comity`` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import UsageError
from comity.model.period import Period
from comity.model.reading import Reading

if TYPE_CHECKING:
    import polars as pl

    from comity.measures.catalogue import Measure
    from comity.study.answers.blocs import BlocsAnswer
    from comity.study.answers.breaks import BreaksAnswer
    from comity.study.answers.cohesion import CohesionAnswer
    from comity.study.answers.dossier import DossierAnswer
    from comity.study.answers.families import FamiliesAnswer, FamilyAnswer
    from comity.study.answers.moved import DecomposeAnswer, MovedAnswer
    from comity.study.answers.outliers import OutliersAnswer
    from comity.study.answers.pair import PairAnswer, TrendAnswer
    from comity.study.answers.published import PublishedAnswer
    from comity.study.answers.rank import RankAnswer
    from comity.study.answers.situations import ShieldAnswer, SituationsAnswer
    from comity.study.answers.splits import SplitsAnswer
    from comity.study.answers.vote import VoteAnswer
    from comity.study.atlas import Atlas

Periods = str | Sequence[Period | str] | None


def _reading(choices: dict[str, Any]) -> Reading:
    known = [field.name for field in fields(Reading)]
    if unknown := [name for name in choices if name not in known]:
        raise UsageError("Unknown choice of a reading", got=", ".join(unknown), allowed=", ".join(known))
    return Reading(**choices)


def pair(
    a: str,
    b: str,
    *,
    periods: Periods = None,
    vs: str | Iterable[str] | None = None,
    measures: str | Sequence[str] | None = None,
    average: str = "pooled",
    intervals: bool = False,
    clusters: str = "family",
    seed: int = 1945,
    **choices: Any,
) -> PairAnswer:
    """How two states voted, by period, beside contrast pairs; ``choices`` are the fields of ``Reading``.

    measures  : ids of ``comity.list_measures()``, each computed for every pair and period; "all" for every one.
    average   : of measures over a period: "pooled", or "years" for the mean of yearly values.
    intervals : with intervals over texts of this kind; ``clusters`` "family" or "family-session", drawn by ``seed``.
    """
    from comity.study import pair as study

    answer = study.pair(a, b, periods=periods, vs=vs, measures=measures, average=average, reading=_reading(choices))
    if intervals:
        from comity.study.uncertainty import with_intervals

        return with_intervals(answer, clusters=clusters, seed=seed)
    return answer


def trend(
    a: str, b: str, *, period: str | None = None, intervals: bool = False, seed: int = 1945, **choices: Any
) -> TrendAnswer:
    """A pair year by year (or session by session); ``intervals`` as in ``pair``, a band for each year."""
    from comity.study import trend as study

    answer = study.trend(a, b, period=period, reading=_reading(choices))
    if intervals:
        from comity.study.uncertainty import with_trend_intervals

        return with_trend_intervals(answer, seed=seed)
    return answer


def breaks(
    a: str, b: str, *, period: str | None = None, break_at: int | None = None, seed: int = 1, **choices: Any
) -> BreaksAnswer:
    """Whether and when a pair's voting changed; ``break_at``, a date someone asserts, is weighed beside the best."""
    from comity.study import breaks as study

    return study.breaks(a, b, period=period, break_at=break_at, seed=seed, reading=_reading(choices))


def moved(a: str, b: str, *, periods: Periods = None, **choices: Any) -> MovedAnswer:
    """Which of two states moved between two periods, on the texts that both periods voted on."""
    from comity.study import moved as study

    return study.moved(a, b, periods=periods, reading=_reading(choices))


def decompose(a: str, b: str, *, periods: Periods = None, seed: int = 1, **choices: Any) -> DecomposeAnswer:
    """What a change of the share alike is made of: the same texts, their weights, texts that came or went."""
    from comity.study import moved as study

    return study.decompose(a, b, periods=periods, seed=seed, reading=_reading(choices))


def outliers(
    a: str, b: str, *, period: str | None = None, at: float = 0.01, ideal: bool = False, **choices: Any
) -> OutliersAnswer:
    """Every opposite vote of a pair and every vote given a chance of ``at`` or less, with what was to be expected.

    ideal : add what the fit of ideal points expects of each vote.
    """
    from comity.study import outliers as study

    return study.outliers(a, b, period=period, at=at, ideal=ideal, reading=_reading(choices))


def splits(a: str, b: str, *, period: str | None = None, **choices: Any) -> SplitsAnswer:
    """Every opposite vote of a pair."""
    from comity.study import splits as study

    return study.splits(a, b, period=period, reading=_reading(choices))


def rank(
    state: str,
    *,
    period: str | None = None,
    min_common: float = 0.5,
    among: str | None = None,
    intervals: bool = False,
    clusters: str = "family",
    seed: int = 1945,
    **choices: Any,
) -> RankAnswer:
    """Every partner of a state, most alike first; ``intervals`` as in ``pair``, of shares, ranks and medians."""
    from comity.study import rank as study

    answer = study.rank(state, period=period, min_common=min_common, among=among, reading=_reading(choices))
    if intervals:
        from comity.study.ranking import with_rank_intervals

        return with_rank_intervals(answer, clusters=clusters, seed=seed)
    return answer


def situations(
    a: str,
    b: str,
    *,
    targets: str | Iterable[str] = "all",
    kinds: str | Iterable[str] = "rights",
    period: str | None = None,
    **choices: Any,
) -> SituationsAnswer:
    """A pair on country situations, target by year; ``kinds``: rights, political, credentials, or all."""
    from comity.study import situations as study

    return study.situations(a, b, targets=targets, kinds=kinds, period=period, reading=_reading(choices))


def shield(power: str, state: str, *, on: str | None = None, period: str | None = None, **choices: Any) -> ShieldAnswer:
    """How a power voted beside a state on texts about a state, with the vetoes in the ledger."""
    from comity.study import shield as study

    return study.shield(power, state, on=on, period=period, reading=_reading(choices))


def blocs(
    period: str | int | None = None,
    *,
    resolution: float = 1.0,
    seed: int = 1,
    runs: int = 100,
    method: str = "louvain",
    min_common: float = 0.5,
    **choices: Any,
) -> BlocsAnswer:
    """Blocs of states that voted alike beyond chance, by default in the last whole year."""
    from comity.study import blocs as study

    return study.blocs(
        period,
        resolution=resolution,
        seed=seed,
        runs=runs,
        method=method,
        min_common=min_common,
        reading=_reading(choices),
    )


def cohesion(
    group: str,
    *,
    period: str | int | None = None,
    draws: int = 500,
    seed: int = 1,
    power: str | None = None,
    **choices: Any,
) -> CohesionAnswer:
    """How alike a group's members voted over time, beside sets of states of its size; each member beside ``power``."""
    from comity.study import cohesion as study

    return study.cohesion(group, period=period, draws=draws, seed=seed, power=power, reading=_reading(choices))


def families(theme: str | None = None, **choices: Any) -> FamiliesAnswer:
    """The texts that the Assembly voted on again and again; ``theme`` is an id of the ledger of themes."""
    from comity.study import families as study

    return study.families(theme, reading=_reading(choices))


def family(text: str | int, *, states: str | Iterable[str] | None = None, release: str | None = None) -> FamilyAnswer:
    """One recurring text by its number, a symbol in it or words of its title; ``states``: whose votes are told."""
    from comity.study import families as study

    return study.family(str(text), states=states, release=release)


def vote(symbol: str, *, group: str | None = None, release: str | None = None) -> VoteAnswer:
    """One roll call, state by state."""
    from comity.study import vote as study

    return study.vote(symbol, group=group, release=release)


def dossier(
    a: str, b: str, *, periods: Periods = None, vs: str | Iterable[str] | None = None, **choices: Any
) -> DossierAnswer:
    """Everything the dossier prints; ``comity.report.dossier`` writes it."""
    from comity.audit.dossier import with_audit
    from comity.study import dossier as study

    choices.setdefault("issue", study.LEAD_ISSUE)
    return with_audit(study.dossier(a, b, periods=periods, vs=vs, reading=_reading(choices)))


def dyad_year(*, directed: bool = False, period: str | None = None, **choices: Any) -> pl.DataFrame:
    """Counts and shares of every pair in every year."""
    from comity.study import dyad_year as study

    return study.dyad_year(directed=directed, period=period, reading=_reading(choices)).frame


def list_measures() -> tuple[Measure, ...]:
    """Every measure of agreement, with formula, source, range, when to use it and when not."""
    from comity.measures.catalogue import MEASURES

    return tuple(MEASURES.values())


def atlas(
    measures: str | Sequence[str] = ("same_share", "kappa_sq"),
    *,
    long: bool = False,
    period: str | None = None,
    **choices: Any,
) -> Atlas:
    """Measures of every pair in every year, or session (``clock="session"``); ``to_polars()`` gives the table.

    long : one row a value instead of one column a measure.
    """
    from comity.study import atlas as study

    return study.atlas(measures, long=long, period=period, reading=_reading(choices))


def compare(
    file: str | Path, *, measures: Mapping[str, str] | None = None, skip_unknown: bool = False, **choices: Any
) -> PublishedAnswer:
    """A published table of dyads beside ours; what its header does not tell is named.

    measures : column → id of ``comity measures``.
    choices  : a, b, period (columns), partner, when (of every row), scheme; and the fields of ``Reading``.
    """
    from comity.sources.dyadic import Named, read
    from comity.study import published as study

    parts = {k: choices.pop(k) for k in ("a", "b", "period", "partner", "when", "scheme") if k in choices}
    reading = _reading(choices)
    table = read(Path(file), Named(**parts, measures=measures or {}))
    return study.compare(table, skip_unknown=skip_unknown, reading=reading)
