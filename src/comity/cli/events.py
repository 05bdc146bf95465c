"""Event data: building the tables from files of any size, and looking at a pair."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit, emit_json
from comity.model.words import say

if TYPE_CHECKING:
    from comity.ingest.events.build import Built

app = typer.Typer(help="Machine-coded events of the news: GDELT, ICEWS, POLECAT.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FOLDER", help="The folder of the tables; by default the store's own."),
]

Years = Annotated[str | None, typer.Option("--period", help="2015-2020; by default all that the files hold.")]
By = Annotated[str, typer.Option(help="year, quarter or month.")]
From = Annotated[
    Path | None, typer.Option("--from", metavar="FOLDER", help="Tables built elsewhere than in the store.")
]


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, zips, or folders of them.")],
    output: Folder = None,
    engine: Annotated[str, typer.Option(help="duckdb, polars or spark; all give the same tables.")] = "duckdb",
    master: Annotated[str, typer.Option(help="Of spark: local[2], or spark://host:7077.")] = "local[2]",
    memory: Annotated[str, typer.Option(help="What the engine may take; more data goes through the disk.")] = "2GB",
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """Count event files by day, month and pair of states; run again with more files, only those are read.

    Example: comity events build gdelt/ -o events/
    """
    from comity.ingest.events.build import build as make
    from comity.store.engines.choose import Chosen
    from comity.store.home import events_folder

    def tell(text: str) -> None:
        typer.echo(text, err=True)

    built = make(paths, output or events_folder(), Chosen(engine, memory, master), tell=tell)
    if format is o.ListFormat.JSON:
        emit_json(built.to_dict())
    else:
        _print(built)


@app.command()
def show(
    a: o.StateA,
    b: o.StateB,
    period: Years = None,
    by: By = "year",
    folder: From = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Coded events of two states over time, as shares of all events: both ways, each way, by class, beside other pairs.

    Example: comity events show VNM RUS --period 2015-2020
    """
    from comity.study.events import events as study

    emit(study(a, b, period=period, by=by, folder=folder), format)


def _print(built: Built) -> None:
    from comity.store.home import events_folder

    journal = built.journal
    told = built.to_dict()
    typer.echo(
        say("events.built", folder=journal.folder, read=built.read, known=built.known, lines=f"{told['lines']:,}")
    )
    typer.echo(say("events.hash", hash=journal.hash))
    if told["not_counted"]:
        reasons = ", ".join(say(f"events.fault_{name}", n=f"{n:,}") for name, n in built.faults.items())
        typer.echo(
            say("events.not_counted", n=f"{told['not_counted']:,}", reasons=reasons, folder=journal.folder / "aside")
        )
    where = "" if journal.folder == events_folder() else f" --from {journal.folder}"
    typer.echo(say("events.next_show", where=where))
    for name, same in built.twice:
        typer.echo(say("events.twice", name=name, same=same))
    for name, why in built.unread:
        typer.echo(say("events.unread", name=name, why=why))
