"""The replication folder: comity replicate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit_json
from comity.errors import NotReplicated, UsageError
from comity.model.reading import Reading
from comity.model.words import say

if TYPE_CHECKING:
    from comity.report.replicate.check import Replication

FILES = "html,md,json"
_SHOWN = 40  # numbers that differ; all of them are in the JSON


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(o.takes_reading("hr")(replicate))


def replicate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder: to rebuild, or with two states to write.")],
    reading: Reading,
    a: Annotated[str | None, typer.Argument(metavar="[STATE", help="A name or code, to write a new folder.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="STATE]", help="The other state.")] = None,
    periods: o.Periods = None,
    vs: o.Vs = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Keep what was rebuilt in this folder, to look at.")
    ] = None,
    files: Annotated[
        str, typer.Option("--files", help="Of the dossier: html, md, json, pdf, joined by commas.")
    ] = FILES,
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """Rebuild a replication folder and compare it byte for byte; with two states, write a new one for their dossier.

    Example: comity replicate vietnam-russia VNM RUS --periods 1992-1999,2000-2020
    """
    if a is None or b is None:
        if a is not None or periods or vs or files != FILES or reading != Reading(issue="hr"):
            raise UsageError(say("replicate.needs_pair"), next=say("replicate.needs_pair_next", folder=folder))
        _rebuild(folder, output, format)
        return
    from comity.report.replicate.write import write_folder

    formats = [part.strip() for part in files.split(",") if part.strip()]
    record = write_folder(folder, a, b, periods=periods, vs=vs, reading=reading, formats=formats)
    starter = [say("replicate.starter", version=record.comity, sha256=record.starter)] if record.starter else []
    names = [*starter, *(m.release for m in record.manifests), *(d.label for d in record.tables)]
    typer.echo(say("replicate.wrote", n=sum(p.is_file() for p in folder.rglob("*")), folder=folder))
    typer.echo(say("replicate.wrote_rests", names=", ".join(names)))
    typer.echo(say("replicate.wrote_next", folder=folder))


def _rebuild(folder: Path, output: Path | None, format: o.ListFormat) -> None:
    """Rebuild, report, and end with NotReplicated where anything differs."""
    from comity.report.files import checked_folder, write_all
    from comity.report.replicate.check import rebuild

    if output is not None:
        checked_folder(output)
    done = rebuild(folder)
    if output is not None:
        for name, content in done.made.items():
            write_all((output / name).parent, {Path(name).name: content})
    if format is o.ListFormat.JSON:
        emit_json(done.to_dict())
    else:
        _tell(done)
    if not done.same:
        raise NotReplicated(say("replicate.differs"), got=str(folder), next=say("replicate.differs_next"))


def _tell(done: Replication) -> None:
    question = done.record.question
    release = question.reading.get("release", "")
    typer.echo(say("replicate.as_of", day=question.answered.isoformat(), version=done.record.comity, release=release))
    for sentence in (*done.others, *done.faults):
        typer.echo(f"note: {sentence}")
    width = max(len(say("replicate.equal")), len(say("replicate.different")))
    for file in done.files:
        state = say("replicate.equal" if file.same else "replicate.different")
        by = f" ({say('replicate.apart', most=f'{file.apart:.0e}')})" if file.apart is not None else ""
        typer.echo(f"{state:{width}}  {file.name}{by}")
    for moved in done.moved[:_SHOWN]:
        typer.echo(say("replicate.number", name=moved.name, old=moved.old, new=moved.new, question=moved.question))
    alike = sum(f.same for f in done.files)
    typer.echo(say("replicate.head_files", k=alike, n=len(done.files)))
    typer.echo(say("replicate.head_numbers", k=done.numbers - done.lost, n=done.numbers))
    if done.same:
        typer.echo(say("replicate.all_same"))
