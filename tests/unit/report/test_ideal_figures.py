"""Figures of ideal points: what is drawn where, what is said beside it, and the table that goes with each."""

import csv
import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import factory
import ideal_factory
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import NoAnswer, UsageError
from comity.model.choice import Choice
from comity.report import html
from comity.report.dossier.chapters import document
from comity.report.figures.draw_ideal import draw_distance, draw_map, draw_paths
from comity.report.figures.ideal_distance import ideal_distance
from comity.report.figures.ideal_map import expected, ideal_map, named_in
from comity.report.figures.ideal_paths import ideal_paths
from comity.report.figures.save import svg
from comity.report.figures.sessions import spread
from comity.report.figures.style import NARROW, WIDE, Size
from comity.report.markdown import render
from comity.states.groups import group
from comity.study.answers.ideal import Point
from comity.study.ideal.paths import range_of, usual_group

PATHS, DISTANCE, VOTE = ideal_factory.paths_answer(), ideal_factory.distance_answer(), ideal_factory.vote_answer()
BRIDGES = ideal_factory.BRIDGES
FIGURES = {
    "paths": lambda size: ideal_paths(PATHS, size=size),
    "paths of many": lambda size: ideal_paths(
        ideal_factory.paths_answer("DDR", "RUS", "USA", "CHN", "VNM", until={"DDR": 44}), size=size
    ),
    "distance": lambda size: ideal_distance(DISTANCE, BRIDGES, size=size),
    "map": lambda size: ideal_map(VOTE, size=size),
    "flat map": lambda size: ideal_map(ideal_factory.vote_answer(0.01), size=size),
}


