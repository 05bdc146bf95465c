"""The starter data, made from a release and read back, give the release's own counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vote_tables
from comity.errors import NoAnswer, RollCallsMissing
from comity.model.period import Period
from comity.model.reading import Reading
from comity.study.release import ReleaseCorpus
from comity.study.starter import FACTS, TABLE, StarterCorpus
from comity.study.starter_build import build_starter

# Two permanent members, two of ASEAN (Viet Nam admitted during these years), two others (Zimbabwe admitted 1980).
STATES = ("USA", "RUS", "IDN", "VNM", "BRA", "ZWE")
ANCHORS = ("USA", "RUS", "IDN", "VNM")
YEARS = (1976, 1977, 1978, 1980)
TODAY = date(2024, 6, 1)

ROWS = st.lists(
    st.tuples(
        st.sampled_from(YEARS),
        st.sampled_from(["", "yes", "no"]),
        st.sampled_from(["", "A/RES/31/1", "A/RES/31/2"]),
        st.sampled_from(["", "2-1-0", "3-3-0"]),
        st.text(alphabet="YANX9.", min_size=len(STATES), max_size=len(STATES)),
    ),
    min_size=1,
    max_size=25,
)


def text(rows: list[tuple[str, ...]]) -> str:
    """The rows as a vote table; the first makes sure that every state and flag occurs at least once."""
    lines = ["| date | hr | me | symbol | tally | " + " | ".join(STATES) + " |"]
    lines += ["| 1980-10-01 | yes | yes | | | " + " | ".join("Y" * len(STATES)) + " |"]
    for year, hr, symbol, tally, cells in rows:
        lines.append(f"| {year}-11-01 | {hr} | {'yes' if symbol else ''} | {symbol} | {tally} | {' | '.join(cells)} |")
    return "\n".join(lines)


@contextmanager
def starter_of(votes: str) -> Iterator[tuple[ReleaseCorpus, StarterCorpus]]:
    """A release in a store of its own, and the starter made from it."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", folder)
        vote_tables.keep(*vote_tables.frames(votes), "made-up")
        paths = build_starter("made-up", Path(folder) / "starter", TODAY)
        facts = json.loads(paths[FACTS].read_text(encoding="utf-8"))
        yield ReleaseCorpus.load("made-up"), StarterCorpus(pl.read_parquet(paths[TABLE]), facts)


@given(ROWS, st.sampled_from(["all", "hr", "me"]))
@settings(max_examples=12, deadline=None)
def test_the_starter_counts_as_its_release(rows: list[tuple[str, ...]], issue: str) -> None:
    periods = [Period(1976, 1977), Period(1978, 1980), Period(1976, 1980), Period(1980, 1980)]
    with starter_of(text(rows)) as (release, starter):
        assert set(starter.facts["anchors"]) == set(ANCHORS)
        span = [p for p in periods if p.start >= release.origin.first.year]
        full, light = (corpus.cut(Reading(issue=issue), span) for corpus in (release, starter))
        for k in range(len(span)):
            assert light.roll_calls(k) == full.roll_calls(k)
            assert {f: n for f, n in light.also_flagged(k).items() if n} == {
                f: n for f, n in full.also_flagged(k).items() if n
            }
            for state in STATES:
                assert light.seated(k, state) == full.seated(k, state), (state, span[k])
            for anchor in ANCHORS:
                assert light.partners(k, anchor) == full.partners(k, anchor)
            for a, b in combinations(STATES, 2):
                if {a, b} & set(ANCHORS):
                    assert light.counts(k, a, b) == full.counts(k, a, b)
                    assert light.counts(k, b, a) == full.counts(k, b, a)
        assert {(d.reason, d.count) for d in light.dropped} == {(d.reason, d.count) for d in full.dropped}


def test_a_year_with_more_roll_calls_than_a_byte_holds() -> None:
    votes = "\n".join(
        [
            "| date | hr | USA | RUS | VNM |",
            *["| 1995-11-01 | yes | Y | Y | 9 |"] * 300,
            "| 1995-11-02 | no | Y | N | Y |",
        ]
    )
    with starter_of(votes) as (release, starter):
        cuts = [corpus.cut(Reading(), [Period(1995, 1995)]) for corpus in (release, starter)]
        assert [cut.counts(0, "USA", "RUS").same_yes for cut in cuts] == [300, 300]
        assert [cut.counts(0, "RUS", "VNM").coded_nonmember for cut in cuts] == [300, 300]
        assert [cut.seated(0, "VNM") for cut in cuts] == [301, 301]


def test_pairs_that_no_anchor_is_in_are_refused() -> None:
    with starter_of("| date | hr | USA | BRA | ZWE |\n| 1995-11-01 | yes | Y | Y | Y |") as (_, starter):
        cut = starter.cut(Reading(), [Period(1995, 1995)])
        with pytest.raises(RollCallsMissing, match=r"BRA.*Allowed: USA"):
            cut.counts(0, "BRA", "ZWE")
        with pytest.raises(RollCallsMissing):
            cut.partners(0, "BRA")
        with pytest.raises(RollCallsMissing, match="clock=session"):
            starter.cut(Reading(clock="session"), [Period(50, 50, "session")])


def test_a_release_without_any_permanent_member_makes_no_starter() -> None:
    with pytest.raises(NoAnswer, match="USA"), starter_of("| date | hr | BRA | ZWE |\n| 1995-11-01 | yes | Y | Y |"):
        pass
