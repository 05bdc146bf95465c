"""Questions on ideal points: where states stand on the line that divides the Assembly."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from comity.web.asked import MOST_STATES, OfRelease, Several, State, count_of
from comity.web.question import Figure, Question
from comity.web.questions.votes import FULL, PAIR


class OfIdeal(OfRelease):
    """A fit: which roll calls, which texts are one."""

    issue: Annotated[
        Literal["all", "me", "nu", "di", "hr", "co", "ec", "families"], Field(description="The roll calls of the fit.")
    ] = "all"
    sessions: Annotated[str | None, Field(max_length=9, description="1-74 or 70; all by default.")] = None
    matches: Annotated[Literal["auto", "none"], Field(description="Whether texts that return link the sessions.")] = (
        "auto"
    )


class Distance(OfIdeal):
    """Two states on the line."""

    in_path: ClassVar[tuple[str, ...]] = ("a", "b")
    a: State
    b: State


class OnLine(OfIdeal):
    """One roll call on the line."""

    in_path: ClassVar[tuple[str, ...]] = ("symbol",)
    symbol: Annotated[str, Field(min_length=1, max_length=80, description="A/RES/68/262, or a release's own id.")]
    states: Several = None


def _settings(q: OfIdeal) -> Any:
    from comity.study.ideal.settings import settings

    return settings(q.issue, q.sessions, q.matches)


def _distance(q: Distance) -> Any:
    from comity.study.ideal.show import ideal_distance

    return ideal_distance(q.a, q.b, _settings(q), release=q.release)


def _on_line(q: OnLine) -> Any:
    from comity.study.ideal.vote import ideal_vote

    return ideal_vote(q.symbol, count_of(q.states, MOST_STATES, "states"), _settings(q), release=q.release)


def _placed(answer: Any, *, group: str | None = None) -> Any:
    """The paths of both states, of the fit that the answer rests on: it is kept, so this costs little."""
    from comity.study.ideal.paths import ideal_paths
    from comity.study.ideal.settings import settings

    held = answer.fit.settings
    chosen = settings(
        held["issue"], "-".join(map(str, held["sessions"])) if held["sessions"][1] else None, held["matches"]
    )
    return ideal_paths(answer.a, answer.b, of_group=group, chosen=chosen, release=answer.header.origin.release)


def _draw_distance(answer: Any, size: Any) -> Any:
    from comity.report.figures.ideal_distance import ideal_distance

    return ideal_distance(answer, _placed(answer).shown.bridges, size=size)


def _draw_paths(answer: Any, size: Any) -> Any:
    from comity.report.figures.ideal_paths import ideal_paths

    return ideal_paths(_placed(answer), size=size)


def _paths_frame(answer: Any) -> Any:
    return _placed(answer).to_polars()


def _draw_map(answer: Any, size: Any) -> Any:
    from comity.report.figures.ideal_map import ideal_map

    return ideal_map(answer, size=size)


def _frame(answer: Any) -> Any:
    return answer.to_polars()


QUESTIONS = (
    Question(
        "ideal_distance", "/ideal/distance/{a}/{b}", Distance, _distance, "ideal distance", PAIR, FULL,
        figures=(Figure("distance", _draw_distance, _frame), Figure("paths", _draw_paths, _paths_frame)), costly=True,
    ),
    Question(
        "ideal_vote", "/ideal/vote/{symbol}", OnLine, _on_line, "ideal vote", {"symbol": "A/RES/68/262"}, FULL,
        figures=(Figure("map", _draw_map, _frame),), costly=True,
    ),
)  # fmt: skip
