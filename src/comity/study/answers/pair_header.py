"""What the answers about one pair's change share."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class PairHeader:
    """What the answers about one pair's change share. ``clock`` of the header is the unit of time."""

    header: Header
    a: str
    b: str
    name_a: str
    name_b: str
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "name_a": self.name_a,
            "name_b": self.name_b,
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }


def plain(value: DataclassInstance) -> Json:
    """A flat frozen answer as a dictionary, its tuples as lists."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(value).items()}
