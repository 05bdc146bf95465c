"""The command line: ``comity``. Heavy imports happen inside the commands."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from comity.cli import (
    arms,
    audit,
    balance,
    blocs,
    change,
    claims,
    compare,
    contradictions,
    data,
    diplomacy,
    events,
    family,
    files,
    ideal,
    ledger,
    measures,
    multiverse,
    outliers,
    replicate,
    serve,
    situations,
    solve,
    ties,
    trade,
    votes,
)
from comity.cli.sections import Sections
from comity.errors import ComityError, UsageError
from comity.model.language import speaking
from comity.version import VERSION

# The base of typer's errors about the command line. Which module holds it differs between versions of typer, but the
# public BadParameter has always come straight from it.
_BadCommandLine: Any = typer.BadParameter.__mro__[1]
_INTERRUPTED = 130  # what typer returns after Ctrl-C


class Language(StrEnum):
    """What ``--lang`` takes: ``model.language.LANGUAGES``."""

    EN = "en"
    VI = "vi"


app = typer.Typer(
    name="comity",
    cls=Sections,
    help="How far do two states vote alike in the UN General Assembly, and what else is recorded between them: arms, "
    "trade, money, treaties, visits? Counts, base rates, figures, a dossier.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
votes.register(app)
files.register(app)
replicate.register(app)
situations.register(app)
outliers.register(app)
measures.register(app)
compare.register(app)
change.register(app)
blocs.register(app)
trade.register(app)
ties.register(app)
balance.register(app)
audit.register(app)
solve.register(app)
contradictions.register(app)
multiverse.register(app)
arms.register(app)
diplomacy.register(app)
serve.register(app)
app.add_typer(claims.app, name="claims")
app.add_typer(data.app, name="data")
app.add_typer(events.app, name="events")
app.add_typer(ledger.app, name="ledger")
app.add_typer(family.app, name="family")
app.add_typer(ideal.app, name="ideal")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"comity {VERSION}")
        raise typer.Exit


def _speak(context: typer.Context, lang: Language) -> None:
    context.with_resource(speaking(lang.value))


@app.callback()
def _root(
    lang: Annotated[
        Language,
        typer.Option(envvar="COMITY_LANG", callback=_speak, help="Language of answers; vi is a draft translation."),
    ] = Language.EN,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """How far do two states vote alike in the UN General Assembly?"""


def run() -> None:
    """Run a command; an error is one line on standard error and its class's exit code."""
    try:
        code = app(standalone_mode=False)
    except ComityError as error:
        _fail(error)
    except _BadCommandLine as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # no command was named: the help itself is the answer
            sys.exit(UsageError.exit_code)
        _fail(_malformed(error))
    if code == _INTERRUPTED:
        typer.echo("comity: stopped", err=True)
    sys.exit(code)


def _fail(error: ComityError) -> NoReturn:
    typer.echo(f"comity: {error}", err=True)
    sys.exit(error.exit_code)


def _malformed(error: Any) -> UsageError:
    """What typer says of a command line it cannot read, as an error of ours: one line, without its usage lines."""
    what = error.format_message().replace("Value error, ", "")
    return UsageError(what, next=f"See {error.ctx.command_path} --help" if error.ctx else "See comity --help")
