"""What a strand tells of a state's ties to some powers, before anything is computed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from comity.model.words import say
from comity.study.answers.strand import SourceLine


@dataclass(frozen=True, slots=True)
class Found:
    """Ties of one strand over some years.

    strand   : its id; unit : what a tie is, in words.
    values   : power → tie, 0 or more; None where it is not known.
    baseline : power → the tie against what its size gives; None where not known.
    whole    : the state's whole in the unit of the values, None where there is none.
    parts    : of all partners, for the number of partners; empty where not known.
    covered  : years with data, in words.
    sources  : where it was read.
    gap      : why there is nothing, or why it should not count; "" where it should.
    """

    strand: str
    unit: str
    values: Mapping[str, float | None] = field(default_factory=dict)
    baseline: Mapping[str, float | None] = field(default_factory=dict)
    whole: float | None = None
    parts: Sequence[float] = ()
    covered: str = ""
    sources: tuple[SourceLine, ...] = ()
    gap: str = ""


def none_at_hand(strand: str, kind: str) -> Found:
    """A strand of which the store has no table."""
    file = say("datasets.file_" + kind.replace("-", "_"))
    return Found(strand, say(f"balance.unit_{strand}"), gap=say("balance.no_data", what=file))
