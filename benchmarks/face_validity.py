"""The spread of ties in twelve cases on which the literature agrees: does each strand lean where it is said to lean?

python benchmarks/face_validity.py [--json]

Needs the recorded votes, SIPRI's register and the Correlates of War's trade (COMITY_SHARED_DATA, or ../shared/data
beside the checkout). The cases and their expected leans were written down before any was computed. A lean is
(a − b)/(a + b) of the ties against size; "even" asks for less than EVEN of it either way.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
FILES = ("unga/votes_wide_1946_2024.csv", "arms/sipri_trade_register_2024-03-18.csv", "trade/cow_trade_ndy.rda")
EVEN = 1 / 3


class Case(NamedTuple):
    """A state between two powers; of each strand the power it is said to lean to, "even", or "" for no claim."""

    state: str
    first: str
    second: str
    period: str
    votes: str
    arms: str
    trade: str


CASES = (
    Case("GBR", "USA", "RUS", "1960-1989", "USA", "USA", "USA"),
    Case("BGR", "USA", "RUS", "1960-1989", "RUS", "RUS", "RUS"),
    Case("CUB", "USA", "RUS", "1965-1989", "RUS", "RUS", "RUS"),
    Case("MNG", "CHN", "RUS", "1972-1989", "", "RUS", "RUS"),
    Case("FIN", "USA", "RUS", "1960-1989", "even", "RUS", "RUS"),
    Case("YUG", "USA", "RUS", "1960-1989", "", "RUS", ""),
    Case("IND", "USA", "RUS", "1970-1989", "RUS", "RUS", "RUS"),
    Case("EGY", "USA", "RUS", "1960-1972", "RUS", "RUS", "RUS"),
    Case("EGY", "USA", "RUS", "1980-2000", "", "USA", "USA"),
    Case("ISR", "USA", "RUS", "1970-2010", "USA", "USA", "USA"),
    Case("PAK", "CHN", "RUS", "1975-2010", "", "CHN", "CHN"),
    Case("JPN", "USA", "CHN", "1972-2010", "USA", "USA", ""),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Leans of twelve well-known cases.")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMITY_HOME"] = folder
        found = measure(Path(folder))
    if given.json:
        print(json.dumps(found))
        return
    for row in found["cases"]:
        leans = "  ".join(f"{s}: {_told(v)}" for s, v in row["strands"].items())
        print(f"{row['state']} {row['period']} {row['first']} or {row['second']}  {leans}")
    print(f"as expected: {found['as_expected']} of {found['asked']}; gaps: {found['gaps']}")


def measure(folder: Path) -> dict[str, Any]:
    """Every lean beside what was expected."""
    from comity.ingest.add import add_files
    from comity.ingest.datasets import add_dataset

    for name in FILES:
        copy = Path(shutil.copy(SHARED / name, folder))
        if add_dataset(copy) is None:
            add_files([copy])
    rows = [_case(case) for case in CASES]
    judged = [v for row in rows for v in row["strands"].values() if v["expected"]]
    return {
        "cases": rows,
        "asked": len(judged),
        "gaps": sum(v["lean"] is None for v in judged),
        "as_expected": sum(v["as_expected"] for v in judged),
    }


def _case(case: Case) -> dict[str, Any]:
    from comity.study.balance.spread import balance

    answer = balance(case.state, powers=[case.first, case.second], period=case.period, basis="baseline")
    strands = {}
    for s in answer.strands:
        if s.strand in ("votes", "arms", "trade"):
            lean = s.leans[f"{case.first}-{case.second}"] if s.counted else None
            expected = getattr(case, s.strand)
            strands[s.strand] = {"lean": lean, "expected": expected, "as_expected": _met(case, lean, expected)}
    return {**{k: getattr(case, k) for k in ("state", "first", "second", "period")}, "strands": strands}


def _met(case: Case, lean: float | None, expected: str) -> bool:
    if lean is None or not expected:
        return False
    return abs(lean) < EVEN if expected == "even" else (lean > 0) == (expected == case.first)


def _told(found: dict[str, Any]) -> str:
    lean = "no data" if found["lean"] is None else f"{found['lean']:+.2f}"
    mark = "" if not found["expected"] else f" ({found['expected']}: {'yes' if found['as_expected'] else 'NO'})"
    return lean + mark


if __name__ == "__main__":
    main()
