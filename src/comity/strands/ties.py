"""Ties of two states that tables date: alliances by year, trade agreements, memberships in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from comity.states.groups import groups
from comity.states.names import in_order
from comity.states.registry import Spell, registry

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class YearSpell:
    """Years, both included, in which the same promises held between two states.

    last_covered : whether ``last`` is the last year that the table covers, so that the end is not known.
    """

    first: int
    last: int
    promises: str
    last_covered: bool

    def holds_on(self, day: date) -> bool:
        """Whether the day's year is one of them; a table of years knows no day."""
        return self.first <= day.year <= self.last


def year_spells(rows: Iterable[tuple[int, str]], covered_to: int) -> tuple[YearSpell, ...]:
    """Runs of consecutive years with the same promises, oldest first; a year may come twice, in both directions.

    Where the two directions differ (a promise given by one side alone) the promises of both are named.

    >>> [(s.first, s.last, s.promises) for s in year_spells([(1978, "a"), (1979, "a"), (1980, "b"), (1982, "b")], 1982)]
    [(1978, 1979, 'a'), (1980, 1980, 'b'), (1982, 1982, 'b')]
    """
    by_year: dict[int, list[str]] = {}
    for year, promises in rows:
        by_year.setdefault(year, []).extend(p for p in promises.split(", ") if p and p not in by_year.get(year, ()))
    runs: list[list[int]] = []
    for year in sorted(by_year):
        if runs and year == runs[-1][-1] + 1 and sorted(by_year[year]) == sorted(by_year[runs[-1][-1]]):
            runs[-1].append(year)
        else:
            runs.append([year])
    return tuple(YearSpell(r[0], r[-1], ", ".join(by_year[r[0]]), r[-1] == covered_to) for r in runs)


def alliance_spells(table: pl.DataFrame, a: str, b: str, covered_to: int) -> tuple[YearSpell, ...]:
    """The spells of a pair in a table of dyad-years (year, state, partner, promises), whichever comes first."""
    import polars as pl

    state, partner = pl.col("state"), pl.col("partner")
    pair = table.filter(((state == a) & (partner == b)) | ((state == b) & (partner == a))).sort("year", "state")
    return year_spells(pair.select("year", "promises").iter_rows(), covered_to)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A trade agreement to which both states were parties, by the table's years.

    signed, force : of the agreement, or of the later of the two accessions; None where the table does not tell.
    left          : year in which one of the two withdrew; None where the table tells of no withdrawal.
    parties       : how many it had when the later of the two came in.
    """

    treaty: str
    name: str
    signed: int | None
    force: int | None
    left: int | None
    parties: int

    def holds_on(self, day: date) -> bool | None:
        """Whether it was in force in the day's year; None where the table does not tell the entry into force."""
        if self.left is not None and day.year >= self.left:
            return False
        if self.force is None:
            return None
        return self.force <= day.year


def agreements(table: pl.DataFrame, a: str, b: str) -> tuple[Agreement, ...]:
    """Agreements of two states, oldest first.

    table : DESTA's rows: treaty, base, name, entry_type, year, force, state_name, state, joined.

    Amendments, accessions and withdrawals belong to the agreement they change. A state is a party from the first base
    treaty, accession or amendment that lists it (many accessions list it without a mark of the one who joins), until
    a withdrawal that is its own; negotiations and consolidated texts are no agreements.
    """
    import polars as pl

    kept = table.filter(pl.col("entry_type").is_in((*_ENTRIES, _EXIT)))
    bases = dict(table.select("treaty", "base").unique(["treaty"], keep="first", maintain_order=True).iter_rows())
    rooted = kept.with_columns(root=pl.col("base").map_elements(lambda base: _root(base, bases), pl.String))
    wanted = [set(rooted.filter(pl.col("state") == state)["root"]) for state in (a, b)]
    found: list[Agreement] = []
    for root in wanted[0] & wanted[1]:
        rows = rooted.filter(pl.col("root") == root).sort("year", nulls_last=False, maintain_order=True)
        found += _shared(list(rows.iter_rows(named=True)), a, b)
    return tuple(sorted(found, key=lambda x: (x.signed or 0, x.name)))


