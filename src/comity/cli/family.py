"""Recurring texts: comity family list, comity family show."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit, show
from comity.model.reading import Reading

# Spelt out, since the ledger takes longer to read than the rest of --help; a test holds them equal.
THEMES = (
    "right_to_development, unilateral_coercive_measures, democratic_and_equitable_order, treaty_body_geography, "
    "counter_terrorism, electoral_processes, cultural_particularities, death_penalty, glorification_of_nazism, "
    "country_situations"
)
app = typer.Typer(help="Recurring texts over the sessions.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_(
    theme: Annotated[str | None, typer.Option(help=f"A theme of the ledger: {THEMES}.")] = None,
    issue: Annotated[str, typer.Option(help="Only texts with a roll call of this issue: hr, me+hr, title:WORDS …")] = (
        "all"
    ),
    limit: Annotated[int, typer.Option(min=0, help="How many a terminal shows; 0 for all.")] = 50,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """The texts that the Assembly voted on again and again, those of most sessions first.

    Example: comity family list --issue hr
    """
    from comity.study.families import families

    answer = families(theme, reading=Reading(issue=issue, release=release))
    if format is not o.Format.TEXT:
        emit(answer, format)
        return
    from comity.report import terminal_families

    show(terminal_families.families(answer, limit))


@app.command("show")
def show_(
    family: Annotated[
        str,
        typer.Argument(metavar="TEXT", help="Its number in the list, a symbol (A/RES/74/3), or words of its title."),
    ],
    states: Annotated[str | None, typer.Option(help="Also show how these voted: VNM,RUS.")] = None,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """One recurring text: its roll calls by session, with symbol, link and tally, and states' votes.

    Example: comity family show 1 --states VNM,RUS
    """
    from comity.study.families import family as study

    emit(study(family, states=states, release=release), format)