def layers(chart: Any) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each layer of each part of a figure: its specification, its rows."""
    spec = chart.to_dict(validate=False)
    data = spec["datasets"]
    found = [layer for part in spec["vconcat"] for layer in part.get("layer", [part])]
    return [(layer, json.loads(data[layer["data"]["name"]])) for layer in found]


def of_mark(chart: Any, mark: str) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [(layer, rows) for layer, rows in layers(chart) if layer["mark"]["type"] == mark]


def words(drawn: str) -> str:
    return " ".join(re.findall(r">([^<>]+)</t", drawn))


def lines_of(table: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_carries_source_hash_and_description_and_keeps_its_width(name: str, size: Size) -> None:
    drawn = svg(FIGURES[name](size))
    assert "made-up-2024 (3f7a9c0d3f7a)" in words(drawn)
    assert drawn.startswith('<svg role="img"')
    assert re.search(r"<desc>[^<]{80,}</desc>", drawn)
    width = float(re.search(r'width="([\d.]+)"', drawn)[1])  # type: ignore[index]
    assert width <= (360 if size.narrow else 820)


def test_every_point_is_drawn_with_its_interval_and_no_line_crosses_a_session_without_votes() -> None:
    chart = ideal_paths(PATHS)
    wanted = {(p.name, p.session): (p.theta, p.low, p.high) for p in PATHS.shown.points}
    for mark in ("line", "area"):
        drawn = [rows for _, rows in of_mark(chart, mark) if "name" in rows[0]]
        assert {(r["name"], r["session"]): (r["theta"], r["low"], r["high"]) for rows in drawn for r in rows} == wanted
        for rows in drawn:
            for run in {r["run"] for r in rows}:
                sessions = [r["session"] for r in rows if r["run"] == run]
                assert sessions == list(range(sessions[0], sessions[-1] + 1))
                assert 19 not in sessions
    assert all(layer["encoding"]["detail"]["field"] == "run" for layer, _ in of_mark(chart, "line"))
    assert "session 19" in words(svg(chart))


def test_lines_differ_without_colour_and_end_in_their_names() -> None:
    chart = ideal_paths(PATHS)
    dashes = [
        (tuple(layer["mark"]["strokeDash"]), layer["mark"]["strokeWidth"])
        for layer, rows in of_mark(chart, "line")
        if "strokeDash" in layer["mark"] and "name" in rows[0]
    ]
    assert len(dashes) == len(set(dashes)) == 4
    text = words(svg(chart))
    for name in ("Viet Nam", "Russia", "United States", "China", "ASEAN"):
        assert re.search(rf"{name} −?\d\.\d\d", text), name
    assert not any("legend" in str(layer["encoding"]) for layer, _ in layers(chart))


def test_a_state_that_ended_is_named_at_its_own_end() -> None:
    answer = ideal_factory.paths_answer("DDR", "RUS", "USA", until={"DDR": 44})
    ((_, rows),) = [x for x in of_mark(ideal_paths(answer), "text") if x[1][0].get("session") == 44]
    assert [r["text"][:3] for r in rows] == ["DDR"]
    assert "DDR: German Democratic Republic." in words(svg(ideal_paths(answer)))


def test_only_the_first_sessions_are_hatched_and_told() -> None:
    def hatched(chart: Any) -> list[dict[str, Any]]:
        return [r for _, rows in of_mark(chart, "rule") for r in rows if "x1" in r]

    marks = hatched(ideal_paths(PATHS))
    assert len(marks) > 20
    assert min(r["x0"] for r in marks) == pytest.approx(0.5)
    assert max(r["x1"] for r in marks) == pytest.approx(6.5)
    assert "Hatched: sessions 1–6" in words(svg(ideal_paths(PATHS)))
    later = ideal_factory.paths_answer(first=7)
    assert hatched(ideal_paths(later)) == hatched(ideal_distance(DISTANCE, BRIDGES)) == []
    assert "Hatched" not in words(svg(ideal_paths(later)))


@pytest.mark.parametrize("chart", [ideal_paths(PATHS), ideal_distance(DISTANCE, BRIDGES)], ids=["paths", "distance"])
def test_linked_texts_of_every_session_stand_below(chart: Any) -> None:
    ((layer, rows),) = of_mark(chart, "bar")
    first = rows[0]["session"]
    assert {r["session"]: r["linked"] for r in rows} == {t: k for t, k in BRIDGES.items() if t >= first}
    ticks = layer["encoding"]["x"]["axis"]["values"]
    assert (ticks[0], ticks[-1]) == (first, 78)
    assert f"{78 + 1945}" in words(svg(chart))


def test_no_linked_text_is_said() -> None:
    chart = ideal_distance(DISTANCE, dict.fromkeys(BRIDGES, 0))
    assert "No text is linked to another session" in words(svg(chart))


@pytest.mark.parametrize(("quartiles", "said"), [(False, "lowest to the highest"), (True, "middle half")])
def test_the_band_of_a_group_says_what_it_is_and_of_how_many(quartiles: bool, said: str) -> None:
    answer = ideal_factory.paths_answer(quartiles=quartiles)
    ((_, rows),) = [x for x in of_mark(ideal_paths(answer), "area") if "middle" in x[1][0]]
    assert answer.group is not None
    assert {r["session"]: (r["low"], r["high"]) for r in rows} == {
        s.session: (s.low, s.high) for s in answer.group.sessions
    }
    text = words(svg(ideal_paths(answer)))
    assert said in text
    assert "(6 to 9 of them placed)" in re.sub(r"\s+", " ", text)
    alone = replace(answer, group=None)
    assert "Wide band" not in words(svg(ideal_paths(alone)))
    assert all("middle" not in rows[0] for _, rows in of_mark(ideal_paths(alone), "area"))


def test_a_dot_of_the_distance_is_filled_where_the_interval_leaves_out_zero() -> None:
    (filled, rows), (hollow, _) = [
        x for x in layers(ideal_distance(DISTANCE, BRIDGES)) if x[0]["mark"]["type"] == "circle"
    ]
    assert filled["transform"] == [{"filter": "datum.apart"}]
    assert hollow["transform"] == [{"filter": "!datum.apart"}]
    assert hollow["mark"]["fill"] != filled["mark"].get("color") == hollow["mark"]["stroke"]
    apart = {g.session for g in DISTANCE.gaps if g.low > 0 or g.high < 0}
    assert {r["session"] for r in rows if r["apart"]} == apart
    assert 0 < len(apart) < len(DISTANCE.gaps)
    text = words(svg(ideal_distance(DISTANCE, BRIDGES)))
    assert "Viet Nam above Russia" in text
    assert "Viet Nam below Russia" in text


def test_a_side_that_is_not_there_is_not_named() -> None:
    above = replace(DISTANCE, gaps=DISTANCE.gaps[:4])
    assert "below" not in words(svg(ideal_distance(above, BRIDGES)))


def test_zero_is_on_the_plot_even_where_all_differences_are_far_from_it() -> None:
    far = replace(DISTANCE, gaps=DISTANCE.gaps[:3])
    domain = of_mark(ideal_distance(far, BRIDGES), "line")[0][0]["encoding"]["y"]["scale"]["domain"]
    assert domain[0] < 0 < domain[1]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_vote_is_a_dot_in_its_lane_with_its_own_colour_and_shape(size: Size) -> None:
    drawn = [x for x in of_mark(ideal_map(VOTE, size=size), "point") if x[0]["mark"].get("filled")]
    assert (
        len({layer["mark"]["shape"] for layer, _ in drawn}) == len({layer["mark"]["color"] for layer, _ in drawn}) == 3
    )
    dots = [r for _, rows in drawn for r in rows]
    assert {r["state"]: r["choice"] for r in dots} == {p.state: p.choice.word for p in VOTE.placed}
    assert len({(r["x"], r["y"]) for r in dots}) == len(dots)
    floors = {r["text"]: r["y"] for _, rows in of_mark(ideal_map(VOTE, size=size), "rule") for r in rows if "to" in r}
    tally = {c: sum(p.choice is c for p in VOTE.placed) for c in (Choice.YES, Choice.ABSTAIN, Choice.NO)}
    assert list(floors) == [f"Yes {tally[Choice.YES]}", f"Abstained {tally[Choice.ABSTAIN]}", f"No {tally[Choice.NO]}"]


def test_curves_add_up_and_cross_half_at_the_cut_points() -> None:
    assert VOTE.cuts is not None
    for theta in (-3.0, -0.5, 0.0, 1.0, 4.0):
        assert sum(expected(VOTE, theta).values()) == pytest.approx(1)
    assert expected(VOTE, VOTE.cuts[0])[Choice.YES] == pytest.approx(0.5)
    assert expected(VOTE, VOTE.cuts[1])[Choice.NO] == pytest.approx(0.5)
    for p in VOTE.placed:
        assert tuple(expected(VOTE, p.theta).values()) == pytest.approx((p.yes, p.abstain, p.no))


def test_a_cut_point_off_the_scale_is_told_not_drawn() -> None:
    far = replace(VOTE, gamma2=20.0, cuts=(0.4 / -1.4, 20.0 / -1.4))
    rules = [r for _, rows in of_mark(ideal_map(far), "rule") for r in rows if set(r) == {"theta"}]
    assert {r["theta"] for r in rules} == {0.4 / -1.4}
    assert "the cut point at −14.29" in words(svg(ideal_map(far)))
    assert "no cut points" in words(svg(ideal_map(ideal_factory.vote_answer(0.01))))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_states_asked_about_and_the_least_expected_are_named_apart(size: Size) -> None:
    marked = named_in(VOTE)
    assert marked[0].state == "VNM"
    assert {p.state for p in marked[1:]} == {f"S{i}" for i in range(35, 40)}
    chart = ideal_map(VOTE, size=size)
    names = {r["text"]: r for _, rows in of_mark(chart, "text") for r in rows if "reach" in r}
    assert len(names) == 6
    boxes = [
        (r["lane"], r["row"], *((r["x"] - r["reach"], r["x"]) if r["left"] else (r["x"], r["x"] + r["reach"])))
        for r in names.values()
    ]
    for i, (lane, row, begin, end) in enumerate(boxes):
        for other_lane, other_row, other_begin, other_end in boxes[:i]:
            assert (lane, row) != (other_lane, other_row) or end <= other_begin or other_end <= begin


@pytest.mark.parametrize("focus", [(), ("VNM", "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S09", "S10")])
def test_many_names_or_none_end_in_a_figure(focus: tuple[str, ...]) -> None:
    assert "A/RES/68/262" in words(svg(ideal_map(ideal_factory.vote_answer(focus=focus), size=NARROW)))


@given(st.lists(st.floats(0, 300), min_size=1, max_size=9))
def test_labels_keep_their_order_their_distance_and_the_plot(wanted: list[float]) -> None:
    placed = spread(wanted, 13, -6, 306)
    assert all(-6.001 <= y <= 306.001 for y in placed)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for i, j in pairwise(order):
        assert placed[j] - placed[i] >= 12.999
    if all(abs(a - b) >= 13 for k, a in enumerate(wanted) for b in wanted[:k]):
        assert placed == pytest.approx(wanted)


def test_alt_texts_give_numbers() -> None:
    described = ideal_paths(PATHS).description
    last = next(p for p in PATHS.shown.points if (p.state, p.session) == ("VNM", 78))
    assert f"{last.theta:.2f}".replace("-", "−") in described
    assert "ASEAN, median of its placed members" in described
    apart = sum(g.low > 0 or g.high < 0 for g in DISTANCE.gaps)
    assert f"In {apart} of {len(DISTANCE.gaps)} sessions" in ideal_distance(DISTANCE, BRIDGES).description
    assert "21 yes, 7 abstained, 12 no on A/RES/68/262" in ideal_map(VOTE).description
    assert "Viet Nam" in ideal_map(VOTE).description


def test_drawn_figures_have_their_data_beside_them(tmp_path: Path) -> None:
    written = [
        *draw_paths(PATHS, tmp_path / "paths.svg"),
        *draw_distance(DISTANCE, BRIDGES, tmp_path / "distance.png"),
        *draw_map(VOTE, tmp_path / "map.pdf"),
    ]
    assert [p.name for p in written] == [
        "paths.svg", "paths.csv", "distance.png", "distance.csv", "map.pdf", "map.csv",
    ]  # fmt: skip
    paths, distance, votes = (lines_of(p) for p in written[1::2])
    assert PATHS.group is not None
    assert len(paths) == len(PATHS.shown.points) + len(PATHS.group.sessions)
    assert {r["kind"] for r in paths} == {"state", "lowest to highest"}
    assert all(int(r["linked_texts"]) == BRIDGES[int(r["session"])] for r in [*paths, *distance])
    assert [float(r["difference"]) for r in distance] == [g.difference for g in DISTANCE.gaps]
    assert {r["state"] for r in votes if r["asked"] == "true"} == {"VNM"}
    assert sum(r["least_expected"] == "true" for r in votes) == 5
    assert all(r["release"] == "made-up-2024" for r in [*paths, *distance, *votes])


def test_what_cannot_be_drawn_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match=r"placed in any session.*Viet Nam"):
        draw_paths(replace(PATHS, shown=replace(PATHS.shown, points=())), tmp_path / "paths.svg")
    with pytest.raises(UsageError, match=r"map\.docx"):
        draw_map(VOTE, tmp_path / "map.docx")
    assert not list(tmp_path.iterdir())


def test_the_range_of_a_group_is_that_of_its_members_of_the_session() -> None:
    def at(state: str, session: int, theta: float) -> Point:
        return Point(state, state, session, theta, theta - 0.1, theta + 0.1, 40)

    asean = group("asean")
    before = [at("VNM", 40, -2.0), at("THA", 40, 0.1), at("PHL", 40, 0.5), at("SGP", 40, 0.2), at("USA", 40, 3.0)]
    after = [at("VNM", 55, -2.0), at("THA", 55, 0.1), at("PHL", 56, 0.5)]
    found = range_of(asean, [*before, *after])
    # Viet Nam joined in 1995, during session 49 or 50; the United States never; one member alone has no range.
    assert [(s.session, s.low, s.middle, s.high, s.n) for s in found.sessions] == [
        (40, 0.1, pytest.approx(0.2), 0.5, 3),
        (55, -2.0, pytest.approx(-0.95), 0.1, 2),
    ]
    assert not found.quartiles


def test_a_large_group_is_drawn_by_its_quartiles() -> None:
    members = sorted({m.state for m in group("nam").memberships if date(2010, 12, 1) in m.spell})[:13]
    found = range_of(group("nam"), [Point(s, s, 65, float(i), i - 0.1, i + 0.1, 40) for i, s in enumerate(members)])
    ((session),) = found.sessions
    assert found.quartiles
    assert (session.low, session.middle, session.high, session.n) == (3.0, 6.0, 9.0, 13)


@pytest.mark.parametrize(("state", "found"), [("VNM", "asean"), ("USA", "nato"), ("RUS", "csto"), ("CHE", "oecd")])
def test_the_group_beside_a_state_is_its_first_organization(state: str, found: str) -> None:
    assert usual_group(state, date(2020, 12, 1)) == found


def test_the_dossier_has_the_chapter_and_the_starter_data_their_reason() -> None:
    dossier = replace(factory.dossier_answer(), ideal=PATHS, apart=DISTANCE)
    text = render(document(dossier))
    chapter = text.split("\n## Ideal points\n")[1].split("\n## ")[0]
    assert "whatever the issue of this dossier" in chapter
    assert "have scales of their own and are not comparable" in chapter
    assert chapter.count("*Figure:") == 2
    last = [line for line in chapter.splitlines() if re.match(r"\| (69|78)\b", line)]
    assert len(last) >= 3  # both in the table of the last ten, and in that of the distances
    assert not [x for x in chapter.split("### ")[0].splitlines() if re.match(r"\| 68\b", x)]
    assert html.render(document(dossier), "dossier").count("<svg") == 2 * text.count("*Figure:")
    starter = render(document(factory.dossier_answer(starter=True)))
    assert "Ideal points need each state’s vote on single roll calls" in starter
    told = dossier.to_dict()
    assert len(told["ideal_points"]["points"]) == len(PATHS.shown.points)
    assert told["ideal_points"]["group"]["range"] == "lowest to highest"
    assert len(told["ideal_distance"]["sessions"]) == len(DISTANCE.gaps)
