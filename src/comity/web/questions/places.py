"""Questions on groups of states, given or found: how alike a group voted, and which blocs the votes make."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from comity.model.language import numeral
from comity.web.asked import OfReading, OnePeriod
from comity.web.question import Figure, Question
from comity.web.questions import place_figures as draw

MOST_DRAWS, MOST_RUNS = 1_000, 200


class Group(OfReading):
    """A group over time."""

    in_path: ClassVar[tuple[str, ...]] = ("group",)
    group: Annotated[str, Field(min_length=1, max_length=60, description="A group's name or id: ASEAN, eu, G77.")]
    period: OnePeriod = None
    power: Annotated[
        str | None, Field(max_length=80, description="A state that every member is held against: CHN.")
    ] = None
    draws: Annotated[int, Field(ge=1, le=MOST_DRAWS, description="Sets of states drawn to compare with.")] = 500
    seed: Annotated[int, Field(ge=0, le=1_000_000, description="The same seed draws the same sets.")] = 1


class Blocs(OfReading):
    """Blocs of a period."""

    period: OnePeriod = None
    resolution: Annotated[float, Field(ge=0.1, le=3, description="Above 1 more and smaller blocs.")] = 1.0
    runs: Annotated[int, Field(ge=1, le=MOST_RUNS, description="Starts of the search.")] = 100
    seed: Annotated[int, Field(ge=0, le=1_000_000, description="The same seed gives the same blocs.")] = 1
    min_common: Annotated[float, Field(ge=0, le=1, description="Both cast a vote on this share of the record.")] = 0.5


def _group(q: Group) -> Any:
    from comity.study.cohesion import cohesion

    return cohesion(q.group, period=q.period, draws=q.draws, seed=q.seed, power=q.power, reading=q.reading)


def _blocs(q: Blocs) -> Any:
    from comity.study.blocs import blocs

    return blocs(
        q.period, resolution=q.resolution, seed=q.seed, runs=q.runs, min_common=q.min_common, reading=q.reading
    )


def _group_key(answer: Any) -> tuple[tuple[str, str], ...]:
    whole = answer.whole.agreement
    return ((answer.name, "–" if whole.value is None else numeral(whole.value, ".3f")),)


def _blocs_key(answer: Any) -> tuple[tuple[str, str], ...]:
    return ((answer.period.label, ", ".join(str(b.size) for b in answer.blocs)),)


QUESTIONS = (
    Question(
        "group", "/group/{group}", Group, _group, "cohesion", {"group": "ASEAN", "issue": "hr"}, "release",
        paged="stretches",
        figures=(
            Figure("cohesion", draw.cohesion, draw.cohesion_data),
            Figure("members", draw.members, draw.members_data, draw.has_members),
        ),
        key=_group_key, costly=True,
    ),
    Question(
        "blocs", "/blocs", Blocs, _blocs, "blocs", {"period": "2020"}, "release", paged="blocs",
        figures=(Figure("map", draw.bloc_map, draw.bloc_map_data, draw.has_blocs),), key=_blocs_key, costly=True,
    ),
)  # fmt: skip
"""In the order of the reference."""
