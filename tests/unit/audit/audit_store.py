"""A made-up store with releases, tables and small ledgers, and one claim audited on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from claim_files import claim, write

sys.path.insert(0, str(Path(__file__).parents[1] / "strands"))

import ledger_files

from arms_files import keep_arms
from comity.audit.audit import audit
from comity.audit.verdict import Verdict
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.opening import open_corpus
from small_store import fill
from trade_files import add_strands

GRANTS = {"what": "grants", "unit": "USD", "kind": "flow", "value": 5_000_000}


def filled(factory: pytest.TempPathFactory) -> Path:
    """A home with all of it."""
    folder = factory.mktemp("audit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
        add_strands(factory.mktemp("tables"))
        keep_arms(folder)
        _ledgers(folder / "ledgers")
    return folder


def _ledgers(folder: Path) -> None:
    """Brazil and Cuba, of which the shipped ledgers have nothing."""

    def row(id: str, date: str, **fields: Any) -> dict[str, Any]:
        return ledger_files.row(id, "BRA,CUB", date=date, **fields)

    visit = {"visitor": "BRA", "host": "CUB", "person": "A. One", "office": "President", "type": "state"}
    ledger_files.write(
        folder,
        events=[
            row("independent", "2001-05-04"),
            row("by-the-text", "2002", sources=[{"text": "a-text", "where": "p. 1"}]),
            row("checked", "2003-01", checked=True),
            row("twice-a", "2004", event="twice"),
            row("twice-b", "2005", event="twice"),
        ],
        visits=[row("visit-1", "2006-05", **visit), row("visit-2", "2007-05", **visit)],
        tiers=[row("t-cub", "2001", holder="BRA", partner="CUB", tier="strategic", rank=1, status="in force")],
        aid=[row("aid-1", "2001", giver="BRA", taker="CUB", type="aid", figures=[GRANTS])],
    )


def one(folder: Path, test: dict[str, Any], **fields: Any) -> Verdict:
    return audit(write(folder, claim("a", test, **fields)), log=False).claims[0]


def counted(period: str = "2000-2020", issue: str = "hr", pair: tuple[str, str] = ("VNM", "RUS")) -> Any:
    return open_corpus().cut(Reading(issue=issue), [Period.parse(period)]).counts(0, *pair)
