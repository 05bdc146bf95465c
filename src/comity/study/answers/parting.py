"""The recurring texts on which two states part, and those on which they came closer or moved apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from comity.model.choice import Choice
from comity.model.period import Period
from comity.study.answers.common import Header, Json
from comity.study.answers.pair_header import PairHeader

if TYPE_CHECKING:
    import polars as pl

Way = Literal["closer", "apart", "same"]


@dataclass(frozen=True, slots=True)
class TextPeriod:
    """A text in one period.

    slots      : year (or session, or day ordinal) of each of its roll calls that the reading counts, in order.
    a, b       : what each state did on them; NOT_MEMBER where it held no seat.
    """

    slots: tuple[int, ...]
    a: tuple[Choice, ...]
    b: tuple[Choice, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """For each roll call on which both cast a vote: 0 the same, 1 one of them abstained, 2 yes against no."""
        return tuple(abs(a - b) for a, b in zip(self.a, self.b, strict=True) if a.cast and b.cast)

    @property
    def cast(self) -> int:
        """Roll calls on which both cast a vote."""
        return len(self.steps)

    @property
    def same(self) -> int:
        """Of these, those with the same vote."""
        return self.steps.count(0)

    @property
    def opposite(self) -> int:
        """Of these, those with a yes against a no."""
        return self.steps.count(2)

    @property
    def mean(self) -> float | None:
        """Mean of the steps; None where both cast no vote together."""
        return sum(self.steps) / self.cast if self.cast else None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "slots": list(self.slots),
            "a": [choice.word for choice in self.a],
            "b": [choice.word for choice in self.b],
            "both_cast": self.cast,
            "same": self.same,
            "opposite": self.opposite,
        }


@dataclass(frozen=True, slots=True)
class TextRecord:
    """One recurring text over the periods.

    family : its number in the release; ``maybe`` the numbers of families that may be the same text.
    """

    family: int
    label: str
    periods: tuple[TextPeriod, ...]
    maybe: tuple[int, ...] = ()

    @property
    def change(self) -> float | None:
        """Mean steps in the last period less those in the first; None with one period, or where one is empty."""
        first, last = self.periods[0].mean, self.periods[-1].mean
        return None if len(self.periods) < 2 or first is None or last is None else last - first

    @property
    def weight(self) -> float:
        """Of a difference of two means: n₁n₂ / (n₁ + n₂) roll calls that both cast."""
        first, last = self.periods[0].cast, self.periods[-1].cast
        return first * last / (first + last) if first + last else 0.0

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "family": self.family,
            "label": self.label,
            "may_be_one_with": list(self.maybe),
            "change": self.change,
            "periods": [period.to_dict() for period in self.periods],
        }


@dataclass(frozen=True, slots=True)
class PartingAnswer:
    """The recurring texts of a reading, by how far two states differ on them.

    texts  : those with a roll call on which both cast a vote in any period; the largest sum of steps in the last
             period first.
    cast, different : roll calls of the last period on which both cast a vote, and those of them with different votes.
    alone  : of the different ones, those on texts that met no second vote.
    """

    pair: PairHeader
    periods: tuple[Period, ...]
    texts: tuple[TextRecord, ...]
    cast: int
    different: int
    alone: int

    @property
    def header(self) -> Header:
        """What every view carries."""
        return self.pair.header

    @property
    def parted(self) -> tuple[TextRecord, ...]:
        """Texts with different votes in the last period, the largest sum of steps first."""
        return tuple(text for text in self.texts if any(text.periods[-1].steps))

    def moved(self, way: Way) -> tuple[TextRecord, ...]:
        """Texts of the first and the last period that went one way, the largest weighted change first."""
        sign = {"closer": -1, "apart": 1, "same": 0}[way]
        found = [t for t in self.texts if t.change is not None and (t.change > 0) - (t.change < 0) == sign]
        return tuple(sorted(found, key=lambda t: (-abs(t.change or 0.0) * t.weight, -t.weight, t.family)))

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.pair.to_dict(),
            "periods": [period.label for period in self.periods],
            "both_cast": self.cast,
            "different": self.different,
            "different_alone": self.alone,
            "texts": [text.to_dict() for text in self.texts],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a text and period, votes as strings of words joined by semicolons."""
        import polars as pl

        rows = [
            {
                "family": text.family,
                "label": text.label,
                "period": period.label,
                **{k: v for k, v in held.to_dict().items() if k in ("both_cast", "same", "opposite")},
                "votes_a": "; ".join(choice.word for choice in held.a),
                "votes_b": "; ".join(choice.word for choice in held.b),
            }
            for text in self.texts
            for period, held in zip(self.periods, text.periods, strict=True)
        ]
        return pl.DataFrame(rows, infer_schema_length=None)
