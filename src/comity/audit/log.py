"""The log of verdicts: one line each, only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from comity.audit.verdict import Verdict
from comity.store.home import home


def log_file() -> Path:
    """Where it is; it need not exist."""
    return home() / "audit" / "verdicts.jsonl"


def append(verdicts: Iterable[Verdict]) -> str:
    """Add verdicts in one write; "" where that went well, else why not."""
    return add_lines(log_file(), [_line(v) for v in verdicts])


def add_lines(file: Path, lines: Iterable[Mapping[str, Any]]) -> str:
    """Add lines of JSON to a file, which is made with its folder where it is not there; "" or why it failed."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # One write to the end of the file, so that lines of two audits at a time do not mix.
        out = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(out, text.encode())
        finally:
            os.close(out)
    except OSError as err:
        return str(err)
    return ""


def _line(verdict: Verdict) -> dict[str, Any]:
    """What stays of a verdict: enough to ask the same question of the same data."""
    return {
        "at": verdict.at,
        "method": verdict.method,
        "claim": verdict.id,
        "document": verdict.document,
        "says": verdict.claim,
        "verdict": verdict.verdict,
        "why": verdict.why,
        "printed": verdict.printed,
        "computed": verdict.computed,
        "question": verdict.question,
        "releases": [{"label": s.label, "sha256": s.sha256} for s in verdict.releases],
        "ledger_rows": list(verdict.rows),
    }
