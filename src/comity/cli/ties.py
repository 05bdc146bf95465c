"""Dated ties of a pair, surveys about a state, and counts of its visits."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (ties, survey, visit_counts):
        app.command()(command)


def ties(
    a: o.StateA,
    b: o.StateB,
    on: Annotated[str | None, typer.Option(help="A day, as 2010-06-20; by default all that the tables have.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Alliances, trade agreements and groups in common of two states, each with its dates and its source.

    Example: comity ties VNM RUS --on 2010-06-20
    """
    from comity.study.ties import ties as study

    emit(study(a, b, on=on), format)


def survey(
    state: o.StateA,
    source: Annotated[str | None, typer.Option("--source", help="A table's label; by default all surveys.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Surveys about a state that you added: each wave with its question, who was asked, share, n and margin.

    Example: comity survey RUS
    """
    from comity.study.survey import survey as study

    emit(study(state, source=source), format)


def visit_counts(
    state: o.StateA,
    period: Annotated[str | None, typer.Option("--period", help="2000-2024; by default the last 20 years.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="A table's label; by default all of them.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Visits of a state by year as others counted them (COLT, China's public diplomacy), beside the ledger's.

    Example: comity visit-counts VNM
    """
    from comity.study.visit_counts import visit_counts as study

    emit(study(state, period=period, source=source), format)
