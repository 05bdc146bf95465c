"""Intervals of a pair answer, on a release small enough to draw families by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import vote_tables
from comity.errors import FieldMissing, RollCallsMissing, UsageError
from comity.model.reading import Reading
from comity.report import interval_words, terminal
from comity.report.text_formats import as_html, as_markdown
from comity.study.answers.uncertainty import Band, Intervals
from comity.study.drawing import CROSSED, FAMILY, Drawing
from comity.study.pair import pair
from comity.study.rank import rank
from comity.study.ranking import ranking, with_rank_intervals
from comity.study.recurring import families_of
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus
from comity.study.trend import trend
from comity.study.uncertainty import intervals, trend_bands, with_intervals, with_trend_intervals

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


def drawn(held, ids=TEXTS, *, clusters=FAMILY, seed=1945, draws=2000, known=True):
    return Drawing(held, np.asarray(ids, np.int64), known, clusters, seed, draws)


def ask(corpus: ReleaseCorpus):
    return pair("VNM", "RUS", periods="1994-1996,1997-1999", vs="USA", reading=Reading(), corpus=corpus)


def test_values_are_those_of_the_answer():
    held = corpus()
    answer = ask(held)
    found = intervals(answer, drawn(held))
    assert found.drawn.kind == "family bootstrap, 20 families, seed 1945" and found.drawn.families == 20
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
    found = intervals(ask(held), drawn(held, draws=20_000))
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
    # Five families tell the pairs apart, all one way: two exchanges of 2^5 are as far. Of the four differences one
    # (Russia and the United States in 1994-96, five families of fifteen the other way) has a larger p.
    assert contrast.p_of_all["same"] == pytest.approx(2 / 32, abs=0.006)
    assert contrast.q_of_all["same"] == pytest.approx(contrast.p_of_all["same"] * 4 / 3)


def test_families_count_more_than_votes():
    """The same votes as sixty texts of their own: the interval is narrower, as if votes were independent."""
    held = corpus()
    answer = ask(held)
    by_text, by_vote = (
        intervals(answer, drawn(held, ids)).shares[0].of_all["same"] for ids in (TEXTS, np.full(120, -1))
    )
    assert by_vote.high - by_vote.low < 0.75 * (by_text.high - by_text.low)


def test_fewer_than_fifteen_families_are_unreliable():
    held = corpus()
    answer = ask(held)
    found = intervals(answer, drawn(held, TEXTS % 14))
    assert {row["label"] for part in ("shares", "changes", "contrasts", "ranks") for row in found.to_dict()[part]} == {
        "unreliable"
    }
    said = interval_words.sentences(replace(answer, intervals=found))
    beside = 2  # what was drawn, and what a p-value is
    assert sum("Unreliable: fewer than 15 families." in s for s in said) == len(said) - beside
    whole = intervals(answer, drawn(held))
    assert all(row["label"] == "" for row in whole.to_dict()["shares"])


def test_the_seed_is_told_and_gives_the_same_again():
    held = corpus()
    answer = ask(held)
    one, two, other = (intervals(answer, drawn(held, seed=s, draws=200)) for s in (1, 1, 2))
    assert one == two and one.shares != other.shares and "seed 2" in other.drawn.kind


def test_every_face_says_them_and_not_the_interval_of_independent_votes():
    held = corpus()
    plain = ask(held)
    answer = replace(plain, intervals=intervals(plain, drawn(held)))
    assert "intervals" not in plain.to_dict() and answer.to_dict()["intervals"]["kind"].endswith("seed 1945")
    said = interval_words.sentences(answer)
    assert "voted alike on 25 % of the 60 recorded votes, interval 10 % to 45 %; 20 families." in said[0]
    assert "interval +55 to +90; p < 0.001 where whole families change places between the periods," in said[2]
    assert said[2].endswith(f", adjusted for the {len(answer.changes)} changes shown, p = 0.001.")
    assert "change places between the pairs, adjusted for the 4 differences shown, p = " in said[3]
    assert interval_words.sentences(plain) == ()
    for text in (as_markdown(answer), as_html(answer), terminal.text(answer, 400)):
        assert "interval 10 % to 45 %" in text.replace("\u00a0", " ")
    assert "as if votes were independent" not in terminal.text(answer, 400)
    assert "as if votes were independent" in terminal.text(plain, 400)


def test_families_are_recognised_where_none_are_given():
    held = corpus()
    answer = with_intervals(ask(held), held, seed=3)
    assert answer.intervals == intervals(answer, drawn(held, families_of(held).ids, seed=3))


def test_a_contrast_without_votes_is_left_out():
    held = corpus()
    answer = pair("VNM", "RUS", periods="1994-1996", vs="FRA", reading=Reading(), corpus=held)
    found = intervals(answer, drawn(held))
    assert {(s.a, s.b) for s in found.shares} == {("VNM", "RUS")} and found.contrasts == ()
    assert found.changes == ()


def test_what_cannot_be_drawn_is_refused():
    starter = StarterCorpus.load()
    with pytest.raises(RollCallsMissing, match="single roll calls"):
        with_intervals(pair("VNM", "RUS", reading=Reading(), corpus=starter), starter)
    with pytest.raises(RollCallsMissing, match="single roll calls"):
        with_rank_intervals(rank("VNM", reading=Reading(), corpus=starter), starter)
    with pytest.raises(RollCallsMissing, match="single roll calls"):
        with_trend_intervals(trend("VNM", "RUS", reading=Reading(), corpus=starter), starter)
    untitled = corpus(titled=False)
    with pytest.raises(FieldMissing, match="titles"):
        with_intervals(ask(untitled), untitled, clusters=CROSSED)
    with pytest.raises(UsageError, match="clusters"):
        with_intervals(ask(untitled), untitled, clusters="session")
    with pytest.raises(UsageError, match="seed"):
        with_intervals(ask(untitled), untitled, seed=-1)


def test_without_titles_votes_stand_for_themselves_and_the_headline_is_silent():
    untitled = corpus(titled=False)
    plain = ask(untitled)
    answer = with_intervals(plain, untitled)
    assert answer.headline == plain.headline
    assert answer.intervals.drawn.kind == "as if votes were independent, 120 votes, seed 1945"
    alone = intervals(plain, drawn(untitled, np.full(120, -1)))
    assert answer.intervals.shares == alone.shares
    said = interval_words.sentences(answer)
    assert "60 votes drawn one by one" in said[0] and "where single votes change places between the periods" in said[2]
    assert "as if votes were independent" in said[-1] and "no titles" in said[-1]
    for other in (
        with_rank_intervals(rank("VNM", period="1994-1996", reading=Reading(), corpus=untitled), untitled),
        with_trend_intervals(trend("VNM", "RUS", reading=Reading(), corpus=untitled), untitled),
    ):
        assert not other.intervals.drawn.families_known
        assert "as if votes were independent" in terminal.text(other, 400)


def test_the_headline_ranges_over_texts_of_this_kind():
    held = corpus()
    plain = ask(held)
    answer = with_intervals(plain, held)
    added = answer.headline.removeprefix(plain.headline)
    assert answer.headline.startswith(plain.headline)
    first, second = (next(r for r in answer.intervals.ranks[-2:] if r.state == s) for s in ("VNM", "RUS"))
    assert first.rank[1:] == (1, 1) and second.rank[1:] == (1, 1)  # alike on every vote since 1997, as is China
    assert "Russia’s rank stays first, Viet Nam’s stays first; the median partner of Viet Nam runs from" in added
    assert "Unreliable" not in added
    few = intervals(plain, drawn(held, TEXTS % 14))
    assert ranges_of(plain, few)[-1] == "Unreliable: fewer than 15 families."
    short = pair("VNM", "RUS", periods="1994", reading=Reading(), corpus=held)
    assert ranges_of(short, intervals(short, drawn(held))) == ()  # 19 votes cast


def test_a_rank_says_whose_it_is_and_that_it_does_not_move():
    held = corpus()
    plain = ask(held)
    found = intervals(plain, drawn(held))
    last, among = found.ranks[-2], next(s.among for s in plain.standings[-2:] if s.state == "VNM")
    moved = (
        replace(last, rank=Band(2, 1, among), corrected_rank=Band(2, 2, 2)),
        replace(found.ranks[-1], rank=Band(among, among, among), corrected_rank=Band(None, None, None)),
    )
    (said, *_) = ranges_of(plain, replace(found, ranks=(*found.ranks[:-2], *moved)))
    assert f"Russia’s rank runs from 1st to {among}rd (chance-corrected stays 2nd), Viet Nam’s" in said
    assert f"Viet Nam’s stays last of {among};" in said


def ranges_of(answer, found: Intervals):
    from comity.study.headline import ranges

    return ranges(answer, found)


def test_a_ranking_by_hand():
    """Viet Nam's partners in 1994-96: China always alike, Russia on 5 of 19 texts cast, the United States never."""
    held = corpus()
    answer = rank("VNM", period="1994-1996", reading=Reading(), corpus=held)
    found = ranking(answer, drawn(held, draws=20_000))
    assert [p.state for p in found.partners] == ["CHN", "RUS", "USA"]
    china, russia, america = found.partners
    assert china.share == (1.0, 1.0, 1.0) and america.share == (0.0, 0.0, 0.0)
    assert [p.rank for p in found.partners] == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]
    assert russia.share.value == 5 / 19 and 0.05 < russia.share.low < 0.15 and 0.4 < russia.share.high < 0.55
    assert found.median == russia.share and found.median_of_all is None
    # Viet Nam always votes yes: where the partner does too, nothing is corrected for chance.
    assert china.corrected.value is None and china.corrected_rank.value is None
    assert russia.corrected.value == 0.0 and russia.corrected_rank.value == 1  # level with the United States
    assert (russia.families, russia.reliable, found.reliable) == (20, True, True)


