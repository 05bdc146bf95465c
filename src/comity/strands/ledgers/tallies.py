"""Sums that a ledger row must keep: votes against their tally, shares, counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.states.registry import registry
from comity.strands.ledgers.kinds import Candidacy, CouncilVote, Credentials
from comity.strands.ledgers.row import Row
from comity.strands.ledgers.when import ends

_SEATS = 47
"""Seats of the Human Rights Council."""


def wrong(row: Row) -> Iterator[str]:
    """What does not add up in a row, a sentence each."""
    for figure in row.figures:
        given = [v for v in (figure.value, figure.low, figure.high) if v is not None]
        # money can flow back (net repayment); volumes, counts and shares cannot be below nought
        if figure.kind in ("count", "share", "index", "price", "stock") and min(given) < 0:
            yield f"{figure.what}: a {figure.kind} is not below 0"
        most = 1.0 if figure.unit == "share" else 100.0
        if figure.kind == "share" and max(given) > most:
            yield f"{figure.what}: a share is not above {most:g}"
    if isinstance(row, CouncilVote | Credentials):
        yield from _tally(row)
    if isinstance(row, Candidacy) and row.votes is not None:
        members = _members(ends(row.date)[1])
        if not 0 <= row.votes <= members:
            yield f"it has {row.votes} votes, of {members} members"


def _tally(row: CouncilVote | Credentials) -> Iterator[str]:
    if row.tally is None:
        return
    most = _SEATS if isinstance(row, CouncilVote) else _members(ends(row.date)[1])
    if min(row.tally) < 0 or sum(row.tally) > most:
        yield f"its tally {'-'.join(map(str, row.tally))} is not of {most} seats"
    for choice, n in zip(("yes", "no", "abstain"), row.tally, strict=True):
        listed = sum(vote == choice for vote in row.choices.values())
        if listed > n:
            yield f"{listed} states are listed as {choice}, its tally has {n}"


def _members(day: date) -> int:
    return sum(state.member_on(day) for state in registry().states())
