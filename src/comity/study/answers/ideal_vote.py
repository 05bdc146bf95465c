"""One roll call on the scale of ideal points."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.model.choice import Choice
from comity.study.answers.common import Header, Json, Note, day_text
from comity.study.answers.ideal import Fit

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Placed:
    """A state on the roll call.

    theta : its ideal point that session. yes, abstain, no : what the model expects of a state there.
    p     : of the vote it cast.
    """

    state: str
    name: str
    choice: Choice
    theta: float
    yes: float
    abstain: float
    no: float

    @property
    def p(self) -> float:
        """What the vote it cast had been given."""
        return (self.yes, self.abstain, self.no)[self.choice]

    def to_dict(self) -> Json:
        """For JSON."""
        return {**asdict(self), "choice": self.choice.word, "given": self.p}


@dataclass(frozen=True, slots=True)
class IdealVoteAnswer:
    """One roll call: its curve, its cut points, and every state that voted.

    beta, gamma1, gamma2 : yes below gamma1, no above gamma2, of beta · theta + noise.
    cuts    : where on the scale yes and not-yes, and no and not-no, are equally expected; None without discrimination.
    text    : number of roll calls of the text that the item joins, this one included.
    focus   : the states asked about: state, those of its neighbours on the scale that voted, as (yes, abstained, no).
    """

    header: Header
    fit: Fit
    symbol: str | None
    roll_call: str
    title: str | None
    date: date | None
    date_precision: str
    session: int
    link: str | None
    beta: float
    gamma1: float
    gamma2: float
    cuts: tuple[float, float] | None
    text: int
    placed: tuple[Placed, ...]
    focus: tuple[tuple[str, tuple[int, int, int]], ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "fit": self.fit.to_dict(),
            "symbol": self.symbol,
            "roll_call": self.roll_call,
            "title": self.title,
            "date": day_text(self.date, self.date_precision),
            "session": self.session,
            "link": self.link,
            "item": {"beta": self.beta, "gamma1": self.gamma1, "gamma2": self.gamma2, "roll_calls": self.text},
            "cut_points": list(self.cuts) if self.cuts else None,
            "states": [p.to_dict() for p in self.placed],
            "focus": [
                {"state": s, "neighbours": dict(zip(("yes", "abstained", "no"), v, strict=True))} for s, v in self.focus
            ],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a state."""
        import polars as pl

        return pl.DataFrame([p.to_dict() for p in self.placed])
