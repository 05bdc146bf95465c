"""Figures: one denominator each, N at every bar, source and words for those who do not see them."""

import itertools
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import factory
import pytest

from comity.errors import NoAnswer, UsageError
from comity.model.period import Period
from comity.report.figures.alt_text import alt_text
from comity.report.figures.data import figure_data
from comity.report.figures.draw import FIGURES as NAMED
from comity.report.figures.draw import draw
from comity.report.figures.periods import period_shares
from comity.report.figures.save import save, svg
from comity.report.figures.strip import rank_strip
from comity.report.figures.style import NARROW, WIDE, Size
from comity.report.figures.years import contrasts, yearly_shares
from comity.study.answers.common import Cell
from comity.study.answers.pair import TrendAnswer
from page_checks import Page

PAIR, TREND, RANK = factory.pair_answer(), factory.trend_answer(), factory.rank_answer()
FIGURES = {
    "periods": lambda size: period_shares(PAIR, size=size),
    "periods of cast": lambda size: period_shares(PAIR, of_cast=True, size=size),
    "years": lambda size: yearly_shares(TREND, boundaries=(2000,), size=size),
    "medians": lambda size: yearly_shares(TREND, medians=True, size=size),
    "contrasts": lambda size: contrasts([factory.trend_answer("VNM", "USA", 3)] * 2, size=size),
    "strip": lambda size: rank_strip([(RANK, "VNM")], size=size),
}