_ENTRIES = ("base_treaty", "accession", "protocol or amendment")
_EXIT = "withdrawal"


def _root(base: str, bases: dict[str, str]) -> str:
    """The agreement at the beginning of a chain of amendments."""
    seen = {base}
    while (before := bases.get(base, base)) not in seen:
        seen.add(before)
        base = before
    return base


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch in which a state was a party: the row it came in with, and the year it left."""

    row: dict[str, Any]
    left: int | None

    @property
    def since(self) -> int:
        return int(self.row["year"] or 0)

    def has(self, year: int) -> bool:
        return self.since <= year and (self.left is None or year < self.left)


def _parts(rows: Sequence[dict[str, Any]], key: str, who: str) -> list[_Part]:
    """The stretches of one party, from the rows of an agreement in their order."""
    parts: list[_Part] = []
    for row in rows:
        if row[key] != who:
            continue
        inside = bool(parts) and parts[-1].left is None
        if row["entry_type"] != _EXIT and not inside:
            parts.append(_Part(row, None))
        elif row["entry_type"] == _EXIT and row["joined"] and inside:
            parts[-1] = _Part(parts[-1].row, row["year"])
    return parts


def _shared(rows: Sequence[dict[str, Any]], a: str, b: str) -> list[Agreement]:
    """What two states share of an agreement: every pair of stretches with a year in common."""
    found = []
    for mine in _parts(rows, "state", a):
        for theirs in _parts(rows, "state", b):
            later = max(mine, theirs, key=lambda part: part.since)
            ends = [part.left for part in (mine, theirs) if part.left is not None]
            if ends and min(ends) <= later.since:
                continue
            names = dict.fromkeys(row["state_name"] for row in rows)
            parties = sum(any(part.has(later.since) for part in _parts(rows, "state_name", n)) for n in names)
            row = later.row
            left = min(ends, default=None)
            found.append(Agreement(row["treaty"], row["name"], row["year"], row["force"], left, parties))
    return found


@dataclass(frozen=True, slots=True)
class InCommon:
    """Days on which two states were both in a group. precision: of the coarser of the dates behind its ends."""

    group: str
    name: str
    kind: str
    spell: Spell
    precision: str
    checked: bool
    source: str


def memberships(a: str, b: str, on: date | None = None) -> tuple[InCommon, ...]:
    """Groups that two states share, with the days; regions left out. ``on``: only those shared on that day.

    A membership counts only while its state existed. Oldest first.
    """
    found = []
    for group in groups():
        if group.kind == "region":
            continue
        sides = [[m for m in group.memberships if m.state == state] for state in (a, b)]
        for mine in sides[0]:
            for theirs in sides[1]:
                spell = overlap((mine.spell, theirs.spell))
                if spell is None or not (on is None or (on in spell and _existed((a, b), on))):
                    continue
                coarse = max((mine.precision, theirs.precision), key=("day", "month", "year").index)
                checked = mine.checked and theirs.checked
                found.append(InCommon(group.id, group.name, group.kind, spell, coarse, checked, group.source))
    return tuple(sorted(found, key=lambda x: (x.spell.start, in_order(x.name))))


def overlap(spells: Sequence[Spell]) -> Spell | None:
    """The days that all spells share; None where there is none.

    >>> overlap((Spell(date(1995, 7, 28), None), Spell(date(1967, 8, 8), date(2020, 1, 1)))).words
    'from 28 July 1995 until 1 January 2020'
    """
    start = max(s.start for s in spells)
    ends = [s.end for s in spells if s.end is not None]
    end = min(ends) if ends else None
    return Spell(start, end) if end is None or start < end else None


def _existed(states: Sequence[str], day: date) -> bool:
    return all(registry().state(s).existed_on(day) for s in states)
