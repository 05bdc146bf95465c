"""Who held which office when: a visit's person against the ledger of offices, and which offices lead a state."""

from __future__ import annotations

import re
from collections.abc import Iterable

from comity.strands.intervals import before, span_of
from comity.strands.ledgers.kinds import Office, Visit

HEADS = (
    "president", "prime minister", "premier", "chancellor", "king", "queen", "emperor", "general secretary",
    "chairman of the council of ministers", "chair of the council of ministers", "president of the state council",
)  # fmt: skip
"""Offices counted as leading a state, its government, or the party that rules it."""
_APART = ("assembly", "parliament", "senate", "duma", "supreme court", "congress chair", "commission", "bank")
_NOT_HEAD = re.compile(r"\b(vice|deputy|former|acting deputy|assistant|first deputy|adviser|envoy|special)\b")


def outside_office(visit: Visit, offices: Iterable[Office]) -> Office | None:
    """The office named in a visit, where the ledger has its holder's dates and none of them can hold the visit.

    None where it fits, and where the ledger does not know this person in this office.
    """
    same = [o for o in offices if _fold(o.person) == _fold(visit.person) and _fold(o.office) == _fold(visit.office)]
    span = span_of(visit.date)
    for office in same:
        held = span_of(office.date, office.until, lasting=True)
        early = before(span, held)
        late = before(held, span) if office.until else "no"
        if "yes" not in (early, late):
            return None
    return same[0] if same else None


def leads(office: str) -> bool:
    """Whether an office, in words, leads a state, its government or its ruling party.

    >>> leads("President"), leads("Deputy Prime Minister"), leads("General Secretary of the Communist Party")
    (True, False, True)
    >>> leads("President of the National Assembly"), leads("Minister of Foreign Affairs")
    (False, False)
    """
    text = _fold(office)
    if _NOT_HEAD.search(text) or any(body in text for body in _APART):
        return False
    return any(re.search(rf"\b{head}\b", text) for head in HEADS)


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())