def test_a_ranking_among_some_has_both_medians_on_one_draw():
    held = corpus()
    some = rank("VNM", period="1994-1996", among="CHN,USA", reading=Reading(), corpus=held)
    whole = rank("VNM", period="1994-1996", reading=Reading(), corpus=held)
    found, all_ = (ranking(a, drawn(held)) for a in (some, whole))
    assert [p.state for p in found.partners] == ["CHN", "USA"]
    assert found.median == (0.5, 0.5, 0.5) and found.median_of_all == all_.median
    said = interval_words.ranking_sentences(replace(some, intervals=found))
    assert "of all partners with enough votes: 26 %" in said[0]


def test_pair_and_rank_print_one_interval():
    held = corpus()
    (bands,) = [r for r in intervals(ask(held), drawn(held)).ranks if (r.state, r.period) == ("VNM", "1994-1996")]
    found = ranking(rank("VNM", period="1994-1996", reading=Reading(), corpus=held), drawn(held))
    (same,) = [p for p in found.partners if p.state == "RUS"]
    assert (bands.rank, bands.percentile, bands.corrected) == (same.rank, same.percentile, same.corrected)
    assert bands.median == found.median


def test_a_trend_has_a_band_for_each_year():
    held = corpus()
    plain = trend("VNM", "RUS", reading=Reading(), corpus=held)
    answer = replace(plain, intervals=trend_bands(plain, drawn(held)))
    assert answer.intervals.drawn.families == 20
    for bands, cell in zip(answer.intervals.shares, answer.row.cells, strict=True):
        assert bands.period == cell.period.label and bands.families == 20
        assert bands.of_cast["same"].value == cell.counts.share_of_cast("same").value
        assert bands.of_cast["same"].low <= bands.of_cast["same"].value <= bands.of_cast["same"].high
    assert answer.intervals.shares[0].of_all["same"][1:] == pytest.approx((0.1, 0.45), abs=0.01)  # of 2000 draws
    frame = answer.to_polars()
    assert frame["same_share_of_all_low"].to_list()[0] == answer.intervals.shares[0].of_all["same"].low
    assert frame["families"].to_list() == [20] * 6
    assert plain.to_polars().columns == frame.columns[: len(plain.to_polars().columns)]
    assert answer.to_dict()["intervals"]["shares"][0]["label"] == "" and "intervals" not in plain.to_dict()
    for text in (terminal.text(answer, 120), as_markdown(answer), as_html(answer)):
        assert "100–100" in text.replace("\u2060", "")


