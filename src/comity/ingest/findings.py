"""What a check of a release finds, and the release as the checks see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from comity.ingest.frames import Frames
from comity.model.body import COUNCIL
from comity.model.language import numeral
from comity.model.words import say
from comity.states.registry import registry
from comity.store.manifest import Manifest
from comity.votes.matrix import VoteMatrix, build

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
LISTED = 500
_EXAMPLES = 5

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a release.

    kind     : which fault.
    severity : "error" makes answers wrong unless it is set aside, "warning" may, "note" is worth knowing.
    count    : of roll calls, cells or states, as the sentence says.
    sentence : for people.
    items    : everything found, with ids, states, counts.
    """

    kind: str
    severity: Severity
    count: int
    sentence: str
    items: tuple[Json, ...] = ()

    @property
    def examples(self) -> tuple[str, ...]:
        """The first few items, each in one word or two."""
        return tuple(" ".join(str(value) for value in item.values()) for item in self.items[:_EXAMPLES])

    def to_dict(self) -> Json:
        """For JSON; ``items`` ends after LISTED entries."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "count": self.count,
            "sentence": self.sentence,
            "examples": list(self.examples),
            "items": list(self.items[:LISTED]),
        }


def found(
    kind: str, severity: Severity, items: Sequence[Json], count: int | None = None, **fields: str | int | None
) -> Finding:
    """A finding with its sentence; ``count`` is the number of items unless given."""
    number = len(items) if count is None else count
    words: dict[str, object] = {"count": numeral(number, ","), **fields}
    return Finding(kind, severity, number, say(f"check.{kind}", **words), tuple(items))


def met_in_file(kind: str, text: str) -> Finding:
    """A fault that the adapter met while reading; the count is in its words."""
    return Finding(kind, "note", 1, say("check.warning", text=text))


@dataclass(frozen=True, eq=False)
class Checked:
    """A release under check."""

    manifest: Manifest
    frames: Frames

    @cached_property
    def matrix(self) -> VoteMatrix:
        """Its votes with seats held day by day."""
        listed = self.manifest.body == COUNCIL
        return build(self.frames.roll_calls, self.frames.votes, registry(), listed=listed)

    def own(self, field: str) -> bool:
        """Whether the release itself, not a lender, has a lendable field."""
        return field in self.manifest.has


def names(states: Sequence[tuple[str, int]], shown: int = 8) -> str:
    """States with their counts, in words: "YEM 3,655, YUG 565"."""
    listed = ", ".join(f"{state} {numeral(count, ',')}" if count else state for state, count in states[:shown])
    return listed + (f" and {len(states) - shown} more" if len(states) > shown else "")
