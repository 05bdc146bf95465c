"""The recorded vote that a ledger row names by its symbol: from a release, else from the ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from comity.errors import UnknownIssue
from comity.model.choice import Choice
from comity.model.symbol import normalise_symbol
from comity.model.words import say
from comity.strands.ledgers.check import SYMBOLS
from comity.strands.ledgers.kinds import KINDS, CouncilVote
from comity.study import ledgers
from comity.study.answers.common import day_text
from comity.study.answers.strand import SourceLine
from comity.study.answers.words import Evidence, Record, RecordedVote

COUNCIL = "council_votes"


class _Vote(NamedTuple):
    """A roll call as found. origin : where it is recorded, "" where nowhere at hand; choices : by state, in words."""

    title: str
    date: str
    origin: str
    choices: dict[str, str]
    source: SourceLine | None = None


class Records:
    """Looks symbols and ids up, each once."""

    def __init__(self) -> None:
        self._votes: dict[str, _Vote] = {}
        self._texts = ledgers.documents()

    def vote(self, symbol: str, states: Sequence[str]) -> Record:
        """The votes of these states on a roll call; every vote None where nothing at hand records it."""
        key = normalise_symbol(symbol) or symbol
        if key not in self._votes:
            self._votes[key] = _looked_up(key)
        found = self._votes[key]
        votes = tuple(RecordedVote(s, ledgers.name(s), found.choices.get(s)) for s in states)
        return Record(key, found.title, found.date, found.origin, votes)

    @property
    def sources(self) -> list[SourceLine]:
        """Where the votes looked up are recorded, each once."""
        return list(dict.fromkeys(v.source for v in self._votes.values() if v.source))

    def evidence(self, named: str, states: Sequence[str]) -> Evidence:
        """What a piece of evidence names: "kind/id", an id, or the symbol of a roll call."""
        kind, _, id_ = named.partition("/")
        within = [kind] if kind in KINDS else list(KINDS)
        wanted = id_ if kind in KINDS else named
        for each in within:
            for row in ledgers.rows(KINDS[each]):
                if row.id == wanted:
                    return Evidence(named, ledgers.entry(each, row, self._texts), None)
        is_symbol = (normalise_symbol(named) or "").startswith(SYMBOLS)
        return Evidence(named, None, self.vote(named, states) if is_symbol else None)


def _looked_up(symbol: str) -> _Vote:
    from comity.study.vote import vote

    for row in ledgers.rows(CouncilVote):
        if normalise_symbol(row.symbol) == symbol:
            return _Vote(row.title, row.date, COUNCIL, dict(row.choices), ledgers.ledger_source(COUNCIL))
    try:
        found = vote(symbol)
    except UnknownIssue:
        return _Vote("", "", "", {})
    choices = {b.state: b.choice.word for b in found.ballots if b.choice != Choice.NOT_MEMBER}
    told = day_text(found.date, found.date_precision) or ""
    if not choices:
        return _Vote(found.title or "", told, "", {})
    origin = found.header.origin
    span = say("ledger.last_roll_call", first=origin.first.year, last=origin.last.isoformat())
    line = SourceLine(origin.release, origin.source, span, sha256=origin.sha256)
    return _Vote(found.title or "", told, origin.release, choices, line)
