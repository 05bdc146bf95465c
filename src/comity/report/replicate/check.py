"""Rebuilding what a replication folder expects, and comparing it byte for byte and number by number."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.errors import BadValue, UsageError
from comity.model.words import say
from comity.report.replicate import lock
from comity.report.replicate.built import build
from comity.report.replicate.digits import apart
from comity.report.replicate.numbers import Number, read_table
from comity.report.replicate.record import NAME, Record, read_record, safe
from comity.report.replicate.stores import clean, hash_of, pinned
from comity.report.replicate.write import NUMBERS, SUMS, folder_files
from comity.store.releases import find
from comity.version import VERSION

MOST = 1_000  # files of a folder
LARGEST = 200_000_000  # bytes of one of its files


@dataclass(frozen=True, slots=True)
class Compared:
    """One file that was rebuilt: what SHA256SUMS says of it ("" where it is not listed), and what came out.

    apart : where it differs from the folder's in numbers alone, by how much of their size at most; else None.
    """

    name: str
    expected: str
    rebuilt: str
    apart: float | None = None

    @property
    def same(self) -> bool:
        """Byte for byte."""
        return self.expected == self.rebuilt

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        told = {"name": self.name, "same": self.same, "expected": self.expected, "rebuilt": self.rebuilt}
        return {**told, "apart": self.apart}


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that differs: both as "value (numerator of denominator)", "none" where one side lacks it.

    held : whether the folder has it.
    """

    name: str
    question: str
    old: str
    new: str
    held: bool

    def to_dict(self) -> dict[str, str]:
        """For JSON."""
        return {"name": self.name, "question": self.question, "old": self.old, "new": self.new}


@dataclass(frozen=True, slots=True)
class Replication:
    """The outcome of rebuilding a folder.

    faults  : what of the folder itself is not as it was written, a sentence each.
    files   : every file that can be rebuilt; numbers : how many figures the folder holds; moved : those that differ.
    others  : what differs between here and where the folder was written: Comity, Python, packages.
    made    : the rebuilt files, by name.
    """

    record: Record
    faults: tuple[str, ...]
    files: tuple[Compared, ...]
    numbers: int
    moved: tuple[Moved, ...]
    others: tuple[str, ...]
    made: dict[str, bytes]

    @property
    def same(self) -> bool:
        """Whether the folder is whole and everything came out as written down."""
        return not self.faults and not self.moved and all(f.same for f in self.files)

    @property
    def lost(self) -> int:
        """How many of the folder's numbers did not come out as they stand there."""
        return sum(m.held for m in self.moved)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "same": self.same,
            "comity": self.record.comity,
            "answered": self.record.question.answered.isoformat(),
            "folder_faults": list(self.faults),
            "files": [f.to_dict() for f in self.files],
            "numbers": self.numbers,
            "numbers_that_differ": [m.to_dict() for m in self.moved],
            "made_with_others": list(self.others),
        }


def rebuild(folder: Path) -> Replication:
    """Rebuild a folder in a store of its own, from releases found in the user's store by their sha256.

    Nothing in the folder is run or changed. Raises UsageError where there is no such folder, BadValue where its record
    or list of hashes is malformed or names a file outside, UnknownRelease or NoDataset where the store lacks a source.
    """
    there, faults = _folder(folder)
    sums = _sums(there.get(SUMS))
    listed = {**sums, SUMS: hash_of(there[SUMS])}
    faults += [say("replicate.changed", name=n) for n, c in there.items() if n in listed and listed[n] != hash_of(c)]
    faults += [say("replicate.missing", name=n) for n in sums if n not in there]
    faults += [say("replicate.extra", name=n) for n in there if n not in listed]
    if NAME not in there:
        raise BadValue(say("replicate.missing", name=NAME), got=str(folder))
    record = read_record(there[NAME])
    own = {o.name: there[f"own/{o.name}"] for o in record.own if f"own/{o.name}" in there}
    with clean(pinned(record.manifests, record.tables, own)):
        made = folder_files(record, build(record.question))
    names = sorted({*made, *(n for n in sums if n != NAME and not n.startswith("own/"))})
    files = tuple(_compared(n, sums.get(n, ""), there.get(n), made.get(n)) for n in names)
    old, new = _numbers(there.get(NUMBERS)), _numbers(made[NUMBERS])
    return Replication(record, tuple(faults), files, len(old), tuple(_moved(old, new)), tuple(_others(record)), made)


