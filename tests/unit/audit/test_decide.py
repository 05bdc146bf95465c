"""The rules from a finding to a verdict, one by one; every verdict is reached, and none without its grounds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.audit.decide import decide
from comity.audit.finding import Exceptional, Finding
from comity.audit.printed import Printed
from comity.audit.verdict import NOT_SOLVED, VERDICTS, Readings

SHARE = Finding("q", "345 of 460 (75.0 %)", value=75.0, unit="percent", n=460)
COUNT = Finding("q", "460", value=460, n=460)
ROWS = Finding("q", "a row", basis="ledger", checked=False)
TRIED = Readings(5000, (), (), 0, 0.01, 2)
GIVEN = Readings(5000, ("2001–2020",), (), 2, 0.0, 6)
ONE = (Exceptional("A/RES/1/1", "abstained"),)

CASES = {
    "as printed": (SHARE, "75%", NOT_SOLVED, "reproduced"),
    "another reading gives it": (SHARE, "71%", GIVEN, "reproduced_otherwise"),
    "within two points": (SHARE, "73%", TRIED, "close"),
    "just outside two points": (SHARE, "72%", TRIED, "not_reproduced"),
    "far off": (SHARE, "40%", TRIED, "contradicted"),
    "a bound that fails": (SHARE, "> 80%", TRIED, "contradicted"),
    "a bound that holds": (SHARE, "> 50%", NOT_SOLVED, "reproduced"),
    "a count within 2 % of N": (COUNT, "452", TRIED, "close"),
    "a count outside": (COUNT, "443", TRIED, "not_reproduced"),
    "a count far off": (COUNT, "300", TRIED, "contradicted"),
    "bounds hold it and not": (replace(SHARE, low=74.0, high=76.0), "75%", NOT_SOLVED, "depends"),
    "bounds all inside": (replace(SHARE, low=74.8, high=75.2), "75%", NOT_SOLVED, "reproduced"),
    "so": (Finding("q", "c", told="yes"), "", NOT_SOLVED, "reproduced"),
    "not so": (Finding("q", "c", told="no", basis="record"), "", NOT_SOLVED, "contradicted"),
    "cannot be told": (Finding("q", "c", told="cannot be told"), "", NOT_SOLVED, "not_testable"),
    "missing": (Finding("q", missing="No data.", needs="Needed: data."), "75%", NOT_SOLVED, "not_testable"),
    "rows say so": (replace(ROWS, told="yes"), "", NOT_SOLVED, "supported"),
    "rows say otherwise": (replace(ROWS, told="no"), "", NOT_SOLVED, "conflicting"),
    "a checked row says otherwise": (replace(ROWS, told="no", checked=True), "", NOT_SOLVED, "contradicted"),
    "only the text itself": (replace(ROWS, told="yes", alone=True), "", NOT_SOLVED, "not_testable"),
    "rows give the figure": (replace(ROWS, value=5), "5", NOT_SOLVED, "supported"),
    "rows give another": (replace(ROWS, value=4), "5", NOT_SOLVED, "conflicting"),
    "of all": (Finding("q", "c", told="yes", held=9, of=9), "", NOT_SOLVED, "reproduced"),
    "of all but one": (Finding("q", "c", told="no", held=8, of=9, exceptions=ONE), "", NOT_SOLVED, "contradicted"),
    "of nearly all": (Finding("q", "c", told="no", held=99, of=100, exceptions=ONE), "", NOT_SOLVED, "close"),
    "rows, but one": (replace(ROWS, told="no", held=8, of=9, exceptions=ONE), "", NOT_SOLVED, "conflicting"),
    "a unit of another kind": (Finding("q", "c", wrong_unit="An index."), "6.7 bn USD", NOT_SOLVED, "contradicted"),
    "turns on a choice": (Finding("q", "c", told="no", doubt="Open."), "", NOT_SOLVED, "depends"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rule(case: str) -> None:
    found, printed, readings, expected = CASES[case]
    verdict, why = decide(found, Printed.parse(printed) if printed else None, readings)
    assert verdict == expected
    assert why and why[0].isupper() and why.endswith((".", "together.", "cases."))


def test_every_verdict_but_opinion_is_reached_by_rule() -> None:
    assert {expected for *_, expected in CASES.values()} == set(VERDICTS) - {"opinion"}


def test_the_reason_tells_figures_reading_and_luck() -> None:
    _, why = decide(SHARE, Printed.parse("71%"), GIVEN)
    assert "71%" in why and "345 of 460" in why and "2001–2020" in why and "luck" not in why
    _, why = decide(SHARE, Printed.parse("71%"), replace(GIVEN, null_rate=0.4))
    assert "40 %" in why and "luck" in why
    _, why = decide(CASES["of all but one"][0], None)
    assert "1 exception of 9" in why


@given(st.floats(0, 100), st.integers(0, 100), st.sampled_from(["ledger", "count", "record"]), st.booleans())
def test_unchecked_rows_never_contradict_and_what_is_missing_is_never_wrong(
    value: float, printed: int, basis: str, missing: bool
) -> None:
    found = Finding("q", "c", value=value, unit="percent", n=100, basis=basis, checked=False)  # type: ignore[arg-type]
    found = replace(found, missing="Gone." if missing else "")
    verdict, _ = decide(found, Printed.parse(f"{printed}%"), TRIED)
    assert not (basis == "ledger" and verdict == "contradicted")
    assert (verdict == "not_testable") == missing


@given(st.integers(1, 1000), st.data())
def test_a_share_is_reproduced_just_where_its_rounding_admits_the_count(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    printed = Printed.parse(f"{data.draw(st.integers(0, 100))}%")
    verdict, _ = decide(Finding("q", "c", value=100 * k / n, unit="percent", n=n), printed, TRIED)
    assert (verdict == "reproduced") == (k in printed.counts(n))
