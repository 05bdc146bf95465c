"""What the store knows of a release."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from comity.model.body import ASSEMBLY
from comity.model.fault import KnownFault
from comity.model.origin import Origin

FORMAT = 1  # of the store on disk; a higher one was written by a later Comity


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file's name, size in bytes and sha256 (hexadecimal)."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One release: what it is, what it holds, and which files hold it.

    release     : label, e.g. "voeten-2024-wide".
    body        : whose votes it holds (model.body).
    source      : who published it, in words.
    layout      : the layout recognised, e.g. "wide-iso3".
    scheme      : code scheme of the states in the source.
    sha256      : of the file as added; of the parts' hashes, sorted, where there are several.
    files       : the files as added.
    licence, citation, link : as recorded with the source; "" where not known.
    doi, version: persistent identifier and version of the record it was downloaded from; "" for a file by hand.
    added       : when it was added, in UTC.
    adapter_version, method_version : of the code that read and normalised it; a higher one reads it anew.
    comity_version : of the package that wrote it.
    roll_calls, votes, states : rows of the two tables, and how many states have a cell.
    first, last : days of its first and last roll call.
    has         : the lendable fields it carries itself (model.tables.LENDABLE).
    absences    : whether the source writes absences down.
    warnings    : sentences to show with it.
    without_a_vote : (session, texts adopted without a vote) where the source marks them, by session; of the Security
                  Council, which has none, by calendar year.
    faults      : states whose votes another release of the store gives otherwise for whole sessions.
    tables      : the Parquet files, filled in by ``write_release``: roll calls, then votes.
    """

    release: str
    source: str
    layout: str
    scheme: str
    sha256: str
    files: tuple[FileEntry, ...]
    added: datetime
    adapter_version: int
    method_version: int
    comity_version: str
    roll_calls: int
    votes: int
    states: int
    first: date
    last: date
    has: frozenset[str]
    absences: bool
    body: str = ASSEMBLY
    licence: str = ""
    citation: str = ""
    link: str = ""
    doi: str = ""
    version: str = ""
    warnings: tuple[str, ...] = ()
    tables: tuple[FileEntry, ...] = ()
    faults: tuple[KnownFault, ...] = ()
    without_a_vote: tuple[tuple[int, int], ...] = ()

    def origin(self) -> Origin:
        """The release as an answer prints it."""
        return Origin(
            release=self.release,
            source=self.source,
            sha256=self.sha256,
            first=self.first,
            last=self.last,
            roll_calls=self.roll_calls,
            layout=self.layout,
            absences=self.absences,
            licence=self.licence,
            citation=self.citation,
            link=self.link,
            body=self.body,
        )

    def same_input(self, other: Manifest) -> bool:
        """Whether both were read from the same bytes by the same code."""
        return (self.sha256, self.adapter_version, self.method_version) == (
            other.sha256,
            other.adapter_version,
            other.method_version,
        )

    def to_dict(self) -> dict[str, Any]:
        """For JSON: dates in ISO form, sets sorted."""
        raw = asdict(self)
        raw |= {
            "format": FORMAT,
            "added": self.added.astimezone(UTC).isoformat(timespec="microseconds"),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "has": sorted(self.has),
            "warnings": list(self.warnings),
            "faults": [asdict(f) for f in self.faults],
            "files": [asdict(f) for f in self.files],
            "tables": [asdict(f) for f in self.tables],
        }
        return raw

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Manifest:
        """Read what ``to_dict`` wrote; KeyError, TypeError or ValueError where it is something else."""
        fields = dict(raw)
        if fields.pop("format") != FORMAT:
            raise ValueError("written by another version of Comity")
        fields |= {
            "added": datetime.fromisoformat(raw["added"]),
            "first": date.fromisoformat(raw["first"]),
            "last": date.fromisoformat(raw["last"]),
            "has": frozenset(raw["has"]),
            "warnings": tuple(raw["warnings"]),
            "faults": tuple(KnownFault(**f) for f in raw.get("faults", ())),
            "without_a_vote": tuple((int(s), int(n)) for s, n in raw.get("without_a_vote", ())),
            "files": tuple(FileEntry(**f) for f in raw["files"]),
            "tables": tuple(FileEntry(**f) for f in raw["tables"]),
        }
        return cls(**fields)
