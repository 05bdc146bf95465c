"""Reading the tables of a folder of events: one pair's counts, all events beside them, and where a pair stands.

The tables are sorted by pair, so that one pair's rows are found without reading the others; what needs all pairs is
added up by DuckDB, and only the sums come to Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.errors import EmptySelection, NoDataset, StoreDamaged, UsageError
from comity.model.words import say
from comity.store import events as journals
from comity.store.db import parquet, query
from comity.store.events import NAME, Journal
from comity.store.home import events_folder
from comity.strands.events.tally import QUADS, SUMS

if TYPE_CHECKING:
    import polars as pl

SPANS = {
    "year": "month // 100",
    "quarter": "month // 100 * 10 + (month % 100 + 2) // 3",
    "month": "month",
}
"""How a month, written yyyymm, is drawn together: 2014, 20142 (the second quarter), 201404."""
LEAST = 20
"""Events of a pair below which its mean or share enters no median."""
_ADDED = ", ".join(f"sum({name})::BIGINT AS {name}" for name in SUMS)
_PLACED = {"n": "events", "bad": " + ".join(QUADS[2:]), "gn": "goldstein_n", "g": "goldstein_x10"}
_PLAIN = ", ".join(f"{told} AS {name}" for name, told in _PLACED.items())
_SUMMED = ", ".join(f"sum({told})::BIGINT AS {name}" for name, told in _PLACED.items())


@dataclass(frozen=True, slots=True)
class EventTables:
    """A folder of events whose tables are there. first, last : the days its events span, as yyyymmdd."""

    folder: Path
    journal: Journal
    first: int
    last: int

    def pair(self, a: str, b: str, by: str, months: tuple[int, int]) -> pl.DataFrame:
        """What each of two states did to the other: span (null: all months), a, b and sums; no row where nothing."""
        sql = f"""SELECT {SPANS[by]} AS span, a, b, {_ADDED} FROM pairs
            WHERE a IN ($a, $b) AND b IN ($a, $b) AND month BETWEEN $first AND $last
            GROUP BY GROUPING SETS ((span, a, b), (a, b)) ORDER BY ALL"""
        return self._ask(sql, {"a": a, "b": b}, months, pairs="dyad_month")

    def whole(self, by: str, months: tuple[int, int]) -> pl.DataFrame:
        """All events, whoever took part: span (null: all months), events, days with any."""
        sql = f"""WITH days AS (SELECT date // 100 AS month, events FROM totals)
            SELECT {SPANS[by]} AS span, sum(events)::BIGINT AS events, count(*) AS days FROM days
            WHERE month BETWEEN $first AND $last GROUP BY GROUPING SETS ((span), ()) ORDER BY ALL"""
        return self._ask(sql, {}, months, totals="all_day")

    def places(self, a: str, b: str, by: str, months: tuple[int, int]) -> pl.DataFrame:
        """Where a pair stands by its events, and what is usual: a row a span (null: all months).

        rank, among : of all pairs with events; rank_a, among_a, rank_b, among_b : of those of each state. Ranks are
        null where the pair has no event. goldstein, goldstein_pairs, conflict, conflict_pairs : the median pair's mean
        and its part of conflict, over pairs with at least LEAST events.
        """
        # The table has a row a pair and month, so that months need no adding up.
        spans = f"SELECT month AS span, a, b, {_PLAIN} FROM held"
        if by != "month":
            spans = f"SELECT {SPANS[by]} AS span, a, b, {_SUMMED} FROM held GROUP BY ALL"
        sql = f"""WITH held AS (FROM pairs WHERE month BETWEEN $first AND $last),
            own AS (FROM held WHERE a = least($a, $b) AND b = greatest($a, $b)),
            mine AS (SELECT {SPANS[by]} AS span, sum(events)::BIGINT AS own FROM own
                GROUP BY GROUPING SETS ((span), ())),
            counted AS ({spans} UNION ALL SELECT NULL, a, b, {_SUMMED} FROM held GROUP BY a, b)
            SELECT counted.span AS span, {_rank("", "true")}, {_rank("_a", "$a IN (a, b)")},
                {_rank("_b", "$b IN (a, b)")},
                median(g / (10 * gn)) FILTER (gn >= {LEAST}) AS goldstein,
                count(*) FILTER (gn >= {LEAST}) AS goldstein_pairs,
                median(bad / n) FILTER (n >= {LEAST}) AS conflict, count(*) FILTER (n >= {LEAST}) AS conflict_pairs
            FROM counted LEFT JOIN mine ON counted.span IS NOT DISTINCT FROM mine.span
            GROUP BY counted.span ORDER BY 1"""
        return self._ask(sql, {"a": a, "b": b}, months, pairs="dyad_month_undirected")

    def partners(self, state: str, months: tuple[int, int]) -> pl.DataFrame:
        """Events of a state with each other one: partner, events, and the partner's events with all states."""
        sql = """WITH counted AS (SELECT a, b, sum(events)::BIGINT AS n FROM pairs
                WHERE month BETWEEN $first AND $last GROUP BY ALL),
            sides AS (SELECT a AS one, b AS other, n FROM counted UNION ALL SELECT b, a, n FROM counted),
            sizes AS (SELECT one AS partner, sum(n)::BIGINT AS size FROM sides GROUP BY ALL)
            SELECT partner, coalesce(n, 0) AS events, size FROM sizes
            LEFT JOIN (SELECT other AS partner, n FROM sides WHERE one = $state) USING (partner)
            WHERE partner <> $state ORDER BY partner"""
        return self._ask(sql, {"state": state}, months, pairs="dyad_month_undirected")

    def _ask(self, sql: str, params: Mapping[str, object], months: tuple[int, int], **tables: str) -> pl.DataFrame:
        views = {name: parquet(self.folder / f"{table}.parquet") for name, table in tables.items()}
        return _read(sql, {**params, "first": months[0], "last": months[1]}, views)


def _read(sql: str, params: Mapping[str, object], views: Mapping[str, str]) -> pl.DataFrame:
    try:
        return query(sql, params, views=views)
    except UsageError as err:  # the SQL is ours: the table lacks a column
        raise StoreDamaged(say("events.other_table"), got=err.got, next=say("events.build_anew")) from err


def _rank(tail: str, whose: str) -> str:
    return f"""CASE WHEN any_value(own) IS NOT NULL THEN 1 + count(*) FILTER (n > own AND {whose}) END AS rank{tail},
        count(*) FILTER ({whose}) AS among{tail}"""


def held(folder: Path | None = None) -> bool:
    """Whether the folder, by default the store's, is one of events."""
    return ((folder or events_folder()) / NAME).exists()


def open_tables(folder: Path | None = None) -> EventTables:
    """The tables of a folder of events, by default the store's.

    Raises NoDataset where the store has none or a build was cut off, BadFile for a folder without events, StoreDamaged
    where the record or a table cannot be read, EmptySelection where no event was counted.
    """
    if folder is None and not held():
        raise NoDataset(say("events.none_stored"), next=say("events.build_store"))
    at, named = folder or events_folder(), str(folder) if folder else None
    journal = journals.read(at)
    if not journal.hash:
        raise NoDataset(say("events.not_finished"), got=named, next=say("events.go_on"))
    views = {"totals": parquet(at / "all_day.parquet")}
    first, last = _read("SELECT min(date) AS first, max(date) AS last FROM totals", {}, views).row(0)
    if first is None:
        raise EmptySelection(say("events.nothing_counted"), got=named)
    return EventTables(at, journal, first, last)
