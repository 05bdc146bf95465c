"""The question behind a claim about a share of votes, for what works on a question: the curve, two releases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.audit.claim import read_claims
from comity.audit.lint import printed_of
from comity.audit.tests_of import VoteCount, VoteShare
from comity.errors import UsageError

SHIPPED = "vietnam-russia"


@dataclass(frozen=True, slots=True)
class Asked:
    """Two states, "same=75%" (or a category alone), issue, period and, where the text says, what the share is of."""

    a: str
    b: str
    figure: str
    issue: str
    period: str


def asked_by(claim: str, file: str | Path = SHIPPED) -> Asked:
    """What a claim asks; UsageError where there is no such claim, or it is not about a share of a pair's votes."""
    held = read_claims(file).by_id
    found = held.get(claim)
    able = [c.id for c in held.values() if isinstance(c.test, VoteShare)]
    if found is None or not isinstance(found.test, VoteShare | VoteCount):
        raise UsageError(
            "No such claim about a share of two states' votes",
            got=claim,
            allowed=", ".join(able[:8]) + (" …" if len(able) > 8 else ""),
        )
    test, printed = found.test, printed_of(found)
    share = printed is not None and printed.unit == "percent"
    figure = f"{test.category}={printed.text}" if share and printed else test.category
    return Asked(test.pair[0], test.pair[1], figure, test.chosen, test.period)
