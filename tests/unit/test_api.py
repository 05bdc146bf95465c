"""The front door: what ``import comity`` offers, and that it costs nothing."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import polars as pl
import pytest

import comity
from comity.errors import UsageError
from comity.model.reading import Reading
from small_store import LABELS, SYMBOL, fill

NAMES = [
    "ComityError", "Period", "Reading", "add", "arguments", "arms", "atlas", "audit_claims", "balance", "blocs",
    "breaks", "cohesion", "compare", "contradictions", "decompose", "diff", "dossier", "dyad_year", "events",
    "families", "family", "group", "ideal_compare", "ideal_distance", "ideal_fit", "ideal_show", "ideal_vote", "ledger",
    "list_measures", "money", "moved", "multiverse", "outliers", "pair", "predictions", "rank", "releases",
    "resolve", "shield", "situations", "solve", "splits", "statements", "survey", "tiers", "ties", "timeline",
    "trade", "trend", "vintage", "visits", "vote",
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
    return folder


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


def test_the_exported_names() -> None:
    assert comity.__all__ == NAMES == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(comity, name))


def test_importing_comity_loads_no_library() -> None:
    code = "import comity, sys; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "polars", "duckdb", "altair", "pydantic", "rich", "httpx"} & set(done.stdout.split())


ANSWERS = {
    "pair": lambda: comity.pair("VNM", "RUS", issue="hr", periods=[comity.Period(1992, 1999), "2000-2020"]),
    "trend": lambda: comity.trend("VNM", "RUS", issue="hr", period="1992-2020"),
    "pair, intervals": lambda: comity.pair("VNM", "RUS", issue="hr", periods="2000-2020", intervals=True, seed=3),
    "trend, intervals": lambda: comity.trend("VNM", "RUS", issue="hr", period="1992-2020", intervals=True),
    "rank, intervals": lambda: comity.rank("RUS", period="1992-2020", intervals=True, clusters="family-session"),
    "splits": lambda: comity.splits("VNM", "RUS", issue="hr", period="1992-2020"),
    "rank": lambda: comity.rank("RUS", period="1992-2020", min_common=0.25),
    "blocs": lambda: comity.blocs(2019, runs=5),
    "cohesion": lambda: comity.cohesion("ASEAN", period="2010-2019", draws=20),
    "breaks": lambda: comity.breaks("VNM", "RUS", issue="hr", break_at=2000),
    "moved": lambda: comity.moved("VNM", "RUS", periods="1992-1999,2000-2020"),
    "decompose": lambda: comity.decompose("VNM", "RUS", periods="1992-1999,2000-2020", seed=3),
    "families": lambda: comity.families(issue="hr"),
    "family": lambda: comity.family("Question 1", states=["VNM", "Russia"]),
    "atlas": lambda: comity.atlas("same_share", period="2000-2003", issue="hr"),
    "vote": lambda: comity.vote(SYMBOL, group="ASEAN"),
    "outliers": lambda: comity.outliers("VNM", "RUS", period="1992-2020"),
    "ideal_fit": lambda: comity.ideal_fit(),
    "ideal_show": lambda: comity.ideal_show(["VNM", "RUS", "USA"]),
    "ideal_distance": lambda: comity.ideal_distance("VNM", "RUS"),
    "ideal_vote": lambda: comity.ideal_vote(SYMBOL),
    "dossier": lambda: comity.dossier("VNM", "RUS", vs=["USA"]),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_frozen_and_becomes_a_dictionary_and_a_frame(name: str) -> None:
    answer = ANSWERS[name]()
    assert answer.to_dict()["release"] == answer.header.origin.release == LABELS[0]
    assert isinstance(answer.to_polars(), pl.DataFrame)
    assert answer.to_polars().height > 0
    with pytest.raises(FrozenInstanceError):
        setattr(answer, fields(answer)[0].name, None)


OF_STRANDS = {
    "audit_claims": lambda: comity.audit_claims(claim="fulcrum-2022-16"),
    "contradictions": lambda: comity.contradictions(),
    "solve": lambda: comity.solve([("VNM", "RUS", "same=50%")], issue="hr", period="2000-2014"),
    "multiverse": lambda: comity.multiverse("VNM", "RUS", "same=50%", issue="hr", period="2000-2014"),
    "vintage": lambda: comity.vintage("VNM", "RUS", releases=(LABELS[0], LABELS[2]), period="2000-2014"),
    "money": lambda: comity.money("VNM", "RUS"),
    "timeline": lambda: comity.timeline(["VNM", "RUS"], period="1990-2020"),
    "tiers": lambda: comity.tiers("VNM", on="2024-06-20"),
    "visits": lambda: comity.visits("VNM", "RUS"),
    "statements": lambda: comity.statements(["VNM", "RUS"]),
    "arguments": lambda: comity.arguments(["VNM", "RUS"]),
    "predictions": lambda: comity.predictions(["VNM", "RUS"]),
    "ledger": lambda: comity.ledger("treaties", ["IND", "RUS"]),
    "balance": lambda: comity.balance("VNM", period="2000-2014", weights={"votes": 2}),
}


@pytest.mark.parametrize("name", OF_STRANDS)
def test_an_answer_of_another_strand_is_frozen_too(name: str) -> None:
    answer = OF_STRANDS[name]()
    assert answer.to_dict()["sources"] and answer.to_polars().height > 0
    with pytest.raises(FrozenInstanceError):
        setattr(answer, fields(answer)[0].name, None)


@pytest.mark.parametrize(
    "ask", [lambda: comity.arms("VNM"), lambda: comity.trade("VNM"), lambda: comity.trade("VNM", "RUS")]
)
def test_a_table_that_was_not_added_is_asked_for(ask: Callable[[], object]) -> None:
    with pytest.raises(comity.ComityError, match="comity data add"):
        ask()


def test_choices_are_the_fields_of_a_reading() -> None:
    choices = {"coded_nonmember": "drop", "tally_mismatch": "keep", "release": "voeten-2016", "clock": "session"}
    answer = comity.pair("VNM", "RUS", periods="47-50", **choices)
    assert answer.header.reading == Reading(issue="all", **choices)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="isue"):
        comity.pair("VNM", "RUS", isue="hr")
    with pytest.raises(comity.ComityError, match="coded_nonmember"):
        comity.pair("VNM", "RUS", coded_nonmember="maybe")
    with pytest.raises(comity.ComityError, match="clock"):
        comity.pair("VNM", "RUS", clock="week")


def test_the_measures_are_the_catalogue() -> None:
    ids = [measure.id for measure in comity.list_measures()]
    assert "kappa_sq" in ids
    assert len(set(ids)) == len(ids)
    answer = comity.pair("VNM", "RUS", periods="2000-2020", measures=["kappa_sq"])
    assert [m.id for m in answer.lead.cells[0].measures] == ["kappa_sq"]


def test_a_pair_has_intervals_where_they_are_asked_for() -> None:
    assert comity.pair("VNM", "RUS", periods="1992-1999,2000-2020").intervals is None
    answer = comity.pair("VNM", "RUS", periods="1992-1999,2000-2020", intervals=True, seed=5)
    assert answer.intervals is not None and answer.intervals.drawn.seed == 5


def test_a_family_is_found_by_its_number_too() -> None:
    first = comity.families().rows[0]
    assert comity.family(first.id).family.label == first.label


def test_the_table_of_pairs_and_years() -> None:
    frame = comity.dyad_year(period="2002-2003", issue="hr")
    assert frame.columns[:3] == ["state_a", "state_b", "year"]
    assert frame.select("state_a", "state_b", "year").is_duplicated().sum() == 0
    one = frame.filter((pl.col("state_a") == "RUS") & (pl.col("state_b") == "VNM") & (pl.col("year") == 2003))
    counts = comity.pair("RUS", "VNM", issue="hr", periods="2003").lead.cells[0].counts
    expected = {k: v for k, v in counts.to_dict().items() if k in frame.columns}
    assert len(expected) == 10
    assert one.select(list(expected)).to_dicts() == [expected]
    assert comity.dyad_year(period="2002-2003", issue="hr", directed=True).height == 2 * frame.height


def test_names_groups_and_releases() -> None:
    assert comity.resolve("Soviet Union").id == "RUS"
    assert "VNM" in {membership.state for membership in comity.group("ASEAN").memberships}
    assert tuple(m.release for m in comity.releases()) == LABELS
