"""A comparison with a published table made by hand (see factory)."""

from __future__ import annotations

import factory
import polars as pl

from comity.study.answers.published import ColumnCompared, Gap, PublishedAnswer, Step, Tried, Way

OWN = Way("kappa_sq", "read", "as_read", "year")
OTHERS = (
    Way("kappa_sq", "read", "no_paragraph", "year"),
    Way("ia", "divided", "final", "session", "percent"),
    Way("kappa_sq", "read", "coded_dropped", "year", "minus_one"),
    Way("kappa_sq", "read", "tally_kept", "year", "reversed"),
)
GAP = Gap("RUS", "VNM", "Russia", "Viet Nam", 1999, 0.75, -0.364, 11)


def published_answer(found: float | None = 0.99) -> PublishedAnswer:
    """found : share of rows that the nearest other way makes equal; None for no such way."""
    tried = tuple(Tried(way, 1000, round(1000 * (found or 0.41)) - i, 0.02) for i, way in enumerate(OTHERS))
    column = ColumnCompared(
        column="kappavv",
        decimals=3,
        percent=True,
        own=Tried(OWN, 1000, 400, 0.05),
        tried=tried,
        found=tried[0] if found else None,
        not_compared={"undefined": 12, "after_last": 3, "no_value": 2, "none_cast": 1, "no_roll_call": 1, "no_vote": 1},
        zero=12,
        correlation=0.98,
        bias=-0.0012,
        roll_calls=(98.0, 88.0),
        steps=(Step(1998, 500, 400), Step(1999, 500, 0)),
        common_state=("VNM", "Viet Nam", 590),
        largest=(GAP,) * 10,
        still=(GAP,),
        screened=1000,
        ways=600,
    )
    return PublishedAnswer(
        header=factory.header(),
        file="fpsim.csv",
        layout="fpsim",
        scheme="cow",
        unit="session",
        rows=1030,
        left_out={"self": 2, "repeated": 3, "no_seat": 1, "unknown_state": 4},
        unknown=("998", "999"),
        passed_over={"taub": "alliances", "IdealPointDistance": "ideal_points"},
        columns=(column,),
        dropped=factory.DROPPED,
        notes=factory.NOTES,
        frame=pl.DataFrame({"a": ["RUS"], "b": ["VNM"], "period": [1999], "gap": [1.114]}),
    )
