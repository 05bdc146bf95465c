"""Votes, places, arms and trade: verdicts against counts worked out apart, on a made-up store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from audit_store import counted, filled, one
from claim_files import DOCUMENT, claim, share, write

from comity.audit.audit import audit
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.arms import arms
from comity.study.breaks import breaks
from comity.study.opening import open_corpus
from comity.study.rank import rank
from comity.study.standing import standing
from comity.study.trade import trade
from small_store import LABELS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory)


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


def test_shares_and_counts_are_those_of_the_counts(tmp_path: Path) -> None:
    k = counted()
    for category, value in (("same", k.same), ("diverged", k.opposite + k.ambivalent), ("absent", k.absent)):
        printed = f"{100 * value / k.roll_calls:.1f}%"
        found = one(tmp_path, share(printed, category=category))
        assert found.verdict == "reproduced", found.why
        assert f"{value} of {k.roll_calls}" in found.computed
    cast = one(tmp_path, share(f"{100 * k.same / k.cast:.1f}%", of="cast"))
    assert cast.verdict == "reproduced" and f"of {k.cast}" in cast.computed
    count = {"kind": "vote-count", "pair": ["VNM", "RUS"], "issue": "hr", "period": "2000-2020", "printed": str(k.same)}
    assert one(tmp_path, count).verdict == "reproduced"
    calls = {"kind": "roll-call-count", "issue": "hr", "period": "2000-2020", "printed": "300"}
    found = one(tmp_path, calls)
    assert found.verdict == "contradicted" and found.computed == "105 recorded votes"
    assert found.releases[0].label == LABELS[0]


def test_a_figure_compared_with_that_of_another_period(tmp_path: Path) -> None:
    early, late = counted("1990-1999"), counted()
    more = late.same * early.roll_calls > early.same * late.roll_calls
    test = share("", than="1990-1999", direction="more")
    assert one(tmp_path, test).verdict == ("reproduced" if more else "contradicted")
    test = share("", than="1990-1999", direction="less")
    assert one(tmp_path, test).verdict == ("contradicted" if more else "reproduced")


def test_sessions_and_days_are_periods_too(tmp_path: Path) -> None:
    for clock, period in (("session", "55-60"), ("day", "2000-12-01..2004-12-03")):
        reading = Reading(issue="hr", clock=clock)  # type: ignore[arg-type]
        span = Period.parse(period, clock)  # type: ignore[arg-type]
        k = open_corpus().cut(reading, [span]).counts(0, "VNM", "RUS")
        assert 0 < k.roll_calls < 105
        test = share(f"{100 * k.same / k.roll_calls:.1f}%", period=period)
        found = one(tmp_path, {**test, "clock": "session"} if clock == "session" else test)
        assert found.verdict == "reproduced" and f"{k.same} of {k.roll_calls}" in found.computed


def test_after_the_data_end_nothing_is_wrong(tmp_path: Path) -> None:
    found = one(tmp_path, share(period="2000-2026"))
    assert found.verdict == "not_testable" and "reaches outside the data" in found.why
    assert "data that cover the period" in found.why


def test_figures_of_one_text_are_solved_together(tmp_path: Path) -> None:
    """Planted: all figures of 2001-2020, declared as 2000-2020; alone, one of them could mislead."""
    k = counted("2001-2020")
    claims = [
        claim("n", {"kind": "roll-call-count", "issue": "hr", "period": "2000-2020", "printed": str(k.roll_calls)}),
        claim("same", share(f"{100 * k.same / k.roll_calls:.1f}%")),
        claim("opposite", {**share(str(k.opposite)), "kind": "vote-count", "category": "opposite"}),
        claim("elsewhere", share("1%"), document="other"),
    ]
    documents = (DOCUMENT, {**DOCUMENT, "id": "other"})
    answer = audit(write(tmp_path, *claims, documents=documents), log=False)
    found = {v.id: v for v in answer.claims}
    assert found["n"].verdict == "reproduced_otherwise" and "2001–2020" in found["n"].why
    assert found["n"].readings == found["same"].readings
    assert found["n"].readings.figures == 3 and found["n"].readings.all_count >= 1
    assert found["n"].readings.null_rate is not None
    assert found["elsewhere"].verdict == "contradicted" and found["elsewhere"].readings.all_count == 0


def test_one_vote(tmp_path: Path) -> None:
    right = one(tmp_path, {"kind": "single-vote", "symbol": "A/RES/ES-11/1", "votes": {"VNM": "abstain"},
                           "tally": {"abstain": 35}, "on": "2022-03-02", "adopted": True, "body": "GA"})  # fmt: skip
    assert right.verdict == "reproduced" and "141 yes, 5 no, 35 abstentions" in right.computed
    wrong = one(tmp_path, {"kind": "single-vote", "symbol": "A/RES/ES-11/3", "body": "HRC", "votes": {"VNM": "yes"},
                           "tally": {"yes": 90}, "on": "2022-04-08", "adopted": False})  # fmt: skip
    assert wrong.verdict == "contradicted"
    assert [e.what for e in wrong.exceptions] == [
        "Viet Nam",
        "yes",
        "2022-04-08",
        "Human Rights Council",
        "A/RES/ES-11/3",
    ]
    assert "General Assembly" in wrong.why
    gone = one(tmp_path, {"kind": "single-vote", "symbol": "A/RES/99/1", "votes": {"VNM": "yes"}})
    assert gone.verdict == "not_testable"
    tally_only = one(tmp_path, {"kind": "single-vote", "symbol": "A/RES/ES-11/4", "votes": {"VNM": "abstain"}})
    assert tally_only.verdict == "not_testable"


def test_a_vote_of_another_body(tmp_path: Path) -> None:
    test = {"kind": "single-vote", "symbol": "A/HRC/RES/25/1", "votes": {"VNM": "no"}, "body": "HRC"}
    assert one(tmp_path, test).verdict == "supported"
    assert one(tmp_path, {**test, "body": "GA"}).verdict == "conflicting"
    assert one(tmp_path, {**test, "votes": {"BRA": "no"}}).verdict == "not_testable"


def test_places(tmp_path: Path) -> None:
    found = rank("RUS", period="2000-2020", reading=Reading(issue="hr"))
    third = next(p for p in found.partners if p.rank == 3)
    test = {"kind": "rank", "state": "RUS", "partner": third.state, "issue": "hr", "period": "2000-2020", "is": 3}
    assert one(tmp_path, test).verdict == "reproduced"
    assert one(tmp_path, {**test, "is": 1}).verdict == "contradicted"
    span = Period(2000, 2020)
    at = standing(open_corpus().cut(Reading(issue="hr"), [span]), 0, "RUS", third.state)
    assert at is not None and at.corrected_rank is not None
    assert one(tmp_path, {**test, "by": "kappa", "is": at.corrected_rank}).verdict == "reproduced"
    assert one(tmp_path, {**test, "by": "kappa", "is": at.corrected_rank + 1}).verdict == "contradicted"
    assert one(tmp_path, {**test, "by": "kappa", "among": "asean"}).verdict == "not_testable"


def test_a_scope_word_is_run_for_each_group_it_can_mean(tmp_path: Path) -> None:
    def place(among: str) -> int:
        made = rank("RUS", period="2000-2020", among=among, reading=Reading(issue="hr"))
        return next(p.rank for p in made.partners if p.state == "VNM")

    base = {"kind": "rank", "state": "RUS", "partner": "VNM", "issue": "hr", "period": "2000-2020"}
    wide, narrow = place("southeast_asia"), place("asean")
    test = {**base, "is": wide, "scope": ["southeast_asia", "asean"]}
    found = one(tmp_path, test)
    if wide == narrow:
        assert found.verdict == "reproduced" and "each group" in found.why
    else:
        assert found.verdict == "depends"
    over = {"kind": "quantified", "form": "none-of", "domain": {"states": "asean", "on": "2022-03-02"},
            "predicate": {"member": "eu"}, "scope": ["asean", "eu"]}  # fmt: skip
    differs = one(tmp_path, over)
    assert differs.verdict == "depends" and "ASEAN: borne out" in differs.why and "conflicting" in differs.why
    same = one(tmp_path, {**over, "scope": ["asean", "southeast_asia"]})
    assert same.verdict == "supported" and "each group" in same.why


def test_a_break_is_dated_by_the_record(tmp_path: Path) -> None:
    test = {"kind": "break-date", "pair": ["VNM", "RUS"], "issue": "hr", "period": "1990-2023", "year": 2005}
    best = breaks("VNM", "RUS", period="1990-2023", reading=Reading(issue="hr")).series[0].found
    assert best is not None
    assert one(tmp_path, {**test, "year": best.at}).verdict == "reproduced"
    for date in best.dates:
        expected = "reproduced" if date.at == best.at else "depends" if date.inside else "contradicted"
        assert one(tmp_path, {**test, "year": date.at}).verdict == expected
    short = one(tmp_path, {**test, "period": "2004-2006"})
    assert short.verdict == "not_testable"


def test_arms(tmp_path: Path) -> None:
    made: Any = arms("VNM", supplier="RUS")
    years = {"recipient": "VNM", "supplier": "RUS", "period": made.period.label}
    printed = f"{100 * made.import_share.even:.1f}%"
    assert one(tmp_path, {"kind": "arms-share", **years, "printed": printed}).verdict in ("reproduced", "depends")
    total = {"kind": "arms-total", **years, "printed": f"{made.amount.even} m USD"}
    money = one(tmp_path, total)
    assert money.verdict == "contradicted" and "index of volume and not a price" in money.why
    assert "The number is the index’s" in money.why
    assert one(tmp_path, {**total, "printed": "> 0 TIV"}).verdict == "reproduced"
    place = {"kind": "arms-rank", **years, "is": made.import_place.even}
    assert one(tmp_path, place).verdict in ("reproduced", "depends")
    assert one(tmp_path, {**place, "is": 17}).verdict == "contradicted"
    top = max(made.years, key=lambda y: y.amount.even).year
    peak = {"kind": "arms-peak", **years, "years": str(top)}
    assert one(tmp_path, peak).verdict in ("reproduced", "depends")
    later = one(tmp_path, {"kind": "arms-share", **years, "period": f"{made.period.start}-2026", "printed": printed})
    assert later.verdict == "not_testable" and "cover" in later.why


def test_trade(tmp_path: Path) -> None:
    made: Any = trade("VNM", "RUS")
    year = next(y for y in made.years if y.both is not None)
    test = {"kind": "trade-total", "pair": ["VNM", "RUS"], "year": year.year, "printed": f"{year.both:.0f} USD"}
    assert one(tmp_path, test).verdict == "reproduced"
    assert one(tmp_path, {**test, "printed": f"{2 * year.both:.0f} USD"}).verdict == "contradicted"
    assert one(tmp_path, {**test, "year": 2025}).verdict == "not_testable"
