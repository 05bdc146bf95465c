"""The surprising votes of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note, day_text
from comity.study.answers.splits import Split

if TYPE_CHECKING:
    import polars as pl

Votes = tuple[int, int, int]
"""Numbers of yes, abstained, no."""


@dataclass(frozen=True, slots=True)
class Side:
    """One state's vote beside what was to be expected.

    p        : probability of the vote it cast, from everything but that vote; None where it cast none.
    own      : its other votes on the same text.
    near     : the votes of the states nearest in position that voted.
    label    : "recorded_error" (by the ledger of corrections), else for a vote as improbable as asked
               "own_record", "partners", "both" or "neither", naming what it differs from; "" for any other vote.
    on_line  : what the fit of ideal points expects of the vote at the state's place that session; the vote itself is
               among those that place state and text. None where not asked, or where the fit left either out.
    intended : the vote it had meant to cast, by the meeting record; None without a correction.
    """

    choice: Choice
    p: float | None
    own: Votes
    near: Votes
    label: str
    intended: Choice | None = None
    meeting: str = ""
    read_in: str = ""
    on_line: float | None = None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "vote": self.choice.word,
            "chance": self.p,
            "chance_on_the_line": self.on_line,
            "own_votes_on_the_text": _named(self.own),
            "votes_of_the_nearest": _named(self.near),
            "label": self.label or None,
            "intended": self.intended.word if self.intended is not None else None,
            "meeting_record": self.meeting or None,
            "read_in": self.read_in or None,
        }


@dataclass(frozen=True, slots=True)
class Outlier:
    """One roll call: its record, and both sides."""

    split: Split
    a: Side
    b: Side

    @property
    def opposite(self) -> bool:
        """One yes, one no."""
        return {self.a.choice, self.b.choice} == {Choice.YES, Choice.NO}

    @property
    def least(self) -> float:
        """The less probable of the two votes."""
        return min((s.p for s in (self.a, self.b) if s.p is not None), default=1.0)

    def to_dict(self) -> Json:
        """For JSON."""
        return {**self.split.to_dict(), "opposite": self.opposite, "a": self.a.to_dict(), "b": self.b.to_dict()}


@dataclass(frozen=True, slots=True)
class OutliersAnswer:
    """The opposite votes of a pair, and the votes of either that were not to be expected.

    at        : a vote is surprising where it was given this probability or less.
    counts    : as recorded; intended : with the corrections of the ledger, None where it has none of these votes.
    opposites : expected number of opposite votes, from the probabilities of each side.
    surprises : for each side (surprising votes, number to expect by chance, votes cast).
    held      : the same over all states that voted in the period.
    """

    header: Header
    a: str
    b: str
    name_a: str
    name_b: str
    period: Period
    at: float
    counts: Counts
    intended: Counts | None
    opposites: float
    surprises: tuple[tuple[int, float, int], tuple[int, float, int]]
    held: tuple[int, float, int]
    rows: tuple[Outlier, ...]
    ledger: int
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        names = ("surprising", "to_be_expected", "votes")
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "period": self.period.label,
            "surprising_at": self.at,
            "counts": self.counts.to_dict(),
            "counts_as_intended": self.intended.to_dict() if self.intended else None,
            "opposite_expected": self.opposites,
            "surprises": {
                state: dict(zip(names, told, strict=True))
                for state, told in zip((self.a, self.b), self.surprises, strict=True)
            },
            "all_states": dict(zip(names, self.held, strict=True)),
            "outliers": [row.to_dict() for row in self.rows],
            "corrections_in_ledger": self.ledger,
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a roll call and state."""
        import polars as pl

        return pl.DataFrame(
            [
                {
                    "roll_call": row.split.roll_call,
                    "date": day_text(row.split.date, row.split.date_precision),
                    "symbol": row.split.symbol,
                    "title": row.split.title,
                    "opposite": row.opposite,
                    "state": state,
                    "vote": side.choice.word,
                    "chance": side.p,
                    "chance_on_the_line": side.on_line,
                    **{f"own_{k}": v for k, v in _named(side.own).items()},
                    **{f"near_{k}": v for k, v in _named(side.near).items()},
                    "label": side.label or None,
                    "intended": side.intended.word if side.intended is not None else None,
                    "link": row.split.link,
                }
                for row in self.rows
                for state, side in ((self.a, row.a), (self.b, row.b))
            ],
            schema={
                **dict.fromkeys(("roll_call", "date", "symbol", "title"), pl.String),
                "opposite": pl.Boolean,
                **dict.fromkeys(("state", "vote"), pl.String),
                "chance": pl.Float64,
                "chance_on_the_line": pl.Float64,
                **{f"{of}_{k}": pl.Int64 for of in ("own", "near") for k in _CHOICES},
                **dict.fromkeys(("label", "intended", "link"), pl.String),
            },
        )


_CHOICES = ("yes", "abstained", "no")


def _named(votes: Votes) -> dict[str, int]:
    return dict(zip(_CHOICES, votes, strict=True))
