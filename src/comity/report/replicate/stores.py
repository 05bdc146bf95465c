"""What an answer rests on in the user's store, told apart by sha256, and a clean store that holds only that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import yaml

from comity.errors import BadValue, ComityError, NoDataset, UnknownRelease
from comity.ingest.frames import Frames
from comity.ingest.known import compare_with_others
from comity.ingest.lend import own, relend
from comity.model.reading import Reading
from comity.model.words import say
from comity.report.files import write_all
from comity.store.datasets import Dataset, list_datasets, read_dataset, write_dataset
from comity.store.home import at, home
from comity.store.manifest import Manifest
from comity.store.releases import list_releases, read_release, write_release

LARGEST_OWN = 5_000_000  # bytes of a file of the user's own
SETS, LEDGERS = "sets", "ledgers"


@dataclass(frozen=True, eq=False)
class Held:
    """Releases and tables of other strands, with their rows, and files of the user's own by name in the store."""

    releases: tuple[tuple[Manifest, pl.DataFrame, pl.DataFrame], ...]
    datasets: tuple[tuple[Dataset, pl.DataFrame], ...]
    own: dict[str, bytes]

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """Of the releases."""
        return tuple(manifest for manifest, _, _ in self.releases)

    @property
    def tables(self) -> tuple[Dataset, ...]:
        """Descriptions of the tables."""
        return tuple(dataset for dataset, _ in self.datasets)

    def named_in(self, text: str) -> Held:
        """Only what a text names, by label or sha256."""
        return Held(
            tuple(r for r in self.releases if r[0].release in text or r[0].sha256 in text),
            tuple(d for d in self.datasets if d[0].label in text or d[0].sha256 in text),
            self.own,
        )


def held(reading: Reading) -> Held:
    """Everything in the store, the user's own ledgers, and the set that the reading names."""
    return Held(
        tuple(read_release(m.release) for m in list_releases()),
        tuple((d, read_dataset(d)) for d in list_datasets()),
        _own(reading),
    )


def pinned(releases: Sequence[Manifest], datasets: Sequence[Dataset], own_files: dict[str, bytes]) -> Held:
    """What a record names, found in the store by sha256 under whatever label, described as the record does.

    UnknownRelease or NoDataset, naming all that is missing and how to get it.
    """
    releases_here = {m.sha256: m for m in list_releases()}
    datasets_here = {d.sha256: d for d in list_datasets()}
    lost = [m for m in releases if m.sha256 not in releases_here]
    lost_tables = [d for d in datasets if d.sha256 not in datasets_here]
    if lost or lost_tables:
        raise _missing(lost, lost_tables)
    _checked(own_files)
    opened = [(m, *read_release(releases_here[m.sha256].release)[1:]) for m in releases]
    tables = [(d, read_dataset(datasets_here[d.sha256])) for d in datasets]
    return Held(tuple(opened), tuple(tables), own_files)


@contextmanager
def clean(what: Held) -> Iterator[None]:
    """Within it, the store holds these and nothing else; what they lend each other is worked out among them."""
    with TemporaryDirectory(prefix="comity-clean-") as place, at(Path(place)):
        for manifest, calls, votes in what.releases:
            alone = own(Frames(manifest.release, calls, votes))
            write_release(replace(manifest, faults=(), tables=()), alone.roll_calls, votes)
        relend()
        for manifest in what.manifests:
            compare_with_others(manifest.release)
        for dataset, rows in what.datasets:
            write_dataset(replace(dataset, table=None), rows)
        for name, content in what.own.items():
            file = Path(place) / name
            write_all(file.parent, {file.name: content})
        yield


def _missing(releases: Sequence[Manifest], datasets: Sequence[Dataset]) -> ComityError:
    files = [f for m in releases for f in m.files] + [d.file for d in datasets]
    names = ", ".join([m.release for m in releases] + [d.label for d in datasets])
    told = "; ".join(say("replicate.file", name=f.name, bytes=f"{f.bytes:,}", sha256=f.sha256) for f in files)
    pulled = [say("replicate.pull", version=m.version, doi=m.doi) for m in releases if m.doi]
    kind = UnknownRelease if releases else NoDataset
    return kind(say("replicate.lacking"), got=names, next=say("replicate.get", files=told, pull=" ".join(pulled)))


def _own(reading: Reading) -> dict[str, bytes]:
    kind, _, name = reading.issue.partition(":")
    if kind == "set" and name.endswith(".csv"):
        place = home() / SETS
        raise BadValue(say("replicate.set_path"), got=name, next=say("replicate.set_next", folder=place))
    files = sorted((home() / LEDGERS).glob("*.yaml"))
    if kind == "set":
        files += [file for file in [home() / SETS / f"{name}.csv"] if file.is_file()]
    found = {f"{file.parent.name}/{file.name}": file.read_bytes() for file in files}
    _checked(found)
    return found


def _checked(files: dict[str, bytes]) -> None:
    """Files of the user's own go where the store reads them and nowhere else; YAML that refers to itself is refused."""
    for name, content in files.items():
        folder, _, file = name.partition("/")
        fits = (folder, Path(file).suffix) in ((SETS, ".csv"), (LEDGERS, ".yaml")) and "/" not in file
        if not fits:
            raise BadValue(say("replicate.not_own"), got=name, allowed=f"{LEDGERS}/NAME.yaml, {SETS}/NAME.csv")
        if len(content) > LARGEST_OWN:
            raise BadValue(say("replicate.too_large"), got=name, allowed=f"{LARGEST_OWN:,} bytes")
        if folder == LEDGERS and _refers(content):
            raise BadValue(say("replicate.aliases"), got=name)


def _refers(content: bytes) -> bool:
    """Whether the YAML holds an alias: a few of them within each other grow without bound."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(content))
    except yaml.YAMLError:
        return False  # the ledger's reader tells it, with its line


def hash_of(content: bytes) -> str:
    """sha256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