def _folder(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Every file of the folder but hidden ones; what is no ordinary file is told and left unread."""
    if not (folder / SUMS).is_file():
        raise UsageError(say("replicate.absent"), got=str(folder), next=say("replicate.absent_next", folder=folder))
    found: dict[str, bytes] = {}
    faults: list[str] = []
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file():
            faults.append(say("replicate.extra", name=name))
        elif len(found) >= MOST or path.stat().st_size > LARGEST:
            raise BadValue(say("replicate.too_many"), got=name, allowed=f"{MOST:,} files of {LARGEST:,} bytes")
        else:
            found[name] = path.read_bytes()
    return found, faults


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below, links not followed; rebuilt/, where the scripts write, and hidden files left aside."""
    for place, inner, names in os.walk(folder):
        here = Path(place)
        links = [n for n in inner if (here / n).is_symlink()]
        inner[:] = sorted(
            n for n in inner if n not in links and not n.startswith(".") and here / n != folder / "rebuilt"
        )
        yield from (here / n for n in sorted([*names, *links]) if not n.startswith("."))


def _sums(content: bytes | None) -> dict[str, str]:
    """Name → sha256."""
    found: dict[str, str] = {}
    try:
        lines = (content or b"").decode().splitlines()
    except UnicodeDecodeError:
        raise BadValue(say("replicate.listed"), got=SUMS) from None
    for line in lines:
        digest, gap, name = line.partition("  ")
        if not gap or len(digest) != 64 or len(found) >= MOST:
            raise BadValue(say("replicate.listed"), got=line[:80])
        found[safe(name)] = digest
    return found


def _compared(name: str, expected: str, there: bytes | None, made: bytes | None) -> Compared:
    rebuilt = hash_of(made) if made is not None else ""
    differ = rebuilt != expected and there is not None and made is not None
    return Compared(name, expected, rebuilt, apart(there or b"", made or b"") if differ else None)


def _numbers(content: bytes | None) -> dict[str, Number]:
    return {n.name: n for n in read_table(content)} if content else {}


def _moved(old: dict[str, Number], new: dict[str, Number]) -> Iterator[Moved]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before != after:
            one = before or after
            assert one is not None  # the name is of one of them
            yield Moved(name, one.question, _told(before), _told(after), before is not None)


def _told(number: Number | None) -> str:
    if number is None or not number.value:
        return say("replicate.none")
    if not number.numerator:
        return number.value
    return say("replicate.of", value=number.value, k=number.numerator, n=number.denominator)


def _others(record: Record) -> Iterator[str]:
    """What is not as it was where the folder was written, a sentence each."""
    here = lock.packages()
    pairs = [(say("replicate.what_comity"), record.comity, VERSION)]
    pairs += [(say("replicate.what_python"), record.python, lock.python())]
    none = say("replicate.none")
    pairs += [(n, record.packages.get(n, none), here.get(n, none)) for n in dict.fromkeys((*record.packages, *here))]
    for what, then, now in pairs:
        if then != now:
            yield say("replicate.other", what=what, then=then, here=now)
    if record.comity == VERSION and record.code != lock.code():
        yield say("replicate.other_code")
    if record.starter and record.starter != lock.starter():
        yield say("replicate.other_starter")
    for pin in record.manifests:
        held = find(pin.sha256)
        read_by = (pin.adapter_version, pin.method_version)
        if held is not None and (held.adapter_version, held.method_version) != read_by:
            yield say("replicate.other_reader", label=pin.release)
