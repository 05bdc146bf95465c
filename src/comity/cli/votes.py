"""The vote questions: pair, trend, splits, rank, vote."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.errors import UsageError
from comity.model.reading import Reading

if TYPE_CHECKING:
    from comity.study.corpus import Corpus


class Average(StrEnum):
    """What a measure of a period is."""

    POOLED = "pooled"
    YEARS = "years"


class Cluster(StrEnum):
    """What is drawn anew."""

    FAMILY = "family"
    CROSSED = "family-session"


Intervals = Annotated[bool, typer.Option("--intervals", help="Intervals over texts of this kind, by family bootstrap.")]
Clusters = Annotated[
    Cluster, typer.Option("--clusters", help="What --intervals draws: families of texts, or sessions too, crossed.")
]
IntervalSeed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws behind --intervals.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (pair, trend, splits, rank):
        app.command()(o.takes_reading(council=True)(command))
    app.command()(vote)


def pair(
    a: o.StateA,
    b: o.StateB,
    reading: Reading,
    periods: o.Periods = None,
    vs: o.Vs = None,
    measure: Annotated[
        str | None, typer.Option("--measure", help="Measures of agreement beside the shares: kappa_sq,s,ia, or all.")
    ] = None,
    average: Annotated[
        Average, typer.Option("--average", help="--measure over a period: its votes pooled, or the mean of its years.")
    ] = Average.POOLED,
    intervals: Intervals = False,
    clusters: Clusters = Cluster.FAMILY,
    seed: IntervalSeed = 1945,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """How two states voted, period by period, beside contrast pairs, with both ranks.

    Example: comity pair VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs USA,CHN
    """
    from comity.study.pair import pair as study

    corpus = _held(reading) if intervals else None
    answer = study(
        a, b, periods=periods, vs=vs, measures=measure, average=average.value, reading=reading, corpus=corpus
    )
    if intervals:
        from comity.study.uncertainty import with_intervals

        answer = with_intervals(answer, corpus, clusters=clusters.value, seed=seed)
    emit(answer, format)


def trend(
    a: o.StateA,
    b: o.StateB,
    reading: Reading,
    period: o.OnePeriod = None,
    breaks: Annotated[bool, typer.Option("--breaks", help="Whether and when voting alike changed, instead.")] = False,
    break_at: Annotated[
        int | None, typer.Option(help="A year (or session) asserted as the first after a break; implies --breaks.")
    ] = None,
    intervals: Intervals = False,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Of what is drawn: by default 1945 for --intervals, 1 for --breaks.")
    ] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """A pair year by year (or by session), with N and the median partner of each side; or its breaks.

    Example: comity trend VNM RUS --issue hr --period 1990-2024
    """
    if breaks or break_at is not None:
        from comity.study.breaks import breaks as find

        if intervals:
            raise UsageError(
                "Breaks and yearly intervals are two answers", got="--breaks --intervals", allowed="either"
            )
        emit(find(a, b, period=period, break_at=break_at, seed=1 if seed is None else seed, reading=reading), format)
        return
    from comity.study.trend import trend as study

    corpus = _held(reading) if intervals else None
    answer = study(a, b, period=period, reading=reading, corpus=corpus)
    if intervals:
        from comity.study.uncertainty import with_trend_intervals

        answer = with_trend_intervals(answer, corpus, seed=1945 if seed is None else seed)
    emit(answer, format)


def splits(
    a: o.StateA, b: o.StateB, reading: Reading, period: o.OnePeriod = None, format: o.OutFormat = o.Format.TEXT
) -> None:
    """Every opposite vote of a pair: date, symbol, title, both votes, record link.

    Example: comity splits VNM RUS --issue hr --period 2000-2020
    """
    from comity.study.splits import splits as study

    emit(study(a, b, period=period, reading=reading), format)


def rank(
    state: o.StateA,
    reading: Reading,
    period: o.OnePeriod = None,
    min_common: Annotated[
        float, typer.Option(help="Both must have cast a vote on this share of the state's recorded votes.")
    ] = 0.5,
    among: Annotated[
        str | None, typer.Option(help="Rank only these: a group or region (ASEAN, EU), or USA,CHN.")
    ] = None,
    intervals: Intervals = False,
    clusters: Clusters = Cluster.FAMILY,
    seed: IntervalSeed = 1945,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Every partner of a state, most alike first, with rank, percentile and the median.

    Example: comity rank RUS --issue hr --period 2000-2020 --among ASEAN
    """
    from comity.study.rank import rank as study

    corpus = _held(reading) if intervals else None
    answer = study(state, period=period, min_common=min_common, among=among, reading=reading, corpus=corpus)
    if intervals:
        from comity.study.ranking import with_rank_intervals

        answer = with_rank_intervals(answer, corpus, clusters=clusters.value, seed=seed)
    emit(answer, format)


def vote(
    symbol: Annotated[str, typer.Argument(help="A symbol (A/RES/68/262, S/RES/…) or a release's own roll-call id.")],
    group: Annotated[str | None, typer.Option(help="Set a group's members apart: ASEAN, EU, P5, BRICS …")] = None,
    release: o.Release = None,
    body: o.Body = o.BodyName.GA,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """One roll call: tally against the published one, majority, each state's vote, who stood apart.

    Example: comity vote A/RES/68/262 --group ASEAN
    """
    from comity.study.vote import vote as study

    emit(study(symbol, group=group, release=o.of_body(release, body.value)), format)


def _held(reading: Reading) -> Corpus:
    """What both the answer and its intervals are asked of, opened once."""
    from comity.study.context import frame

    return frame(reading).corpus
