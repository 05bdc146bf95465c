"""Intervals for a pair's shares, changes and ranks: how much they would vary over texts of this kind."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

from comity.study.answers.common import Json

UNRELIABLE = "unreliable"


class Band(NamedTuple):
    """A figure with its interval; None where undefined."""

    value: float | None
    low: float | None
    high: float | None


Bands = dict[str, Band]


@dataclass(frozen=True, slots=True)
class ShareBands:
    """A pair's shares in one period, in [0, 1], by category; ``families`` are the texts they rest on."""

    a: str
    b: str
    period: str
    families: int
    reliable: bool
    of_all: Bands
    of_cast: Bands


@dataclass(frozen=True, slots=True)
class ChangeBands:
    """A pair's change between two periods, later minus earlier, in points, both from the same resampled texts.

    families : of the period with fewer.
    p_of_all : category → p-value when whole families change places between the periods; None where undefined.
    q_of_all : the same, adjusted for all the changes of that category in the answer (Benjamini-Hochberg).
    """

    a: str
    b: str
    earlier: str
    later: str
    families: int
    reliable: bool
    points_of_all: Bands
    points_of_cast: Bands
    p_of_all: dict[str, float | None]
    q_of_all: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class ContrastBands:
    """The lead pair's share minus a contrast pair's in one period, in points, both from the same resampled texts."""

    a: str
    b: str
    period: str
    families: int
    reliable: bool
    points_of_all: Bands
    points_of_cast: Bands


@dataclass(frozen=True, slots=True)
class RankBands:
    """A partner's rank, its percentile and the median partner, by share of votes cast by both, all partners at once."""

    state: str
    partner: str
    period: str
    families: int
    reliable: bool
    rank: Band
    percentile: Band
    median: Band


@dataclass(frozen=True, slots=True)
class Intervals:
    """All intervals of a pair answer.

    kind     : "family bootstrap, k families, seed s".
    families : resampled over all periods; a roll call that belongs to no recurring text is a family of its own.
    """

    kind: str
    level: float
    draws: int
    seed: int
    families: int
    shares: tuple[ShareBands, ...]
    changes: tuple[ChangeBands, ...]
    contrasts: tuple[ContrastBands, ...]
    ranks: tuple[RankBands, ...]

    def to_dict(self) -> Json:
        """For JSON; a band is [value, low, high]; what rests on fewer than 15 families carries a label."""
        out = asdict(self)
        for part in ("shares", "changes", "contrasts", "ranks"):
            for row in out[part]:
                row["label"] = "" if row.pop("reliable") else UNRELIABLE
        return out
