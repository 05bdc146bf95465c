"""The store: pull, add, list, check, diff, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli import options as o
from comity.cli.output import emit_json, show
from comity.model.body import COUNCIL
from comity.model.words import say

if TYPE_CHECKING:
    from comity.ingest.datasets import AddedDataset

app = typer.Typer(help="Get, keep, check and compare releases.", no_args_is_help=True, rich_markup_mode=None)

_KINDS = ("unga",)


@app.command()
def pull(
    source: Annotated[str, typer.Argument(help="unga: Voeten's data from Harvard Dataverse.")] = "unga",
    release: Annotated[str | None, typer.Option(help="A version of the record; by default the newest.")] = None,
    file: Annotated[str | None, typer.Option(help="A file of the record, where it holds several of votes.")] = None,
) -> None:
    """Download a release, verify it against the record's checksum, pin it, add it to the store.

    Example: comity data pull unga
    """
    from comity.cli.progress import bar
    from comity.ingest.add import add_files
    from comity.ingest.pull import pull as fetch

    with bar() as progress:
        got = fetch(source, release, file=file, progress=progress)
    for note in got.notes:
        typer.echo(f"note: {note}")
    _tell(add_files(got.paths, label=got.label, provenance=got.provenance), got.label)


@app.command()
def add(
    files: Annotated[
        list[str], typer.Argument(help="Files of one release, or a table of arms, trade, alliances or a survey.")
    ],
    label: Annotated[str | None, typer.Option(help="The release's label; by default from the content.")] = None,
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """Add files you have; their layout is recognised from the content.

    Example: comity data add votes.csv
    """
    from comity.ingest.add import add_files
    from comity.ingest.datasets import add_dataset

    names = files[1:] if files[0] in _KINDS and len(files) > 1 else files
    if len(names) == 1 and (table := add_dataset(Path(names[0]), label=label)):
        _tell_table(table) if format is o.ListFormat.TEXT else emit_json(table.to_dict())
        return
    added = add_files([Path(name) for name in names], label=label)
    if format is o.ListFormat.JSON:
        emit_json(added.to_dict())
    else:
        _tell(added, label)


@app.command("list")
def list_(format: o.OutList = o.ListFormat.TEXT) -> None:
    """The releases in the store by body, newest first, and the tables of other strands.

    Example: comity data list
    """
    from comity.report.data_terminal import datasets_table, releases_table
    from comity.store.datasets import list_datasets
    from comity.store.events import in_store
    from comity.store.releases import list_releases

    found, council, tables, events = list_releases(), list_releases(COUNCIL), list_datasets(), in_store()
    if format is o.ListFormat.JSON:
        releases = [m.to_dict() | {"span": [m.first.isoformat(), m.last.isoformat()]} for m in (*found, *council)]
        held = {"events": events.to_dict()} if events else {}
        emit_json({"releases": releases, "tables": [t.to_dict() for t in tables], **held})
        return
    show(releases_table(found))
    if council:
        show(releases_table(council, COUNCIL))
    if tables:
        show(datasets_table(tables))
    if events:
        typer.echo(events.in_words())


@app.command()
def check(
    release: Annotated[str | None, typer.Argument(help="A release's label; by default the newest.")] = None,
    against: Annotated[
        list[str] | None, typer.Option(help="Compare with this release only; by default with all in the store.")
    ] = None,
    body: o.Body = o.BodyName.GA,
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """Find and name the faults of a release, with ids, states and counts.

    Example: comity data check voeten-2024-wide --against undl-1992-2022
    """
    from comity.ingest.check import check_release
    from comity.report.data_terminal import check_view

    report = check_release(o.of_body(release, body.value), against=against)
    if format is o.ListFormat.JSON:
        emit_json(report.to_dict())
    else:
        show(check_view(report))


@app.command()
def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="A release's label.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    format: o.OutList = o.ListFormat.TEXT,
) -> None:
    """Align two releases and list the cells, roll calls and states that differ.

    Example: comity data diff voeten-2024-wide undl-1992-2022
    """
    from comity.ingest.diff import diff_releases
    from comity.report.data_terminal import diff_view

    report = diff_releases(a, b)
    if format is o.ListFormat.JSON:
        emit_json(report.to_dict())
    else:
        show(diff_view(report))


@app.command()
def remove(release: Annotated[str, typer.Argument(help="A release's label.")]) -> None:
    """Remove a release, or a table of another strand, from the store.

    Example: comity data remove voeten-2016
    """
    from comity.ingest.add import remove as take_out
    from comity.store.datasets import remove_dataset

    changed = () if remove_dataset(release) else take_out(release)
    typer.echo(f"removed {release}")
    for label in changed:
        typer.echo(f"fields it lent to {label} were taken back")


@app.command("build-starter")
def build_starter(
    release: Annotated[str | None, typer.Option(help="The release to count; by default the newest.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder; by default the package's own.")
    ] = None,
) -> None:
    """Make the starter data: counts by pair, year and issue for the permanent members and ASEAN.

    Example: comity data build-starter --release voeten-2024-wide -o starter
    """
    from comity.model.clock import today
    from comity.study.starter_build import build_starter as build
    from comity.study.starter_build import shipped_folder

    for path in build(release, output or shipped_folder(), today()).values():
        typer.echo(f"{path} ({path.stat().st_size:,} bytes)")


def _tell(added: object, label: str | None) -> None:
    from comity.ingest.add import Added

    assert isinstance(added, Added)
    m = added.manifest
    state = "added" if added.new else "already there, nothing changed:"
    typer.echo(
        f"{state} {m.release}: {m.roll_calls:,} roll calls, {m.first.isoformat()} to {m.last.isoformat()}, "
        f"{m.states} states, layout {m.layout}, sha256 {m.sha256[:12]}"
    )
    if label not in (None, m.release):
        typer.echo(f"note: the same bytes are held as {m.release}; remove that first to have them as {label}")
    if m.body == COUNCIL:
        typer.echo(f"note: {say('data.council_use')}")
    if m.layout == "plain-long":
        typer.echo(f"note: a table of your own answers where it is named: --release {m.release}")
    for warning in added.warnings:
        typer.echo(f"note: {warning}")
    for label in added.relent:
        typer.echo(f"note: {label} now borrows fields from it")


def _tell_table(added: AddedDataset) -> None:
    table = added.dataset
    state = "added" if added.new else "already there, nothing changed:"
    typer.echo(
        f"{state} {table.label}: {table.kind}, {table.rows:,} rows, {table.first} to {table.last}, "
        f"layout {table.layout}, sha256 {table.sha256[:12]}"
    )
    for warning in added.warnings:
        typer.echo(f"note: {warning}")
