"""The spread of ties: comity balance."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.model.reading import Reading


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(o.takes_reading()(balance))


def balance(
    state: Annotated[str, typer.Argument(metavar="STATE", help="Whose ties.")],
    reading: Reading,
    powers: Annotated[str, typer.Option(help="Two powers or more.")] = "USA,CHN,RUS",
    period: o.OnePeriod = None,
    basis: Annotated[str, typer.Option(help="raw, or baseline: ties against what a power's size lets expect.")] = "raw",
    weights: Annotated[
        str | None, typer.Option(help="Of strands in the mean, such as votes=2,trade=1; alike by default.")
    ] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """How a state spreads its ties between powers: votes, arms, trade, tiers, visits, each with its gaps.

    Example: comity balance VNM --powers USA,CHN,RUS --period 2010-2019
    """
    from comity.study.balance.spread import balance as study

    emit(study(state, powers=powers, period=period, basis=basis, weights=weights, reading=reading), format)
