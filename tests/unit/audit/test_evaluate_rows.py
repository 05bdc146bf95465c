"""What ledgers say, and statements over domains: every exception named, nothing told that is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from audit_store import counted, filled, one
from ledger_claims import ROWS

from comity.study.opening import open_corpus
from small_store import SYMBOL


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory)


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


@pytest.mark.parametrize("case", ROWS)
def test_what_ledgers_say(case: str, tmp_path: Path) -> None:
    test, expected = ROWS[case]
    found = one(tmp_path, test)
    assert found.verdict == expected, found.why
    if test.get("row"):
        assert found.rows == (f"{test['ledger']}/{test['row']}",) or case == "two accounts"


NINE = [f"A/RES/{y - 1945}/2" for y in range(2000, 2009)]


def over(form: str, predicate: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "quantified", "form": form, "domain": {"symbols": NINE}, "predicate": predicate, **more}


def seen(state: str) -> dict[str, str]:
    corpus: Any = open_corpus()
    column = corpus.matrix.column[state]
    symbols = corpus.roll_calls["symbol"].to_list()
    return {s: ["yes", "abstain", "no", "absent"][corpus.matrix.cells[symbols.index(s), column]] for s in NINE}


def test_all_of_and_none_of_name_every_exception(tmp_path: Path) -> None:
    votes = seen("VNM")
    other = [s for s in NINE if votes[s] != "yes"]
    found = one(tmp_path, over("all-of", {"votes": {"VNM": "yes"}}))
    assert [e.what.partition(",")[0] for e in found.exceptions] == other
    assert found.verdict == ("contradicted" if other else "reproduced")
    assert f"{len(other)} exception" in found.why and "of 9" in found.why
    assert all(e.link.startswith("https://") for e in found.exceptions)
    none = one(tmp_path, over("none-of", {"votes": {"VNM": "yes"}}))
    assert len(none.exceptions) == 9 - len(other)
    any_ = one(tmp_path, over("all-of", {"votes": {"VNM": ["yes", "abstain", "no", "absent"]}}))
    assert any_.verdict == "reproduced" and not any_.exceptions


def test_only_and_first_are_about_those_named(tmp_path: Path) -> None:
    yes = [s for s, v in seen("VNM").items() if v == "yes"]
    predicate = {"votes": {"VNM": "yes"}}
    assert one(tmp_path, over("only", predicate, who=yes)).verdict == "reproduced"
    fewer = one(tmp_path, over("only", predicate, who=yes[1:]))
    assert [e.what.partition(",")[0] for e in fewer.exceptions] == yes[:1]
    assert one(tmp_path, over("first", predicate, who=yes[:1])).verdict == "reproduced"
    later = one(tmp_path, over("first", predicate, who=yes[1:2]))
    assert later.verdict == "contradicted" and later.exceptions[0].what.startswith(yes[0])
    assert one(tmp_path, over("only", predicate, who=["A/RES/1/1"])).verdict == "not_testable"


def test_always_since_counts_from_its_day(tmp_path: Path) -> None:
    votes = list(seen("VNM").values())
    found = one(tmp_path, over("always-since", {"votes": {"VNM": votes[-1]}}, since="2008"))
    assert found.verdict == "reproduced" and found.computed == "1 of 1"
    assert one(tmp_path, over("always-since", {"votes": {"VNM": "yes"}}, since="2020")).verdict == "not_testable"


def test_joint_predicates_agree_with_the_counts(tmp_path: Path) -> None:
    k = counted("2000-2020")
    total = 0
    for kind in ("same", "opposite", "ambivalent"):
        test = {"kind": "quantified", "form": "all-of", "domain": {"issue": "hr", "period": "2000-2020"},
                "predicate": {kind: ["VNM", "RUS"]}}  # fmt: skip
        found = one(tmp_path, test)
        assert found.computed == f"{getattr(k, kind)} of {k.roll_calls}"
        total += getattr(k, kind)
    assert total == k.cast


def test_targets_themes_states_and_rows_are_domains(tmp_path: Path) -> None:
    about = {"kind": "quantified", "form": "all-of", "domain": {"targets": ["CUB"], "period": "2000-2020"},
             "predicate": {"votes": {"VNM": ["yes", "no", "abstain", "absent"]}}}  # fmt: skip
    assert one(tmp_path, about).computed == "21 of 21"
    voted = {"kind": "quantified", "form": "all-of", "domain": {"states": "p5", "on": "2014-03-27"},
             "predicate": {"voted": {"symbol": SYMBOL, "choice": ["yes", "no", "abstain", "absent"]}}}  # fmt: skip
    assert one(tmp_path, voted).computed == "5 of 5"
    rows = {"kind": "quantified", "form": "all-of",
            "domain": {"ledger": "visits", "where": {"visitor": "BRA"}, "states": ["CUB"], "period": "2000-2010"},
            "predicate": {"row": {"type": "state"}}}  # fmt: skip
    found = one(tmp_path, rows)
    assert found.verdict == "supported" and found.computed == "2 of 2"
    shares = one(tmp_path, {**rows, "printed": "2"})
    assert shares.verdict == "supported"
    assert one(tmp_path, {**rows, "predicate": {"row": {"type": "working"}}}).verdict == "conflicting"
    unlisted = over("all-of", {"votes": {"VNM": "abstain"}}, domain={"symbols": ["A/RES/ES-11/1", "A/RES/ES-11/4"]})
    half = one(tmp_path, unlisted)
    assert half.verdict == "not_testable" and "no list of votes" in half.why
