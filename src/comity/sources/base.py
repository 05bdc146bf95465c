"""What every source becomes, and what every adapter is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import polars as pl

from comity.model.body import ASSEMBLY

# Names whose presence tells R files apart (an R file lists its columns after the data, so they are searched for).
R_NAMES = (
    *("rcid", "ccode", "vote", "country", "country_code", "session", "date", "unres", "short_name", "issue"),
    *("ccode1", "ccode2", "flow1", "flow2", "atop_defense", "atop_consul", "cow_defense", "cow_entente"),
)


@dataclass(frozen=True, slots=True)
class Peek:
    """What the beginning of a file shows.

    kind      : "text" (a delimited table) or "r" (an R data file).
    header    : column names as written, in order; empty for an R file.
    names     : the same in lower case; for an R file, which of R_NAMES occur in it.
    separator : of a text file.
    """

    path: Path
    kind: Literal["text", "r"]
    header: tuple[str, ...]
    names: frozenset[str]
    separator: str = ","

    def has(self, *names: str) -> bool:
        """Whether all these columns are there."""
        return self.names.issuperset(names)


@dataclass(frozen=True, slots=True)
class RawRelease:
    """One release as its files have it, before states are resolved.

    layout     : id of the adapter that read it.
    label      : suggested release label, from the content.
    source     : id in the source registry.
    scheme     : code scheme of ``votes.code`` for states.resolve.
    roll_calls : columns and types of model.tables.ROLL_CALLS; session null where the layout has none.
    votes      : row (index into roll_calls), code, choice (model.Choice 0-4); a cell that the source leaves
                 empty has no row, except where the layout writes absence that way.
    has        : which of model.tables.LENDABLE the layout carries.
    absences   : False where the source writes no absences.
    warnings   : faults met while reading, a sentence each.
    without_a_vote : (session, texts adopted without a vote) of the sessions of which the file tells of any; of the
                 Security Council by calendar year.
    body       : whose votes these are (model.body).
    """

    layout: str
    label: str
    source: str
    scheme: str
    roll_calls: pl.DataFrame
    votes: pl.DataFrame
    has: frozenset[str]
    absences: bool
    warnings: tuple[str, ...]
    without_a_vote: tuple[tuple[int, int], ...] = ()
    body: str = ASSEMBLY


class Adapter(Protocol):
    """Reads one layout."""

    @property
    def layout(self) -> str:
        """Its id."""

    @property
    def version(self) -> int:
        """Raised whenever the same files would give other tables."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The files one release needs."""

    @property
    def legacy(self) -> str | None:
        """The encoding of this layout's older releases that are not UTF-8; None where all are."""

    def recognise(self, peek: Peek) -> str | None:
        """Which part this file is, judged by its content; None where it is not of this layout."""

    def read(self, files: Mapping[str, Path]) -> RawRelease:
        """Read the parts; raises BadFile errors that name file, line and column."""


def regular_session(date: pl.Expr) -> pl.Expr:
    """The regular session that a day falls into (September to August); the first covers all of 1946.

    >>> import datetime
    >>> days = pl.DataFrame({"date": [datetime.date(2022, 3, 2), datetime.date(1946, 1, 10)]})
    >>> days.select(regular_session(pl.col("date")))["date"].to_list()
    [76, 1]
    """
    started = pl.when(date.dt.month() >= 9).then(1945).otherwise(1946)
    return (date.dt.year() - started).clip(lower_bound=1).cast(pl.Int16)
