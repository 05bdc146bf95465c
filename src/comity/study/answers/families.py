"""Recurring texts: which there are in a release, and the roll calls of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.model.choice import Choice
from comity.study.answers.common import Header, Json, Note, day_text
from comity.study.answers.vote import Tally

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One recurring text.

    id         : its number within the release; another release numbers its own.
    roll_calls : votes on it and on its parts; ``chosen``: how many of them the reading counts.
    sessions   : the sessions it was voted on.
    """

    id: int
    label: str
    roll_calls: int
    chosen: int
    sessions: tuple[int, ...]
    themes: tuple[str, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "id": self.id,
            "label": self.label,
            "roll_calls": self.roll_calls,
            "chosen": self.chosen,
            "sessions": list(self.sessions),
            "themes": list(self.themes),
        }


@dataclass(frozen=True, slots=True)
class FamiliesAnswer:
    """The recurring texts of a release, those of most sessions first.

    alone : roll calls the reading counts that are of no family; in_families : those that are of one.
    theme : the theme asked for, None for all.
    """

    header: Header
    theme: str | None
    rows: tuple[FamilyRow, ...]
    in_families: int
    alone: int
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "theme": self.theme,
            "in_families": self.in_families,
            "alone": self.alone,
            "families": [row.to_dict() for row in self.rows],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a family; themes joined by blanks, sessions as a list and as their number, first and last."""
        import polars as pl

        rows = [
            {
                **row.to_dict(),
                "n_sessions": len(row.sessions),
                "first_session": row.sessions[0],
                "last_session": row.sessions[-1],
                "themes": " ".join(row.themes),
            }
            for row in self.rows
        ]
        return pl.DataFrame(rows, schema_overrides={"sessions": pl.List(pl.Int16)}, infer_schema_length=None)


@dataclass(frozen=True, slots=True)
class FamilyVote:
    """One roll call of a family.

    part  : a vote on a paragraph, an amendment or a motion, not on the whole text.
    motion: a vote on a motion (to take no action, to adjourn), on which yes is no vote for the text.
    score : how sure the link to the next earlier vote on the text is (log odds); None for the first and for parts.
    tally : counted from the votes.
    choices : of the states asked for, in the order of FamilyAnswer.states; NOT_MEMBER where one held no seat.
    """

    roll_call: str
    session: int
    date: date | None
    date_precision: str
    symbol: str | None
    title: str | None
    part: bool
    score: float | None
    tally: Tally
    link: str | None
    choices: tuple[Choice, ...] = ()
    motion: bool = False

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "roll_call": self.roll_call,
            "session": self.session,
            "date": day_text(self.date, self.date_precision),
            "symbol": self.symbol,
            "title": self.title,
            "part": self.part,
            "motion": self.motion,
            "score": self.score,
            "tally": self.tally.to_dict(),
            "link": self.link,
        }


@dataclass(frozen=True, slots=True)
class FamilyAnswer:
    """One recurring text and its roll calls, by session.

    states : id and name of the states whose votes were asked for.
    maybe  : the families that may be the same text: nearly the same title, hardly a session in common.
    """

    header: Header
    family: FamilyRow
    votes: tuple[FamilyVote, ...]
    notes: tuple[Note, ...]
    states: tuple[tuple[str, str], ...] = ()
    maybe: tuple[FamilyRow, ...] = ()

    def words_of(self, vote: FamilyVote) -> dict[str, str]:
        """State id → its vote in a word."""
        return {state: choice.word for (state, _), choice in zip(self.states, vote.choices, strict=True)}

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "family": self.family.to_dict(),
            "states": dict(self.states),
            "may_be_one_with": [row.to_dict() for row in self.maybe],
            "votes": [{**vote.to_dict(), "choices": self.words_of(vote)} for vote in self.votes],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a roll call, its tally in four columns, and a column for each state asked for, named by its id."""
        import polars as pl

        rows = [{**vote.to_dict(), **vote.tally.to_dict(), **self.words_of(vote)} for vote in self.votes]
        return pl.DataFrame([{k: v for k, v in row.items() if k != "tally"} for row in rows], infer_schema_length=None)