def test_what_is_unreliable_is_marked_in_every_table():
    held = corpus()
    how = drawn(held, TEXTS % 14)
    ranking_ = rank("VNM", period="1994-1996", reading=Reading(), corpus=held)
    answer = replace(ranking_, intervals=ranking(ranking_, how))
    for text in (terminal.text(answer, 120), as_markdown(answer)):
        assert "2–2 †" in text and "† Unreliable: fewer than 15 families." in text
    assert set(answer.to_polars()["interval_label"]) == {"unreliable"}
    assert answer.to_dict()["intervals"]["label"] == "unreliable"
    assert "†" not in terminal.text(replace(ranking_, intervals=ranking(ranking_, drawn(held))), 120)


def test_sessions_are_crossed_with_families():
    held = corpus()
    answer = ask(held)
    found = intervals(answer, drawn(held, clusters=CROSSED))
    assert found.drawn.kind == "family × session bootstrap, 20 families, 6 sessions, seed 1945"
    plain = intervals(answer, drawn(held))
    # Every session holds the same texts, voted on alike within a period: drawing sessions changes no share.
    assert found.shares[0].families == plain.shares[0].families == 20
    assert found.shares[0].of_all["same"] == pytest.approx(plain.shares[0].of_all["same"], abs=0.05)
    assert found.changes[0].p_of_all == pytest.approx(plain.changes[0].p_of_all, abs=0.01)
    ranked = ranking(rank("VNM", period="1994-1996", reading=Reading(), corpus=held), drawn(held, clusters=CROSSED))
    assert ranked.drawn.sessions == 3
    assert "crossed" in interval_words.kind(found.drawn)


