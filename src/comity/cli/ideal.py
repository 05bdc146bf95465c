"""Ideal points: comity ideal fit, show, distance, compare, vote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli import options as o
from comity.cli.output import emit
from comity.cli.progress import sweeps

app = typer.Typer(
    help="Ideal points: where states stand on the line that divides the Assembly most. They need single roll calls: see"
    " comity data pull --help. The first question fits them, which takes up to a minute; then the fit is kept.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Issue = Annotated[str, typer.Option(help="all, me, nu, di, hr, co, ec, or families: texts of two sessions or more.")]
Sessions = Annotated[str | None, typer.Option(help="Such as 1-74; by default all of the release.")]
Matches = Annotated[
    str, typer.Option(help="Which texts are one: auto (recognised), none, or a CSV file of pairs rcid1, rcid2.")
]

Method = Annotated[
    str,
    typer.Option(
        help="fit: deterministic, seconds. gibbs: sampled, minutes. gibbs-as-run: sampled as the authors did."
        " A sampler that was stopped goes on where it was."
    ),
]
Smooth = Annotated[bool, typer.Option("--smooth", help="The random walk looks both ways (with --method gibbs).")]
Chains = Annotated[int, typer.Option(help="Chains of the sampler.")]
Iterations = Annotated[int, typer.Option(help="Sweeps a chain; a third of them is burn-in (a sixth as run).")]


SETTINGS: dict[str, tuple[Any, object]] = {
    "issue": (Issue, "all"),
    "sessions": (Sessions, None),
    "matches": (Matches, "auto"),
    "method": (Method, "fit"),
    "smooth": (Smooth, False),
    "chains": (Chains, 4),
    "iterations": (Iterations, 6000),
}
"""What a fit is asked, as options: name → (annotation, default)."""


def _settings(given: dict[str, Any]) -> object:
    from comity.study.ideal.settings import settings

    return settings(**given)


takes_settings = o.takes("chosen", SETTINGS, _settings)


@app.command("fit")
@takes_settings
def fit_(
    chosen: Any,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Fit ideal points to a release, and keep them with it.

    Says how many votes, texts and states were fitted, how well, and how many texts link each session to others.

    Example: comity ideal fit --matches none
    """
    from comity.study.ideal.show import ideal_fit

    with sweeps() as progress:
        answer = ideal_fit(chosen, release=release, progress=progress)
    emit(answer, format)


@app.command("show")
@takes_settings
def show_(
    states: Annotated[list[str], typer.Argument(metavar="STATE", help="Names or codes: VNM RUS USA CHN.")],
    chosen: Any,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Where states stood, session by session, with 90 % intervals.

    Example: comity ideal show VNM RUS USA CHN --matches none
    """
    from comity.study.ideal.show import ideal_show

    with sweeps() as progress:
        answer = ideal_show(",".join(states), chosen, release=release, progress=progress)
    emit(answer, format)


@app.command("distance")
@takes_settings
def distance_(
    a: o.StateA,
    b: o.StateB,
    chosen: Any,
    seed: o.Seed = 1945,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """How far two states stood apart, session by session.

    The signed difference with its interval, the distance with its own, and how many joint draws have the first above.

    Example: comity ideal distance VNM RUS --matches none
    """
    from comity.study.ideal.show import ideal_distance

    with sweeps() as progress:
        answer = ideal_distance(a, b, chosen, seed=seed, release=release, progress=progress)
    emit(answer, format)


@app.command("compare")
@takes_settings
def compare_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Published estimates: ccode, session, IdealPoint, …")],
    chosen: Any,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Published ideal points beside a fit.

    Correlations overall, within sessions and (as JSON) by state, widths of the intervals, the largest gaps.

    Example: comity ideal compare Idealpoints.csv --matches none
    """
    from comity.study.ideal.compare import ideal_compare

    with sweeps() as progress:
        answer = ideal_compare(file, chosen, release=release, progress=progress)
    emit(answer, format)


@app.command("vote")
@takes_settings
def vote_(
    symbol: Annotated[str, typer.Argument(metavar="SYMBOL", help="A/RES/68/262, or the release's own id.")],
    chosen: Any,
    states: Annotated[str | None, typer.Option(help="States to set beside their twenty nearest: VNM,RUS.")] = None,
    release: o.Release = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """One roll call on the scale: its cut points, every vote.

    What each state's vote had been given at its place, who was least expected, how its nearest neighbours voted.

    Example: comity ideal vote A/RES/68/262 --states VNM --matches none
    """
    from comity.study.ideal.vote import ideal_vote

    with sweeps() as progress:
        answer = ideal_vote(symbol, states, chosen, release=release, progress=progress)
    emit(answer, format)
