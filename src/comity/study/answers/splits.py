"""The opposite votes of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note, day_text

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Split:
    """One opposite vote."""

    roll_call: str
    date: date | None
    date_precision: str
    session: int | None
    symbol: str | None
    symbol_from: str | None
    title: str | None
    title_from: str | None
    choice_a: Choice
    choice_b: Choice
    link: str | None
    footnotes: tuple[str, ...] = ()

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "roll_call": self.roll_call,
            "date": day_text(self.date, self.date_precision),
            "session": self.session,
            "symbol": self.symbol,
            "symbol_from": self.symbol_from,
            "title": self.title,
            "title_from": self.title_from,
            "vote_a": self.choice_a.word,
            "vote_b": self.choice_b.word,
            "link": self.link,
            "footnotes": list(self.footnotes),
        }


@dataclass(frozen=True, slots=True)
class SplitsAnswer:
    """Every opposite vote of a pair in a period."""

    header: Header
    a: str
    b: str
    name_a: str
    name_b: str
    period: Period
    counts: Counts
    splits: tuple[Split, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "period": self.period.label,
            "counts": self.counts.to_dict(),
            "splits": [s.to_dict() for s in self.splits],
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row an opposite vote."""
        import polars as pl

        keys = [f for f in Split.__dataclass_fields__ if f != "footnotes"]
        schema = {k: pl.Date if k == "date" else pl.Int16 if k == "session" else pl.String for k in keys}
        data = [{k: getattr(s, k).word if k.startswith("choice") else getattr(s, k) for k in keys} for s in self.splits]
        return pl.DataFrame(data, schema=schema)
