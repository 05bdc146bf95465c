"""How much choices move a figure: comity multiverse, comity vintage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.errors import UsageError

if TYPE_CHECKING:
    from comity.audit.asked import Asked

What = Annotated[list[str], typer.Argument(metavar="CLAIM | A B", help="A claim's id, or two states.")]
Printed = Annotated[str | None, typer.Option("--print", help="What the text prints, such as same=75%, or same alone.")]
Period = Annotated[str | None, typer.Option(help="Calendar years, such as 2000-2020; a claim has its own.")]
Issue = Annotated[str, typer.Option(help="The issue; a claim has its own.")]
File = Annotated[str, typer.Option("--file", help="The claim file, by name or path.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(multiverse)
    app.command()(vintage)


def multiverse(
    what: What,
    printed: Printed = None,
    period: Period = None,
    issue: Issue = "all",
    file: File = "vietnam-russia",
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """A share of votes under every equivalent reading: how far it spreads, and which choice moves it.

    Example: comity multiverse VNM RUS --issue hr --period 2000-2020 --print same=75%
    """
    from comity.audit.multiverse import multiverse as study

    q = asked(what, printed, period, issue, file)
    emit(study(q.a, q.b, q.figure, issue=q.issue, period=q.period, release=release), format)


def vintage(
    what: What,
    releases: Annotated[str, typer.Option(help="Two labels, the first and the second.")],
    printed: Printed = None,
    period: Period = None,
    issue: Issue = "all",
    file: File = "vietnam-russia",
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """The same figure on two releases, and every roll call that makes the difference.

    Example: comity vintage VNM RUS --issue hr --period 2000-2015 --releases voeten-2024-wide,voeten-2016
    """
    from comity.audit.vintage import vintage as study

    labels = [part.strip() for part in releases.split(",") if part.strip()]
    if len(labels) != 2:
        raise UsageError("Two releases are compared", got=releases, allowed="--releases FIRST,SECOND")
    q = asked(what, printed, period, issue, file)
    category = q.figure.partition("=")[0]
    emit(study(q.a, q.b, category, releases=(labels[0], labels[1]), issue=q.issue, period=q.period), format)


def asked(what: list[str], printed: str | None, period: str | None, issue: str, file: str) -> Asked:
    """The question, from a claim or from the options; UsageError for neither."""
    from comity.audit.asked import Asked, asked_by

    if len(what) == 1:
        return asked_by(what[0], file)
    if len(what) != 2 or period is None:
        raise UsageError(
            "Name a claim, or two states with --period",
            got=" ".join(what),
            next="Such as: comity multiverse VNM RUS --issue hr --period 2000-2020 --print same=75%",
        )
    return Asked(what[0], what[1], printed or "same", issue, period)
