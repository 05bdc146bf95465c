"""The vote questions: pair, trend, splits, rank, vote."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.model.reading import Reading


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (pair, trend, splits, rank):
        app.command()(o.takes_reading()(command))
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
    intervals: Annotated[
        bool, typer.Option("--intervals", help="Intervals over texts of this kind, by family bootstrap.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws behind --intervals.")] = 1945,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """How two states voted, period by period, beside contrast pairs, with both ranks.

    Example: comity pair VNM RUS --issue hr --periods 1992-1999,2000-2020 --vs USA,CHN
    """
    from comity.study.pair import pair as study

    answer = study(a, b, periods=periods, vs=vs, measures=measure, reading=reading)
    if intervals:
        from comity.study.uncertainty import with_intervals

        answer = with_intervals(answer, seed=seed)
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
    seed: o.Seed = 1,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """A pair year by year (or by session), with N and the median partner of each side; or its breaks.

    Example: comity trend VNM RUS --issue hr --period 1990-2024
    """
    if breaks or break_at is not None:
        from comity.study.breaks import breaks as find

        emit(find(a, b, period=period, break_at=break_at, seed=seed, reading=reading), format)
        return
    from comity.study.trend import trend as study

    emit(study(a, b, period=period, reading=reading), format)


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
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Every partner of a state, most alike first, with rank, percentile and the median.

    Example: comity rank RUS --issue hr --period 2000-2020 --among ASEAN
    """
    from comity.study.rank import rank as study

    emit(study(state, period=period, min_common=min_common, among=among, reading=reading), format)


def vote(
    symbol: Annotated[str, typer.Argument(help="A symbol (A/RES/68/262) or a release's own roll-call id.")],
    group: Annotated[str | None, typer.Option(help="Set a group's members apart: ASEAN, EU, P5, BRICS …")] = None,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """One roll call: tally against the published one, majority, each state's vote, who stood apart.

    Example: comity vote A/RES/68/262 --group ASEAN
    """
    from comity.study.vote import vote as study

    emit(study(symbol, group=group, release=release), format)
