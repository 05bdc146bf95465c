"""Recurring texts: comity family list, comity family show."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit_json, show
from comity.model.reading import Reading

app = typer.Typer(help="Recurring texts over the sessions.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_(
    theme: Annotated[str | None, typer.Option(help="A theme of the ledger, such as right_to_development.")] = None,
    issue: Annotated[str, typer.Option(help="Only texts with a roll call of this issue: hr, me+hr, title:WORDS …")] = (
        "all"
    ),
    release: o.Release = None,
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """The texts that the Assembly voted on again and again, those of most sessions first.

    Example: comity family list --issue hr
    """
    from comity.report import terminal_families
    from comity.study.families import families

    answer = families(theme, reading=Reading(issue=issue, release=release))
    if format is o.ListFormat.JSON:
        emit_json(answer.to_dict())
    else:
        show(terminal_families.families(answer))


@app.command("show")
def show_(
    family: Annotated[str, typer.Argument(help="Its number in the list, or the symbol of a resolution in it.")],
    release: o.Release = None,
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """One recurring text: its roll calls by session, with symbol, link and tally.

    Example: comity family show 1
    """
    from comity.report import terminal_families
    from comity.study.families import family as study

    answer = study(family, release=release)
    if format is o.ListFormat.JSON:
        emit_json(answer.to_dict())
    else:
        show(terminal_families.family(answer))
