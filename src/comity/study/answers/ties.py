"""Answers about dated ties: alliances, trade agreements, memberships in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.strands.ties import Agreement, InCommon, YearSpell
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class AllianceTable:
    """What one table of alliances tells of a pair.

    label : the table's; first, last : years it covers; ended : the day asked for is later than the table's last year,
    so that what held in that last year stands here.
    """

    label: str
    first: int
    last: int
    spells: tuple[YearSpell, ...]
    ended: bool = False

    def to_dict(self) -> Json:
        """For JSON."""
        spells = [
            {"first": s.first, "last": s.last, "promises": s.promises, "end_not_known": s.last_covered}
            for s in self.spells
        ]
        return {"table": self.label, "first": self.first, "last": self.last, "ended": self.ended, "spells": spells}


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """What one table of trade agreements tells of a pair; fields as of ``AllianceTable``."""

    label: str
    first: int
    last: int
    agreements: tuple[Agreement, ...]
    ended: bool = False

    def to_dict(self) -> Json:
        """For JSON."""
        told = [
            {"treaty": x.treaty, "name": x.name, "signed": x.signed, "force": x.force, "left": x.left}
            | {"parties": x.parties}
            for x in self.agreements
        ]
        return {"table": self.label, "first": self.first, "last": self.last, "ended": self.ended, "agreements": told}


@dataclass(frozen=True, slots=True)
class TiesAnswer(StrandAnswer):
    """Dated ties of a pair.

    on : with it, only those that held on that day, or in its year where a table has years alone.
    """

    a: str
    b: str
    name_a: str
    name_b: str
    on: date | None
    alliances: tuple[AllianceTable, ...]
    agreements: tuple[AgreementTable, ...]
    memberships: tuple[InCommon, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "name_a": self.name_a,
            "name_b": self.name_b,
            "on": self.on.isoformat() if self.on else None,
            "alliances": [table.to_dict() for table in self.alliances],
            "trade_agreements": [table.to_dict() for table in self.agreements],
            "memberships": [_membership(m) for m in self.memberships],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a tie: kind, source, name, first and last (years or days as text), detail."""
        import polars as pl

        rows = [_tie("alliance", t.label, s.promises, s.first, s.last) for t in self.alliances for s in t.spells]
        rows += [
            _tie("trade agreement", t.label, x.name, x.force, x.left) for t in self.agreements for x in t.agreements
        ]
        for m in self.memberships:
            told = _membership(m)
            rows.append(_tie("membership", m.group, m.name, told["from"], told["until"]))
        schema = dict.fromkeys(("a", "b", "kind", "source", "name", "first", "last"), pl.String)
        return pl.DataFrame([{"a": self.a, "b": self.b} | row for row in rows], schema=schema)


def _tie(kind: str, source: str, name: str, first: Any, last: Any) -> Json:
    text = [None if value is None else str(value) for value in (first, last)]
    return {"kind": kind, "source": source, "name": name, "first": text[0], "last": text[1]}


def _membership(m: InCommon) -> Json:
    start, end = m.spell.start, m.spell.end
    return {
        "group": m.group,
        "name": m.name,
        "kind": m.kind,
        "from": None if start == date.min else start.isoformat(),
        "until": end.isoformat() if end else None,
        "precision": m.precision,
        "checked": m.checked,
        "source": m.source,
    }
