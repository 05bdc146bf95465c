"""Recurring texts: which there are in a release, and the roll calls of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

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
        """One row a family; sessions and themes as lists."""
        import polars as pl

        lists = {"sessions": pl.List(pl.Int16), "themes": pl.List(pl.String)}
        return pl.DataFrame([row.to_dict() for row in self.rows], schema_overrides=lists)


@dataclass(frozen=True, slots=True)
class FamilyVote:
    """One roll call of a family.

    part  : a vote on a paragraph, an amendment or a motion, not on the whole text.
    score : how sure the link to the next earlier vote on the text is (log odds); None for the first and for parts.
    tally : counted from the votes.
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

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "roll_call": self.roll_call,
            "session": self.session,
            "date": day_text(self.date, self.date_precision),
            "symbol": self.symbol,
            "title": self.title,
            "part": self.part,
            "score": self.score,
            "tally": self.tally.to_dict(),
            "link": self.link,
        }


@dataclass(frozen=True, slots=True)
class FamilyAnswer:
    """One recurring text and its roll calls, by session."""

    header: Header
    family: FamilyRow
    votes: tuple[FamilyVote, ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "family": self.family.to_dict(),
            "votes": [vote.to_dict() for vote in self.votes],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a roll call, its tally in four columns."""
        import polars as pl

        rows = [{**vote.to_dict(), **vote.tally.to_dict()} for vote in self.votes]
        return pl.DataFrame([{k: v for k, v in row.items() if k != "tally"} for row in rows], infer_schema_length=None)
