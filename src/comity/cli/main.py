"""The command line: ``comity``. Heavy imports happen inside the commands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from comity.cli import data, files, votes
from comity.errors import ComityError

app = typer.Typer(
    name="comity",
    help="How far do two states vote alike in the UN General Assembly? Counts, base rates, figures, a dossier.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
votes.register(app)
files.register(app)
app.add_typer(data.app, name="data")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"comity {version('comity')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """How far do two states vote alike in the UN General Assembly?"""


def run() -> None:
    """Run a command; a ComityError is one line on standard error and its class's exit code."""
    try:
        app()
    except ComityError as error:
        typer.echo(f"comity: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe (head, less) left: not an error of ours, and nothing more can be said to it.
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("comity: stopped", err=True)
        sys.exit(130)
