"""The same figure on two releases: which roll calls moved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from comity.audit.solve.items import CATEGORIES, members
from comity.errors import EmptySelection, UsageError
from comity.ingest.align import align
from comity.ingest.frames import load
from comity.model.choice import Choice
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.words import say, span
from comity.states.registry import registry
from comity.study import ask
from comity.study.answers.common import Json
from comity.study.answers.strand import StrandAnswer
from comity.study.notes import note
from comity.study.opening import open_release
from comity.study.release import ReleaseCorpus
from comity.study.strand import release_line, strand_header
from comity.votes.selection import issue_label

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["only_first", "only_second", "changed"]


@dataclass(frozen=True, slots=True)
class Moved:
    """A roll call that counts in one release only, or that counts otherwise.

    choices : of the two states in the first release and in the second, None where it does not count there.
    held    : whether the release in which it does not count holds it at all.
    adds    : by how much it moves the number of roll calls of the category, from the first to the second: −1, 0, 1.
    """

    kind: Kind
    symbol: str
    year: int
    first: tuple[str, str] | None
    second: tuple[str, str] | None
    adds: int
    link: str
    held: bool = True


@dataclass(frozen=True, slots=True)
class VintageAnswer(StrandAnswer):
    """A figure on two releases. k, n : roll calls of the category and in all, on each; moved : what differs."""

    a: str
    b: str
    names: dict[str, str]
    category: str
    period: str
    releases: tuple[str, str]
    k: tuple[int, int]
    n: tuple[int, int]
    matched: int
    moved: tuple[Moved, ...]

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            **self.header.to_dict(),
            "a": self.a,
            "b": self.b,
            "category": self.category,
            "period": self.period,
            "releases": [
                {"release": r, "votes": k, "roll_calls": n}
                for r, k, n in zip(self.releases, self.k, self.n, strict=True)
            ],
            "matched": self.matched,
            "moved": [
                {
                    "kind": m.kind, "symbol": m.symbol, "year": m.year, "first": m.first, "second": m.second,
                    "adds": m.adds, "link": m.link, "held_by_both": m.held,
                }
                for m in self.moved
            ],
            "notes": [n.to_dict() for n in self.notes],
        }  # fmt: skip

    def to_polars(self) -> pl.DataFrame:
        """One row a roll call that counts otherwise."""
        import polars as pl

        rows = [
            {
                "kind": m.kind, "symbol": m.symbol, "year": m.year, "adds": m.adds,
                "first": " / ".join(m.first) if m.first else None, "second": " / ".join(m.second) if m.second else None,
            }
            for m in self.moved
        ]  # fmt: skip
        schema = {"kind": pl.String, "symbol": pl.String, "year": pl.Int64, "adds": pl.Int64}
        return pl.DataFrame(rows, schema=schema | {"first": pl.String, "second": pl.String})


def vintage(
    a: str, b: str, category: str, *, releases: tuple[str, str], issue: str = "all", period: str
) -> VintageAnswer:
    """Count a pair's votes on two releases under one reading, and name every roll call that makes the difference.

    category : of CATEGORIES. UsageError for one release twice; UnknownRelease; EmptySelection where nothing counts.
    """
    if category not in CATEGORIES:
        raise UsageError("No such category", got=category, allowed=", ".join(CATEGORIES))
    if releases[0] == releases[1]:
        raise UsageError("Two releases are compared", got=releases[0])
    first, second = ask.two_states(a, b, past=True)
    when = Period.parse(period, "year")
    corpora = [open_release(label) for label in releases]
    held = [_Held.of(c, Reading(release=c.origin.release, issue=issue), when, first.id, second.id) for c in corpora]
    if not any(len(h.rows) for h in held):
        raise EmptySelection("Neither release has such a roll call", got=f"{issue}, {when.label}")
    pairs = align(load(releases[0])[1], load(releases[1])[1])
    across = dict(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    moved = tuple(
        sorted(_moved(held[0], held[1], across, members(category)), key=lambda m: (-abs(m.adds), m.year, m.symbol))
    )
    return VintageAnswer(
        header=strand_header(
            say("vintage.subject", issue=issue_label(issue), period=span(when.label)),
            map(release_line, (c.origin for c in corpora)),
        ),
        notes=(note("vintage_same_reading"),),
        a=first.id,
        b=second.id,
        names={s.id: registry().name(s.id) for s in (first, second)},
        category=category,
        period=when.label,
        releases=releases,
        k=(held[0].count(members(category)), held[1].count(members(category))),
        n=(len(held[0].rows), len(held[1].rows)),
        matched=sum(1 for row in held[0].rows if across.get(row) in held[1].rows),
        moved=moved,
    )


@dataclass(frozen=True, eq=False)
class _Held:
    """What counts on one release: row → place of the joint choice (0 to 15)."""

    corpus: ReleaseCorpus
    rows: dict[int, int]

    @classmethod
    def of(cls, corpus: ReleaseCorpus, reading: Reading, period: Period, a: str, b: str) -> _Held:
        rows = corpus.select(reading).rows(period)
        column = corpus.matrix.column
        if a not in column or b not in column:
            return cls(corpus, {})
        x, y = (corpus.matrix.cells[rows, column[s]] for s in (a, b))
        known = (x != Choice.NOT_MEMBER) & (y != Choice.NOT_MEMBER)
        x, y = (np.minimum(v[known], Choice.ABSENT).astype(int) for v in (x, y))
        return cls(corpus, dict(zip(rows[known].tolist(), (4 * x + y).tolist(), strict=True)))

    def count(self, mask: np.ndarray) -> int:
        return int(sum(bool(mask[place]) for place in self.rows.values()))

    def told(self, row: int) -> tuple[str, int, str]:
        """Symbol (or id), year and link of a roll call."""
        table = self.corpus.roll_calls
        symbol = table["symbol"][row] or table["roll_call"][row]
        return str(symbol), int(self.corpus.matrix.year[row]), str(table["link"][row] or "")


def _moved(one: _Held, other: _Held, across: dict[int, int], mask: np.ndarray) -> Iterator[Moved]:
    """Every roll call that counts on one side only, or with other choices."""
    seen, matched = set(), set(across.values())
    for row, place in one.rows.items():
        match = across.get(row)
        there = other.rows.get(match) if match is not None else None
        if there is not None and match is not None:
            seen.add(match)
            if there == place:
                continue
            adds = int(mask[there]) - int(mask[place])
            yield Moved("changed", *_named(one, row, _words(place), _words(there), adds))
        else:
            yield Moved("only_first", *_named(one, row, _words(place), None, -int(mask[place])), held=match is not None)
    for row, place in other.rows.items():
        if row not in seen:
            yield Moved("only_second", *_named(other, row, None, _words(place), int(mask[place])), held=row in matched)


def _named(
    held: _Held, row: int, first: tuple[str, str] | None, second: tuple[str, str] | None, adds: int
) -> tuple[str, int, tuple[str, str] | None, tuple[str, str] | None, int, str]:
    symbol, year, link = held.told(row)
    return symbol, year, first, second, adds, link


def _words(place: int) -> tuple[str, str]:
    return Choice(place // 4).word, Choice(place % 4).word
