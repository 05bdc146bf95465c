"""Words beside votes, reasons beside evidence, forecasts beside what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.study.answers.common import Json
from comity.study.answers.ledger import Entry, entries_frame
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class RecordedVote:
    """One state's vote on a roll call. choice : "yes", "abstain", "no", "absent"; None where no record is at hand."""

    state: str
    name: str
    choice: str | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {"state": self.state, "name": self.name, "vote": self.choice}


@dataclass(frozen=True, slots=True)
class Record:
    """The roll call that words or evidence name. origin : the release or ledger that holds it, "" where none does."""

    symbol: str
    title: str
    date: str
    origin: str
    votes: tuple[RecordedVote, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "symbol": self.symbol,
            "title": self.title,
            "date": self.date,
            "origin": self.origin,
            "votes": [v.to_dict() for v in self.votes],
        }


@dataclass(frozen=True, slots=True)
class Said:
    """A statement or explanation, and the recorded vote it belongs to; None where it belongs to none."""

    entry: Entry
    record: Record | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {**self.entry.to_dict(), "record": self.record.to_dict() if self.record else None}


@dataclass(frozen=True, slots=True)
class StatementsAnswer(StrandAnswer):
    """What was said about or by states, each beside the votes of the states it names."""

    states: tuple[str, ...]
    names: tuple[str, ...]
    said: tuple[Said, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "states": list(self.states),
            "statements": [s.to_dict() for s in self.said],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a statement; its votes as "VNM:abstain;RUS:no", empty where no record is at hand."""
        return entries_frame(
            tuple(s.entry for s in self.said),
            [
                {k: str(s.entry.own().get(k, "")) for k in ("speaker", "office", "occasion", "gist", "symbol")}
                | {"votes": _votes(s.record), "record": s.record.origin if s.record else ""}
                for s in self.said
            ],
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reason or a forecast rests on: a row of a ledger, or a roll call; neither where it cannot be found."""

    named: str
    entry: Entry | None
    record: Record | None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "named": self.named,
            "row": self.entry.to_dict() if self.entry else None,
            "record": self.record.to_dict() if self.record else None,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """An argument told once. repeated : the rows that repeat its words; evidence : of all of them together."""

    entry: Entry
    repeated: tuple[Entry, ...]
    evidence: tuple[Evidence, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.entry.to_dict(),
            "repeated": [e.to_dict() for e in self.repeated],
            "linked": [e.to_dict() for e in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class ArgumentsAnswer(StrandAnswer):
    """Reasons given for a relation to go on, and to be reconsidered."""

    states: tuple[str, ...]
    names: tuple[str, ...]
    continuity: tuple[Reason, ...]
    reconsideration: tuple[Reason, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "states": list(self.states),
            "continuity": [r.to_dict() for r in self.continuity],
            "reconsideration": [r.to_dict() for r in self.reconsideration],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row an argument, repetitions counted with it."""
        reasons = (*self.continuity, *self.reconsideration)
        return entries_frame(
            tuple(r.entry for r in reasons),
            [
                {k: str(r.entry.own()[k]) for k in ("side", "argument", "strength")}
                | {"repeated": len(r.repeated), "evidence": ";".join(e.named for e in r.evidence)}
                for r in reasons
            ],
        )


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A forecast with its outcome so far. overdue : it is open although its horizon has passed."""

    entry: Entry
    overdue: bool
    evidence: tuple[Evidence, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {**self.entry.to_dict(), "overdue": self.overdue, "linked": [e.to_dict() for e in self.evidence]}


@dataclass(frozen=True, slots=True)
class PredictionsAnswer(StrandAnswer):
    """What texts foresaw of states, each with its status today and what that rests on."""

    states: tuple[str, ...]
    names: tuple[str, ...]
    foreseen: tuple[Foreseen, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "states": list(self.states),
            "predictions": [f.to_dict() for f in self.foreseen],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a prediction."""
        return entries_frame(
            tuple(f.entry for f in self.foreseen),
            [
                {k: str(f.entry.own()[k]) for k in ("foresaw", "horizon", "test", "outcome", "judged")}
                | {"overdue": f.overdue, "evidence": ";".join(e.named for e in f.evidence)}
                for f in self.foreseen
            ],
        )


def _votes(record: Record | None) -> str:
    return ";".join(f"{v.state}:{v.choice}" for v in record.votes if v.choice) if record else ""
