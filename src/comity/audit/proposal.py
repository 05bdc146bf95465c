"""A sentence that can be checked, as a typed claim: with its test, or with what is left to choose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from comity.audit.claim import Claim, ClaimFile, Type, why
from comity.audit.lint import of_file
from comity.audit.text import Sentence
from comity.model.clock import today
from comity.model.words import say
from comity.strands.ledgers.kinds import Document
from comity.study.answers.common import Json

SORTS: Mapping[str, Type] = {
    "single-vote": "single-vote", "vote-share": "vote-share", "vote-count": "vote-share",
    "roll-call-count": "vote-share",
    "quantified": "single-vote", "rank": "ranking", "arms-share": "arms", "arms-rank": "arms", "arms-peak": "arms",
    "arms-total": "arms", "arms-count": "arms", "trade-total": "trade", "investment": "investment",
    "aid-debt": "aid-debt",
    "tier-on-date": "treaty", "visit": "visit", "membership": "membership", "date": "date", "survey": "survey",
    "figure": "statement",
}  # fmt: skip
"""Sort of a proposal → type of its claim. A sort is a kind of test, or what no test is for yet."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of a sentence. test : the test's fields, None where none can be written; decide : keys of
    what a human has to decide, with the words to fill in."""

    sort: str
    test: Mapping[str, Any] | None
    decide: tuple[tuple[str, Mapping[str, str]], ...] = ()
    value: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence of a text, proposed as a claim.

    line : from 1; start, end : its characters in the file. sort : see SORTS. states : ids, in order. test : as in a
    claim file; decide : what a human has to decide, sentences. ``run`` where there is a test and nothing to decide.
    """

    line: int
    start: int
    end: int
    sentence: str
    sort: str
    states: tuple[str, ...]
    value: str
    period: str
    test: Mapping[str, Any] | None
    decide: tuple[str, ...]

    @property
    def run(self) -> bool:
        """Whether nothing is left to decide."""
        return self.test is not None and not self.decide

    def claim(self, id: str, document: str) -> Claim:
        """As a claim of a claim file; one that cannot be run is not testable until it is decided."""
        left = {"kind": "not-testable", "why": say("propose.left"), "needs": " ".join(self.decide)}
        return Claim.model_validate(
            {
                "id": id,
                "document": document,
                "location": say("propose.place", line=self.line),
                "claim": self.sentence,
                "type": SORTS[self.sort],
                "states": list(self.states),
                "period": self.period,
                "value": self.value,
                "test": dict(self.test) if self.run and self.test else left,
            }
        )

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "line": self.line,
            "start": self.start,
            "end": self.end,
            "sentence": self.sentence,
            "sort": self.sort,
            "states": list(self.states),
            "value": self.value,
            "period": self.period,
            "run": self.run,
            "test": dict(self.test) if self.run and self.test else None,
            "decide": list(self.decide),
        }


def proposal(sentence: Sentence, read: Read, states: tuple[str, ...], doubts: tuple[str, ...]) -> Proposal:
    """A reading with its place and everything left to decide, in words."""
    told = [say(f"propose.{key}", **fields) for key, fields in read.decide]
    told += [say(f"propose.{key}") for key in doubts]
    if not told and read.test is not None:
        told += _faults(read, sentence, states)
    elif not told:
        told.append(say("propose.no_test", sort=say(f"propose.sort_{read.sort}")))
    return Proposal(
        sentence.line, sentence.start, sentence.end, sentence.text, read.sort, states, read.value, read.period,
        read.test, tuple(dict.fromkeys(told)),
    )  # fmt: skip


def _faults(read: Read, sentence: Sentence, states: tuple[str, ...]) -> list[str]:
    """What a claim file would refuse: a period to come, a state with no seat, a figure that is none."""
    given = Proposal(0, 0, 1, sentence.text, read.sort, states, read.value, read.period, read.test, ())
    try:
        found = _refused(given.claim("x", "x").model_dump_json(by_alias=True, exclude_defaults=True))
    except ValidationError as err:
        found = (why(err),)
    if any(int(year) > today().year for year in re.findall(r"\d{4}", str((read.test or {}).get("period", "")))):
        found = (*found, say("propose.future"))
    return [say("propose.fault", why=fault.rstrip(".")) for fault in found]


@lru_cache(maxsize=256)
def _refused(claim: str) -> tuple[str, ...]:
    """The problems of one claim, given as JSON so that a sentence that comes again is checked once."""
    document = Document(id="x", title="x", date="2000", kind="x")
    file = ClaimFile(documents=(document,), claims=(Claim.model_validate_json(claim),))
    return tuple(problem.why for problem in of_file(file))
