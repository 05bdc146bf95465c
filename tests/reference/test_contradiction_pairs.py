"""Contradictions on the claims that the project ships, held against pairs labelled by hand.

The pairs, near misses among them, were chosen and labelled before any rule was written, by the hand that wrote the
rules; no rule was fitted to them. Three that a reader finds are not found.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from comity.audit.answers_contradictions import ContradictionsAnswer
from comity.audit.claim import read_claims
from comity.audit.clashes import clashes
from comity.audit.contradictions import contradictions, facts_of_all

HERE = Path(__file__).parent
LABELLED = HERE / "contradiction_pairs.csv"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> ContradictionsAnswer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(tmp_path_factory.mktemp("home")))
        return contradictions("vietnam-russia")


def labels() -> dict[frozenset[str], tuple[bool, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return {frozenset((r["a"], r["b"])): (r["contradict"] == "yes", r["kind"]) for r in csv.DictReader(file)}


def test_precision_and_recall_on_the_labelled_pairs(found: ContradictionsAnswer) -> None:
    held = {frozenset((p.a.id, p.b.id)): p.kind for p in found.pairs}
    known = labels()
    assert len(known) == 94
    assert sum(yes for yes, _ in known.values()) == 20
    flagged = {pair for pair in held if pair in known}
    right = {pair for pair in flagged if known[pair][0]}
    assert (len(right), len(flagged)) == (17, 17)  # precision 1.00, recall 17 of 20
    assert all(known[pair][1] == held[pair] for pair in right)
    missed = {pair for pair, (yes, _) in known.items() if yes} - right
    assert missed == {
        frozenset(("day-2022-04", "grossman-2022-90")),  # no state in common is named
        frozenset(("fulcrum-2022-15", "grossman-2022-73")),  # three states, and good and bad, in one sentence
        frozenset(("grossman-2022-02", "grossman-2022-77")),  # two judgements without a word of trend
    }


def test_what_is_found_beyond_the_labelled_pairs_stays_little(found: ContradictionsAnswer) -> None:
    beyond = [p for p in found.pairs if frozenset((p.a.id, p.b.id)) not in labels()]
    assert beyond == []
    assert len({p.kind for p in found.pairs}) >= 5


def test_claims_that_the_roll_call_speaks_against(found: ContradictionsAnswer) -> None:
    body = {r.claim.id for r in found.records if r.kind == "body"}
    assert {"day-2022-01", "grossman-2022-15", "efe-2024-27"} <= body
    assert all("ES-11/3" in r.record and r.link and r.primary for r in found.records if r.kind == "body")
    assert any(r.claim.id == "zareba-bamboo-93" and not r.primary for r in found.records)


def test_on_claims_set_aside() -> None:
    """36 claims of two invented texts, written after the rules were settled and compared once."""
    claims = read_claims(HERE / "claims_unseen.yaml").claims
    with (HERE / "contradiction_pairs_unseen.csv").open(encoding="utf-8", newline="") as file:
        known = {frozenset((r["a"], r["b"])): r["kind"] for r in csv.DictReader(file)}
    held = {frozenset((claims[c.a].id, claims[c.b].id)): c.kind for c in clashes(facts_of_all(claims))}
    assert (len(claims), len(known), len(held)) == (36, 13, 12)
    assert held.keys() - known.keys() == {frozenset(("right-1", "right-3"))}  # overlooked: absent is not no
    assert known.keys() - held.keys() == {
        frozenset(("left-4", "right-4")),  # 71 % and 70 %: 70.5 is printed as either
        frozenset(("left-5", "right-5")),  # 3 % and 2 %: the same
    }
    assert all(held[pair] == known[pair] for pair in known.keys() & held.keys())
