"""The readings that give printed figures: the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.audit.solve.find import Found, Nearest, Tried
from comity.audit.solve.items import Item
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SolveAnswer(StrandAnswer):
    """Which readings are consistent with printed figures.

    items      : the figures, in the order asked; names : of the states; n : the printed number of roll calls, or None.
    of         : what the text says that shares are of (of items.OF), or None.
    found      : the readings; declared : period and issue as the text declares them.
    candidates : for the nearest reading, roll calls that are one step from where a figure needs them, by item.
    """

    names: dict[str, str]
    issue: str
    period: str
    n: int | None
    of: str | None
    shift: int
    items: tuple[Item, ...]
    found: Found
    seconds: float
    candidates: tuple[tuple[str, ...], ...]

    def to_dict(self) -> Json:
        """For JSON; readings are counts, never chances."""
        return {
            **self.header.to_dict(),
            "question": self.question(),
            "tried": self.found.tried,
            "giving_all": [self._reading(r) for r in self.found.giving_all],
            "giving_all_count": self.found.all_count,
            "giving_most": [self._reading(r) for r in self.found.giving_most],
            "giving_most_count": self.found.most_count,
            "figures_given_by_most": self.found.most,
            "null_rate": self.found.null_rate,
            "nearest": self._nearest(self.found.nearest),
            "notes": [n.to_dict() for n in self.notes],
        }

    def question(self) -> Json:
        """What was asked."""
        return {
            "issue": self.issue,
            "period": self.period,
            "n": self.n,
            "of": self.of,
            "shift": self.shift,
            "printed": [{"a": i.a, "b": i.b, "category": i.category, "printed": i.printed.text} for i in self.items],
        }

    def _reading(self, reading: Tried) -> Json:
        labels = [f"{i.a}-{i.b} {i.label}" for i in self.items]
        fits = dict(zip((["n"] if self.n is not None else []) + labels, reading.fits, strict=True))
        return {
            **reading.base.reading.to_dict(),
            "period": reading.base.period.label,
            "of": reading.of,
            "rounding": reading.rounding,
            "roll_calls": reading.roll_calls,
            "values": dict(zip(labels, reading.values, strict=True)),
            "gives": fits,
            "departures": list(reading.departures),
        }

    def _nearest(self, nearest: Nearest | None) -> Json | None:
        if nearest is None:
            return None
        changes = [
            {"item": f"{i.a}-{i.b} {i.label}", "roll_calls_more": change, "one_step_away": list(away)}
            for i, change, away in zip(self.items, nearest.changes, self.candidates, strict=True)
            if change is not None
        ]
        return {"reading": self._reading(nearest.reading), "changes": changes, "size": nearest.size}

    def to_polars(self) -> pl.DataFrame:
        """One row a listed reading and figure."""
        import polars as pl

        listed = self.found.giving_all or self.found.giving_most
        rows: list[Json] = [
            {
                "reading": k,
                "release": r.base.reading.release,
                "issue": r.base.reading.issue,
                "clock": r.base.reading.clock,
                "period": r.base.period.label,
                "of": r.of,
                "rounding": r.rounding,
                "roll_calls": r.roll_calls,
                "departures": " ".join(r.departures),
                "a": item.a,
                "b": item.b,
                "category": item.category,
                "printed": item.printed.text,
                "value": value,
                "gives": fits,
            }
            for k, r in enumerate(listed, 1)
            for item, value, fits in zip(self.items, r.values, r.fits[self.n is not None :], strict=True)
        ]
        return pl.DataFrame(rows, infer_schema_length=None)
