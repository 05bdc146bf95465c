"""How two states voted on texts about the situation in a state: the grid of targets and years, and shielding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.model.choice import Choice
from comity.model.counts import Counts
from comity.model.period import Period
from comity.model.reading import Dropped
from comity.study.answers.common import Header, Json, Note, day_text

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SituationVote:
    """One roll call about the situation in one or more states, with both votes.

    slot    : the year or session in which the grid shows it, None where the date is unknown.
    kind    : "rights", "political" or "credentials".
    voted_on: "whole", "part" (marked as a vote on a paragraph or an amendment) or "motion" (to take no action, to
              adjourn), on which a "no" can be a vote for the text.
    basis   : how the targets are known: "title", "symbol" (its resolution's title) or "ledger".
    checked : False where the ledger's row rests on no title in a release.
    outcome : the class of the two votes: "same", "ambivalent", "opposite" or "absent".
    """

    roll_call: str
    date: date | None
    date_precision: str
    slot: int | None
    session: int | None
    symbol: str | None
    symbol_from: str | None
    title: str | None
    title_from: str | None
    kind: str
    voted_on: str
    targets: tuple[str, ...]
    place: str
    basis: str
    checked: bool
    remark: str
    choice_a: Choice
    choice_b: Choice
    outcome: str
    link: str | None
    footnotes: tuple[str, ...] = ()

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "roll_call": self.roll_call,
            "date": day_text(self.date, self.date_precision),
            "slot": self.slot,
            "session": self.session,
            "symbol": self.symbol,
            "symbol_from": self.symbol_from,
            "title": self.title,
            "title_from": self.title_from,
            "kind": self.kind,
            "voted_on": self.voted_on,
            "targets": list(self.targets),
            "place": self.place or None,
            "basis": self.basis,
            "checked": self.checked,
            "remark": self.remark or None,
            "vote_a": self.choice_a.word,
            "vote_b": self.choice_b.word,
            "class": self.outcome,
            "link": self.link,
            "footnotes": list(self.footnotes),
        }


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A state that texts are about: the pair's counts over them, and the texts by year (several are kept apart)."""

    target: str
    name: str
    counts: Counts
    cells: tuple[tuple[int, tuple[SituationVote, ...]], ...]

    def to_dict(self) -> Json:
        """For JSON."""
        cells = [{"slot": slot, "votes": [v.to_dict() for v in votes]} for slot, votes in self.cells]
        return {"target": self.target, "name": self.name, "counts": self.counts.to_dict(), "cells": cells}


@dataclass(frozen=True, slots=True)
class Silent:
    """Roll calls of a period with neither a title nor a row of the ledger: what they are about cannot be said.

    k     : how many, ``of`` how many roll calls of the period.
    slots : the years (or sessions) of which these are more than half.
    """

    k: int
    of: int
    slots: tuple[int, ...]

    @property
    def all(self) -> bool:
        """Whether nothing at all can be said of the period."""
        return bool(self.of) and self.k == self.of


@dataclass(frozen=True, slots=True)
class SituationsAnswer:
    """The grid of a pair.

    total      : counts over all the texts; a text about two states is counted once here, and in each state's row.
    exceptions : every text on which the two did not cast the same vote, absences included, oldest first.
    silent     : roll calls of the period of which nothing says what they are about.
    """

    header: Header
    a: str
    b: str
    name_a: str
    name_b: str
    period: Period
    kinds: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    total: Counts
    exceptions: tuple[SituationVote, ...]
    silent: Silent
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]

    @property
    def slots(self) -> tuple[int, ...]:
        """The years (or sessions) that hold a text, in order."""
        return tuple(sorted({slot for row in self.rows for slot, _ in row.cells}))

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "period": self.period.label,
            "kinds": list(self.kinds),
            "total": self.total.to_dict(),
            "joint_no": self.total.same_no,
            "targets": [row.to_dict() for row in self.rows],
            "exceptions": [v.to_dict() for v in self.exceptions],
            "untold": self.silent.k,
            "untold_of": self.silent.of,
            "untold_mostly": list(self.silent.slots),
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a target and roll call; a text about two states has two."""
        return votes_frame([(row.target, vote) for row in self.rows for _, votes in row.cells for vote in votes])


@dataclass(frozen=True, slots=True)
class Veto:
    """A draft that failed in the Security Council on the vote of the power.

    draft   : its symbol, "" where the ledger does not give it.
    checked : False where the row is from memory, held against no record at hand.
    """

    date: date
    draft: str
    about: str
    vetoed_by: tuple[str, ...]
    checked: bool

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "date": self.date.isoformat(),
            "draft": self.draft or None,
            "about": self.about,
            "vetoed_by": list(self.vetoed_by),
            "checked": self.checked,
        }


@dataclass(frozen=True, slots=True)
class ShieldAnswer:
    """How a power voted on texts about the situation in a state, beside another state's votes.

    a, b     : the power, and the state beside whose votes the power's stand.
    on       : the state that the texts are about.
    by_kind  : kind → counts of both votes.
    votes    : every text, oldest first.
    vetoes   : drafts about ``on`` that failed on the power's vote, as far as the ledger holds them.
    """

    header: Header
    a: str
    b: str
    name_a: str
    name_b: str
    on: str
    name_on: str
    period: Period
    by_kind: tuple[tuple[str, Counts], ...]
    total: Counts
    votes: tuple[SituationVote, ...]
    vetoes: tuple[Veto, ...]
    silent: Silent
    dropped: tuple[Dropped, ...]
    notes: tuple[Note, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "on": self.on,
            "period": self.period.label,
            "total": self.total.to_dict(),
            "by_kind": {kind: counts.to_dict() for kind, counts in self.by_kind},
            "votes": [v.to_dict() for v in self.votes],
            "vetoes": [v.to_dict() for v in self.vetoes],
            "untold": self.silent.k,
            "untold_of": self.silent.of,
            "untold_mostly": list(self.silent.slots),
            "dropped": [d.to_dict() for d in self.dropped],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """One row a roll call; the vetoes are not among them."""
        return votes_frame([(self.on, vote) for vote in self.votes])


def votes_frame(rows: list[tuple[str, SituationVote]]) -> pl.DataFrame:
    """One tidy row a target and roll call."""
    import polars as pl

    texts = (
        *("target", "roll_call", "date_precision", "symbol", "symbol_from", "title", "title_from", "kind"),
        *("voted_on", "place", "basis", "remark", "vote_a", "vote_b", "class", "link"),
    )
    order = {
        "target": pl.String,
        "roll_call": pl.String,
        "date": pl.Date,
        "slot": pl.Int32,
        "session": pl.Int16,
        **dict.fromkeys(texts[2:], pl.String),
        "checked": pl.Boolean,
    }
    data: list[dict[str, Any]] = [
        {**vote.to_dict(), "target": target, "date": vote.date, "date_precision": vote.date_precision}
        for target, vote in rows
    ]
    return pl.DataFrame([{k: row[k] for k in order} for row in data], schema=order)
