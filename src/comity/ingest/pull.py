"""Downloads of releases: the record is asked, the file checked, then pinned on first use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from comity.errors import MissingExtra, NetworkError, ReleaseChanged, UnknownRelease, UsageError
from comity.ingest.add import Provenance
from comity.sources.dataverse import RecordFile, RecordVersion, download_file, published_versions
from comity.sources.fetch import PATIENT, Patience, Progress
from comity.sources.registry import source
from comity.store.disk import disk_errors, make_folders, sha256_of
from comity.store.home import home
from comity.store.lock import write_lock
from comity.store.pins import Pin, add_pin, pinned, pins

UNGA = "doi:10.7910/DVN/LEJUQZ"
PULLABLE = ("unga",)

_VOTES = re.compile(r"un_?votes.*\.(csv|tab|tsv|rdata|rda)(\.gz)?", re.IGNORECASE)
_R_FILE = re.compile(r".*\.(rdata|rda)(\.gz)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pulled:
    """A verified, pinned download, ready for ``ingest.add.add_files``.

    label : a release label that names the version, "voeten-v33.0".
    new   : False where the pinned file was at hand already and nothing was downloaded.
    notes : sentences to show.
    """

    paths: tuple[Path, ...]
    label: str
    provenance: Provenance
    new: bool
    notes: tuple[str, ...]


def pull(
    name: str,
    release: str | None = None,
    *,
    file: str | None = None,
    progress: Progress | None = None,
    patience: Patience = PATIENT,
) -> Pulled:
    """Download the data set of that name: "unga". UsageError for the Library's, whose terms forbid it."""
    if name == "unga":
        return pull_unga(release, file=file, progress=progress, patience=patience)
    if name == "undl":
        library = source("undl")
        raise UsageError(
            "The UN Digital Library's terms forbid automated download",
            next=f"Open {library.link} in a browser, save its CSV file in {home() / 'downloads' / 'undl'} "
            "(or any folder), then run: comity data add FILE",
        )
    raise UsageError(
        "No such data set to download", got=name, allowed=", ".join(PULLABLE), next="For a file: comity data add FILE"
    )


def pull_unga(
    release: str | None = None,
    *,
    file: str | None = None,
    progress: Progress | None = None,
    patience: Patience = PATIENT,
) -> Pulled:
    """Download Voeten's votes from Harvard Dataverse, or find the pinned file at hand.

    release : version of the record, "33.0", "33" or "v33"; None means the newest that holds a file of votes.
    file    : name of the file in the record, where it holds several; a pinned release needs no network.
    Raises UnknownRelease, UsageError, MissingExtra, Offline, ChecksumMismatch, ReleaseChanged, NetworkError,
    StoreReadOnly, StoreFull.
    """
    wanted = None if release is None else _number(release)
    at_hand = _at_hand(wanted, file) if wanted else None
    if at_hand:
        return _pulled(at_hand, new=False, notes=())
    versions = published_versions(UNGA, patience=patience)
    version, chosen, notes = _choose(versions, wanted, file)
    if _R_FILE.fullmatch(chosen.name) and find_spec("pyreadr") is None:
        raise MissingExtra(
            f"{chosen.name} is an R file, which needs the extra 'r'",
            next="Run: uv sync --extra r (or: pip install 'comity[r]')",
        )
    pin, new = _obtain(version, chosen, progress, patience)
    return _pulled(pin, new=new, notes=notes)


def _number(release: str) -> str:
    """The version as the record writes it: "33", "v33" and "voeten-v33.0" are "33.0"."""
    match = re.fullmatch(r"(?:voeten-)?v?(\d{1,4})(?:\.(\d{1,4}))?", release.strip(), re.IGNORECASE)
    if match is None:
        raise UsageError("Not a version of the record", got=release, allowed="a number such as 33 or 33.0")
    return f"{int(match[1])}.{int(match[2] or 0)}"


