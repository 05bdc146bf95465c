"""The releases at hand: listed, read, written, removed.

``<home>/releases/<body>/<label>/`` holds ``manifest.json`` and the two Parquet files it names. There is no index, and
the manifest is the only point of commitment: a release is there when its manifest is, and replacing that one file
moves a reader from the old tables to the new. Tables carry their hash in their name, so both can lie side by side
until then. Whatever a writer that was killed left behind is swept by the next. Whoever names no body is given the
Assembly's releases only.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from comity.errors import ComityError, StoreDamaged, UnknownRelease, UsageError
from comity.model.body import ASSEMBLY, BODIES, COUNCIL, NEWEST_OF_COUNCIL
from comity.model.fault import KnownFault
from comity.model.words import say
from comity.store.disk import disk_errors, make_folders, sync_folder
from comity.store.folder import MANIFEST, ROLL_CALLS, VOTES, commit, load_manifest, rewrite_manifest, sweep, table_path
from comity.store.home import checked_label, home, releases_folder
from comity.store.lock import write_lock
from comity.store.manifest import Manifest
from comity.store.tables import roll_calls_parquet, votes_parquet

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")

_OWN_TABLE = "plain-long"
_ADD = "Add one with: comity data add FILE, or comity data pull unga"


def list_releases(body: str = ASSEMBLY) -> tuple[Manifest, ...]:
    """Every release of a body, newest first: by its last roll call, then by when it was added.

    StoreDamaged where a manifest cannot be read.
    """
    folder = releases_folder(body)
    with disk_errors(folder, "reading the store"):
        found = [load_manifest(each) for each in sorted(folder.iterdir())] if folder.is_dir() else []
    return tuple(sorted((m for m in found if m), key=lambda m: (m.last, m.added), reverse=True))


def get(release: str | None = None, *, body: str = ASSEMBLY) -> Manifest:
    """One release by its label; None means the newest. UnknownRelease where there is none.

    A table of one's own (layout "plain-long") never answers by default beside a published release: a few votes of
    last week would otherwise take over every answer. A release of the other body is none here.
    """
    if body == COUNCIL and release == NEWEST_OF_COUNCIL:
        release = None
    if release is not None:
        with disk_errors(home(), "reading the store"):
            manifest = load_manifest(_folder(release, body))
        if manifest:
            return manifest
        if body == ASSEMBLY and body_of(release) == COUNCIL:
            raise UnknownRelease(say("trouble.of_the_council"), got=release, next=say("trouble.council_answers"))
    held = list_releases(body)
    if release is None and held:
        return next((m for m in held if m.layout != _OWN_TABLE), held[0])
    add = _ADD if body == ASSEMBLY else say("trouble.add_council")
    if not held:
        what = "The store holds no release" if body == ASSEMBLY else say("trouble.no_council_release")
        raise UnknownRelease(what, got=release, next=add)
    raise UnknownRelease(
        "No such release in the store", got=release, allowed=", ".join(m.release for m in held), next=add
    )


def body_of(release: str | None) -> str:
    """Whose votes a release holds, by its label; the Assembly's where the Council has no release of that name."""
    if release is None:
        return ASSEMBLY
    with disk_errors(home(), "reading the store"):
        if (_folder(release, COUNCIL) / MANIFEST).exists():
            return COUNCIL
        own_label = release != NEWEST_OF_COUNCIL or (_folder(release, ASSEMBLY) / MANIFEST).exists()
    return ASSEMBLY if own_label else COUNCIL


def find(sha256: str) -> Manifest | None:
    """The release, of whichever body, that was read from the bytes with this sha256, or None."""
    return next((m for body in BODIES for m in list_releases(body) if m.sha256 == sha256), None)


def stamp(manifest: Manifest) -> tuple[int, ...]:
    """When each of a release's tables was written, in ns: another stamp is another state of it. StoreDamaged."""
    folder = _folder(manifest.release, manifest.body)
    with disk_errors(folder, "reading the store"):
        return tuple(table_path(folder, manifest, stem).stat().st_mtime_ns for stem in (ROLL_CALLS, VOTES))


def read_roll_calls(release: str, *, body: str = ASSEMBLY, verify: bool = False) -> pl.DataFrame:
    """The roll calls of a release, columns of model.tables.ROLL_CALLS and "<field>_from" for lent fields.

    verify : compare the stored file with its recorded sha256 first (its size always is).
    Raises UnknownRelease, StoreDamaged.
    """
    return _reading(release, body, lambda m: _read_roll_calls(m, verify))


def read_votes(release: str, *, body: str = ASSEMBLY, verify: bool = False) -> pl.DataFrame:
    """The votes of a release, by row and state: row UInt32 (into the roll calls), state Enum, choice UInt8.

    verify, errors : as for ``read_roll_calls``.
    """
    return _reading(release, body, lambda m: _read_votes(m, verify))


def read_release(
    release: str | None = None, *, body: str = ASSEMBLY, verify: bool = False
) -> tuple[Manifest, pl.DataFrame, pl.DataFrame]:
    """Manifest, roll calls and votes of one state of a release, even while another process replaces it."""
    return _reading(release, body, lambda m: (m, _read_roll_calls(m, verify), _read_votes(m, verify)))


