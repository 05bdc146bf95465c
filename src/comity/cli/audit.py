"""The audit: comity audit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli import options as o
from comity.cli.claims import Source
from comity.cli.output import emit
from comity.errors import UsageError

FOUND = 3
"""Exit code where a claim has a verdict that was to fail."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(audit)


def audit(
    source: Source,
    claim: Annotated[str | None, typer.Option(help="Only this claim, in full.")] = None,
    document: Annotated[str | None, typer.Option(help="Only claims of this document.")] = None,
    fail_on: Annotated[
        str | None, typer.Option(help="Verdicts that end with exit code 3, such as contradicted,not_reproduced.")
    ] = None,
    pack: Annotated[Path | None, typer.Option(help="Write an evidence pack into this new folder.")] = None,
    format: o.OutFormat = o.Format.TEXT,
) -> None:
    """Hold what texts say against the records: a verdict a claim, with its reason and everything it rests on.

    Example: comity audit vietnam-russia --claim fulcrum-2022-20
    """
    from comity.audit.audit import audit as study
    from comity.audit.text import is_text
    from comity.audit.text_audit import audit_text

    failing = _verdicts(fail_on)
    text = is_text(source)
    if text and document is not None:
        raise UsageError("A text is one document", got=document, next="Leave --document out")
    answer = audit_text(source, claim=claim) if text else study(source, claim=claim, document=document)
    if pack is not None:
        from comity.audit.pack import write_pack

        for file in write_pack(answer, pack):
            typer.echo(str(file), err=True)
    emit(answer, format)
    if failing & {v.verdict for v in answer.claims}:
        raise typer.Exit(FOUND)


def _verdicts(text: str | None) -> set[str]:
    """The verdicts named; UsageError for an unknown one."""
    from comity.audit.verdict import VERDICTS

    named = {part.strip() for part in (text or "").split(",") if part.strip()}
    if unknown := named - set(VERDICTS):
        raise UsageError("No such verdict", got=", ".join(sorted(unknown)), allowed=", ".join(VERDICTS))
    return named
