"""The question behind a claim about a share of votes, for what works on a question: the curve, two releases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.audit.claim import read_claims
from comity.audit.joint import together
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


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a text prints of one issue and period. printed : (state, state, "same=75%"); n : roll calls."""

    printed: tuple[tuple[str, str, str], ...]
    issue: str
    period: str
    n: int | None


def figures_of(document: str, period: str | None = None, file: str | Path = SHIPPED) -> Figures:
    """The figures of a document's claims that one reading has to serve.

    period : which, where the text prints figures of several. UsageError for an unknown document, or where the period
    has to be named.
    """
    made = read_claims(file)
    groups = {key: g for key, g in together(made.claims).items() if key[0] == document and g.items}
    if not groups:
        held = dict.fromkeys(key[0] for key, g in together(made.claims).items() if g.items)
        raise UsageError("No such document with printed figures of votes", got=document, allowed=", ".join(held))
    chosen = [g for g in groups.values() if period in (None, g.period.label)]
    if len(chosen) != 1:
        periods = ", ".join(dict.fromkeys(g.period.label for g in groups.values()))
        raise UsageError("Name one period of the document with --period", got=period or document, allowed=periods)
    (group,) = chosen
    printed = tuple((i.a, i.b, i.label) for i in group.items)
    return Figures(printed, group.issue, group.period.label, group.n)


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
