"""A change between two periods: who moved, and what it is made of."""

from __future__ import annotations

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.model.reading import Reading


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (moved, decompose):
        app.command()(o.takes_reading()(command))


def moved(
    a: o.StateA, b: o.StateB, reading: Reading, periods: o.Periods = None, format: o.OutFormat = o.Format.TEXT
) -> None:
    """Who moved: on each text voted on in both periods, both states' positions beside the median state's.

    Example: comity moved VNM RUS --issue hr --periods 1992-1999,2000-2020
    """
    from comity.study.moved import moved as study

    emit(study(a, b, periods=periods, reading=reading), format)


def decompose(
    a: o.StateA,
    b: o.StateB,
    reading: Reading,
    periods: o.Periods = None,
    seed: o.Seed = 1,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """What a change of the share alike is made of: the same texts, their weights, texts that came or went.

    Example: comity decompose VNM RUS --issue hr --periods 1992-1999,2000-2020
    """
    from comity.study.moved import decompose as study

    emit(study(a, b, periods=periods, seed=seed, reading=reading), format)
