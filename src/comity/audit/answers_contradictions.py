"""The answer to: which claims cannot both hold?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.audit.against_records import Conflict
from comity.audit.claim import Claim
from comity.audit.contradict_rules import Kind
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that cannot both hold, in the order of the file. kind : on what they differ; why : in words."""

    a: Claim
    b: Claim
    kind: Kind
    why: str

    @property
    def within(self) -> bool:
        """Whether one document says both."""
        return self.a.document == self.b.document

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "kind": self.kind,
            "why": self.why,
            "within": self.within,
            "claims": [_claim(self.a), _claim(self.b)],
        }


@dataclass(frozen=True, slots=True)
class ContradictionsAnswer(StrandAnswer):
    """Pairs of claims of a file that cannot both hold, and claims that a record speaks against."""

    file: str
    claims: int
    pairs: tuple[Contradiction, ...]
    records: tuple[Conflict, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "file": self.file,
            "claims": self.claims,
            "pairs": [pair.to_dict() for pair in self.pairs],
            "records": [
                {
                    "kind": r.kind,
                    "why": r.why,
                    "claim": _claim(r.claim),
                    "record": r.record,
                    "link": r.link,
                    "primary": r.primary,
                }
                for r in self.records
            ],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a pair or a conflict; ``b`` is empty where the other side is a record."""
        import polars as pl

        rows = [{"kind": p.kind, "a": p.a.id, "b": p.b.id, "record": "", "why": p.why} for p in self.pairs]
        rows += [{"kind": r.kind, "a": r.claim.id, "b": "", "record": r.record, "why": r.why} for r in self.records]
        return pl.DataFrame(rows, schema=dict.fromkeys(("kind", "a", "b", "record", "why"), pl.String))


def _claim(claim: Claim) -> Json:
    return {"id": claim.id, "document": claim.document, "location": claim.location, "claim": claim.claim}
