"""Benjamini-Hochberg: by hand, a slow twin, R's p.adjust and statsmodels."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures.multiple import benjamini_hochberg

CASES = json.loads((Path(__file__).parents[2] / "reference" / "uncertainty_cases.json").read_text())
PS = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 0.05, 1.0]), max_size=30)


def test_by_hand():
    """Sorted 0.01, 0.02, 0.03, 0.9 times 4/1, 4/2, 4/3, 4/4; each the smallest from there on."""
    assert benjamini_hochberg([0.03, 0.9, 0.01, 0.02]).tolist() == pytest.approx([0.04, 0.9, 0.04, 0.04])


@pytest.mark.parametrize("program", ["p.adjust", "fdr_bh"])
def test_outside_value(program):
    assert benjamini_hochberg(CASES["p"]).tolist() == pytest.approx(CASES[program], abs=1e-12)


def twin(ps):
    """For each test, the smallest m p(k) / k over the tests with a p-value no smaller."""
    ordered = sorted(ps)
    scaled = [len(ps) * p / (k + 1) for k, p in enumerate(ordered)]
    return [min([1.0, *(s for s, q in zip(scaled, ordered, strict=True) if q >= p)]) for p in ps]


@given(PS)
def test_equals_the_twin(ps):
    assert benjamini_hochberg(ps).tolist() == pytest.approx(twin(ps), rel=1e-12)


@given(PS, st.floats(0.01, 0.5))
def test_rejects_what_the_step_up_rule_rejects(ps, q):
    """The rule as published: the largest k with p(k) at most k q / m, and every test up to it."""
    ordered = sorted(ps)
    largest = max((k for k in range(1, len(ps) + 1) if ordered[k - 1] * len(ps) / k <= q), default=0)
    limit = ordered[largest - 1] if largest else -1.0
    assert (benjamini_hochberg(ps) <= q).tolist() == [p <= limit for p in ps]


def test_no_test_is_not_counted():
    found = benjamini_hochberg([[0.01, np.nan], [0.04, 0.03]])
    assert np.isnan(found[0, 1])
    assert found[[0, 1, 1], [0, 0, 1]].tolist() == benjamini_hochberg([0.01, 0.04, 0.03]).tolist()


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_not_a_probability(p):
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        benjamini_hochberg([0.5, p])
