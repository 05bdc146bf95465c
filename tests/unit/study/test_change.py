"""Breaks, who moved and decompositions on a release that can be counted by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import vote_tables
from comity.errors import BadPeriod, EmptySelection, FieldMissing, RollCallsMissing
from comity.model.period import Period
from comity.model.reading import Reading
from comity.report import terminal
from comity.report.answers import document
from comity.report.markdown import render
from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.moved import DecomposeAnswer, MovedAnswer
from comity.study.breaks import breaks
from comity.study.moved import decompose, moved
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus

OTHERS = ("USA", "CHN", "CUB", "IND", "BRA", "MEX", "EGY", "FRA", "GBR", "JPN", "NOR", "PER")
STATES = ("VNM", "RUS", *OTHERS)
TEXTS = {
    "Right to development": ("Y", "N", "Y"),
    "Human rights in Ruritania and its provinces": ("N", "N", "N"),
    "Mercenaries as a means to violate self-determination": ("Y", "Y", "Y"),
    "Report of the Committee on Palestine refugees": ("Y", "Y", "Y"),
    "Globalization and the enjoyment of all human rights": ("Y", "N", "Y"),
    "Effects of atomic radiation on sea mammals": ("A", "A", "A"),
}
BEGUN, FIRST, TURN, LAST = 1989, 1990, 2000, 2011  # the release begins in December of its first year


def rows() -> Iterator[list[str]]:
    """Each text once a year; Russia comes over on two of the six in TURN, and no other vote ever changes."""
    yield ["date", "session", "symbol", "title", "hr", *STATES]
    for year in range(BEGUN, LAST + 1):
        for k, (title, (vietnam, before, after)) in enumerate(TEXTS.items(), 1):
            russia = before if year < TURN else after
            others = ("YYNA"[(i * k) % 4] for i, _ in enumerate(OTHERS))
            symbol = f"A/RES/{year - 1945}/{100 + k}"
            yield [f"{year}-12-{k:02}", str(year - 1945), symbol, title, "yes", vietnam, russia, *others]


@pytest.fixture(scope="module")
def release() -> ReleaseCorpus:
    return vote_tables.corpus(*vote_tables.frames("\n".join("|" + "|".join(row) + "|" for row in rows())))


@pytest.fixture(scope="module")
def untitled(release: ReleaseCorpus) -> ReleaseCorpus:
    import polars as pl

    return replace(release, roll_calls=release.roll_calls.with_columns(title=pl.lit(None, pl.String)))


def test_the_texts_are_told_apart(release: ReleaseCorpus) -> None:
    ids = families_of(release).ids.reshape(LAST - BEGUN + 1, len(TEXTS))
    assert (ids == ids[0]).all() and len(set(ids[0])) == len(TEXTS)


def test_breaks_find_the_turn_on_every_series(release: ReleaseCorpus) -> None:
    answer = breaks("VNM", "RUS", corpus=release, break_at=1995)
    assert [s.kind for s in answer.series] == ["share", "less_median", "matched"]
    for series in answer.series:
        assert (series.n, series.of) == (132, 132)
        assert series.found is not None and (series.found.at, series.found.preferred) == (TURN, "step")
        assert series.found.inside == (TURN,)
        asserted = series.found.asserted
        assert asserted is not None and asserted.at == 1995 and not asserted.inside
        assert asserted == next(d for d in series.found.dates if d.at == 1995)
        assert sorted(d.rank for d in series.found.dates)[:2] == [1, 2]
    raw, less, same = (s.found for s in answer.series)
    assert raw is not None and less is not None and same is not None
    assert (raw.before, raw.after, raw.votes_before, raw.votes_after) == pytest.approx((4 / 6, 1, 60, 72))
    assert less.after - less.before == pytest.approx(1 / 3, abs=0.2)
    assert same.after - same.before == pytest.approx(1 / 3)
    assert "break" in {n.id for n in answer.notes}


def test_the_median_pair_is_taken_off(release: ReleaseCorpus) -> None:
    cells = release.matrix.cells[len(TEXTS) : 2 * len(TEXTS)]
    column = release.matrix.column
    shares = [
        np.mean(cells[:, column[a]] == cells[:, column[b]]) for i, a in enumerate(STATES) for b in STATES[i + 1 :]
    ]
    first = breaks("VNM", "RUS", corpus=release).series[1].points[0]
    assert first.value == pytest.approx(4 / 6 - np.median(shares))


def test_breaks_say_what_a_corpus_cannot_give(release: ReleaseCorpus, untitled: ReleaseCorpus) -> None:
    answer = breaks("VNM", "RUS", corpus=untitled)
    assert [s.reason for s in answer.series] == [None, None, "needs_titles"]
    starter = breaks("VNM", "RUS", corpus=StarterCorpus.load(), reading=Reading(issue="hr"), period="1992-2023")
    assert [s.reason for s in starter.series] == [None, "needs_roll_calls", "needs_roll_calls"]
    short = breaks("VNM", "RUS", corpus=release, period="1995-2001")
    assert short.series[0].reason == "few_years" and len(short.series[0].points) == 7
    level = breaks("VNM", "RUS", corpus=release, period="2000-2011")
    assert level.series[0].reason == "constant"
    with pytest.raises(BadPeriod, match="outside the record"):
        breaks("VNM", "RUS", corpus=release, break_at=1985)
    edge = breaks("VNM", "RUS", corpus=release, break_at=1991)
    assert edge.series[0].found is not None and edge.series[0].found.asserted is None


def test_the_partial_year_is_out(release: ReleaseCorpus) -> None:
    early = replace(release, manifest=replace(release.manifest, last=date(2011, 6, 1)))
    assert breaks("VNM", "RUS", corpus=early).period == Period(FIRST, LAST - 1)


def test_who_moved(release: ReleaseCorpus) -> None:
    answer = moved("VNM", "RUS", periods="1990-1999,2000-2011", corpus=release)
    assert (answer.common, answer.all) == ((60, 72), (60, 72))
    assert answer.who == {"a": 0, "b": 2, "both": 0, "neither": 4}
    assert answer.parts == pytest.approx({"a": 0, "b": -4 / 6, "both": 0})
    assert answer.shift["b"] == pytest.approx((-1 / 6, 3 / 6)) and answer.shift["a"] == pytest.approx((3 / 6, 3 / 6))
    first = answer.families[0]
    assert first.label in TEXTS and (first.b, first.change, first.n) == ((-1, 1), -2, (10, 12))
    ids = {n.id for n in answer.notes}
    assert {"positions", "few_families"} <= ids
    back = moved("RUS", "VNM", periods="1990-1999,2000-2011", corpus=release)
    assert back.parts["a"] == answer.parts["b"]


def test_the_change_is_all_within_texts(release: ReleaseCorpus) -> None:
    answer = decompose("VNM", "RUS", periods="1990-1999,2000-2011", corpus=release)
    assert [(s.k, s.n) for s in answer.shares] == [(40, 60), (72, 72)]
    values = {p.name: p.value for p in answer.parts}
    assert values["within"] == pytest.approx(1 / 3) == pytest.approx(answer.change)
    assert sum(values.values()) == pytest.approx(answer.change)
    assert answer.families == 6 and answer.parts[0].n == (60, 72)
    low, high = answer.interval
    assert low < answer.change < high
    assert decompose("VNM", "RUS", periods="1990-1999,2000-2011", corpus=release) == answer
    other = decompose("VNM", "RUS", periods="1990-1999,2000-2011", corpus=release, seed=2)
    assert other.seed == 2 and other.parts[0].value == answer.parts[0].value


@pytest.mark.parametrize("ask", [moved, decompose])
def test_what_two_periods_must_be(ask, release: ReleaseCorpus, untitled: ReleaseCorpus) -> None:
    for periods in ("1990-1999", "1990-1995,1996-1999,2000-2005", "1990-2000,2000-2005"):
        with pytest.raises(BadPeriod, match="Two periods that do not overlap"):
            ask("VNM", "RUS", periods=periods, corpus=release)
    with pytest.raises(FieldMissing, match="titles"):
        ask("VNM", "RUS", periods="1990-1999,2000-2011", corpus=untitled)
    with pytest.raises(RollCallsMissing):
        ask("VNM", "RUS", periods="1990-1999,2000-2011", corpus=StarterCorpus.load())
    with pytest.raises(EmptySelection, match="no vote together"):
        ask(
            "VNM", "RUS", periods="1990-1999,2000-2011", corpus=release, reading=Reading(issue="title:radiation whales")
        )


def answers(release: ReleaseCorpus) -> Iterator[BreaksAnswer | MovedAnswer | DecomposeAnswer]:
    yield breaks("VNM", "RUS", corpus=release, break_at=1995)
    yield breaks("VNM", "RUS", corpus=release, period="1995-2001", break_at=1999)
    yield moved("VNM", "RUS", periods="1990-1999,2000-2011", corpus=release)
    yield moved("VNM", "RUS", periods="1990,2000", corpus=release)
    yield decompose("VNM", "RUS", periods="1990-1999,2000-2011", corpus=release)


def test_every_face_renders_the_same_answer(release: ReleaseCorpus) -> None:
    for answer in answers(release):
        told = terminal.text(answer, 120)
        page = render(document(answer))
        content = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
        assert content["a"] == "VNM" and answer.header.origin.release in told and answer.header.origin.release in page
        assert all(note.text.split()[0] in told for note in answer.notes)
        assert answer.to_polars().height >= 1


def test_the_words(release: ReleaseCorpus) -> None:
    first, short, who, _, parts = (" ".join(terminal.text(a, 400).split()) for a in answers(release))
    assert "67 % of the 60 votes both cast before 2000, 100 % of the 72 from 2000 on" in first
    assert "A break is a date, not a cause." in first and "the series speaks for another date" in first
    assert "show no break: fewer than ten years with votes" in short
    assert "only Viet Nam on 0 texts, only Russia on 2, both on 0, neither on 4" in who
    assert "Russia moving alone −0.67" in who
    assert "40 of the 60 votes both cast in 1990–1999 (67 %) and 72 of the 72 in 2000–2011 (100 %): +33 points" in parts
