"""The answer about machine-coded events between two states."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from comity.model.period import Period
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class EventCounts:
    """Coded events of some months, between two states or from one to the other.

    events      : of all four classes together; of_all : events of those months in the files, whoever took part.
    goldstein, tone : means over goldstein_n and tone_n events; None where there are none, or the layout has no such.
    mentions, outlets, articles : sums over the events; 0 where the layout does not tell them.
    """

    events: int
    of_all: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    goldstein: float | None
    goldstein_n: int
    tone: float | None
    tone_n: int
    mentions: int
    outlets: int
    articles: int

    @property
    def per_million(self) -> float | None:
        """Share of all events, per million; None where the files have none."""
        return MILLION * self.events / self.of_all if self.of_all else None

    @property
    def conflict(self) -> int:
        """Events of conflict, in words and in deeds."""
        return self.verbal_conflict + self.material_conflict

    def to_dict(self) -> Json:
        """Flat."""
        part = self.conflict / self.events if self.events else None
        head: Json = {"events": self.events, "of_all": self.of_all, "per_million": self.per_million}
        return head | {"conflict": self.conflict, "conflict_share": part} | asdict(self)


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where a pair stands by its events, and what is usual.

    rank, among   : of all pairs of states with events; rank_a, rank_b : of those of each state. None without an event.
    goldstein, conflict : the median pair's mean and its part of conflict, over the pairs with enough events for one.
    """

    rank: int | None
    among: int
    rank_a: int | None
    among_a: int
    rank_b: int | None
    among_b: int
    goldstein: float | None
    goldstein_pairs: int
    conflict: float | None
    conflict_pairs: int

    def to_dict(self) -> Json:
        """Flat."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class EventSpan:
    """One year, quarter or month, or the whole period.

    label : "2014", "2014-Q2", "2014-04", "2014-2016". days : with any event in the files, of_days : of the calendar.
    both, a_to_b, b_to_a : between the two, and what each did to the other.
    """

    label: str
    days: int
    of_days: int
    both: EventCounts
    a_to_b: EventCounts
    b_to_a: EventCounts
    place: EventPlace

    @property
    def directions(self) -> dict[str, EventCounts]:
        """By name."""
        return {"both": self.both, "a_to_b": self.a_to_b, "b_to_a": self.b_to_a}

    def to_dict(self) -> Json:
        """For JSON."""
        told: Json = {"span": self.label, "days": self.days, "of_days": self.of_days}
        return told | {name: c.to_dict() for name, c in self.directions.items()} | {"place": self.place.to_dict()}


@dataclass(frozen=True, slots=True)
class EventsAnswer(StrandAnswer):
    """Machine-coded events between two states; the first note is the warning that stands above every view.

    layout : "gdelt-1.0", "gdelt-2.0", "icews" or "polecat"; hash : of the tables, the same on every engine.
    by     : "year", "quarter" or "month"; whole : all of the period, of which spans are the parts.
    """

    a: str
    b: str
    name_a: str
    name_b: str
    period: Period
    by: str
    layout: str
    hash: str
    whole: EventSpan
    spans: tuple[EventSpan, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "warning": self.notes[0].text,
            "a": self.a,
            "b": self.b,
            "name_a": self.name_a,
            "name_b": self.name_b,
            "period": self.period.label,
            "by": self.by,
            "layout": self.layout,
            "hash": self.hash,
            "whole": self.whole.to_dict(),
            "spans": [span.to_dict() for span in self.spans],
            "notes": [note.to_dict() for note in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a span and direction ("both", "a_to_b", "b_to_a"); ranks stand with "both"."""
        import polars as pl

        nowhere = dict.fromkeys(self.whole.place.to_dict())
        rows: list[Json] = []
        for span in self.spans:
            at: Json = {"a": self.a, "b": self.b, "layout": self.layout, "hash": self.hash}
            at |= {"span": span.label, "days": span.days, "of_days": span.of_days}
            for name, counts in span.directions.items():
                placed = _usual(span.place.to_dict() if name == "both" else nowhere)
                rows.append(at | {"direction": name} | counts.to_dict() | placed)
        return pl.DataFrame(rows, infer_schema_length=None)


def _usual(place: Json) -> Json:
    """Medians under names of their own beside the pair's."""
    return {name if name.startswith(("rank", "among")) else f"median_{name}": v for name, v in place.items()}
