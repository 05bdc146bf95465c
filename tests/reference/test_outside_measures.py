"""The measures against packages by others; measures/make_outside_values.py and make_r_values.R made the numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comity.measures import agreement, chance, rollcall
from comity.measures.catalogue import MEASURES, PAIR_IDS

FOLDER = Path(__file__).parent / "measures"
HELD = json.loads((FOLDER / "outside_values.json").read_text(encoding="utf-8"))
IN_R = json.loads((FOLDER / "r_values.json").read_text(encoding="utf-8"))
PRINTED = {"rice", "agreement_index"}  # values that others printed: test_published_values.py
NOT_ESTIMATED = {"ideal_distance"}


def cases(tables: dict[str, Any]) -> list[Any]:
    return [
        pytest.param(case["table"], measure, value, id=f"{name}-{measure}-{package}")
        for name, case in tables.items()
        for measure, given in case["values"].items()
        for package, value in given.items()
    ]


CORRECTED = cases(HELD["tables"]) + cases(IN_R["tables"])
PLAIN = cases(HELD["with_absences"])
ROUNDING = 1e-10  # irrCAC rounds to twelve digits


@pytest.mark.parametrize(("votes", "measure", "value"), CORRECTED)
def test_equals_the_package(votes: list[list[int]], measure: str, value: float) -> None:
    table = np.zeros((4, 4))
    table[:3, :3] = votes
    table[3, 1] = 7  # absences play no part
    assert float(getattr(chance, measure)(table)) == pytest.approx(value, abs=ROUNDING)


@pytest.mark.parametrize(("table", "measure", "value"), PLAIN)
def test_shares_equal_the_package(table: list[list[int]], measure: str, value: float | None) -> None:
    function = rollcall.voeten if measure == "voeten" else getattr(agreement, measure)
    texts = (HELD["texts"],) if measure == "state_incl_consensus" else ()
    expected = np.nan if value is None else value
    assert float(function(table, *texts)) == pytest.approx(expected, abs=ROUNDING, nan_ok=True)


def test_every_measure_has_an_outside_value() -> None:
    """state_2017 is ia over fewer roll calls."""
    covered = {case.values[1] for case in CORRECTED + PLAIN}
    assert covered | {"state_2017"} == set(PAIR_IDS)
    assert MEASURES["state_2017"].function is MEASURES["ia"].function
    assert set(MEASURES) - set(PAIR_IDS) == PRINTED | NOT_ESTIMATED
