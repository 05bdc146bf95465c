"""Ideal points asked from Python: the functions behind ``comity ideal``.

issue    : all, an issue flag, or families. sessions : "1-74"; by default all of the release.
matches  : auto (the recurring texts recognised), none, or a CSV file of pairs rcid1, rcid2.
release  : a label; by default the newest. The first question fits (seconds) and keeps the fit with the release.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.study.answers.ideal import IdealCompareAnswer, IdealDistanceAnswer, IdealFitAnswer, IdealShowAnswer
    from comity.study.answers.ideal_vote import IdealVoteAnswer
    from comity.study.ideal.settings import Settings


def ideal_fit(*, release: str | None = None, **choices: Any) -> IdealFitAnswer:
    """Fit ideal points and say how well they fit."""
    from comity.study.ideal.show import ideal_fit as study

    return study(_settings(choices), release=release)


def ideal_show(states: str | Iterable[str], *, release: str | None = None, **choices: Any) -> IdealShowAnswer:
    """Where some states stood, session by session."""
    from comity.study.ideal.show import ideal_show as study

    return study(states, _settings(choices), release=release)


def ideal_distance(
    a: str, b: str, *, seed: int = 1945, release: str | None = None, **choices: Any
) -> IdealDistanceAnswer:
    """How far two states stood apart, session by session."""
    from comity.study.ideal.show import ideal_distance as study

    return study(a, b, _settings(choices), seed=seed, release=release)


def ideal_compare(file: str | Path, *, release: str | None = None, **choices: Any) -> IdealCompareAnswer:
    """Published ideal points beside a fit."""
    from comity.study.ideal.compare import ideal_compare as study

    return study(file, _settings(choices), release=release)


def ideal_vote(
    symbol: str, states: str | Iterable[str] | None = None, *, release: str | None = None, **choices: Any
) -> IdealVoteAnswer:
    """One roll call on the scale of ideal points."""
    from comity.study.ideal.vote import ideal_vote as study

    return study(symbol, states, _settings(choices), release=release)


def _settings(choices: dict[str, Any]) -> Settings:
    """TypeError for a choice that is none, as for any unknown argument."""
    from comity.study.ideal.settings import settings

    return settings(**choices)