def sql(query: str, /, *, release: str | None = None, body: str = ASSEMBLY, **params: object) -> pl.DataFrame:
    """Run a SELECT over the views ``roll_calls`` and ``votes`` of a release (None: the newest).

    ``roll_calls`` has a column "row" that ``votes.row`` points to.
    params : values of the $names in the query. UsageError where the query cannot be run.
    """
    from comity.store import db

    def run(manifest: Manifest) -> pl.DataFrame:
        folder = _folder(manifest.release, body)
        views = {
            stem: db.parquet(table_path(folder, manifest, stem), numbered=stem == ROLL_CALLS)
            for stem in (ROLL_CALLS, VOTES)
        }
        return db.query(query, params, views=views)

    return _reading(release, body, run)


def write_release(manifest: Manifest, roll_calls: pl.DataFrame, votes: pl.DataFrame, *, replace: bool = False) -> bool:
    """Store a release, whole or not at all.

    replace : write a release that is there anew, though nothing about its input changed (after lending, say).
    Returns False, and changes nothing, where the same bytes read by the same code are there, under any label; with
    ``replace``, where the release is gone meanwhile: what another process removed does not come back.
    Raises UsageError where the label is taken by other bytes, StoreReadOnly, StoreFull, StoreError;
    ValueError where a table does not have the columns of model.tables.
    """
    tables = {ROLL_CALLS: roll_calls_parquet(roll_calls), VOTES: votes_parquet(votes, roll_calls.height)}
    folder = _folder(manifest.release, manifest.body)
    with _writing(folder.parent):
        _refuse_label(manifest)
        held = _readable(folder.parent)
        if replace and not any((m.release, m.sha256) == (manifest.release, manifest.sha256) for m in held):
            return False
        if not replace and any(m.same_input(manifest) for m in held):
            return False
        if any(m.release == manifest.release and m.sha256 != manifest.sha256 for m in held):
            raise UsageError(
                "The label is taken by a release made of another file",
                got=manifest.release,
                next=f"Choose another with --label, or first: comity data remove {manifest.release}",
            )
        commit(folder, manifest, tables)
        sweep(folder.parent)
    return True


def _refuse_label(manifest: Manifest) -> None:
    """UsageError for the label of a release of the other body, or the word for the newest of the Council's."""
    others = (_folder(manifest.release, body) / MANIFEST for body in BODIES if body != manifest.body)
    if manifest.release == NEWEST_OF_COUNCIL or any(path.exists() for path in others):
        raise UsageError(say("trouble.label_of_other_body"), got=manifest.release, next="Choose another with --label")


def note_faults(release: str, against: str, faults: Sequence[KnownFault], *, body: str = ASSEMBLY) -> None:
    """Keep with a release what a comparison with another shows; what was kept of that comparison before goes.

    Nothing happens where the release is gone meanwhile. Raises StoreReadOnly, StoreFull, StoreDamaged.
    """
    folder = _folder(release, body)
    with _writing(folder.parent):
        manifest = load_manifest(folder)
        if manifest is not None:
            kept = (*(f for f in manifest.faults if f.against != against), *faults)
            if kept != manifest.faults:
                rewrite_manifest(folder, dataclasses.replace(manifest, faults=kept))


def remove_release(release: str, *, body: str = ASSEMBLY) -> None:
    """Remove a release, damaged or not; UnknownRelease where there is none."""
    folder = _folder(release, body)
    if not (folder / MANIFEST).exists():
        get(release, body=body)
    with _writing(folder.parent):
        (folder / MANIFEST).unlink(missing_ok=True)  # from here on it is gone, whatever happens
        sync_folder(folder)
        shutil.rmtree(folder)


@contextmanager
def _writing(bodies: Path) -> Iterator[None]:
    """The write lock, with what a killed writer left swept away; OSError becomes the store's own errors."""
    with disk_errors(home(), "writing to the store"):
        make_folders(home())
        with write_lock(home() / ".lock"):
            sweep(bodies)
            yield


def _readable(bodies: Path) -> list[Manifest]:
    """The manifests that can be read: a damaged one must not stand in the way of adding its file again."""
    found = []
    for folder in bodies.iterdir() if bodies.is_dir() else ():
        with suppress(StoreDamaged):
            found.append(load_manifest(folder))
    return [m for m in found if m]


def _folder(release: str, body: str) -> Path:
    return releases_folder(body) / checked_label(release)


def _reading(release: str | None, body: str, read: Callable[[Manifest], T]) -> T:
    """Read a release; once more, from its new manifest, where a writer replaced it meanwhile."""
    manifest = get(release, body=body)
    while True:
        try:
            with disk_errors(home(), "reading the store"):
                return read(manifest)
        except ComityError:
            now = get(manifest.release, body=body)
            if now.tables == manifest.tables:
                raise
            manifest = now


def _read_roll_calls(manifest: Manifest, verify: bool) -> pl.DataFrame:
    from comity.store import db

    path = table_path(_folder(manifest.release, manifest.body), manifest, ROLL_CALLS, verify=verify)
    return db.query("SELECT * FROM roll_calls", views={ROLL_CALLS: db.parquet(path)})


def _read_votes(manifest: Manifest, verify: bool) -> pl.DataFrame:
    import polars as pl

    from comity.store import db

    path = table_path(_folder(manifest.release, manifest.body), manifest, VOTES, verify=verify)
    votes = db.query("SELECT row, state, choice FROM votes", views={VOTES: db.parquet(path)})
    return votes.with_columns(pl.col("state").cast(pl.Enum(votes["state"].unique().sort())))
