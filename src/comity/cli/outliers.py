"""Opposite and surprising votes."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.model.reading import Reading


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(o.takes_reading()(outliers))


def outliers(
    a: o.StateA,
    b: o.StateB,
    reading: Reading,
    period: o.OnePeriod = None,
    at: Annotated[float, typer.Option(help="A vote given this chance or less is listed too.")] = 0.01,
    ideal: Annotated[
        bool, typer.Option("--ideal", help="Add what ideal points expect of each vote (fits them, once a release).")
    ] = False,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Every opposite vote of a pair and every surprising vote of either, with what was to be expected, and corrections.

    Example: comity outliers VNM RUS --issue hr --period 2000-2020
    """
    from comity.study.outliers import outliers as study

    emit(study(a, b, period=period, at=at, ideal=ideal, reading=reading), format)
