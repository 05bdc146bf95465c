"""Blocs and cohesion made by hand, with everything that can be printed; the states' places are invented."""

from __future__ import annotations

from factory import DROPPED, NAMES, NOTES, header

from comity.model.counts import Share
from comity.model.period import Period
from comity.study.answers.blocs import Bloc, BlocsAnswer, Earlier, Member, Move, Step, Unplaced
from comity.study.answers.cohesion import CohesionAnswer, Placed, Stretch


def member(state: str, together: float | None = 1.0) -> Member:
    return Member(state, NAMES[state], together, together)


def blocs_answer() -> BlocsAnswer:
    first = Bloc(1, (*map(member, ("VNM", "CHN", "RUS")), member("CIV", 0.625)), 0.4321)
    second = Bloc(2, (member("USA", 0.9), member("TUR")), -0.05)
    move = Move((NAMES["USA"], NAMES["TUR"]), 3, 1, (member("CIV", 0.625),))
    steps = (Step(0.5, (7,), 1, 0.5, 0.25), Step(1.0, (4, 2), 1, 0.3, 1.0))
    return BlocsAnswer(
        header("all", "all issues"), Period(2019, 2019), 90, "louvain", 1.0, 100, 1, 0.5, (first, second),
        (Member("TLS", "Timor-Leste", None, None),),
        (Unplaced("SSD", "South Sudan", "few_votes", 43), Unplaced("PLW", "Palau", "one_choice", 90)),
        20, 1, 0.39, 2, steps, Earlier(Period(2018, 2018), 95, ("VNM", "CHN", "RUS", "CIV", "USA"), 0.79, (move,)),
        DROPPED, NOTES,
    )  # fmt: skip


def cohesion_answer() -> CohesionAnswer:
    placed = Placed(0.9647, 523, 0.758, 0.573, 0.887, 0.998)
    nothing = Placed(None, 0, None, None, None, None)
    alike = Placed(1.0, 3, 1.0, 1.0, 1.0, None)
    whole = Stretch(Period(1995, 2024), 548, 7, 10, Share(121, 5350), 352, 2, placed, placed, partial=True)
    years = (
        Stretch(Period(1995, 1995), 3, 7, 7, Share(1, 21), 3, 0, alike, alike),
        Stretch(Period(2024, 2024), 2, 10, 10, Share(17, 20), 0, 2, nothing, nothing, partial=True),
    )
    members = {s: NAMES[s] for s in ("VNM", "CIV")}
    return CohesionAnswer(
        header(), "asean", "ASEAN", Period(1995, 2024), members, whole, years, 500, 1, DROPPED, NOTES
    )  # fmt: skip
