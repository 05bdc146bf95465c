"""Rows of ledgers as answers: what each says, who says so, whether it was checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.strands.ledgers.row import Row
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl

_COMMON = tuple(Row.model_fields)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a ledger with its sources in words.

    cited : a phrase a source, with its places; texts : the texts among them in full.
    """

    kind: str
    row: Row
    cited: tuple[str, ...]
    texts: tuple[str, ...] = ()

    def to_dict(self) -> Json:
        """The kind, every field of the row, its sources in words."""
        return {
            "ledger": self.kind,
            **self.row.model_dump(mode="json"),
            "cited": list(self.cited),
            "texts": list(self.texts),
        }

    def flat(self) -> dict[str, object]:
        """What rows of every kind have, one value each; lists joined by semicolons."""
        row = self.row
        return {
            "ledger": self.kind,
            "id": row.id,
            "date": row.date,
            "until": row.until,
            "states": ";".join(row.states),
            "title": row.title,
            "status": row.status,
            "checked": row.checked,
            "confidence": row.confidence,
            "event": row.event,
            "notes": row.notes,
            "cited": "; ".join(self.cited),
            "links": "; ".join(cite.link for cite in row.sources if cite.link),
        }

    def own(self) -> dict[str, object]:
        """The fields that only rows of its kind have."""
        return {k: v for k, v in self.row.model_dump(mode="json").items() if k not in _COMMON}


def entries_frame(entries: tuple[Entry, ...], extra: Sequence[Mapping[str, object]] = ()) -> pl.DataFrame:
    """One row an entry: the common fields, then ``extra``'s, one dictionary an entry."""
    import polars as pl

    schema: dict[str, pl.DataType] = {k: pl.String() for k in _FLAT} | {"checked": pl.Boolean()}
    more = extra or [{}] * len(entries)
    table = [{**e.flat(), **m} for e, m in zip(entries, more, strict=True)]
    return (
        pl.DataFrame(table, schema_overrides=schema, infer_schema_length=None) if table else pl.DataFrame(schema=schema)
    )


_FLAT = ("ledger", "id", "date", "until", "states", "title", "status", "confidence", "event", "notes", "cited", "links")


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading."""

    key: str
    label: str
    entries: tuple[Entry, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "key": self.key,
            "label": self.label,
            "n": len(self.entries),
            "rows": [e.to_dict() for e in self.entries],
        }


@dataclass(frozen=True, slots=True)
class LedgerRowsAnswer(StrandAnswer):
    """Rows of one ledger or several, in groups.

    question : which question it answers: "show", "access", "positions" or "perceptions"; its words are found by it.
    """

    question: str
    groups: tuple[Group, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All rows, group by group."""
        return tuple(e for g in self.groups for e in g.entries)

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "question": self.question,
            "groups": [g.to_dict() for g in self.groups],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row an entry, with its group and the fields of its kind as text."""
        labels = tuple(
            {"group": g.key, **{k: _text(v) for k, v in e.own().items()}} for g in self.groups for e in g.entries
        )
        return entries_frame(self.entries, labels)


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """One ledger: how many rows, how many of them checked, the first and the last date in it ("" where empty)."""

    kind: str
    what: str
    rows: int
    checked: int
    own: int
    first: str
    last: str

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "kind": self.kind,
            "what": self.what,
            "rows": self.rows,
            "checked": self.checked,
            "own": self.own,
            "first": self.first,
            "last": self.last,
        }


@dataclass(frozen=True, slots=True)
class LedgerListAnswer(StrandAnswer):
    """Every ledger with how much it holds. folder : where a user's own rows are kept."""

    ledgers: tuple[LedgerCount, ...]
    folder: str

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "folder": self.folder,
            "ledgers": [x.to_dict() for x in self.ledgers],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a ledger."""
        import polars as pl

        return pl.DataFrame([x.to_dict() for x in self.ledgers])


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    if isinstance(value, dict):
        return ";".join(f"{k}:{v}" for k, v in value.items())
    return "" if value is None else str(value)
