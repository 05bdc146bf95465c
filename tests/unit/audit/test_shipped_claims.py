"""The claims that the package ships: all there, as the shared file has them, each held against what exists."""

from __future__ import annotations

import csv
import gzip
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from comity.audit import tests_of as t
from comity.audit.claim import ClaimFile, read_claims
from comity.audit.lint import of_file, printed_of
from comity.audit.parts_of import DateRef
from comity.audit.tests_over import Quantified, Symbols
from comity.strands.ledgers.kinds import KINDS as LEDGERS
from comity.strands.ledgers.load import rows_of
from comity.strands.ledgers.row import Row
from comity.votes.landmarks import landmark

CHECKOUT = Path(__file__).resolve().parents[3]
DOCUMENTS = {"fulcrum-2022": 51, "day-2022": 41, "grossman-2022": 97, "efe-2024": 35, "zareba-bamboo": 126}
KINDS = {
    "opinion": 90, "not-testable": 90, "date": 55, "ledger-fact": 35, "quantified": 27, "vote-share": 10,
    "single-vote": 9, "arms-share": 7, "interval": 6, "arms-total": 5, "ordering": 3, "trade-total": 3,
    "visit-count": 2, "roll-call-count": 2, "tier-on-date": 2, "arms-rank": 2, "vote-count": 1, "arms-peak": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> ClaimFile:
    return read_claims("vietnam-russia")


@pytest.fixture(scope="module")
def given() -> dict[str, Any]:
    data = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
    file = data.parent / "claims" / "vietnam-russia.yaml"
    if not file.is_file():
        pytest.skip(f"needs the shared claims {file}")
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read


def test_every_claim_of_the_shared_file_is_there_as_it_stands(shipped: ClaimFile, given: dict[str, Any]) -> None:
    assert [c.id for c in shipped.claims] == [c["id"] for c in given["claims"]]
    for kept, shared in zip(shipped.claims, given["claims"], strict=True):
        for field in ("document", "location", "claim", "type", "period", "value", "check_with", "checkability"):
            assert getattr(kept, field) == str(shared[field]), (kept.id, field)
        assert list(kept.states) == shared["states"], kept.id
    documents = [d.model_dump(exclude_defaults=True) for d in shipped.documents]
    assert documents == given["documents"]


def test_documents_and_kinds_are_counted(shipped: ClaimFile) -> None:
    assert Counter(c.document for c in shipped.claims) == DOCUMENTS
    assert Counter(c.test.kind for c in shipped.claims) == KINDS
    assert sum(KINDS.values()) == sum(DOCUMENTS.values()) == 350


def test_the_linter_finds_nothing(shipped: ClaimFile) -> None:
    assert [str(p) for p in of_file(shipped)] == []


def test_every_ledger_row_named_exists(shipped: ClaimFile) -> None:
    named = [(c.id, kind, row) for c in shipped.claims for kind, row in _rows(c.test)]
    assert len(named) > 90
    assert [n for n in named if n[2] not in _ledger(n[1])] == []


def test_every_symbol_named_exists(shipped: ClaimFile, shared_data: Path) -> None:
    with gzip.open(shared_data / "unga" / "undl_layout_1992_2022.csv.gz", "rt", encoding="utf-8") as file:
        known = {row["resolution"] for row in csv.DictReader(file)}
    named = {s for c in shipped.claims for s in _symbols(c.test)}
    assert len(named) > 80
    assert sorted(s for s in named if s not in known and landmark(s) is None) == []


def test_a_symbol_stands_once_in_a_domain(shipped: ClaimFile) -> None:
    for claim in shipped.claims:
        symbols = _symbols(claim.test)
        assert len(symbols) == len(set(symbols)), claim.id


def test_what_is_not_tested_says_why_and_what_it_would_need(shipped: ClaimFile) -> None:
    for claim in shipped.claims:
        if isinstance(claim.test, t.Opinion | t.NotTestable):
            assert claim.test.why.endswith(".") and len(claim.test.why) > 12, claim.id
        if isinstance(claim.test, t.NotTestable):
            assert claim.test.needs.endswith(".") and len(claim.test.needs) > 12, claim.id


def test_no_opinion_prints_a_figure_to_check(shipped: ClaimFile) -> None:
    opinions = [c for c in shipped.claims if isinstance(c.test, t.Opinion)]
    assert [c.id for c in opinions if printed_of(c) is not None] == []
    assert [c.id for c in opinions if c.test.printed] == []


def test_a_figure_that_the_value_prints_alone_is_what_the_test_holds(shipped: ClaimFile) -> None:
    """ "75 %" of the text and 75 % of the test are one: a test may give a figure, never another one."""
    for claim in shipped.claims:
        if claim.value.endswith(" %") and claim.test.printed:
            assert claim.test.printed == claim.value, claim.id


def test_a_row_that_only_the_text_itself_vouches_for_is_named_for_a_date_alone(shipped: ClaimFile) -> None:
    """Such a row bears nothing out: a date of it may be compared with other texts', and that is all."""
    bare = {(kind, row) for c in shipped.claims for kind, row in _rows(c.test) if _alone(kind, row, c.document)}
    assert bare
    for claim in shipped.claims:
        if not isinstance(claim.test, t.DateIs | t.Interval):
            told = [n for n in _rows(claim.test) if _alone(*n, claim.document) and n[0] != "predictions"]
            assert told == [], claim.id


def test_volumes_of_arms_printed_as_money_are_left_so(shipped: ClaimFile) -> None:
    money = {c.id for c in shipped.claims if isinstance(c.test, t.ArmsTotal) and "USD" in c.test.printed}
    assert money == {"zareba-bamboo-74", "zareba-bamboo-81", "zareba-bamboo-82"}


def test_periods_of_tests_on_arms_end_where_the_register_does(shipped: ClaimFile) -> None:
    ends = {c.id: int(c.test.period[-4:]) for c in shipped.claims if isinstance(c.test, t.Arms)}
    assert ends and max(ends.values()) == 2023


def test_claims_on_trade_after_the_table_keep_their_year(shipped: ClaimFile) -> None:
    """They cannot be told from the table at hand; the test waits for one that has the year."""
    assert {c.test.year for c in shipped.claims if isinstance(c.test, t.TradeTotal)} == {2020}


def _rows(test: t.Test) -> Iterator[tuple[str, str]]:
    if isinstance(test, t.DateIs | t.LedgerFact):
        yield test.ledger, test.row
    for name in ("from_", "to", "first", "then"):
        ref = getattr(test, name, None)
        if isinstance(ref, DateRef) and ref.ledger:
            yield ref.ledger, ref.row


def _symbols(test: t.Test) -> list[str]:
    if isinstance(test, t.SingleVote):
        return [test.symbol]
    if not isinstance(test, Quantified):
        return []
    voted = [test.predicate.voted.symbol] if test.predicate.voted else []
    return voted + (list(test.domain.symbols) if isinstance(test.domain, Symbols) else [])


def _alone(kind: str, id_: str, document: str) -> bool:
    return all(not cite.record and cite.text == document for cite in _ledger(kind)[id_].sources)


@cache
def _ledger(kind: str) -> dict[str, Row]:
    """Rows of the package alone, whatever ledgers of their own the one who runs the tests has."""
    return {row.id: row for row in rows_of(LEDGERS[kind])}
