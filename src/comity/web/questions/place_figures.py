"""What is drawn of answers on a state's partners, a roll call, a group and blocs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.report.parts import SMALL

if TYPE_CHECKING:
    import polars as pl

    from comity.report.figures.style import Size


def partner_map(answer: Any, size: Size) -> Any:
    """The world by the share of votes on which each voted alike with a state."""
    from comity.report.figures import maps

    return maps.partner_map(answer, size=size)


def partner_map_data(answer: Any) -> pl.DataFrame:
    """Of ``partner_map``."""
    from comity.report.figures import maps

    return maps.partner_data(answer)


def has_shares(answer: Any) -> bool:
    """Whether the votes are enough for shares."""
    return bool(answer.partners) and answer.roll_calls >= SMALL


def vote_map(answer: Any, size: Size) -> Any:
    """The world by vote."""
    from comity.report.figures import maps

    return maps.vote_map(answer, size=size)


def vote_map_data(answer: Any) -> pl.DataFrame:
    """Of ``vote_map``."""
    from comity.report.figures import maps

    return maps.vote_data(answer)


def has_ballots(answer: Any) -> bool:
    """Whether votes are known state by state, and the day whose states they are."""
    return bool(answer.ballots and answer.date)


def group_grid(answer: Any, size: Size) -> Any:
    """Groups by vote."""
    from comity.report.figures import group_grid as drawn

    return drawn.group_grid(answer, size=size)


def group_grid_data(answer: Any) -> pl.DataFrame:
    """Of ``group_grid``."""
    from comity.report.figures import group_grid as drawn

    return drawn.group_data(answer)


def has_groups(answer: Any) -> bool:
    """Whether any group had two members."""
    return bool(answer.groups)


def bloc_map(answer: Any, size: Size) -> Any:
    """The world by bloc."""
    from comity.report.figures import maps

    return maps.bloc_map(answer, size=size)


def bloc_map_data(answer: Any) -> pl.DataFrame:
    """Of ``bloc_map``."""
    from comity.report.figures import maps

    return maps.bloc_data(answer)


def has_blocs(answer: Any) -> bool:
    """Whether any bloc was found."""
    return bool(answer.blocs)


def cohesion(answer: Any, size: Size) -> Any:
    """A group's indices over time."""
    from comity.report.figures import cohesion_years as drawn

    return drawn.cohesion_years(answer, size=size)


def cohesion_data(answer: Any) -> pl.DataFrame:
    """Of ``cohesion``."""
    from comity.report.figures import cohesion_years as drawn

    return drawn.cohesion_data(answer)


def members(answer: Any, size: Size) -> Any:
    """A group's members, each by itself."""
    from comity.report.figures import member_grid as drawn

    return drawn.member_grid(answer, size=size)


def members_data(answer: Any) -> pl.DataFrame:
    """Of ``members``."""
    from comity.report.figures import member_grid as drawn

    return drawn.member_data(answer)


def has_members(answer: Any) -> bool:
    """Whether any member can be held against the others in more than one year."""
    return len(answer.stretches) > 1 and any(r.whole.n for r in answer.records)
