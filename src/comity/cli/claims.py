"""Claim files: comity claims new, lint, schema, sign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.output import emit_json

Source = Annotated[str, typer.Argument(metavar="NAME|FILE", help="vietnam-russia, or a file of your own.")]

app = typer.Typer(
    help="What texts say, one claim a row, each with the test that it is held against.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def new(file: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")]) -> None:
    """Write a claim file to begin with: one document and three claims as examples.

    Example: comity claims new claims.yaml
    """
    from comity.audit.template import write_template

    typer.echo(str(write_template(file)))


@app.command()
def lint(source: Source) -> None:
    """Check a claim file: every problem with the claim's id and the reason; exit code 33 where there is one.

    Example: comity claims lint vietnam-russia
    """
    from comity.audit.claim import checked_claims
    from comity.errors import BadValue
    from comity.model.words import say

    made, problems = checked_claims(source)
    for problem in problems:
        typer.echo(str(problem))
    if problems or made is None:
        raise BadValue(say("claims.problems", n=len(problems), file=source))
    typer.echo(say("claims.sound", n=len(made.claims), documents=len(made.documents)))


@app.command()
def schema() -> None:
    """The JSON Schema of claim files, for editors that check a file while it is written.

    Example: comity claims schema
    """
    from comity.audit.claim import claims_schema

    emit_json(claims_schema())


@app.command()
def sign(
    source: Source,
    claim: Annotated[str, typer.Option(help="The claim whose verdict is signed.")],
    reviewer: Annotated[str, typer.Option(help="Your full name; it is published with the review.")],
) -> None:
    """Record that you have read the verdict on a claim and stand by it; only then is it written as a ClaimReview.

    Example: comity claims sign vietnam-russia --claim fulcrum-2022-20 --reviewer "Jane Doe"
    """
    from comity.audit.audit import audit
    from comity.audit.signoff import sign as record

    emit_json(record(audit(source, claim=claim), reviewer))
