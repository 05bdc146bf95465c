"""From event files to tables of counts by day and pair of states: file by file, to be gone on with at any time."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from comity.errors import BadFile, UnknownLayout
from comity.ingest.events.finish import finish
from comity.ingest.events.parts import Parts
from comity.ingest.events.pieces import Piece, Seen, look, pieces
from comity.model.words import say
from comity.sources.event_files import found, members, sha256_of_packed
from comity.store import events as journals
from comity.store.disk import disk_errors
from comity.store.engines.base import Engine
from comity.store.engines.choose import Chosen, opened
from comity.store.events import ASIDE, PARTS, Input, Journal
from comity.store.lock import write_lock

BATCH = 256_000_000
"""Bytes of text that an engine reads at a time; temporary files hold as much at most."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What one run did.

    journal : as it is now; read, known, twice : files that were read, were there already, or held what another holds.
    unread  : files that could not be read, with the reason.
    """

    journal: Journal
    read: int
    known: int
    twice: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def faults(self) -> dict[str, int]:
        """Lines that are not counted, by reason, of all files that the folder holds."""
        found = Counter(cast("dict[str, int]", self.journal.made.get("faults", {})))
        return dict(sorted((found + self.journal.faults).items()))

    def to_dict(self) -> dict[str, object]:
        """As data."""
        return {
            "folder": str(self.journal.folder),
            "layout": self.journal.layout,
            "files_read": self.read,
            "files_known": self.known,
            "files_twice": [{"file": name, "same_as": same} for name, same in self.twice],
            "files_unread": [{"file": name, "why": why} for name, why in self.unread],
            "lines": sum(i.rows for i in self.journal.inputs),
            "not_counted": sum(self.faults.values()),
            "faults": self.faults,
            **{name: value for name, value in self.journal.made.items() if name != "faults"},
        }


def build(paths: Sequence[Path], folder: Path, chosen: Chosen, *, batch: int = BATCH, tell: Tell = print) -> Built:
    """Read files that the folder does not hold yet, and make its tables anew.

    Lines that cannot be counted are counted as such and kept in the folder "aside"; a file that cannot be read is
    named and left out. Raises UsageError for a folder of something else and for no files; BadFile where none of the
    files can be read; MissingExtra where the engine is not installed; StoreFull and its kin.
    """
    files = found(paths)
    with disk_errors(folder, "writing events"):
        folder.mkdir(parents=True, exist_ok=True)
    journal = journals.begin(folder)
    with write_lock(folder / ".lock"), disk_errors(folder, "writing events"):
        journal.keep()
        for kind in (PARTS, ASIDE):
            (folder / kind).mkdir(exist_ok=True)
        journal.sweep()
        work = folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        try:
            with opened(chosen, work) as engine:
                run = _Run(journal, engine, work, batch, tell)
                for file in files:
                    run.take(file)
                run.settle()
                if not journal.inputs:
                    raise BadFile(
                        say("events.none_read"), got=", ".join(n for n, _ in run.unread[:5]), next=run.unread[0][1]
                    )
                unread = [name for name, _ in run.unread]
                if journal.behind or journal.made.get("unread") != unread:
                    finish(journal, engine, work, memory=chosen.memory, unread=unread)
        except KeyboardInterrupt:
            tell(say("events.stopped"))
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return Built(journal, run.read, run.known, tuple(run.twice), tuple(run.unread))


class _Run:
    """Files in, parts out. A part counts once the journal names it, which it does when all its files are whole.

    Pieces of several small files wait until they are a batch. A file of several batches has parts of its own, so that
    nothing of it is left where its end turns out to be spoilt.
    """

    def __init__(self, journal: Journal, engine: Engine, work: Path, batch: int, tell: Tell) -> None:
        self.journal, self.work, self.batch, self.tell = journal, work, batch, tell
        self.parts = Parts(journal, engine, work)
        self.read = self.known = 0
        self.twice: list[tuple[str, str]] = []
        self.unread: list[tuple[str, str]] = []
        self._there = {i.path: i for i in journal.inputs}
        self._hashes = {i.sha256: Path(i.path).name for i in journal.inputs}
        self._waiting: list[Piece] = []
        self._mine = 0
        self._whole: list[Input] = []
        self._made = 0

    def take(self, file: Path) -> None:
        """Read one file, unless it was read before."""
        status = file.stat()
        same = (str(file), status.st_size, status.st_mtime_ns)
        before = self._there.get(str(file))
        if before is not None and before.same_as == same:
            self.known += 1
            return
        seen = Seen()
        self._mine = len(self._waiting)
        self.parts.begin()
        try:
            self._take(file, seen, changed=before is not None)
        except BadFile as err:
            self._forget()
            self.unread.append((file.name, str(err)))
            return
        if seen.sha256 in self._hashes:
            self.known += self._hashes[seen.sha256] == file.name
            if self._hashes[seen.sha256] != file.name:
                self.twice.append((file.name, self._hashes[seen.sha256]))
            return
        self._hashes[seen.sha256] = file.name
        self._whole.append(Input(*same, seen.sha256, seen.rows, seen.faults))
        self.read += 1
        self._mine = len(self._waiting)
        self.parts.keep()
        if self._waits >= self.batch:
            self.settle()

    def settle(self) -> None:
        """Have the engine read what waits of whole files, and write down which they are."""
        self._run(self._mine)
        if not self._whole:
            return
        self.journal.inputs += self._whole
        self.parts.settle()
        self._whole = []
        rows = sum(i.rows for i in self.journal.inputs)
        self.tell(say("events.step", n=len(self.journal.inputs), rows=f"{rows:,}"))

    @property
    def _waits(self) -> int:
        return sum(piece.bytes for piece in self._waiting)

    def _take(self, file: Path, seen: Seen, *, changed: bool) -> None:
        streams = members(file)
        looked = None
        if streams[0].plain:
            looked, seen.sha256 = look(streams[0])
        else:
            seen.sha256 = sha256_of_packed(file)
        if seen.sha256 in self._hashes:
            return
        if changed:
            raise BadFile(say("events.changed"), got=file.name, next=say("events.build_anew"))
        if looked is not None and looked.as_it_stands and looked.layout is not None:
            seen.add(looked)
            self._wait(Piece(file, looked.layout, file.stat().st_size, ours=False))
            return
        for stream in streams:
            try:
                for piece in pieces(stream, seen, self.parts.keeper(stream.shown), self._new, self.batch):
                    self._wait(piece)
            except UnknownLayout as err:
                if len(streams) == 1:
                    raise
                self.unread.append((stream.shown, str(err)))  # a note that travels in a zip

    def _wait(self, piece: Piece) -> None:
        layout = piece.layout
        self._waiting.append(piece)
        if self.journal.layout and self.journal.layout != layout.name:
            raise BadFile(
                say("events.other_layout"), got=layout.name, allowed=self.journal.layout, next=say("events.other_o")
            )
        self.journal.layout = layout.name
        full = self._waits >= self.batch
        if self._mine and (full or self._waiting[0].layout != layout):
            self.settle()
        if self._waiting[0].layout != layout:
            self._run(len(self._waiting) - 1)
        if piece.ours and self._waits >= self.batch:
            self._run(len(self._waiting))

    def _run(self, n: int) -> None:
        """Tally the first ``n`` pieces that wait: those of files before this one, or of this one."""
        now, self._waiting = self._waiting[:n], self._waiting[n:]
        if now:
            self.parts.make(now, own=n > self._mine)
        self._mine = max(0, self._mine - n)
        _remove(now)

    def _forget(self) -> None:
        """Leave nothing of a file that turned out to be spoilt."""
        _remove(self._waiting[self._mine :])
        self._waiting = self._waiting[: self._mine]
        self.parts.forget()

    def _new(self) -> Path:
        self._made += 1
        return self.work / f"{self._made:06}.tsv"


def _remove(pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        if piece.ours:
            piece.path.unlink(missing_ok=True)
