"""Country situations: the grid of a pair, and how a power voted on texts about a state."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.model.reading import Reading


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (situations, shield):
        app.command()(o.takes_reading()(command))


def situations(
    a: o.StateA,
    b: o.StateB,
    reading: Reading,
    targets: Annotated[str, typer.Option(help="The states the texts are about: all, or IRN,PRK.")] = "all",
    kind: Annotated[
        str, typer.Option(help="rights, political, credentials, several joined by commas, or all.")
    ] = "rights",
    period: o.OnePeriod = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """A pair on country situations: target by year with both votes, joint no votes, every exception with its link.

    Example: comity situations VNM RUS --targets all --period 1992-2020
    """
    from comity.study.situations import situations as study

    emit(study(a, b, targets=targets, kinds=kind, period=period, reading=reading), format)


def shield(
    power: o.StateA,
    state: o.StateB,
    reading: Reading,
    on: Annotated[str | None, typer.Option(help="The state the texts are about; by default the second state.")] = None,
    period: o.OnePeriod = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """How a power voted beside a state on texts about a state: Assembly votes, credentials, vetoed drafts in a ledger.

    Example: comity shield RUS KHM --period 1992-2010
    """
    from comity.study.shield import shield as study

    emit(study(power, state, on=on, period=period, reading=reading), format)
