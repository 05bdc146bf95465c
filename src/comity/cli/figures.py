"""Figures: comity figure periods, years, contrasts, ranks of a pair's counts; paths, distance, map of ideal points."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from comity.cli import options as o
from comity.cli.events import By, From, Years
from comity.cli.ideal import Issue, Matches, Sessions
from comity.cli.progress import sweeps
from comity.errors import UsageError
from comity.model.reading import Reading

Output = Annotated[Path, typer.Option("-o", "--output", help="A .svg, .png, .pdf or .html file; its data as .csv.")]
COUNTS = {
    "periods": "Category shares by period, beside other pairs.",
    "years": "Category shares year by year.",
    "contrasts": "Category shares of other pairs, year by year.",
    "ranks": "Where each stands among the other's partners.",
}


class _Figures(TyperGroup):
    """A group that answers an unknown name with all names."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command a line names."""
        if args and args[0] not in self.commands:
            raise UsageError("Unknown figure", got=args[0], allowed=", ".join(self.commands))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Figures,
    help="One figure to a file, with what is drawn in it as CSV beside it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _of_counts(name: str, told: str) -> None:
    """Add the command of one figure of a pair's counts."""

    @o.takes_reading("hr")
    def command(
        a: o.StateA, b: o.StateB, reading: Reading, output: Output, periods: o.Periods = None, vs: o.Vs = None
    ) -> None:
        from comity.report.figures.draw import draw
        from comity.study.dossier import dossier as study

        answer = study(a, b, periods=periods, vs=vs, reading=reading, ideal=False, strands=False)
        _say(draw(name, answer, output))

    command.__doc__ = f"{told}\n\nExample: comity figure {name} VNM RUS --issue hr -o {name}.svg"
    app.command(name)(command)


for _name, _told in COUNTS.items():
    _of_counts(_name, _told)


@app.command()
def paths(
    a: o.StateA,
    b: o.StateB,
    output: Output,
    vs: Annotated[
        str | None, typer.Option(help="Other states: USA,CHN; by default the five permanent members.")
    ] = None,
    group: Annotated[str | None, typer.Option(help="A group whose range is drawn, such as asean or nam.")] = None,
    issue: Issue = "all",
    sessions: Sessions = None,
    matches: Matches = "auto",
    release: o.Release = None,
) -> None:
    """Ideal points of two states over the sessions with 90 % intervals, beside other states and a group.

    Example: comity figure paths VNM RUS --group asean --matches none -o paths.svg
    """
    from comity.report.figures.draw_ideal import draw_paths
    from comity.report.figures.save import format_of
    from comity.study.ideal.paths import ideal_paths
    from comity.study.ideal.settings import settings

    format_of(output)
    chosen = settings(issue, sessions, matches)
    with sweeps() as progress:
        answer = ideal_paths(a, b, vs=vs, of_group=group, chosen=chosen, release=release, progress=progress)
    _say(draw_paths(answer, output))


@app.command()
def distance(
    a: o.StateA,
    b: o.StateB,
    output: Output,
    issue: Issue = "all",
    sessions: Sessions = None,
    matches: Matches = "auto",
    seed: o.Seed = 1945,
    release: o.Release = None,
) -> None:
    """How far apart the ideal points of two states stood, session by session, with the 90 % interval.

    Example: comity figure distance VNM RUS --matches none -o distance.svg
    """
    from comity.report.figures.draw_ideal import draw_distance
    from comity.report.figures.save import format_of
    from comity.study.ideal.settings import settings
    from comity.study.ideal.show import ideal_distance, ideal_show

    format_of(output)
    chosen = settings(issue, sessions, matches)
    with sweeps() as progress:
        answer = ideal_distance(a, b, chosen, seed=seed, release=release, progress=progress)
        linked = ideal_show([answer.a, answer.b], chosen, release=release, progress=progress).bridges
    _say(draw_distance(answer, linked, output))


@app.command("map")
def map_(
    symbol: Annotated[str, typer.Argument(metavar="SYMBOL", help="A/RES/68/262, or the release's own id.")],
    output: Output,
    states: Annotated[str | None, typer.Option(help="Those to name in the figure: VNM,RUS.")] = None,
    issue: Issue = "all",
    sessions: Sessions = None,
    matches: Matches = "auto",
    release: o.Release = None,
) -> None:
    """One roll call on the scale of ideal points: what was expected along it, its cut points, every state's vote.

    Example: comity figure map A/RES/68/262 --states VNM --matches none -o map.svg
    """
    from comity.report.figures.draw_ideal import draw_map
    from comity.report.figures.save import format_of
    from comity.study.ideal.settings import settings
    from comity.study.ideal.vote import ideal_vote

    format_of(output)
    with sweeps() as progress:
        answer = ideal_vote(symbol, states, settings(issue, sessions, matches), release=release, progress=progress)
    _say(draw_map(answer, output))


