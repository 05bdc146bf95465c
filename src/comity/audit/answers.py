"""The verdicts on a claim file: the answer of an audit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.audit.verdict import VERDICTS, Verdict
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class AuditAnswer(StrandAnswer):
    """A verdict a claim, in the order of the file. source : the file's name as asked for; titles : of documents."""

    source: str
    titles: dict[str, str]
    claims: tuple[Verdict, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each verdict, in the order of verdicts; those that none has are left out."""
        found = Counter(v.verdict for v in self.claims)
        return {v: found[v] for v in VERDICTS if found[v]}

    def to_dict(self) -> Json:
        """For JSON: the claims first, then what every answer carries."""
        return {
            "claims": [v.to_dict() for v in self.claims],
            "counts": self.counts,
            "source": self.source,
            **self.header.to_dict(),
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a claim."""
        import polars as pl

        return pl.DataFrame(
            [
                {
                    "id": v.id,
                    "document": v.document,
                    "location": v.location,
                    "test": v.kind,
                    "verdict": v.verdict,
                    "printed": v.printed,
                    "computed": v.computed,
                    "why": v.why,
                    "question": v.question,
                    "exceptions": len(v.exceptions),
                    "releases": "; ".join(s.label for s in v.releases),
                    "ledger_rows": "; ".join(v.rows),
                    "method": v.method,
                    "at": v.at,
                }
                for v in self.claims
            ],
            infer_schema_length=None,
        )
