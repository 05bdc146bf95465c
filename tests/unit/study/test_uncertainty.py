"""Intervals of a pair answer, on a release small enough to draw families by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import vote_tables
from comity.errors import FieldMissing, RollCallsMissing
from comity.model.reading import Reading
from comity.report import interval_words, terminal
from comity.report.text_formats import as_html, as_markdown
from comity.study.pair import pair
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus
from comity.study.uncertainty import intervals, with_intervals

STATES = ("VNM", "RUS", "USA", "CHN")


def corpus(titled: bool = True) -> ReleaseCorpus:
    """Twenty texts on each year 1994 to 1999: the pair votes alike on text k while k < 5, and on all from 1997."""
    lines = ["| date | session | symbol | title | VNM | RUS | USA | CHN |"]
    for year in range(1994, 2000):
        for k in range(20):
            other = "Y" if k < 5 or year >= 1997 else "N" if k < 15 else "A" if k < 19 else "X"
            title = f"Question of {'abcdefghijklmnopqrst'[k] * 5}" if titled else ""
            symbol = f"A/RES/{year - 1945}/{k + 1}"
            lines.append(f"| {year}-12-01 | {year - 1945} | {symbol} | {title} | Y | {other} | N | Y |")
    return vote_tables.corpus(*vote_tables.frames("\n".join(lines)))


TEXTS = np.tile(np.arange(20), 6)


def ask(corpus: ReleaseCorpus):
    return pair("VNM", "RUS", periods="1994-1996,1997-1999", vs="USA", reading=Reading(), corpus=corpus)


def test_values_are_those_of_the_answer():
    held = corpus()
    answer = ask(held)
    found = intervals(answer, held, TEXTS)
    assert found.kind == "family bootstrap, 20 families, seed 1945" and found.families == 20
    assert [(s.a, s.b, s.period) for s in found.shares] == [
        (row.a, row.b, cell.period.label) for row in answer.rows for cell in row.cells
    ]
    cells = [cell.counts for row in answer.rows for cell in row.cells]
    for bands, counts in zip(found.shares, cells, strict=True):
        for category, band in bands.of_all.items():
            assert band.value == counts.share_of_all(category).value
            assert band.low <= band.value <= band.high
        for category, band in bands.of_cast.items():
            assert band.value == counts.share_of_cast(category).value
    for bands, change in zip(found.changes, answer.changes, strict=True):
        for category, band in bands.points_of_all.items():
            assert band.value == pytest.approx(change.points_of_all[category])
    for bands, standing in zip(found.ranks, answer.standings, strict=True):
        assert (bands.state, bands.partner) == (standing.state, standing.partner)
        assert bands.rank.value == standing.rank and bands.median.value == pytest.approx(standing.median)
        assert bands.percentile.value == pytest.approx(standing.percentile)
        assert bands.rank.low <= standing.rank <= bands.rank.high


def test_by_hand():
    """Five of twenty families are alike in 1994-96: of 20 drawn, Binomial(20, ¼) are, whose 95 % points are 2 and 9."""
    held = corpus()
    found = intervals(ask(held), held, TEXTS, draws=20_000)
    early, late = found.shares[:2]
    assert (early.of_all["same"].value, early.of_all["same"].low, early.of_all["same"].high) == (0.25, 0.1, 0.45)
    assert late.of_all["same"] == (1.0, 1.0, 1.0)
    change = found.changes[0]
    assert change.points_of_all["same"] == pytest.approx((75.0, 55.0, 90.0))
    # Fifteen families moved, all one way: of 2^15 exchanges the two outermost are as far.
    assert change.p_of_all["same"] <= 5 / 20_001
    contrast = found.contrasts[0]
    assert (contrast.a, contrast.b) == ("VNM", "USA")
    assert contrast.points_of_all["same"] == pytest.approx((25.0, 10.0, 45.0))  # Viet Nam and the US never voted alike


def test_families_count_more_than_votes():
    """The same votes as sixty texts of their own: the interval is narrower, as if votes were independent."""
    held = corpus()
    answer = ask(held)
    by_text, by_vote = (intervals(answer, held, ids).shares[0].of_all["same"] for ids in (TEXTS, np.full(120, -1)))
    assert by_vote.high - by_vote.low < 0.75 * (by_text.high - by_text.low)


def test_fewer_than_fifteen_families_are_unreliable():
    held = corpus()
    answer = ask(held)
    found = intervals(answer, held, TEXTS % 14)
    assert {row["label"] for part in ("shares", "changes", "contrasts", "ranks") for row in found.to_dict()[part]} == {
        "unreliable"
    }
    said = interval_words.sentences(replace(answer, intervals=found))
    assert sum("Unreliable: fewer than 15 families." in s for s in said) == len(said) - 1
    whole = intervals(answer, held, TEXTS)
    assert all(row["label"] == "" for row in whole.to_dict()["shares"])


def test_the_seed_is_told_and_gives_the_same_again():
    held = corpus()
    answer = ask(held)
    one, two, other = (intervals(answer, held, TEXTS, seed=s, draws=200) for s in (1, 1, 2))
    assert one == two and one.shares != other.shares and "seed 2" in other.kind


def test_every_face_says_them_and_not_the_interval_of_independent_votes():
    held = corpus()
    plain = ask(held)
    answer = replace(plain, intervals=intervals(plain, held, TEXTS))
    assert "intervals" not in plain.to_dict() and answer.to_dict()["intervals"]["kind"].endswith("seed 1945")
    said = interval_words.sentences(answer)
    assert "voted alike on 25 % of the 60 recorded votes, interval 10 % to 45 %; 20 families." in said[0]
    assert "interval +55 to +90; p < 0.001 where whole families change places between the periods," in said[2]
    assert said[2].endswith(f", adjusted for the {len(answer.changes)} changes shown, p = 0.001.")
    assert interval_words.sentences(plain) == ()
    for text in (as_markdown(answer), as_html(answer), terminal.text(answer, 400)):
        assert "interval 10 % to 45 %" in text.replace("\u00a0", " ")
    assert "as if votes were independent" not in terminal.text(answer, 400)
    assert "as if votes were independent" in terminal.text(plain, 400)


def test_families_are_recognised_where_none_are_given():
    held = corpus()
    answer = with_intervals(ask(held), held, seed=3)
    assert answer.intervals == intervals(answer, held, families_of(held).ids, seed=3)


def test_a_contrast_without_votes_is_left_out():
    held = corpus()
    answer = pair("VNM", "RUS", periods="1994-1996", vs="FRA", reading=Reading(), corpus=held)
    found = intervals(answer, held, TEXTS)
    assert {(s.a, s.b) for s in found.shares} == {("VNM", "RUS")} and found.contrasts == ()
    assert found.changes == ()


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(RollCallsMissing, match="single roll calls"):
        with_intervals(pair("VNM", "RUS", reading=Reading(), corpus=StarterCorpus.load()), StarterCorpus.load())
    with pytest.raises(FieldMissing, match="titles"):
        untitled = corpus(titled=False)
        with_intervals(ask(untitled), untitled)
