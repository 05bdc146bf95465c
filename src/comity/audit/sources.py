"""What verdicts rest on, each source once: tables by their label, all ledgers in one line."""

from __future__ import annotations

from collections.abc import Iterable

from comity.audit.verdict import Verdict
from comity.model.words import say
from comity.study.answers.strand import SourceLine


def sources_of(verdicts: Iterable[Verdict]) -> tuple[SourceLine, ...]:
    """The releases and tables in the order they were used, then the ledgers."""
    lines = [line for v in verdicts for line in v.releases]
    tables = {line.label: line for line in reversed(lines) if line.sha256}
    ledgers = sorted({line.label for line in lines if not line.sha256})
    ordered = [tables[label] for label in dict.fromkeys(line.label for line in lines if line.sha256)]
    if ledgers:
        ordered.append(SourceLine("ledgers", say("ledger.source"), ", ".join(ledgers)))
    return tuple(ordered)
