"""A verdict on a claim: a word, its reason, and everything it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from comity.audit.finding import Evidence, Exceptional
from comity.study.answers.common import Json
from comity.study.answers.strand import SourceLine

VerdictId = Literal[
    "reproduced", "reproduced_otherwise", "close", "not_reproduced", "contradicted",
    "depends", "supported", "conflicting", "not_testable", "opinion",
]  # fmt: skip
VERDICTS: tuple[VerdictId, ...] = get_args(VerdictId)
METHOD = "1"
"""Version of the rules that turn a finding into a verdict; raised with each change of them."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What the reading finder says of the printed figures that were solved with this one.

    giving_all, giving_most : the nearest readings in words; null_rate : how often figures moved at random would be
    given; figures : how many were solved together.
    """

    tried: int
    giving_all: tuple[str, ...]
    giving_most: tuple[str, ...]
    all_count: int
    null_rate: float | None
    figures: int

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "tried": self.tried,
            "giving_all": list(self.giving_all),
            "giving_all_count": self.all_count,
            "giving_most": list(self.giving_most),
            "null_rate": self.null_rate,
            "figures": self.figures,
        }


NOT_SOLVED = Readings(0, (), (), 0, None, 0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one claim.

    id, document, location, claim : of the claim; kind : of its test; why : the reason, a sentence.
    printed, computed : as the text prints it, and what was found, in words; question : what was asked, with choices.
    releases : sources with their hashes; rows : ledger rows used, "kind/id"; method : version of the rules;
    at : when, ISO, UTC.
    """

    id: str
    document: str
    location: str
    claim: str
    kind: str
    verdict: VerdictId
    why: str
    printed: str
    computed: str
    question: str
    readings: Readings
    exceptions: tuple[Exceptional, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...]
    releases: tuple[SourceLine, ...]
    rows: tuple[str, ...]
    method: str
    at: str

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "id": self.id,
            "verdict": self.verdict,
            "why": self.why,
            "printed": self.printed,
            "computed": self.computed,
            "question": self.question,
            "readings": self.readings.to_dict(),
            "exceptions": [e.to_dict() for e in self.exceptions],
            "evidence": [e.to_dict() for e in self.evidence],
            "notes": list(self.notes),
            "document": self.document,
            "location": self.location,
            "claim": self.claim,
            "test": self.kind,
            "releases": [s.to_dict() for s in self.releases],
            "ledger_rows": list(self.rows),
            "method": self.method,
            "at": self.at,
        }
