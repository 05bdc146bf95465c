"""The world map: a shape for every member, whose it is on a day, and colours that stay in order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import factory
import pytest
from test_palette import SIGHT, contrast, lab, seen

from comity.errors import NoAnswer
from comity.report.figures.draw_world import draw_world
from comity.report.figures.maps import STEPS, partner_data, partner_map, step_of, vote_map
from comity.report.figures.save import svg
from comity.report.figures.style import NARROW, WIDE
from comity.report.figures.world import held_on, outlines, unseen, world
from comity.report.figures.world_map import RAMP
from comity.states.registry import registry
from comity.study.vote import vote
from comity.votes.landmarks import landmarks

TODAY = date(2026, 1, 1)


def test_every_member_of_today_has_a_shape_or_a_point() -> None:
    members = registry().members(TODAY)
    assert unseen(sorted(members), TODAY) == ()
    assert len(world().shapes) == len({(s.state, s.name) for s in world().shapes})


def test_points_lie_on_the_map() -> None:
    held = world()
    for shape in held.shapes:
        assert 0 <= shape.at[0] <= held.width
        assert 0 <= shape.at[1] <= held.height
        for x, y in (p for polygon in shape.polygons for ring in polygon for p in ring):
            assert -5 <= x <= held.width + 5
            assert -5 <= y <= held.height + 5


def test_neighbours_share_their_border() -> None:
    """Thinned arc by arc: every point of the border between two states is a point of both."""
    points = {
        s.state: {p for polygon in s.polygons for ring in polygon for p in ring} for s in world().shapes if s.state
    }
    assert len(points["VNM"] & points["LAO"]) > 8
    assert len(points["USA"] & points["CAN"]) > 8


@pytest.mark.parametrize(
    ("day", "shape", "holder"),
    [
        (date(1985, 6, 1), "Estonia", "RUS"),
        (date(1985, 6, 1), "Ukraine", "UKR"),
        (date(1985, 6, 1), "Kosovo", "YUG"),
        (date(1985, 6, 1), "Slovakia", "CSK"),
        (date(1985, 6, 1), "Germany", "DEU"),
        (date(1985, 6, 1), "Namibia", ""),
        (date(1960, 6, 1), "Syria", "EGY"),
        (date(2010, 6, 1), "S. Sudan", "SDN"),
        (date(2012, 6, 1), "S. Sudan", "SSD"),
        (date(2020, 6, 1), "Greenland", ""),
    ],
)
def test_a_shape_is_drawn_for_who_held_it_that_day(day: date, shape: str, holder: str) -> None:
    at = [s.name for s in world().shapes].index(shape)
    assert held_on(day)[at] == holder


def test_what_no_shape_shows_is_named() -> None:
    assert unseen(["DDR", "VNM", "YMD"], date(1985, 6, 1)) == ("DDR", "YMD")
    assert unseen(["YUG", "CSK"], TODAY) == ("YUG", "CSK")


def test_an_outline_is_whole_rings_in_tenths_of_a_pixel() -> None:
    for width in (WIDE.plot, NARROW.plot):
        for geometry in filter(None, outlines(width)):
            for ring in (r for polygon in geometry["coordinates"] for r in polygon):
                assert len(ring) > 3
                assert ring[0] == ring[-1]
                assert all(round(v, 1) == v for point in ring for v in point)


@pytest.mark.parametrize("sight", SIGHT)
def test_the_steps_of_a_share_grow_darker_for_every_eye(sight: str) -> None:
    steps = [lab(seen(colour, sight))[0] for colour in RAMP]
    assert all(a - b > 4 for a, b in pairwise(steps))
    assert contrast(RAMP[0], RAMP[-1]) > 6


def test_a_partner_has_the_colour_of_its_share() -> None:
    answer = factory.rank_answer()
    for partner in answer.partners:
        share = partner.counts.same / partner.counts.cast
        low = STEPS[step_of(partner) - 1] if step_of(partner) else 0
        high = STEPS[step_of(partner)] if step_of(partner) < len(STEPS) else 1.01
        assert low <= share < high
    frame = partner_data(answer)
    assert frame.height == len(answer.partners) + len(answer.too_few)
    assert frame["share"].null_count() == len(answer.too_few)


def test_the_map_of_a_vote_draws_every_member_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    answer = vote("A/RES/68/262")
    for size in (WIDE, NARROW):
        drawn = _rows(vote_map(answer, size=size))
        assert {r["name"] for r in drawn if "told" in r} == {b.name for b in answer.ballots}
        assert {r["kind"] for r in drawn if "kind" in r} == {"yes: 100", "abstained: 58", "no: 11", "absent: 24"}


def test_a_state_that_shares_its_territory_today_is_told_below_the_map() -> None:
    answer = factory.rank_answer()
    ddr = replace(answer.partners[0], state="DDR", name="East Germany")
    drawn = svg(partner_map(replace(answer, partners=(*answer.partners[1:], ddr)), size=WIDE))
    assert "East Germany" in re.sub(r"<[^>]+>", " ", drawn.split("</desc>", 1)[1])
    assert "drawn by the source" in drawn


def test_a_map_is_written_with_its_data_and_of_a_count_alone_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    written = draw_world(vote("A/RES/68/262"), tmp_path / "map.svg")
    assert [p.name for p in written] == ["map.svg", "map.csv"]
    assert written[1].read_text(encoding="utf-8").count("\n") == 194
    known = next(row.symbol for row in landmarks() if not row.has_lists)
    with pytest.raises(NoAnswer):
        draw_world(vote(known), tmp_path / "none.svg")
    assert not (tmp_path / "none.svg").exists()


def _rows(chart: Any) -> list[dict[str, Any]]:
    """All rows of a chart's inline data, GeoJSON features included."""
    held = chart.to_dict(validate=False)["datasets"].values()
    return [row for rows in held for row in (json.loads(rows) if isinstance(rows, str) else rows)]
