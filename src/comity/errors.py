"""Every error a user can meet, one tree, one exit code a class.

::

    ComityError                     1
    ├── UsageError                  2   the question is malformed
    │   ├── UnknownState           10
    │   ├── AmbiguousState         11
    │   ├── StateDidNotExist       12   not a member (or no state) on that day
    │   ├── SamePair               13
    │   ├── BadPeriod              14   reversed, malformed, outside the data
    │   ├── UnknownIssue           15   unknown issue, set or group
    │   └── UnknownRelease         16
    ├── NoAnswer                   20   the question is sound, the data cannot answer
    │   ├── EmptySelection         21
    │   ├── FieldMissing           22   the release lacks a field the reading needs
    │   ├── RollCallsMissing       23   only aggregates (starter data) at hand
    │   └── NoDataset              24   no table of arms, trade, … was added
    ├── BadFile                    30   a file given to us is not what it should be
    │   ├── UnknownLayout          31
    │   ├── DamagedFile            32   truncated, not decodable, too long a line
    │   ├── BadValue               33   a cell outside its allowed codes or type
    │   └── IncompleteParts        34   one of several files of a release is missing
    ├── StoreError                 40   reading or writing the store failed
    │   ├── StoreReadOnly          41
    │   ├── StoreFull              42
    │   └── StoreDamaged           43
    ├── NetworkError               50
    │   ├── Offline                51
    │   ├── ChecksumMismatch       52
    │   └── ReleaseChanged         53   a pinned release now serves another file
    ├── MissingExtra               60   an optional dependency is not installed
    └── NotReplicated              70   what was rebuilt is not what was written down
"""


class ComityError(Exception):
    """A question asked amiss or a limit of the data, told in one line: what, got, allowed, next.

    what    : what is wrong, a sentence without its full stop.
    got     : the value that caused it.
    allowed : what would have been accepted.
    next    : what to do now, often a command.
    """

    exit_code = 1

    def __init__(self, what: str, *, got: object = None, allowed: str = "", next: str = "") -> None:
        self.what, self.got, self.allowed, self.next = what, got, allowed, next
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = [self.what.rstrip(".")]
        if self.got is not None:
            parts[0] += f" (got {self.got!r})"
        if self.allowed:
            parts.append(f"Allowed: {self.allowed.rstrip('.')}")
        if self.next:
            parts.append(self.next.rstrip("."))
        line = " ".join(". ".join(parts).split()).replace("?. ", "? ")
        return line if line.endswith("?") else f"{line}."

    def to_dict(self) -> dict[str, object]:
        """The error as data, for ``--format json`` and the API."""
        got = None if self.got is None else str(self.got)
        return {
            "error": type(self).__name__,
            "exit_code": self.exit_code,
            "what": self.what,
            "got": got,
            "allowed": self.allowed,
            "next": self.next,
        }


class UsageError(ComityError):
    """The question is malformed."""

    exit_code = 2


class UnknownState(UsageError):
    """No state has that name or code."""

    exit_code = 10


class AmbiguousState(UsageError):
    """More than one state has that name or code on that day."""

    exit_code = 11


class StateDidNotExist(UsageError):
    """The state did not exist, or held no seat, on that day."""

    exit_code = 12


class SamePair(UsageError):
    """A pair needs two different states."""

    exit_code = 13


class BadPeriod(UsageError):
    """A period that is malformed, reversed or outside the data."""

    exit_code = 14


class UnknownIssue(UsageError):
    """No such issue, named set or group."""

    exit_code = 15


class UnknownRelease(UsageError):
    """No such release in the store."""

    exit_code = 16


class NoAnswer(ComityError):
    """The question is sound but the data at hand cannot answer it."""

    exit_code = 20


class EmptySelection(NoAnswer):
    """The reading selects no roll call."""

    exit_code = 21


class FieldMissing(NoAnswer):
    """The release lacks a field that the reading needs and nothing lends it."""

    exit_code = 22


class RollCallsMissing(NoAnswer):
    """Single roll calls are needed and only aggregates are at hand."""

    exit_code = 23


class NoDataset(NoAnswer):
    """The store holds no table of that kind: arms, trade, alliances, surveys."""

    exit_code = 24


class BadFile(ComityError):
    """A file is not what it should be."""

    exit_code = 30


class UnknownLayout(BadFile):
    """The content matches no known layout."""

    exit_code = 31


class DamagedFile(BadFile):
    """The file is truncated, in another encoding, or has an impossible line."""

    exit_code = 32


class BadValue(BadFile):
    """A cell holds a value outside its codes or of another type."""

    exit_code = 33


class IncompleteParts(BadFile):
    """One of the files that together form a release is missing."""

    exit_code = 34


class StoreError(ComityError):
    """The store cannot be read or written."""

    exit_code = 40


class StoreReadOnly(StoreError):
    """The store's folder cannot be written."""

    exit_code = 41


class StoreFull(StoreError):
    """No space is left for the store."""

    exit_code = 42


class StoreDamaged(StoreError):
    """A stored file differs from its recorded checksum or cannot be read."""

    exit_code = 43


class NetworkError(ComityError):
    """A download failed."""

    exit_code = 50


class Offline(NetworkError):
    """The server cannot be reached."""

    exit_code = 51


class ChecksumMismatch(NetworkError):
    """A downloaded file differs from the record's own checksum."""

    exit_code = 52


class ReleaseChanged(NetworkError):
    """A release that was pinned here now serves another file."""

    exit_code = 53


class MissingExtra(ComityError):
    """An optional dependency is not installed."""

    exit_code = 60


class NotReplicated(ComityError):
    """What was rebuilt from a replication folder, or the folder itself, is not what was written down."""

    exit_code = 70
