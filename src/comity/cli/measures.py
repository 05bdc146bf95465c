"""The measures: what there is, and for all pairs at once."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit_json, show
from comity.model.reading import Reading


class Step(StrEnum):
    """What one row of the atlas covers."""

    YEAR = "year"
    SESSION = "session"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(measures)
    app.command()(o.takes_reading()(atlas))


def measures(format: o.OutList = o.ListFormat.TEXT) -> None:
    """Every measure of agreement: formula, source, range, what it needs, when to use it and when not.

    Example: comity measures
    """
    from comity.measures.catalogue import MEASURES

    if format is o.ListFormat.JSON:
        emit_json([m.to_dict() for m in MEASURES.values()])
        return
    from comity.report.measures_terminal import measures_view

    show(measures_view(MEASURES.values()))


def atlas(
    reading: Reading,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .csv or .parquet file; its codebook goes beside.")],
    measure: Annotated[
        str, typer.Option("--measure", help="Ids of comity measures, joined by commas; or all.")
    ] = "same_share,kappa_sq",
    by: Annotated[Step | None, typer.Option(help="One row a pair and year, or session; by default by --clock.")] = None,
    period: o.OnePeriod = None,
    no_paragraph_votes: Annotated[
        bool, typer.Option("--no-paragraph-votes", help="The same as --paragraph drop.")
    ] = False,
    long: Annotated[bool, typer.Option("--long", help="One row a value instead of one column a measure.")] = False,
) -> None:
    """Measures of every pair in every year or session, as a table for R, Stata, Python or a spreadsheet.

    Example: comity atlas --measure same_share,kappa_sq --by year --issue all -o atlas.csv
    """
    from comity.model.words import say
    from comity.report.atlas_files import checked_format, size, write
    from comity.report.files import checked_folder
    from comity.study.atlas import atlas as study

    checked_format(output)
    checked_folder(output.parent)
    chosen = replace(reading, clock=by.value) if by else reading
    chosen = replace(chosen, paragraph="drop") if no_paragraph_votes else chosen
    made = study(measure, long=long, period=period, reading=chosen)
    for id, why in made.empty.items():
        typer.echo(say("atlas.skipped", id=id, why=why), err=True)
    for path in write(made, output):
        typer.echo(str(path))
    typer.echo(size(made))
