"""What writes files: dossier, figures, export, cite."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from comity.cli import figures
from comity.cli import options as o
from comity.model.reading import Reading


class CiteWhat(StrEnum):
    """What to cite."""

    DATA = "data"
    TOOL = "tool"
    ALL = "all"


class CiteFormat(StrEnum):
    """Citation formats."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl-json"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(o.takes_reading("hr")(dossier))
    app.add_typer(figures.app, name="figure")
    app.add_typer(export_app, name="export")
    app.command()(o.takes_reading()(cite))


def dossier(
    a: o.StateA,
    b: o.StateB,
    reading: Reading,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder; by default dossier-A-B here.")
    ] = None,
    periods: o.Periods = None,
    vs: o.Vs = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="html, md, json, pdf: any of them, joined by commas.")
    ] = "html,md,json",
    interactive: Annotated[
        bool, typer.Option("--interactive/--static", help="Figures of the HTML tell more where pointed at.")
    ] = True,
) -> None:
    """A dossier on two states: one HTML file to share, with Markdown, JSON and, where asked for, PDF beside it.

    PDF needs the extra "report".

    Example: comity dossier VNM RUS -o vietnam-russia --format html,pdf
    """
    from comity.audit.dossier import with_audit
    from comity.report.dossier.write import checked, write
    from comity.study.dossier import dossier as study

    formats = checked([part.strip().lower() for part in format.split(",") if part.strip()])
    answer = with_audit(study(a, b, periods=periods, vs=vs, reading=reading))
    lead = answer.lead_pair
    written = write(answer, output or Path(f"dossier-{lead.a}-{lead.b}"), formats, interactive=interactive)
    typer.echo(lead.headline)
    for path in written:
        typer.echo(str(path))


export_app = typer.Typer(help="Tables for R, Stata and others.", no_args_is_help=True, rich_markup_mode=None)


@export_app.callback()
def _export() -> None:
    """Tables for R, Stata and others."""


@export_app.command("dyad-year")
@o.takes_reading()
def dyad_year(
    reading: Reading,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file's stem; the codebook goes beside it.")
    ] = Path("dyad-year"),
    directed: Annotated[bool, typer.Option("--directed", help="Both a-b and b-a.")] = False,
    period: o.OnePeriod = None,
    codes: Annotated[str, typer.Option(help="Code columns: iso3, iso2, cow, gw, m49, joined by commas.")] = "iso3",
    format: Annotated[str, typer.Option("--format", "-f", help="csv, dta, parquet: any, joined by commas.")] = "csv",
) -> None:
    """Counts and shares of every pair in every year, with variable labels and a codebook.

    Example: comity export dyad-year --issue hr --codes cow,gw,iso3 --format csv,dta,parquet -o hr
    """
    from comity.report.export import export_dyad_year
    from comity.study.dyad_year import dyad_year as study

    years = study(directed=directed, period=period, reading=reading)
    for path in export_dyad_year(years, output, codes=codes.split(","), formats=format.split(",")):
        typer.echo(str(path))


def cite(
    reading: Reading,
    what: Annotated[CiteWhat, typer.Argument(help="The data, this tool, or all.")] = CiteWhat.ALL,
    format: Annotated[CiteFormat, typer.Option("--format", "-f", help="Citation format.")] = CiteFormat.BIBTEX,
) -> None:
    """Citations for the release as read, and for Comity: give the options of the answer that you cite.

    Example: comity cite --issue hr --format ris
    """
    from comity.report.cite import cite as make
    from comity.study.context import frame

    header = frame(reading, council=True).header
    typer.echo(make(what.value, header.origin, format.value, header), nl=False)
