"""The reading finder: comity solve."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from comity.cli import options as o
from comity.cli.output import emit
from comity.errors import UsageError

_MARK = "\x1f"  # between the states and the figure of one --print; no figure holds it


class _Interleaved(TyperCommand):
    """A command whose ``--print`` belongs to the pair named last: its states go along with each figure."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Bind every figure to its pair before the options are read."""
        return super().parse_args(ctx, bound(args))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(cls=_Interleaved)(solve)


def bound(args: list[str]) -> list[str]:
    """``--pair A B`` taken out, its states put before each ``--print`` that follows.

    >>> bound(["VNM", "RUS", "--print", "same=75%", "--pair", "VNM", "USA", "--print=same=4%"])[3].split(chr(31))
    ['', '', 'same=75%']
    """
    out: list[str] = []
    pair = ("", "")
    rest = iter(args)
    for arg in rest:
        name, _, value = arg.partition("=")
        if name == "--pair":
            pair = (value or next(rest, ""), next(rest, ""))
            if not all(pair) or any(p.startswith("-") for p in pair):
                raise UsageError("--pair takes two states", got=" ".join(pair).strip(), allowed="--pair VNM USA")
        elif name == "--print":
            figure = value if "=" in arg else next(rest, "")
            out += ["--print", _MARK.join((*pair, figure))]
        else:
            out.append(arg)
    return out


def solve(
    a: o.StateA,
    b: o.StateB,
    printed: Annotated[
        list[str] | None,
        typer.Option("--print", help="What the text prints of the pair, such as same=75% or opposite=2."),
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="Calendar years as the text declares them, such as 2000-2020.")
    ] = None,
    pair: Annotated[
        str | None, typer.Option(metavar="A B", help="Another pair: the --print options after it are of that one.")
    ] = None,
    issue: Annotated[
        str, typer.Option(help="The issue as the text declares it: hr, all, title:WORDS, set:NAME, …")
    ] = "all",
    n: Annotated[int | None, typer.Option("--n", help="The number of roll calls that the text prints.")] = None,
    of: Annotated[
        str | None, typer.Option(help="What the text says that shares are of: all, cast, votes_only or half.")
    ] = None,
    document: Annotated[
        str | None, typer.Option(help="A text of the claim file: all that it prints of one period, together.")
    ] = None,
    file: Annotated[str, typer.Option("--file", help="The claim file, by name or path.")] = "vietnam-russia",
    shift: Annotated[int, typer.Option(help="How many years the ends of the period may move.")] = 2,
    release: o.Release = None,
    seed: o.Seed = 1945,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Find the readings that give what a text prints: release, period, denominator, filters, rounding, all together.

    Example: comity solve VNM RUS --issue hr --period 2000-2020 --n 443 --print same=75% --print opposite=2
    """
    from comity.audit.solve.solve import solve as find

    del pair  # bound to its figures before the options were read
    figures = [tuple(text.split(_MARK)) for text in printed or ()]
    asked = [(x or a, y or b, figure) for x, y, figure in figures]
    if document is not None:
        from comity.audit.asked import figures_of

        held = figures_of(document, period, file)
        asked, issue, period, n = [*held.printed, *asked], held.issue, held.period, n or held.n
    if period is None:
        raise UsageError("Which years does the text speak of?", next="Name them with --period, such as 2000-2020")
    emit(find(asked, issue=issue, period=period, n=n, of=of, shift=shift, release=release, seed=seed), format)
