"""What a folder of events holds, and of which files it was made: events.json, written whole after every step.

A build that is cut off goes on where it was: files that the journal names are not read again, tallies that it does not
name are thrown away.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import cast

from comity.errors import BadFile, StoreDamaged, UsageError
from comity.model.language import numeral
from comity.model.words import say
from comity.store.disk import disk_errors, write_whole
from comity.store.home import events_folder

NAME, FORMAT = "events.json", 1
PARTS, ASIDE = "parts", "aside"


@dataclass(frozen=True, slots=True)
class Input:
    """One file that was read.

    bytes, changed : size and time of change (ns): a file that shows the same is not read again.
    sha256  : of the file as it lies there.
    rows    : lines, of which ``faults`` were taken out by reason.
    """

    path: str
    bytes: int
    changed: int
    sha256: str
    rows: int
    faults: dict[str, int]

    @property
    def same_as(self) -> tuple[str, int, int]:
        """What a file is known by without reading it."""
        return (self.path, self.bytes, self.changed)


@dataclass(slots=True)
class Journal:
    """What was done so far. ``layout`` is "" before the first file; ``hash`` "" before the tables are there.

    made : what is told of the tables: hash, engine, made_on, files (how many they are of), unread (names of files that
           the last build could not read), faults, unknown_actors. Files that were read since are in no table yet.
    """

    folder: Path
    layout: str = ""
    inputs: list[Input] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    made: dict[str, object] = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """Of the tables, over whole numbers only."""
        return str(self.made.get("hash", ""))

    @property
    def behind(self) -> int:
        """Files that were read since the tables were made."""
        return len(self.inputs) - cast("int", self.made.get("files", 0))

    @property
    def faults(self) -> Counter[str]:
        """Lines that were taken out before an engine saw them, by reason."""
        return sum((Counter(i.faults) for i in self.inputs), Counter())

    def to_dict(self) -> dict[str, object]:
        """What there is, in short."""
        lines = sum(i.rows for i in self.inputs)
        return {"layout": self.layout, "files": len(self.inputs), "lines": lines, "hash": self.hash}

    def in_words(self) -> str:
        """What there is, in a sentence."""
        short = self.to_dict()
        return say("data.events", **short | {"lines": numeral(cast("int", short["lines"]), ",")})

    def keep(self) -> None:
        """Write it down."""
        told = {"format": FORMAT, **{k: v for k, v in asdict(self).items() if k != "folder"}}
        with disk_errors(self.folder, "writing events"):
            write_whole(self.folder / NAME, json.dumps(told, indent=1).encode())

    def sweep(self) -> None:
        """Remove tallies and lines of a build that was cut off."""
        for kind in (PARTS, ASIDE):
            for file in (self.folder / kind).glob("*.parquet"):
                if file.name not in self.parts:
                    remove(file)


def remove(part: Path) -> None:
    """Remove a part: a file, or the folder that Spark writes."""
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)


def begin(folder: Path) -> Journal:
    """The journal of a folder, a new one where there is none.

    Raises StoreDamaged where it cannot be read, UsageError where the folder holds something else.
    """
    file = folder / NAME
    if not file.exists():
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(say("events.other_folder"), got=str(folder), next=say("events.empty_folder"))
        return Journal(folder)
    return read(folder)


def in_store() -> Journal | None:
    """The journal of the store's own events, None where it has none. Raises StoreDamaged where it is no journal."""
    folder = events_folder()
    return read(folder) if (folder / NAME).exists() else None


def read(folder: Path) -> Journal:
    """The journal of a folder of events. Raises BadFile where there is none, StoreDamaged where it is no journal."""
    try:
        told = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError as err:
        raise BadFile(say("events.no_events"), got=str(folder), next=say("events.build_first")) from err
    except (OSError, ValueError) as err:
        raise StoreDamaged(say("events.damaged_journal"), got=str(folder / NAME)) from err
    if not isinstance(told, dict) or told.pop("format", None) != FORMAT:
        raise StoreDamaged(say("events.damaged_journal"), got=str(folder / NAME), next=say("events.build_anew"))
    try:
        inputs = [Input(**one) for one in told.pop("inputs")]
        return Journal(folder, inputs=inputs, **told)
    except (TypeError, KeyError) as err:
        raise StoreDamaged(say("events.damaged_journal"), got=str(folder / NAME)) from err