@app.command()
@o.takes_reading()
def world(
    what: Annotated[str, typer.Argument(metavar="STATE | SYMBOL", help="A state, or a roll call: VNM, A/RES/68/262.")],
    reading: Reading,
    output: Output,
    period: o.OnePeriod = None,
) -> None:
    """A world map: who voted alike with a state, or who voted how on a roll call (a symbol, as one with a slash).

    Example: comity figure world A/RES/68/262 -o world.svg
    """
    from comity.report.figures.draw_world import draw_world
    from comity.report.figures.save import format_of
    from comity.study.rank import rank
    from comity.study.vote import vote

    format_of(output)
    found = vote(what, release=reading.release) if "/" in what else rank(what, period=period, reading=reading)
    _say(draw_world(found, output))


@app.command()
def balance(
    state: Annotated[str, typer.Argument(metavar="STATE", help="Whose ties.")],
    output: Output,
    powers: Annotated[str, typer.Option(help="Three powers, one a corner.")] = "USA,CHN,RUS",
    period: o.OnePeriod = None,
    basis: Annotated[str, typer.Option(help="raw, or baseline: against what size lets expect.")] = "raw",
    release: o.Release = None,
) -> None:
    """How a state spreads its ties between three powers: a triangle, a dot a strand.

    Example: comity figure balance VNM --period 2005-2014 -o balance.svg
    """
    from comity.report.figures.draw_strands import draw_balance
    from comity.report.figures.save import format_of
    from comity.study.balance.spread import balance as study

    format_of(output)
    reading = Reading(release=release)
    _say(draw_balance(study(state, powers=powers, period=period, basis=basis, reading=reading), output))


@app.command()
def arms(
    recipient: Annotated[str, typer.Argument(metavar="RECIPIENT", help="Whose suppliers.")],
    output: Output,
    period: o.OnePeriod = None,
    window: Annotated[int, typer.Option(min=1, help="Years that each bar covers.")] = 5,
) -> None:
    """Suppliers' shares of a state's arms deliveries over a moving window of years, with sanctions and embargoes.

    Example: comity figure arms VNM --period 1990-2023 -o arms.svg
    """
    from comity.report.figures.draw_arms import draw_arms
    from comity.report.figures.save import format_of
    from comity.study.arms_rolling import arms_rolling

    format_of(output)
    _say(draw_arms(arms_rolling(recipient, period=period, window=window), output))


@app.command()
def timeline(
    states: Annotated[list[str], typer.Argument(metavar="STATE…", help="Names or codes: VNM RUS.")],
    output: Output,
    period: o.OnePeriod = None,
    kinds: Annotated[str | None, typer.Option(help="Ledgers: treaties,visits,…; all for every one.")] = None,
) -> None:
    """What happened between states, a lane a ledger: dots for days, bars for what lasts.

    Example: comity figure timeline VNM RUS --period 1976-2025 -o timeline.svg
    """
    from comity.report.figures.draw_timeline import draw_timeline
    from comity.report.figures.save import format_of
    from comity.study.timeline import timeline as study

    format_of(output)
    _say(draw_timeline(study(states, period=period, kinds=kinds), output))


@app.command()
def events(
    a: o.StateA,
    b: o.StateB,
    output: Output,
    period: Years = None,
    by: By = "year",
    folder: From = None,
) -> None:
    """Machine-coded events of two states as a share of all events, and the mean of their Goldstein values.

    Example: comity figure events VNM RUS --by quarter -o events.svg
    """
    from comity.report.figures.draw_events import draw_events
    from comity.report.figures.save import format_of
    from comity.study.events import events as study

    format_of(output)
    _say(draw_events(study(a, b, period=period, by=by, folder=folder), output))


@app.command()
def multiverse(
    what: Annotated[list[str], typer.Argument(metavar="CLAIM | A B", help="A claim's id, or two states.")],
    output: Output,
    printed: Annotated[str | None, typer.Option("--print", help="What the text prints, such as same=75%.")] = None,
    period: Annotated[str | None, typer.Option(help="Calendar years; a claim has its own.")] = None,
    issue: Annotated[str, typer.Option(help="The issue; a claim has its own.")] = "all",
    file: Annotated[str, typer.Option("--file", help="The claim file, by name or path.")] = "vietnam-russia",
    release: o.Release = None,
) -> None:
    """A share of votes under every equivalent reading, in order, with the choices each makes.

    Example: comity figure multiverse VNM RUS --issue hr --period 2000-2014 --print same=75% -o curve.svg
    """
    from comity.audit.multiverse import multiverse as study
    from comity.cli.multiverse import asked
    from comity.report.figures.draw_strands import draw_curve
    from comity.report.figures.save import format_of

    format_of(output)
    q = asked(what, printed, period, issue, file)
    _say(draw_curve(study(q.a, q.b, q.figure, issue=q.issue, period=q.period, release=release), output))


def _say(written: list[Path]) -> None:
    for path in written:
        typer.echo(str(path))
