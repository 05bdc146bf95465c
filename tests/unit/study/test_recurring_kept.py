"""Recurring texts are recognised once: the next process reads them from the store, if nothing they rest on changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import vote_tables
from comity.model.choice import Choice
from comity.store import derived
from comity.store.releases import remove_release
from comity.study import recurring
from comity.study.release import ReleaseCorpus
from comity.votes.families import Families

STATES = ("USA", "CHN", "RUS", "GBR", "FRA", "VNM", "IDN", "MYS", "PHL", "SGP", "THA", "LAO")
TEXTS = {
    "The keeping of lighthouses": "NYYAAYYYYYYY",
    "Harbours and their dues": "YNNYYNANNAYN",
    "Lanterns of small islands": "AAYYNNYAYNAY",
}


@pytest.fixture(autouse=True)
def no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    recurring.families_of.cache_clear()
    yield
    recurring.families_of.cache_clear()


@pytest.fixture
def corpus() -> ReleaseCorpus:
    """Five sessions of three texts, kept in the store."""
    lines = ["|date|session|symbol|title|" + "|".join(STATES) + "|", "|" + "---|" * (4 + len(STATES))]
    for session in range(60, 65):
        for k, (title, cells) in enumerate(TEXTS.items(), 1):
            head = (f"{session + 1945}-12-0{k}", str(session), f"A/RES/{session}/{k}", title)
            lines.append("|" + "|".join((*head, *cells)) + "|")
    vote_tables.keep(*vote_tables.frames("\n".join(lines)))
    return ReleaseCorpus.load("made-up")


def recognised(monkeypatch: pytest.MonkeyPatch, corpus: ReleaseCorpus) -> tuple[Families, int]:
    """The families, as a new process finds them, and how often they were recognised for it."""
    calls = []

    def counted(*given: object) -> Families:
        calls.append(given)
        return recurring_recognise(*given)  # type: ignore[arg-type]

    recurring.families_of.cache_clear()
    monkeypatch.setattr(recurring, "recognise", counted)
    return recurring.families_of(corpus), len(calls)


recurring_recognise = recurring.recognise


def test_the_second_process_reads_what_the_first_recognised(
    corpus: ReleaseCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, worked = recognised(monkeypatch, corpus)
    assert worked == 1 and len(first.members) == 3
    second, worked = recognised(monkeypatch, corpus)
    assert worked == 0
    assert np.array_equal(first.ids, second.ids) and first.ids.dtype == second.ids.dtype
    assert (first.members, first.links) == (second.members, second.links)


def changed_votes(corpus: ReleaseCorpus) -> ReleaseCorpus:
    cells = corpus.matrix.cells.copy()
    cells[0, 0] = Choice.NO if cells[0, 0] != Choice.NO else Choice.YES
    return replace(corpus, matrix=replace(corpus.matrix, cells=cells))


CHANGES = {
    "title": lambda c: replace(c, roll_calls=c.roll_calls.with_columns(title=pl.col("title") + ".")),
    "subjects": lambda c: replace(c, roll_calls=c.roll_calls.with_columns(subjects=pl.lit("SEA"))),
    "no symbol": lambda c: replace(c, roll_calls=c.roll_calls.with_columns(symbol=pl.lit(None, pl.String))),
    "votes": changed_votes,
    "session": lambda c: replace(c, matrix=replace(c.matrix, session=c.matrix.session + np.int16(1))),
}


@pytest.mark.parametrize("change", CHANGES)
def test_anything_it_rests_on_makes_it_stale(
    corpus: ReleaseCorpus, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    recognised(monkeypatch, corpus)
    assert recognised(monkeypatch, CHANGES[change](corpus))[1] == 1


def test_another_recogniser_makes_it_stale(corpus: ReleaseCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    recognised(monkeypatch, corpus)
    monkeypatch.setattr(recurring, "recogniser", lambda: b"as it will be")
    assert recognised(monkeypatch, corpus)[1] == 1


def test_a_column_nobody_looks_at_changes_nothing(corpus: ReleaseCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    recognised(monkeypatch, corpus)
    assert recognised(monkeypatch, replace(corpus, roll_calls=corpus.roll_calls.with_columns(hr=True)))[1] == 0


def test_a_store_that_keeps_nothing_still_answers(corpus: ReleaseCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    remove_release("made-up")
    for _ in range(2):
        found, worked = recognised(monkeypatch, corpus)
        assert worked == 1 and len(found.members) == 3
    assert derived.read_derived("made-up", recurring.KIND, "any") is None
