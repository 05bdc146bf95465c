"""Arms deliveries: comity arms."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit


class By(StrEnum):
    """What a table shows first."""

    SUPPLIER = "supplier"
    YEAR = "year"
    PLATFORM = "platform"


class Ussr(StrEnum):
    """Whom the Soviet Union is counted for."""

    JOINED = "joined"
    APART = "apart"


Ussrs = Annotated[Ussr, typer.Option(help="The Soviet Union: joined with Russia, or apart as the register has it.")]
Register = Annotated[str | None, typer.Option(help="A stored register's label; by default the newest that fits.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(arms)


def arms(
    recipient: Annotated[
        str | None, typer.Argument(metavar="[RECIPIENT]", help="Whose suppliers: VNM, 'Viet Nam'.", show_default=False)
    ] = None,
    supplier: Annotated[str | None, typer.Option(help="A supplier: alone, its customers; RUS, Israel.")] = None,
    period: o.OnePeriod = None,
    by: Annotated[By, typer.Option(help="The table to show first: partners, years, or deals.")] = By.SUPPLIER,
    ussr: Ussrs = Ussr.JOINED,
    stock_since: Annotated[
        int | None, typer.Option(help="First year of the sum of deliveries; by default the register's first.")
    ] = None,
    register: Register = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Arms deliveries in TIV: a state's suppliers, a supplier's customers, or one pair; shares, ranks, years, deals.

    Example: comity arms VNM --period 2001-2024
    """
    from comity.study.arms import arms as study

    answer = study(
        recipient,
        supplier=supplier,
        period=period,
        by=by.value,
        joined=ussr is Ussr.JOINED,
        stock_since=stock_since,
        register=register,
    )
    emit(answer, format)