def layers(chart: Any) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each layer of a figure: its specification, its rows."""
    spec = chart.to_dict()
    data = spec["datasets"]

    return [(layer, json.loads(data[layer["data"]["name"]])) for layer in spec["layer"]]


def of_mark(chart: Any, mark: str) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [(layer, rows) for layer, rows in layers(chart) if layer["mark"]["type"] == mark]


def words(drawn: str) -> str:
    return " ".join(re.findall(r">([^<>]+)</t", drawn))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_carries_source_hash_and_description(name: str, size: Size) -> None:
    drawn = svg(FIGURES[name](size))
    text = words(drawn)
    assert "made-up-2024 (3f7a9c0d3f7a)" in text
    assert "4 June 2024" in text
    assert drawn.startswith('<svg role="img"')
    assert "<desc>" in drawn
    assert "General Assembly" in text


@pytest.mark.parametrize("name", FIGURES)
def test_a_narrow_figure_is_narrow_enough_for_a_phone(name: str) -> None:
    width = float(re.search(r'width="([\d.]+)"', svg(FIGURES[name](NARROW)))[1])  # type: ignore[index]
    assert width <= 360


def test_bars_are_of_all_votes_without_medians_and_of_cast_votes_with_them() -> None:
    """A median is a share of the votes both cast; bars under it must be too."""
    (_, plain), (_, cast) = (
        of_mark(yearly_shares(TREND), "bar")[0],
        of_mark(yearly_shares(TREND, medians=True), "bar")[0],
    )
    counts = {c.period.label: c.counts for c in TREND.row.cells}
    assert {r["category"] for r in plain} == {"same", "ambivalent", "opposite", "absent"}
    assert all(r["votes"] == counts[r["period"]].roll_calls for r in plain)
    assert {r["category"] for r in cast} == {"same", "ambivalent", "opposite"}
    assert all(r["votes"] == counts[r["period"]].cast for r in cast)
    assert not of_mark(yearly_shares(TREND), "line")
    assert {r["median"] for _, rows in of_mark(yearly_shares(TREND, medians=True), "line") for r in rows} == {
        m for series in TREND.medians.values() for m in series
    }


@pytest.mark.parametrize("medians", [False, True])
def test_the_n_of_every_bar_is_its_own_denominator(medians: bool) -> None:
    chart = yearly_shares(TREND, medians=medians)
    printed = {r["year"].rstrip("*"): r["votes"] for _, rows in of_mark(chart, "text") for r in rows if "votes" in r}
    wanted = {c.period.label: c.counts.cast if medians else c.counts.roll_calls for c in TREND.row.cells}
    assert printed == wanted


def test_the_partial_year_is_lighter_and_labelled() -> None:
    (layer, rows), *_ = of_mark(yearly_shares(TREND), "bar")
    assert {r["year"] for r in rows if r["partial"]} == {"2024*"}
    assert layer["encoding"]["opacity"]["condition"] == {"test": "datum.partial", "value": 0.45}
    assert "2024 is not complete" in words(svg(yearly_shares(TREND)))


def long_trend(first: int, votes: int) -> TrendAnswer:
    cells = tuple(
        Cell(Period(year, year), factory.counts(votes, 0, 0, 0, 0, 0), partial=year == 2024)
        for year in range(first, 2025)
    )
    return replace(TREND, row=replace(TREND.row, cells=cells), medians={})


@pytest.mark.parametrize("first", [1946, 1977, 1992, 2015])
def test_labels_of_years_have_room(first: int) -> None:
    layer, _ = of_mark(yearly_shares(long_trend(first, 150)), "bar")[0]
    axis, order = layer["encoding"]["x"]["axis"]["values"], layer["encoding"]["x"]["scale"]["domain"]
    places = [order.index(label) for label in axis]
    step = 682 / len(order)
    assert axis[-1] == "2024*"
    assert len(axis) >= 2
    assert min(b - a for a, b in pairwise(places)) * step >= 40


def test_numbers_stand_on_end_only_where_they_would_touch() -> None:
    def angle(answer: TrendAnswer) -> int:
        return next(
            layer["mark"].get("angle", 0) for layer, rows in of_mark(yearly_shares(answer), "text") if len(rows) > 1
        )

    assert angle(long_trend(1946, 150)) == 270
    assert angle(long_trend(1992, 20)) == 0


def test_a_boundary_is_drawn_before_its_year_only() -> None:
    ((_, rows),) = of_mark(yearly_shares(TREND, boundaries=(2000, 1890)), "rule")
    assert rows == [{"year": "2000"}]
    assert not of_mark(yearly_shares(TREND), "rule")


def test_segments_of_a_bar_meet_and_fill_it() -> None:
    (_, rows), *_ = of_mark(period_shares(PAIR), "bar")
    for pair in {r["pair"] for r in rows}:
        for period in ("1992-1999", "2000-2020"):
            bar = [r for r in rows if (r["pair"], r["period"]) == (pair, period)]
            assert bar[0]["start"] == 0
            assert bar[-1]["end"] == pytest.approx(1)
            assert all(left["end"] == right["start"] for left, right in itertools.pairwise(bar))


def test_the_period_figure_prints_n_and_both_ranks() -> None:
    text = words(svg(period_shares(PAIR)))
    assert "75.0 %" in text
    assert re.search(r"\b460\b", text)
    assert "101st of 187" in text
    assert "15th of 188" in text


def test_a_long_period_with_an_incomplete_end_is_starred_not_faded() -> None:
    cells = tuple(replace(c, partial=True) for c in PAIR.lead.cells)
    chart = period_shares(replace(PAIR, rows=(replace(PAIR.lead, cells=cells),)))
    assert "opacity" not in of_mark(chart, "bar")[0][0]["encoding"]
    assert "2000–2020*" in words(svg(chart))
    assert "2000–2020 is not complete" in words(svg(chart))


def test_small_periods_print_counts() -> None:
    drawn = words(svg(period_shares(factory.small_answer())))
    assert "%" not in drawn
    assert "Türkiye – Côte d'Ivoire" in drawn.replace("&#39;", "'")


def test_every_partner_is_a_dot_and_dots_do_not_cover_each_other() -> None:
    held = rank_strip([(RANK, "VNM")]).to_dict()["datasets"].values()
    rows = next(r for r in map(json.loads, held) if len(r) == len(RANK.partners))
    assert len({(round(r["share"], 6), r["y"]) for r in rows}) == len(rows)
    assert [r["state"] for r in rows if r["chosen"]] == ["VNM"]


def test_the_strip_marks_partner_and_median_with_their_n() -> None:
    text = words(svg(rank_strip([(RANK, "VNM")])))
    rank = next(p.rank for p in RANK.partners if p.state == "VNM")
    assert re.search(rf"Viet Nam: 345 of 447 \(77\.2 %\), {rank}\w\w of 40", text)
    assert re.search(r"median of 40: \d\d\.\d %", text)
    assert "Viet Nam" not in words(svg(rank_strip([(RANK, None)])))


def test_figure_data_is_what_is_drawn() -> None:
    frame = figure_data(PAIR)
    assert frame.columns == ["a", "b", "period", "partial", "category", "count", "votes", "share"]
    bars = frame.partition_by("a", "b", "period")
    assert len(bars) == 8
    for group in bars:
        assert group["count"].sum() == group["votes"][0]
    cast = figure_data(TREND, of_cast=True)
    assert "absent" not in cast["category"].to_list()
    empty = figure_data(factory.small_answer()).filter(period="2000-2020")
    assert empty["share"].null_count() == empty.height == 4
    assert figure_data(RANK).height == len(RANK.partners)


def test_alt_text_gives_counts_with_n_and_a_share_only_with_its_rank() -> None:
    pair = alt_text(PAIR)
    assert "of 460 votes 345 same vote, 100 one abstained, 2 opposite, 13 absent" in pair
    assert "15th of 188" in pair
    unranked = alt_text(replace(PAIR, standings=()))
    assert "%" not in unranked
    assert "345" in unranked
    assert "%" not in alt_text(TREND)
    assert "17 of 22 votes both cast in 2024" in alt_text(TREND)
    assert re.search(r"Viet Nam, \d+\w\w of 40, voted alike on 345 of 447 \(77\.2 %\)", alt_text(RANK, "VNM"))


def test_alt_text_of_nothing_says_so() -> None:
    empty = tuple(replace(c, counts=factory.counts(0, 0, 0, 0, 0, 0)) for c in TREND.row.cells)
    nothing = replace(TREND, row=replace(TREND.row, cells=empty))
    assert alt_text(nothing).startswith("No recorded vote")


def test_save_writes_each_format_without_a_browser(tmp_path: Path) -> None:
    figure = period_shares(PAIR)
    starts = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "html": b"<!DOCTYPE html>", "json": b"{"}
    for kind, start in starts.items():
        path = save(figure, tmp_path / f"figure.{kind}")
        assert path.read_bytes().startswith(start), kind
    assert Page((tmp_path / "figure.html").read_text()).loads == []
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"figure.{k}" for k in starts)


def test_an_unknown_format_is_a_mistake_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"figure\.bmp.*\.svg, \.png, \.pdf, \.html"):
        save(period_shares(PAIR), tmp_path / "figure.bmp")
    assert not list(tmp_path.iterdir())


def test_the_shipped_font_draws_the_names_of_states() -> None:
    """Without a font that has the glyphs the renderer leaves text out, silently."""
    import vl_convert

    from comity.report.figures.style import register_font

    register_font()

    def drawn(text: str, weight: int) -> bytes:
        label = f'<text x="4" y="30" font-family="Inter" font-weight="{weight}" font-size="24">{text}</text>'
        picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">{label}</svg>'
        return bytes(vl_convert.svg_to_png(picture))

    for weight in (400, 600):
        pictures = {letter: drawn(letter, weight) for letter in "eêệuüoôơởư–−* "}
        assert len(set(pictures.values())) == len(pictures)
    assert drawn("e", 400) != drawn("e", 600)


@pytest.mark.parametrize("name", NAMED)
def test_a_drawn_figure_has_its_data_beside_it(name: str, tmp_path: Path) -> None:
    paths = draw(name, factory.dossier_answer(), tmp_path / f"{name}.svg")
    assert [p.name for p in paths] == [f"{name}.svg", f"{name}.csv"]
    assert "made-up-2024" in words(paths[0].read_text(encoding="utf-8"))
    lines = paths[1].read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith("release,sha256")
    assert all("made-up-2024" in line for line in lines[1:])
    drawn = {"periods": 4 * 2 * 4, "years": 33 * 4, "medians": 33 * 3, "contrasts": 3 * 33 * 4, "ranks": 2 * 40}
    assert len(lines) - 1 == drawn[name]


def test_what_cannot_be_drawn_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match=r"nothing to draw.*comity data"):
        draw("ranks", factory.dossier_answer(starter=True), tmp_path / "ranks.svg")
    with pytest.raises(UsageError, match=r"Unknown figure.*periods"):
        draw("pie", factory.dossier_answer(), tmp_path / "pie.svg")
    with pytest.raises(UsageError, match=r"years\.docx"):
        draw("years", factory.dossier_answer(), tmp_path / "years.docx")
    assert not list(tmp_path.iterdir())
