"""Everything the dossier prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.common import Header, Json, Note
from comity.study.answers.ideal import IdealDistanceAnswer
from comity.study.answers.ideal_paths import IdealPathsAnswer
from comity.study.answers.moved import DecomposeAnswer, MovedAnswer
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.parting import PartingAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.situations import SituationsAnswer
from comity.study.answers.splits import SplitsAnswer
from comity.study.answers.strand import StrandAnswer

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class DossierStrand:
    """A strand other than votes: its answer, or None and why there is none."""

    key: str
    answer: StrandAnswer | None
    gap: str

    def to_dict(self) -> Json:
        """For JSON."""
        return {"strand": self.key, "answer": self.answer.to_dict() if self.answer else None, "gap": self.gap}


@dataclass(frozen=True, slots=True)
class DossierAnswer:
    """Everything the dossier prints, from the answers above.

    lead_pair : the lead issue by period, with contrasts.
    by_issue  : the pair on every issue, same periods.
    trend     : the lead issue year by year; contrast_trends the same for the contrast pairs.
    splits    : opposite votes of the last period, None where single roll calls are not at hand.
    ranks     : each side's ranking in the last period (either may be missing on starter data).
    parting   : the recurring texts on which the two part, in the lead issue.
    breaks, moved, decomposed : when the lead issue's record changed, who moved, what the change is made of; moved and
                  decomposed between two periods only. situations : the grid of country situations. Each is None where
                  the corpus cannot tell: parting, moved, decomposed and situations need single roll calls with titles.
    ideal, apart : ideal points of the pair beside others, and the distance of the two, from the fit of all issues and
                  sessions whatever the lead issue; None where the corpus has no single roll calls or places neither.
    strands   : arms, trade, money, treaties, tiers, visits, words, spread of ties, events, arguments, predictions,
                  timeline.
    """

    lead_pair: PairAnswer
    by_issue: tuple[PairAnswer, ...]
    trend: TrendAnswer
    contrast_trends: tuple[TrendAnswer, ...]
    splits: SplitsAnswer | None
    ranks: tuple[RankAnswer, ...]
    notes: tuple[Note, ...]
    breaks: BreaksAnswer | None = None
    moved: MovedAnswer | None = None
    decomposed: DecomposeAnswer | None = None
    situations: SituationsAnswer | None = None
    parting: PartingAnswer | None = None
    ideal: IdealPathsAnswer | None = None
    apart: IdealDistanceAnswer | None = None
    strands: tuple[DossierStrand, ...] = ()

    @property
    def header(self) -> Header:
        """The lead answer's header."""
        return self.lead_pair.header

    def to_dict(self) -> Json:
        """For JSON: the parts under their names."""
        return {
            **self.header.to_dict(),
            "headline": self.lead_pair.headline,
            "lead": self.lead_pair.to_dict(),
            "by_issue": [p.to_dict() for p in self.by_issue],
            "trend": self.trend.to_dict(),
            "contrast_trends": [t.to_dict() for t in self.contrast_trends],
            "splits": self.splits.to_dict() if self.splits else None,
            "ranks": [r.to_dict() for r in self.ranks],
            "parting": self.parting.to_dict() if self.parting else None,
            "breaks": self.breaks.to_dict() if self.breaks else None,
            "moved": self.moved.to_dict() if self.moved else None,
            "decomposed": self.decomposed.to_dict() if self.decomposed else None,
            "situations": self.situations.to_dict() if self.situations else None,
            "ideal_points": self.ideal.to_dict() if self.ideal else None,
            "ideal_distance": self.apart.to_dict() if self.apart else None,
            "strands": [s.to_dict() for s in self.strands],
            "notes": [n.to_dict() for n in self.notes],
        }

    def to_polars(self) -> pl.DataFrame:
        """The lead table."""
        return self.lead_pair.to_polars()
