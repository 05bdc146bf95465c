"""comity contradictions: which claims cannot both hold."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(contradictions)


def contradictions(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A claim file: a path, or a name such as vietnam-russia.")
    ],
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Pairs of claims, within and between documents, that cannot both hold; claims that a record speaks against.

    Example: comity contradictions vietnam-russia
    """
    from comity.audit.contradictions import contradictions as study

    emit(study(file), format)
