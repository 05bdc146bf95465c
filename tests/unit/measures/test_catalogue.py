"""Every measure has its row, its words and a helpful error beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from comity.errors import UsageError
from comity.measures.catalogue import MEASURES, PAIR_IDS, measure, pair_measures
from comity.model.words import catalogue

# The table of definitions that the project committed itself to.
PROMISED = {
    *("same_share", "ambivalent_share", "opposite_share", "absent_share", "votes_only", "state_incl_consensus", "ia"),
    *("state_2017", "state_2022", "voeten", "s", "s_sq", "kappa_lin", "kappa_sq", "pi_lin", "pi_sq", "alpha_nominal"),
    *("alpha_interval", "alpha_ordinal", "brennan_prediger", "ideal_distance", "rice", "agreement_index"),
}
DOCS = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "measures.md"


def test_every_promised_measure_is_there() -> None:
    assert set(MEASURES) >= PROMISED


@pytest.mark.parametrize("id", MEASURES)
def test_a_measure_is_explained(id: str) -> None:
    told = measure(id).to_dict()
    assert all(told[key] for key in ("formula", "source", "needs", "when", "when_not"))
    assert measure(id).range


def test_no_words_about_a_measure_that_is_not() -> None:
    for section in ("formula", "source", "when", "when_not"):
        told = {k.split(".", 1)[1] for k in catalogue() if k.startswith(f"measure_{section}.")}
        assert told == set(MEASURES), section


@pytest.mark.parametrize("id", PAIR_IDS)
def test_values_keep_to_the_range(id: str) -> None:
    one = measure(id)
    made = np.random.default_rng(4).integers(0, 9, (200, 4, 4))
    assert one.function is not None
    values = one.function(made, 3) if one.consensus else one.function(made)
    assert values.shape == (200,)
    assert one.high is not None and np.nanmax(values) <= one.high
    assert one.low is None or np.nanmin(values) >= one.low


def test_ids_are_read_kindly() -> None:
    assert measure(" Kappa-SQ ").id == "kappa_sq"
    assert [m.id for m in pair_measures("s, kappa_sq,s")] == ["s", "kappa_sq"]
    assert tuple(m.id for m in pair_measures("all")) == PAIR_IDS
    assert [m.id for m in pair_measures(["ia"])] == ["ia"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("kapa_sq", "Did you mean kappa_sq?"),
        ("lijphart", "Did you mean ia?"),
        ("zzzz", "See comity measures"),
        ("", "No measure is named"),
        ("s,rice", "of a group, not of a pair"),
        ("ideal_distance", "needs ideal points"),
    ],
)
def test_a_wrong_id_is_told_what_to_do(asked: str, says: str) -> None:
    with pytest.raises(UsageError, match=says.replace("?", r"\?")):
        pair_measures(asked)


def test_the_page_names_every_measure() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [id for id in MEASURES if f"`{id}`" not in text] == []
