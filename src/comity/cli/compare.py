"""A published table of dyads beside our own values."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.errors import UsageError
from comity.model.reading import Reading
from comity.model.words import say


class CompareFormat(StrEnum):
    """What a comparison is written as; a table is text."""

    TEXT = "text"
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"


Where = Annotated[str | None, typer.Option(metavar="COLUMN", help="The column of the first state.")]
Other = Annotated[str | None, typer.Option(metavar="COLUMN", help="The column of the second state.")]
When = Annotated[str | None, typer.Option(metavar="COLUMN", help="The column of the year or session.")]
Partner = Annotated[
    str | None, typer.Option("--with", metavar="STATE", help="The second state of every row, where no column names it.")
]
EveryRow = Annotated[
    int | None, typer.Option("--when", metavar="YEAR", help="The year or session of every row, where no column tells.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--measure", metavar="COLUMN=MEASURE", help="What a column holds, by id of comity measures; repeat."),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(o.takes_reading()(compare))


def compare(
    reading: Reading,
    file: Annotated[Path, typer.Argument(help="A table with one row a dyad and year, .csv or R's .rda.")],
    a: Where = None,
    b: Other = None,
    period: When = None,
    partner: Partner = None,
    when: EveryRow = None,
    measure: Columns = None,
    scheme: Annotated[str | None, typer.Option(help="Of the states: cow, gw, iso3, iso2, m49, name, any.")] = None,
    skip_unknown: Annotated[
        bool, typer.Option("--skip-unknown", help="Leave out, and list, rows whose states are not known.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Every row beside ours, to a .csv or .parquet file.")
    ] = None,
    format: Annotated[CompareFormat, typer.Option("--format", "-f", help="What to write.")] = CompareFormat.TEXT,
) -> None:
    """Check a published table of dyads against ours: rows equal, largest gaps, what the gaps are consistent with.

    Known by their header: Voeten's agreement scores, FPSIM, tables of the State Department's Voting Practices.

    Example: comity compare AgreementScores.csv
    """
    from comity.api import compare as ask

    if output is not None:
        from comity.report.published_files import checked

        checked(output)
    answer = ask(
        file,
        a=a,
        b=b,
        period=period,
        partner=partner,
        when=when,
        measures=_columns(measure or []),
        scheme=scheme,
        skip_unknown=skip_unknown,
        **reading.to_dict(),
    )
    shown = o.Format.TEXT if format is CompareFormat.TABLE else o.Format(format.value)
    if output is not None:
        from comity.report.published_files import write

        # The path stands apart from JSON, CSV or a page on standard output.
        typer.echo(say("published_title.written", path=write(answer, output)), err=shown is not o.Format.TEXT)
    emit(answer, shown)


def _columns(given: list[str]) -> dict[str, str]:
    """COLUMN=MEASURE, several also joined by commas."""
    found = {}
    for part in (p.strip() for text in given for p in text.split(",") if p.strip()):
        column, equals, measure = part.rpartition("=")
        if not (equals and column.strip() and measure.strip()):
            raise UsageError(say("published.measure_form"), got=part, next=say("published.measure_example"))
        found[column.strip()] = measure.strip()
    return found
