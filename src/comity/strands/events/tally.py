"""Lines of event files to counts by day and pair of actors: one expression, run by any engine.

Engines agree to the last digit because only integers are summed: Goldstein values × 10 and tone × 10⁶, rounded to
whole numbers before any sum; means are divided out afterwards.

Each line is either counted or has one fault, the first that holds: "day" (cannot be one), "quad" (a class outside the
four), "goldstein", "tone" (a number that is none), "count" (a count that is none). Days that do not exist or lie ahead
are found later, and are of fault "day" too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import narwhals as nw

from comity.strands.events.layouts import COLUMNS, Layout

Frame = nw.LazyFrame[Any]
"""A frame of whatever engine, not yet worked out."""
Lines = Frame
"""Text as it stands in the file: columns c0, c1, …; "" or null where a cell is empty."""

GOLDSTEIN_SCALE, TONE_SCALE = 10, 1_000_000
KEYS = ("day", "first", "second", "fault")
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
SUMS = (
    "events", *QUADS, "roots", "goldstein_n", "goldstein_x10", "tone_n", "tone_x1e6", "mentions", "sources", "articles",
)  # fmt: skip
"""Columns that are added up; all are 64-bit integers."""

_DAY = r"^(19|20)[0-9]{6}$"
_DECIMAL = r"^-?[0-9]{1,4}(\.[0-9]{1,40})?([eE]-?[0-9]{1,2})?$"
_COUNT = r"^[0-9]{1,9}$"
_WORDS = ("VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")
_ROOTS = (range(1, 6), range(6, 9), range(9, 14), range(14, 21))
"""CAMEO roots of the four classes; the first 13 tell of words and aid, the last 7 of deeds (CAMEO's own grouping)."""


def tallied(lines: Lines, layout: Layout) -> Frame:
    """One row a day, pair of actors and fault: KEYS and SUMS. Actors are as written, None where there is none."""
    rows = _read(lines, layout)
    counted = rows.with_columns(
        events=nw.lit(1, nw.Int64),
        **{name: (nw.col("class") == k).cast(nw.Int64) for k, name in enumerate(QUADS, 1)},
    )
    keyed = counted.with_columns(
        *(nw.when(nw.col("fault") == "").then(nw.col(name)).alias(name) for name in ("first", "second"))
    )
    return keyed.group_by(*KEYS).agg(*(nw.col(name).sum().cast(nw.Int64).alias(name) for name in SUMS))


def faulty(lines: Lines, layout: Layout, days: Sequence[str]) -> Frame:
    """The lines that are not counted: fault, line. ``days`` are those that do not exist or lie ahead."""
    cells = [nw.col(f"c{place}").fill_null("") for place in range(layout.width)]
    known = _read(lines.with_columns(line=nw.concat_str(cells, separator="\t")), layout, "line")
    late = (nw.col("fault") == "") & nw.col("day").is_in(list(days))
    told = known.with_columns(fault=nw.when(late).then(nw.lit("day")).otherwise(nw.col("fault")))
    return told.filter(nw.col("fault") != "").select("fault", "line")


def added(parts: Frame) -> Frame:
    """Tallies of several parts, added up: KEYS and SUMS, one row a key."""
    return parts.group_by(*KEYS).agg(*(nw.col(name).sum().cast(nw.Int64).alias(name) for name in SUMS))


def between_states(tally: Frame, days: Frame, actors: Frame) -> Frame:
    """Counts between two states by day, directed: date (whole number, yyyymmdd), a, b and SUMS.

    days   : day (text), date; only days that exist.
    actors : actor (text), state, start, end: dates; a spelling means the state on days from start up to, not with, end.
             A spelling of several actors stands there once for each.
    """
    dated = tally.filter(nw.col("fault") == "").join(days, on="day", how="inner")
    for side, name in (("first", "a"), ("second", "b")):
        meant = actors.rename({"actor": side, "state": name})
        joined = dated.join(meant, on=side, how="inner")
        dated = joined.filter((nw.col("start") <= nw.col("date")) & (nw.col("date") < nw.col("end"))).drop(
            "start", "end"
        )
    apart = dated.filter(nw.col("a") != nw.col("b"))
    return apart.group_by("date", "a", "b").agg(*(nw.col(name).sum().cast(nw.Int64).alias(name) for name in SUMS))


def by_day(tally: Frame, days: Frame) -> Frame:
    """All events of a day, whoever took part: date and SUMS. What counts between states are shares of."""
    dated = tally.filter(nw.col("fault") == "").join(days, on="day", how="inner")
    return dated.group_by("date").agg(*(nw.col(name).sum().cast(nw.Int64).alias(name) for name in SUMS))


def _read(lines: Lines, layout: Layout, *kept: str) -> Frame:
    """Day, actors, class, numbers as integers, the fault ("" where there is none), and columns to keep."""
    there = layout.read
    text = {name: _text(f"c{there[name]}") if name in there else nw.lit(None, nw.String) for name in COLUMNS}
    plain = lines.select(*kept, **text).with_columns(day=nw.col("day").str.replace_all("-", "", literal=True))
    classed = plain.with_columns(**{"class": _class(layout)})
    known = classed.with_columns(fault=_fault())
    fine = nw.col("fault") == ""
    return known.with_columns(
        goldstein_n=(fine & ~nw.col("goldstein").is_null()).cast(nw.Int64),
        goldstein_x10=_scaled("goldstein", GOLDSTEIN_SCALE),
        tone_n=(fine & ~nw.col("tone").is_null()).cast(nw.Int64),
        tone_x1e6=_scaled("tone", TONE_SCALE),
        roots=(nw.col("root").fill_null("") == "1").cast(nw.Int64),
        **{name: _whole(name) for name in ("mentions", "sources", "articles")},
    )


def _text(name: str) -> nw.Expr:
    return nw.when(nw.col(name) != "").then(nw.col(name))


def _class(layout: Layout) -> nw.Expr:
    """1 to 4, 0 where the cell tells none."""
    quad = nw.col("quad").fill_null("")
    if layout.classing == "digit":
        told: list[nw.Expr] = [quad == str(k) for k in range(1, 5)]
    elif layout.classing == "words":
        told = [quad.str.to_uppercase() == word for word in _WORDS]
    else:
        told = [quad.str.head(2).is_in([f"{root:02}" for root in roots]) for roots in _ROOTS]
    return reduce(lambda total, part: total + part, (t.cast(nw.Int64) * k for k, t in enumerate(told, 1)))


def _fault() -> nw.Expr:
    """The first fault that holds; numbers may be missing, but not be something else."""
    counts = reduce(lambda x, y: x | y, (_unlike(name, _COUNT) for name in ("mentions", "sources", "articles")))
    found = [
        ("day", ~nw.col("day").fill_null("").str.contains(_DAY)),
        ("quad", nw.col("class") == 0),
        ("goldstein", _unlike("goldstein", _DECIMAL)),
        ("tone", _unlike("tone", _DECIMAL)),
        ("count", counts),
    ]
    told = nw.lit("")
    for name, holds in reversed(found):
        told = nw.when(holds).then(nw.lit(name)).otherwise(told)
    return told


def _unlike(name: str, pattern: str) -> nw.Expr:
    return ~nw.col(name).fill_null("0").str.contains(pattern)


def _scaled(name: str, scale: int) -> nw.Expr:
    """The nearest whole number to scale × value, halves upwards; 0 where it is missing or faulty.

    Every engine reads a decimal to the nearest double and multiplies and adds as IEEE 754 has it.
    """
    value = nw.when(nw.col("fault") == "").then(nw.col(name)).cast(nw.Float64)
    return (value * scale + 0.5).floor().cast(nw.Int64).fill_null(0)


def _whole(name: str) -> nw.Expr:
    return nw.when(nw.col("fault") == "").then(nw.col(name)).cast(nw.Int64).fill_null(0)
