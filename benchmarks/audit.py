"""The audit of the shipped ledger, whole and by the claim.

python benchmarks/audit.py [--json] [--ledger FILE] [--store FOLDER]

Limits: the whole ledger 20 s from a new process' first import; one claim 1 s with the sources open. Nothing is written
to the log of audits. Needs the shared data, or a store with releases.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from suite.clock import spread_of
from suite.result import Result, Said, Setting, Target
from suite.script import script
from suite.shared import ARMS, SHARED, TRADE, add, open_store, require, store_option

WHOLE, ONE = Target("seconds", most=20.0), Target("seconds", most=1.0)
RUNS, SLOWEST, COLD = 3, 8, 3


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ledger", default="vietnam-russia", help="a shipped ledger or a file")
    store_option(parser)


def measure(given: argparse.Namespace) -> Iterator[Said]:
    open_store(given)
    if not given.store:
        tables = (SHARED / ARMS, SHARED / TRADE)
        require(tables)
        for file in tables:
            add([file])
    runs = [asked(given.ledger) for _ in range(RUNS)]
    counts = {name.replace("_", " "): n for name, n in runs[0].items() if name != "seconds"}
    yield Setting({"ledger": given.ledger, "claims": counts.pop("claims")})
    yield Result(
        "whole ledger", "every claim, in a new process", spread_of([run["seconds"] for run in runs]),
        targets=(WHOLE,), figures=counts,
    )  # fmt: skip
    times = each(given.ledger)
    slow = dict(sorted(times.items(), key=lambda item: -item[1])[:SLOWEST])
    yield Result(
        "one claim", "sources open: the slowest of them", spread_of([next(iter(slow.values()))]),
        targets=(ONE,), figures={f"{claim}, s": round(s, 3) for claim, s in slow.items()},
    )  # fmt: skip
    ids = [name.partition(" (")[0] for name in list(slow)[:COLD]]
    cold = {f"{claim}, s": round(asked(given.ledger, claim)["seconds"], 2) for claim in ids}
    yield Result("one claim, cold", "the slowest of them in new processes", figures=cold)


def asked(ledger: str, claim: str | None = None) -> dict[str, Any]:
    """Seconds, number of claims and verdicts of an audit in a new process."""
    code = (
        "import time; t = time.perf_counter()\n"
        "from comity.audit.audit import audit\n"
        f"a = audit({ledger!r}, claim={claim!r}, log=False)\n"
        "import json; print(json.dumps({'seconds': time.perf_counter() - t, 'claims': len(a.claims), **a.counts}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def each(ledger: str) -> dict[str, float]:
    """Seconds of each claim, by its id and kind of test, with the sources open and nothing worked out."""
    from comity.audit.audit import Court
    from comity.audit.claim import read_claims
    from comity.audit.context import Context

    made = read_claims(ledger)
    timed = {}
    for claim in made.claims:
        context = Context()
        context.corpora  # noqa: B018 - opened before the clock starts
        court = Court(made, context)
        begun = time.perf_counter()
        court.verdict(claim)
        timed[f"{claim.id} ({claim.test.kind})"] = time.perf_counter() - begun
    return timed


if __name__ == "__main__":
    script(__doc__, measure, options)
