"""The measures: what there is."""

from __future__ import annotations

import typer

from comity.cli import options as o
from comity.cli.output import emit_json, show


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(measures)


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
