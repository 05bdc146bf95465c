"""Vote tables written as text, for tests a reader can follow, made into what the code under test takes.

::

    | date       | hr  | symbol      | VNM | RUS |
    |------------|-----|-------------|-----|-----|
    | 1995-12-01 | yes | A/RES/50/1  | Y   | 9   |

Columns named by three capitals are states: Y, A, N a cast vote, X absent, 9 coded not-a-member, a dot no row at all.
The others are columns of the roll-call table; "tally" is yes-no-abstain; "2003-11" as a date is known to its month.
Where one issue is flagged, the issues without a column are "no": a release has all flags or none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import polars as pl

from comity.model.choice import Choice
from comity.model.tables import ISSUES, ROLL_CALLS, VOTES
from comity.states.registry import registry
from comity.store.manifest import Manifest
from comity.store.releases import write_release
from comity.study.release import ReleaseCorpus
from comity.votes.matrix import build
from synthetic_release import manifest

LETTERS = {
    "Y": Choice.YES,
    "A": Choice.ABSTAIN,
    "N": Choice.NO,
    "X": Choice.ABSENT,
    "9": Choice.CODED_NONMEMBER,
}
NO_ROW = "."
_MARKS: dict[str, bool | None] = {"yes": True, "no": False, "": None}
_LENDERS = ("symbol_from", "tally_from", "issues_from", "session_from", "title_from")

Row = dict[str, str]


def table(text: str) -> list[Row]:
    """A Markdown table as rows: column → cell."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    header, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [row for row in body if not all(re.fullmatch(":?-+:?", cell) for cell in row)]
    assert all(len(row) == len(header) for row in rows), f"a row of another width than {header}"
    return [dict(zip(header, row, strict=True)) for row in rows]


def frames(text: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The two normalised tables."""
    rows = table(text)
    states = [name for name in rows[0] if re.fullmatch("[A-Z]{3}", name)]
    calls = [_roll_call(i, {k: v for k, v in row.items() if k not in states}) for i, row in enumerate(rows)]
    lent = {name: "String" for name in _LENDERS if name in rows[0]}
    schema = {name: getattr(pl, kind) for name, kind in (ROLL_CALLS | lent).items()}
    cells = [
        (i, state, int(LETTERS[row[state]])) for i, row in enumerate(rows) for state in states if row[state] != NO_ROW
    ]
    votes = pl.DataFrame(cells, schema={name: getattr(pl, kind) for name, kind in VOTES.items()}, orient="row")
    return pl.DataFrame([{name: call.get(name) for name in schema} for call in calls], schema=schema), votes


def _roll_call(i: int, row: Row) -> dict[str, Any]:
    call: dict[str, Any] = {"roll_call": f"r{i + 1}", "date_precision": "day", "body": "GA"}
    for name, text in row.items():
        if name == "date":
            call["date"] = date.fromisoformat(text if len(text) == 10 else f"{text}-01") if text else None
            call["date_precision"] = "day" if len(text) == 10 else "month" if text else None
        elif name == "tally":
            numbers = map(int, text.split("-")) if text else (None, None, None)
            call["yes"], call["no"], call["abstain"] = numbers
        elif ROLL_CALLS.get(name) == "Boolean":
            call[name] = _MARKS[text]
        elif ROLL_CALLS.get(name) == "Int16":
            call[name] = int(text) if text else None
        elif name in ROLL_CALLS or name in _LENDERS:
            call[name] = text or None
        else:
            raise AssertionError(f"no such column: {name}")
    unflagged = dict.fromkeys(ISSUES, False) if any(flag in row for flag in ISSUES) else {}
    return unflagged | call | {"source_id": call["roll_call"]}


def describe(roll_calls: pl.DataFrame, votes: pl.DataFrame, label: str = "made-up", **fields: Any) -> Manifest:
    """A manifest for these tables; ``fields`` of it may be given."""
    days = roll_calls["date"].drop_nulls().sort()
    return manifest(
        label,
        count=roll_calls.height,
        sha256=label.encode().hex().ljust(64, "0")[:64],
        votes=votes.height,
        states=votes["state"].n_unique(),
        first=days[0],
        last=days[-1],
        warnings=(),
        **fields,
    )


def corpus(roll_calls: pl.DataFrame, votes: pl.DataFrame) -> ReleaseCorpus:
    """A release as the questions see it, without a store."""
    return ReleaseCorpus(describe(roll_calls, votes), roll_calls, build(roll_calls, votes, registry()))


def keep(roll_calls: pl.DataFrame, votes: pl.DataFrame, label: str = "made-up", **fields: Any) -> None:
    """Write a release to the store of COMITY_HOME."""
    write_release(describe(roll_calls, votes, label, **fields), roll_calls, votes)
