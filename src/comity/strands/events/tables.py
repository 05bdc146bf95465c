"""The tables of a folder of events, as SQL over "pairs" (date, a, b, sums) and "totals" (date, sums).

Means and shares are divided out of whole numbers here, once, after everything was added up. A share is of all events of
that day or month, whoever took part: news grows, and counts alone grow with it.
"""

from __future__ import annotations

import polars as pl

from comity.strands.events.tally import GOLDSTEIN_SCALE, SUMS, TONE_SCALE

DAYS = {"day": pl.String, "date": pl.Int32}
_ADDED = ", ".join(f"sum({name})::BIGINT AS {name}" for name in SUMS)
_MEANS = f"""goldstein_x10 / ({GOLDSTEIN_SCALE} * nullif(goldstein_n, 0)) AS goldstein_mean,
    tone_x1e6 / ({TONE_SCALE} * nullif(tone_n, 0)) AS tone_mean"""
_SIDES = {"": ("a", "b"), "_undirected": ("least(a, b)", "greatest(a, b)")}
_SPANS = {"day": ("date", "date"), "month": ("month", "date // 100")}


def _table(span: str, sides: str) -> str:
    (name, cut), (a, b) = _SPANS[span], _SIDES[sides]
    return f"""WITH counted AS (SELECT {cut} AS {name}, {a} AS a, {b} AS b, {_ADDED} FROM pairs GROUP BY ALL),
    whole AS (SELECT {cut} AS {name}, sum(events)::BIGINT AS all_events FROM totals GROUP BY ALL)
    SELECT counted.*, all_events, {_MEANS}, events / all_events AS share
    FROM counted JOIN whole USING ({name}) ORDER BY a, b, {name}"""


TABLES = {
    "all_day": f"SELECT date, {', '.join(SUMS)}, {_MEANS} FROM totals ORDER BY date",
    **{f"dyad_{span}{sides}": _table(span, sides) for span in _SPANS for sides in _SIDES},
}
"""Name → SQL. dyad_day, dyad_month: what a did to b; …_undirected: what passed between them, a before b."""
WHOLE = {"all_day": ["date", *SUMS], "dyad_day": ["date", "a", "b", *SUMS]}
"""Table → its whole numbers, which stand for all others: what the hash is taken over."""
