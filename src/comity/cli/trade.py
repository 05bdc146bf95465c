"""Trade and money between states."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit

OtherState = Annotated[str | None, typer.Argument(metavar="[STATE]", help="The other state; by default all partners.")]
Source = Annotated[str | None, typer.Option("--source", help="A table's label, see: comity data list.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (trade, money):
        app.command()(command)


def trade(
    a: o.StateA,
    b: OtherState = None,
    period: Annotated[
        str | None, typer.Option("--period", help="1992-2014; by default the table's last years.")
    ] = None,
    source: Source = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Trade of a pair by year, or of a state with its partners: amounts, shares, ranks, intensity, both records.

    Example: comity trade VNM RUS --period 1995-2014
    """
    from comity.study.trade import trade as pair
    from comity.study.trade import trade_partners

    if b is None:
        emit(trade_partners(a, period=period, source=source), format)
    else:
        emit(pair(a, b, period=period, source=source), format)


def money(
    a: o.StateA,
    b: o.StateB,
    period: Annotated[str | None, typer.Option("--period", help="1975-2000; by default all.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Aid, debt, write-offs and investment between two states from the ledgers, with the arithmetic shown.

    Example: comity money VNM RUS
    """
    from comity.study.money import money as study

    emit(study(a, b, period=period), format)
