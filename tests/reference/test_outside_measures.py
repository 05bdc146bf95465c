"""The chance-corrected measures against packages by others; measures/make_outside_values.py made the numbers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from comity.measures import chance

HELD = json.loads((Path(__file__).parent / "measures" / "outside_values.json").read_text(encoding="utf-8"))["tables"]
CASES = [
    pytest.param(case["table"], measure, value, id=f"{name}-{measure}-{package}")
    for name, case in HELD.items()
    for measure, given in case["values"].items()
    for package, value in given.items()
]
ROUNDING = 1e-10  # irrCAC rounds to twelve digits


@pytest.mark.parametrize(("votes", "measure", "value"), CASES)
def test_equals_the_package(votes: list[list[int]], measure: str, value: float) -> None:
    table = np.zeros((4, 4))
    table[:3, :3] = votes
    table[3, 1] = 7  # absences play no part
    assert float(getattr(chance, measure)(table)) == pytest.approx(value, abs=ROUNDING)


def test_every_chance_corrected_measure_has_an_outside_value() -> None:
    assert {case.values[1] for case in CASES} == {
        *("kappa_lin", "kappa_sq", "pi_lin", "pi_sq", "brennan_prediger"),
        *("alpha_nominal", "alpha_interval", "alpha_ordinal"),
    }
