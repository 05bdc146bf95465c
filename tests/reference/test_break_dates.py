"""Break dates by ruptures and straight lines by statsmodels (make_break_dates.py made them)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from comity.measures.breaks import MODELS, Series, find_breaks, shares, values

MADE = json.loads(Path(__file__).with_name("break_dates.json").read_text("utf-8"))
SERIES = [pytest.param(s, id=f"{s['kind']}-{s['seed']}") for s in MADE["series"]]


def counted(series: dict) -> Series:
    return shares(np.arange(len(series["k"])), series["k"], series["n"])


@pytest.mark.parametrize("series", SERIES)
def test_the_best_date_is_that_of_ruptures(series: dict) -> None:
    assert find_breaks(counted(series)).at == series["binomial"]
    level = np.array(series["k"]) / np.array(series["n"])
    assert find_breaks(values(np.arange(len(level)), level, np.ones(len(level)))).at == series["l2"]


@pytest.mark.parametrize("series", SERIES)
def test_the_ramp_is_the_logistic_regression(series: dict) -> None:
    found = find_breaks(counted(series))
    # Both iterate: to 1e-12 there, 25 rounds here.
    assert found.deviance["ramp"] == pytest.approx(series["ramp_deviance"], rel=1e-8)
    assert found.deviance["none"] == pytest.approx(series["none_deviance"], rel=1e-10)
    least = min(found.deviance, key=lambda m: found.deviance[m])
    if least == "ramp":
        assert found.dispersion <= series["ramp_pearson"] / (len(series["k"]) - 2) * (1 + 1e-8)


def test_there_are_series_of_every_kind() -> None:
    assert {s["kind"] for s in MADE["series"]} == {"level", "ramp", "step"} and len(SERIES) == 30
    assert {find_breaks(counted(s)).preferred for s in MADE["series"]} == set(MODELS)
