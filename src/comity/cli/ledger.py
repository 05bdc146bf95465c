"""Ledgers: comity ledger list, show, check, add, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit, emit_json

Kind = Annotated[str, typer.Argument(metavar="KIND", help="treaties, tiers, visits …; see comity ledger list.")]
States = Annotated[str | None, typer.Option(help="Only rows that concern all of these: VNM,RUS.")]
Either = Annotated[bool, typer.Option("--either", help="Rows that concern any one of the states.")]
LedgerPeriod = Annotated[
    str | None, typer.Option("--period", help="1992-2024, or days: 1992-01-01..1992-06-30; by default all.")
]

app = typer.Typer(
    help="Dated rows about relations between states, each with its sources; your own folder is merged on top.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list")
def list_(format: o.OutFormat = o.Format.TEXT) -> None:
    """Every ledger: what a row is, how many rows, how many checked, the last date.

    Example: comity ledger list
    """
    from comity.study.ledger_rows import ledger_list

    emit(ledger_list(), format)


@app.command()
def show(
    kind: Kind,
    states: States = None,
    period: LedgerPeriod = None,
    id: Annotated[str | None, typer.Option(help="One row, by its id.")] = None,
    either: Either = False,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """The rows of one ledger by date, each with its sources and whether it was checked.

    Example: comity ledger show treaties --states VNM,RUS
    """
    from comity.study.ledger_rows import ledger_show

    emit(ledger_show(kind, states=states, period=period, id=id, either=either), format)


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of ledgers of your own; by default the one in use.")
    ] = None,
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """Check the package's ledgers and your own: every problem with its file, row and reason.

    Example: comity ledger check
    """
    from comity.ingest.ledger_check import check_folder

    report = check_folder(folder)
    if format is o.ListFormat.JSON:
        emit_json(report.to_dict())
    else:
        for problem in report.problems:
            typer.echo(str(problem))
        if not report.problems:
            typer.echo(report.sound)
    report.refuse()


@app.command()
def add(
    kind: Kind,
    file: Annotated[Path, typer.Argument(help="A YAML file: a list of rows.")],
    replace: Annotated[bool, typer.Option("--replace", help="Rows whose id is there take its place.")] = False,
) -> None:
    """Check the rows of a file and add them to your own ledger of that kind.

    Example: comity ledger add visits visits.yaml
    """
    from comity.ingest.ledgers import add_rows
    from comity.model.words import say

    made = add_rows(kind, file, replace=replace)
    for key, ids in (("added", made.added), ("replaced", made.replaced)):
        if ids:
            typer.echo(say(f"ledger.{key}", file=made.file, ids=", ".join(ids)))


@app.command()
def schema(kind: Kind) -> None:
    """The JSON Schema of a ledger, for editors that check a file while it is written.

    Example: comity ledger schema tiers
    """
    from comity.strands.ledgers.schema import schema as of_kind

    emit_json(of_kind(kind))