def test_one_roll_call_has_an_interval_of_one_point_that_is_unreliable():
    lines = "| date | session | symbol | title | VNM | RUS |\n| 1994-12-01 | 49 | A/RES/49/1 | One | Y | Y |"
    held = vote_tables.corpus(*vote_tables.frames(lines))
    answer = pair("VNM", "RUS", periods="1994", reading=Reading(), corpus=held)
    found = intervals(answer, drawn(held, [-1]))
    assert found.shares[0].of_all["same"] == (1.0, 1.0, 1.0) and not found.shares[0].reliable
    assert found.ranks[0].corrected_rank == (None, None, None)
    assert interval_words.sentences(replace(answer, intervals=found)) == (interval_words.kind(found.drawn),)


def test_the_figure_of_years_draws_reliable_bands_only():
    from comity.report.figures.style import NARROW, WIDE
    from comity.report.figures.years import yearly_shares

    held = corpus()
    plain = trend("VNM", "RUS", reading=Reading(), corpus=held)
    whole, few = (replace(plain, intervals=trend_bands(plain, drawn(held, ids))) for ids in (TEXTS, TEXTS % 14))
    for size in (WIDE, NARROW):
        drawn_, bare, unreliable = (str(yearly_shares(a, size=size).to_dict()) for a in (whole, plain, few))
        assert "'field': 'low'" in drawn_ and "Thin lines" in drawn_
        assert "'field': 'low'" not in bare + unreliable and "Thin lines" not in bare + unreliable
