"""Intervals for shares, changes and ranks: how much they would vary over texts of this kind."""

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
    """The lead pair's share minus a contrast pair's in one period, in points, both from the same resampled texts.

    p_of_all, q_of_all : as in ``ChangeBands``; families change places between the two pairs.
    """

    a: str
    b: str
    period: str
    families: int
    reliable: bool
    points_of_all: Bands
    points_of_cast: Bands
    p_of_all: dict[str, float | None]
    q_of_all: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class RankBands:
    """A partner's rank, its percentile and the median partner, all partners at once.

    rank, percentile, median    : by share of votes cast by both.
    corrected_rank, corrected, corrected_median : by chance-corrected agreement (kappa_sq).
    """

    state: str
    partner: str
    period: str
    families: int
    reliable: bool
    rank: Band
    percentile: Band
    median: Band
    corrected_rank: Band
    corrected: Band
    corrected_median: Band


@dataclass(frozen=True, slots=True)
class PartnerBands:
    """A partner in a ranking, bands as in ``RankBands``; ``families`` are those voted on by both."""

    state: str
    families: int
    reliable: bool
    share: Band
    rank: Band
    percentile: Band
    corrected_rank: Band
    corrected: Band


@dataclass(frozen=True, slots=True)
class Resampled:
    """What was drawn.

    kind           : "family bootstrap, k families, seed s".
    families       : resampled over all periods; a roll call that belongs to no recurring text is a family of its own.
    sessions       : resampled too, crossed with families; None where families alone were.
    families_known : False where recurring texts cannot be recognised: "as if votes were independent".
    """

    kind: str
    level: float
    draws: int
    seed: int
    families: int
    sessions: int | None
    families_known: bool


@dataclass(frozen=True, slots=True)
class Intervals:
    """All intervals of a pair answer."""

    drawn: Resampled
    shares: tuple[ShareBands, ...]
    changes: tuple[ChangeBands, ...]
    contrasts: tuple[ContrastBands, ...]
    ranks: tuple[RankBands, ...]

    def to_dict(self) -> Json:
        """For JSON; a band is [value, low, high]; what rests on fewer than 15 families carries a label."""
        return _labelled(self, "shares", "changes", "contrasts", "ranks")


@dataclass(frozen=True, slots=True)
class TrendIntervals:
    """A band for each year (or session) of a trend."""

    drawn: Resampled
    shares: tuple[ShareBands, ...]

    def to_dict(self) -> Json:
        """For JSON, as ``Intervals``."""
        return _labelled(self, "shares")


@dataclass(frozen=True, slots=True)
class RankingIntervals:
    """The intervals of a ranking.

    median, corrected_median : over the partners ranked, by share and by kappa_sq.
    median_of_all            : over all partners with enough votes, where only some were ranked; else None.
    """

    drawn: Resampled
    reliable: bool
    median: Band
    corrected_median: Band
    median_of_all: Band | None
    partners: tuple[PartnerBands, ...]

    def to_dict(self) -> Json:
        """For JSON, as ``Intervals``."""
        out = _labelled(self, "partners")
        return {**out, "label": "" if out.pop("reliable") else UNRELIABLE}


def _labelled(held: Intervals | TrendIntervals | RankingIntervals, *parts: str) -> Json:
    out = asdict(held)
    for part in parts:
        for row in out[part]:
            row["label"] = "" if row.pop("reliable") else UNRELIABLE
    return {**out.pop("drawn"), **out}
