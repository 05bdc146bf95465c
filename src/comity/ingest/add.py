"""From files to a stored release: recognise, read, resolve the states day by day, infer sessions, lend, write."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from comity.errors import BadValue, StoreDamaged
from comity.ingest.identify import identify
from comity.ingest.known import compare_with_others, forget
from comity.ingest.lend import relend, with_release
from comity.model.body import ASSEMBLY
from comity.model.language import ENGLISH, speaking
from comity.sources.base import Adapter, RawRelease
from comity.sources.detect import recognise
from comity.sources.registry import Source, source
from comity.store.manifest import FileEntry, Manifest
from comity.store.releases import body_of, find, remove_release, write_release
from comity.version import VERSION

METHOD_VERSION = 1
"""Of the way files become tables here; a higher one makes a file added before be read anew."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a download knows of its file that the file itself does not say; "" where not known."""

    doi: str = ""
    version: str = ""
    licence: str = ""
    citation: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding files.

    new      : False where the same bytes, read by the same code, were there already: nothing changed.
    warnings : faults met while reading, a sentence each.
    relent   : other releases whose lent fields changed with it.
    """

    manifest: Manifest
    new: bool
    warnings: tuple[str, ...]
    relent: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            **self.manifest.origin().to_dict(),
            "layout": self.manifest.layout,
            "new": self.new,
            "warnings": list(self.warnings),
            "relent": list(self.relent),
        }


def add_files(
    paths: Sequence[Path | str],
    *,
    label: str | None = None,
    provenance: Provenance | None = None,
    progress: Progress | None = None,
) -> Added:
    """Add the files of one release to the store; the same files again change nothing.

    label    : instead of the one that follows from the content.
    progress : called with the name of each step as it begins.
    Raises a BadFile error for a file that is not what it should be, StoreError where the store cannot be written,
    UsageError where the label is taken. Then nothing is written.
    """
    tell = progress or _silent
    tell("recognising")
    adapter, files = recognise([Path(path) for path in paths])
    entries = tuple(entry_of(path) for path in files.values())
    sha256 = _together(entries)
    held = find(sha256)
    if held and (held.adapter_version, held.method_version) == (adapter.version, METHOD_VERSION):
        of_assembly = held.body == ASSEMBLY
        return Added(held, False, held.warnings, relend() if of_assembly else ())  # unless a lending was cut short
    tell("reading")
    with speaking(ENGLISH):  # what is kept in the store is kept in one language
        raw = adapter.read(files)
    tell("resolving states")
    roll_calls = _with_sessions_or_dates(raw.roll_calls, entries)
    votes = identify(roll_calls, raw.votes, raw.scheme, ", ".join(entry.name for entry in entries))
    manifest = _manifest(
        raw, adapter, entries, sha256, votes, label or (held.release if held else raw.label), provenance
    )
    if raw.body != ASSEMBLY:  # a body lends nothing to another, and its sessions are none
        tell("writing")
        return Added(manifest, write_release(manifest, roll_calls, votes), manifest.warnings)
    tell("lending")
    roll_calls = with_release(manifest, roll_calls, votes)
    tell("writing")
    new = write_release(manifest, roll_calls, votes)
    relent = relend() if new else ()
    if new:
        tell("comparing")
        compare_with_others(manifest.release)
    return Added(manifest, new, manifest.warnings, relent)


def _silent(_step: str) -> None:
    """Progress for those who did not ask."""


def remove(label: str) -> tuple[str, ...]:
    """Remove a release, after taking back what it lends to others; the labels of those that changed.

    A damaged release can be removed too. Raises UnknownRelease.
    """
    if (body := body_of(label)) != ASSEMBLY:
        remove_release(label, body=body)
        return ()
    try:
        changed = relend(without=label)
    except StoreDamaged:
        remove_release(label)
        changed = relend()
    else:
        remove_release(label)
    forget(label)
    return changed


def entry_of(path: Path) -> FileEntry:
    """A file's name, size and sha256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileEntry(path.name, path.stat().st_size, digest)


def _together(entries: Sequence[FileEntry]) -> str:
    """One file's sha256; of several, the sha256 of their sorted hashes, whatever order they were named in."""
    hashes = sorted(entry.sha256 for entry in entries)
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _with_sessions_or_dates(roll_calls: pl.DataFrame, entries: Sequence[FileEntry]) -> pl.DataFrame:
    """The roll calls, if each says when it was held; who voted cannot be told otherwise."""
    lost = roll_calls.filter(pl.col("date").is_null() & pl.col("session").is_null())
    if lost.height:
        raise BadValue(
            f"{entries[0].name}: {lost.height} roll call(s) have neither a date nor a session",
            got=", ".join(lost["roll_call"].head(5)),
            next="Give each a date",
        )
    return roll_calls


def _manifest(
    raw: RawRelease,
    adapter: Adapter,
    entries: tuple[FileEntry, ...],
    sha256: str,
    votes: pl.DataFrame,
    label: str,
    provenance: Provenance | None,
) -> Manifest:
    known = source(raw.source)
    given = provenance or Provenance()
    days = raw.roll_calls["date"].drop_nulls().sort()
    if not len(days):
        raise BadValue(f"{entries[0].name}: no roll call has a date", next="Give each a date")
    return Manifest(
        release=label,
        source=", ".join(part for part in (known.author, known.title, known.publisher) if part),
        layout=raw.layout,
        scheme=raw.scheme,
        sha256=sha256,
        files=entries,
        licence=given.licence or known.licence,
        citation=given.citation or citation_of(known),
        link=given.link or known.link,
        doi=given.doi,
        version=given.version,
        added=datetime.now(UTC),
        adapter_version=adapter.version,
        method_version=METHOD_VERSION,
        comity_version=VERSION,
        roll_calls=raw.roll_calls.height,
        votes=votes.height,
        states=votes["state"].n_unique(),
        first=days[0],
        last=days[-1],
        has=raw.has,
        absences=raw.absences,
        warnings=raw.warnings,
        without_a_vote=raw.without_a_vote,
        body=raw.body,
    )


def citation_of(known: Source) -> str:
    """The first work to cite, in one line; "" where the source names none."""
    if not known.citations:
        return ""
    work = known.citations[0]
    year = f" ({work.year})" if work.year else ""
    address = f"https://doi.org/{work.doi}" if work.doi else work.url
    parts = (f"{'; '.join(work.authors)}{year}", work.title, work.container or work.publisher, address)
    return ". ".join(part for part in parts if part)
