"""Answers in a notebook: what they show, and ``.chart()``.

The answers themselves know nothing of drawing; importing ``comity.report`` gives them these two methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.study.answers.blocs import BlocsAnswer
from comity.study.answers.cohesion import CohesionAnswer
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer
from comity.study.answers.splits import SplitsAnswer
from comity.study.answers.vote import VoteAnswer

if TYPE_CHECKING:
    from comity.report.answers import Answer


def pair_chart(self: PairAnswer, *, of_cast: bool = False) -> Any:
    """Category shares by period, as an Altair chart."""
    from comity.report.figures.periods import period_shares

    return period_shares(self, of_cast=of_cast)


def trend_chart(self: TrendAnswer, *, medians: bool = False) -> Any:
    """Shares by year, as an Altair chart; with the medians the bars are of votes both cast."""
    from comity.report.figures.years import yearly_shares

    return yearly_shares(self, medians=medians)


def rank_chart(self: RankAnswer, partner: str | None = None) -> Any:
    """All partners as dots, one of them marked by its state id, as an Altair chart."""
    from comity.report.figures.strip import rank_strip

    return rank_strip([(self, partner)])


def _dossier_chart(self: DossierAnswer) -> Any:
    return pair_chart(self.lead_pair)


def _answer_html(self: Answer) -> str:
    """The answer's tables, without a page around them."""
    from comity.report.answers import document
    from comity.report.html import fragment

    return fragment(document(self))


def _dossier_html(self: DossierAnswer) -> str:
    return _answer_html(self.lead_pair)


_METHODS = (
    *(
        (shown, "_repr_html_", _answer_html)
        for shown in (
            BlocsAnswer,
            CohesionAnswer,
            PairAnswer,
            TrendAnswer,
            SplitsAnswer,
            RankAnswer,
            VoteAnswer,
            SituationsAnswer,
            ShieldAnswer,
            FamiliesAnswer,
            FamilyAnswer,
        )
    ),
    (DossierAnswer, "_repr_html_", _dossier_html),
    (PairAnswer, "chart", pair_chart),
    (TrendAnswer, "chart", trend_chart),
    (RankAnswer, "chart", rank_chart),
    (DossierAnswer, "chart", _dossier_chart),
)


def register() -> None:
    """Give every answer ``_repr_html_``, and ``chart`` to those that have a figure. Doing it twice changes nothing."""
    for shown, name, method in _METHODS:
        setattr(shown, name, method)