def _choose(
    versions: tuple[RecordVersion, ...], wanted: str | None, name: str | None
) -> tuple[RecordVersion, RecordFile, tuple[str, ...]]:
    """The version and its file of votes, and what to say about the choice."""
    if not versions:
        raise NetworkError("The record has no published version", got=UNGA)
    if wanted:
        version = next((v for v in versions if v.number == wanted), None)
        if version is None:
            raise UnknownRelease(
                "The record has no such version", got=wanted, allowed=", ".join(v.number for v in versions)
            )
        return version, _file_of_votes(version, name), ()
    newest = versions[0]
    version = next((v for v in versions if _candidates(v, name)), None)
    if version is None:
        return newest, _file_of_votes(newest, name), ()
    notes: tuple[str, ...] = ()
    if version is not newest:
        dated = f" of {newest.released.isoformat()}" if newest.released else ""
        notes = (
            f"The record's newest version, {newest.number}{dated}, holds no file of votes; "
            f"{version.number} is the newest that does.",
        )
    return version, _file_of_votes(version, name), notes


def _candidates(version: RecordVersion, name: str | None) -> list[RecordFile]:
    """The files that may be the votes: those of that name, or those named like votes, without an R file if possible."""
    if name is not None:
        return [f for f in version.files if f.name == name]
    votes = [f for f in version.files if _VOTES.fullmatch(f.name) and f.open]
    return [f for f in votes if not _R_FILE.fullmatch(f.name)] or votes


def _file_of_votes(version: RecordVersion, name: str | None) -> RecordFile:
    found = _candidates(version, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"Version {version.number} of the record holds several files of votes",
            allowed=", ".join(sorted(f.name for f in found)),
            next="Name one with --file",
        )
    raise UnknownRelease(
        f"Version {version.number} of the record holds no file of votes that can be downloaded",
        got=name,
        allowed=", ".join(sorted(f.name for f in version.files)),
        next="Choose another version with --release, or a file with --file",
    )


def _at_hand(version: str, name: str | None) -> Pin | None:
    """A pin of this version whose file is there, whole."""
    held = [p for p in pins() if (p.doi, p.version) == (UNGA, version) and name in (None, p.name)]
    return next((p for p in held if _is_whole(p)), None)


def _is_whole(pin: Pin) -> bool:
    path = _path(pin.version, pin.name)
    with disk_errors(path, "reading the download"):
        return path.is_file() and path.stat().st_size == pin.bytes and sha256_of(path) == pin.sha256


def _obtain(
    version: RecordVersion, file: RecordFile, progress: Progress | None, patience: Patience
) -> tuple[Pin, bool]:
    """The file's pin, the file in its place; and whether it was downloaded now."""
    pin = pinned(version.doi, version.number, file.name)
    if pin and pin.checksum == file.checksum and _is_whole(pin):
        return pin, False
    path = _path(version.number, file.name)
    arriving = path.with_name(f".arriving-{path.name}")
    with disk_errors(path.parent, "writing to the store"):
        make_folders(path.parent)
        with write_lock(path.parent / ".lock", wait=0):  # two downloads must not fill one file
            try:
                sha256 = download_file(file, arriving, progress=progress, patience=patience)
                holds = pin or add_pin(_pin(version, file, sha256, arriving.stat().st_size))
                if holds.sha256 != sha256:
                    raise _changed(holds, sha256)
                arriving.replace(path)
            finally:
                arriving.unlink(missing_ok=True)
    return holds, True


def _pin(version: RecordVersion, file: RecordFile, sha256: str, size: int) -> Pin:
    return Pin(
        doi=version.doi,
        version=version.number,
        name=file.name,
        file_id=file.id,
        checksum=file.checksum,
        sha256=sha256,
        bytes=size,
        licence=version.licence,
        citation=version.citation,
        first_used=datetime.now(UTC),
    )


def _changed(pin: Pin, sha256: str) -> ReleaseChanged:
    return ReleaseChanged(
        f"Version {pin.version} of {pin.doi} now serves another {pin.name} than on {pin.first_used:%Y-%m-%d}",
        got=f"sha256 {sha256}",
        allowed=f"sha256 {pin.sha256}, as pinned",
        next="Nothing was replaced; to use the new file, save it with a browser and add it under a label of its own",
    )


def _path(version: str, name: str) -> Path:
    record = UNGA.removeprefix("doi:").replace("/", "_")
    return home() / "downloads" / record / version / name


def _pulled(pin: Pin, *, new: bool, notes: tuple[str, ...]) -> Pulled:
    provenance = Provenance(
        doi=pin.doi,
        version=pin.version,
        licence=pin.licence,
        citation=pin.citation,
        link=f"https://doi.org/{pin.doi.removeprefix('doi:')}",
    )
    return Pulled((_path(pin.version, pin.name),), f"voeten-v{pin.version}", provenance, new, notes)
