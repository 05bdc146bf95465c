"""Questions over the ledgers: what happened, who visited, what was said, thought, argued and foreseen."""

from __future__ import annotations

from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.ledger import Either, LedgerPeriod
from comity.cli.output import emit

States = Annotated[list[str], typer.Argument(metavar="STATE…", help="Names or codes: VNM RUS.")]
One = Annotated[str, typer.Argument(metavar="STATE", help="A name or code: VNM, 'Viet Nam'.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (
        timeline, tiers, visits, access, positions, statements, perceptions, arguments, predictions, between,
    ):  # fmt: skip
        app.command()(command)


def timeline(
    states: States,
    period: LedgerPeriod = None,
    kinds: Annotated[str | None, typer.Option(help="treaties,visits,…; all for every ledger.")] = None,
    either: Either = False,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """What happened between states, from all ledgers in one order, conflicting accounts side by side.

    Example: comity timeline VNM RUS --period 1990-2024
    """
    from comity.study.timeline import timeline as study

    emit(study(states, period=period, kinds=kinds, either=either), format)


def tiers(
    state: One,
    on: Annotated[str | None, typer.Option("--on", help="A day, 2024-06-20; by default every tier ever.")] = None,
    group: Annotated[str | None, typer.Option(help="A group set apart beside the P5, such as asean.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Who holds which partnership tier of a state on a day, since when, and which of the five permanent members.

    Example: comity tiers VNM --on 2024-06-20
    """
    from comity.study.tiers import tiers as study

    emit(study(state, on=on, group=group), format)


def visits(
    a: o.StateA,
    b: o.StateB,
    rule: Annotated[
        str | None,
        typer.Option(
            help="state, official, bilateral, multilateral, all, heads or heads-bilateral; by default a count by each."
        ),
    ] = None,
    period: LedgerPeriod = None,
    person: Annotated[str | None, typer.Option(help="Only visits by one whose name has this in it.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Visits between two states counted under named rules, each count with its list.

    Example: comity visits VNM RUS --person Putin
    """
    from comity.study.visits import visits as study

    emit(study(a, b, rule=rule, period=period, person=person), format)


def access(state: One, period: LedgerPeriod = None, format: o.OutFormat = o.Format.TEXT) -> None:
    """Bases, port calls, exercises and training of a state: what was held, apart from what was planned or reported.

    Example: comity access VNM
    """
    from comity.study.ledger_rows import access as study

    emit(study(state, period=period), format)


def positions(
    about: Annotated[str, typer.Argument(metavar="ISSUE|STATE", help="Words of an issue, or a state.")],
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """What states said or did on a named issue, or one state on every issue.

    Example: comity positions "South China Sea"
    """
    from comity.study.ledger_rows import positions as study

    emit(study(about), format)


def statements(
    states: States, period: LedgerPeriod = None, either: Either = False, format: o.OutFormat = o.Format.TEXT
) -> None:
    """Words beside votes: statements and explanations, each with the recorded vote it was said on.

    Example: comity statements VNM --period 2022
    """
    from comity.study.statements import statements as study

    emit(study(states, period=period, either=either), format)


def perceptions(state: One, format: o.OutFormat = o.Format.TEXT) -> None:
    """What groups are said to think of a state, coded and never a figure, and narratives counted by theme.

    Example: comity perceptions RUS
    """
    from comity.study.ledger_rows import perceptions as study

    emit(study(state), format)


def arguments(states: States, format: o.OutFormat = o.Format.TEXT) -> None:
    """Reasons given for a relation to go on and for it to be reconsidered, each with the evidence linked to it.

    Example: comity arguments VNM RUS
    """
    from comity.study.reasons import arguments as study

    emit(study(states), format)


def predictions(states: States, format: o.OutFormat = o.Format.TEXT) -> None:
    """What texts foresaw of states, each with its status today and what that rests on.

    Example: comity predictions VNM RUS
    """
    from comity.study.reasons import predictions as study

    emit(study(states), format)


def between(
    a: Annotated[str, typer.Argument(metavar="DATE", help="1978-11-03, 1978-11, 1978, 1980s, or a row: treaties/ID.")],
    b: Annotated[str, typer.Argument(metavar="DATE", help="The other.")],
    said: Annotated[str | None, typer.Option(help="What a text says: 'one month before', 'over 23 years'.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """The time between two dates, however exact, and whether a text's words for it hold.

    Example: comity between 1978-11-03 1978-12-25 --said "one month before"
    """
    from comity.study.between import between as study

    emit(study(a, b, said=said), format)
