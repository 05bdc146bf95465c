"""Blocs of the Assembly, and the cohesion of a group."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.model.reading import Reading


class Method(StrEnum):
    """How blocs are searched for."""

    LOUVAIN = "louvain"
    LEIDEN = "leiden"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (blocs, cohesion):
        app.command()(o.takes_reading()(command))


def blocs(
    reading: Reading,
    period: Annotated[
        str | None, typer.Option("--year", "--period", help="2019, 2015-2019; by default the last whole year.")
    ] = None,
    resolution: Annotated[float, typer.Option(help="Above 1 more and smaller blocs, below 1 fewer and larger.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same blocs.")] = 1,
    runs: Annotated[int, typer.Option(help="How many starts the consensus is made of.")] = 100,
    method: Annotated[Method, typer.Option(help="Leiden needs the extra graph.")] = Method.LOUVAIN,
    min_common: Annotated[
        float, typer.Option(help="Both must have cast a vote on this share of the recorded votes to be linked.")
    ] = 0.5,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Blocs of states that voted alike beyond chance, named by their members, how firm they are, and who moved.

    Example: comity blocs --year 2019
    """
    from comity.study.blocs import blocs as study

    found = study(
        period,
        resolution=resolution,
        seed=seed,
        runs=runs,
        method=method.value,
        min_common=min_common,
        reading=reading,
    )
    emit(found, format)


def cohesion(
    group: Annotated[str, typer.Argument(help="A group: ASEAN, EU, P5, BRICS …")],
    reading: Reading,
    period: o.OnePeriod = None,
    draws: Annotated[int, typer.Option(help="Sets of states of the group's size drawn to compare with.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed draws the same sets.")] = 1,
    power: Annotated[str | None, typer.Option(help="A state that every member is held against: CHN.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """How alike a group's members voted, year by year, beside sets of states of its size drawn from the Assembly.

    Example: comity cohesion ASEAN --issue hr --period 1995-2020
    """
    from comity.study.cohesion import cohesion as study

    emit(study(group, period=period, draws=draws, seed=seed, power=power, reading=reading), format)
