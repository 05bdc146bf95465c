"""Every measure on one table worked by hand, with exact fractions, and where it is not defined."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from comity.measures import agreement, chance, rollcall

# Yes, abstain, no, absent; the first state's choice in rows. 20 votes both cast, 5 with an absence.
#   s = 8 + 2 + 1 = 11,  o = 1 + 2 = 3,  p = 3 + 1 + 2 + 0 = 6,  n = 20,  x = 5
TABLE = np.array([[8, 3, 1, 2], [1, 2, 2, 0], [2, 0, 1, 1], [1, 1, 0, 0]])
# First state: yes 12, abstain 5, no 3. Second: yes 11, abstain 5, no 4. Pooled of 40: 23, 10, 7.
# Linear: Do = (p/2 + o)/n = 6/20. Squared: Do = (p/4 + o)/n = (6/4 + 3)/20 = 9/40.
# De linear, own marginals: [(12·5 + 5·11 + 5·4 + 3·5)/2 + 12·4 + 3·11]/400 = (75 + 81)/400 = 39/100.
# De squared, own: [150/4 + 81]/400 = 118.5/400 = 237/800.
# De pooled, linear: [2(23·10 + 10·7)/2 + 2·23·7]/1600 = (300 + 322)/1600 = 311/800; squared: (150 + 322)/1600 = 59/200.
# Without replacement the same sums are over 40·39: nominal (600 + 322)/1560, squared (150 + 322)/1560.
# Ordinal: mean ranks 11.5, 28, 36.5; gaps 16.5, 8.5, 25, squared 272.25, 72.25, 625.
#   Do = [4·272.25 + 2·72.25 + 3·625]/20; De = 2[230·272.25 + 70·72.25 + 161·625]/1560.
_DO_ORDINAL = (4 * Fraction(1089, 4) + 2 * Fraction(289, 4) + 3 * 625) / 20
_DE_ORDINAL = 2 * (230 * Fraction(1089, 4) + 70 * Fraction(289, 4) + 161 * 625) / 1560
BY_HAND: dict[Callable[..., np.ndarray], Fraction] = {
    agreement.same_share: Fraction(11, 20),
    agreement.ambivalent_share: Fraction(6, 20),
    agreement.opposite_share: Fraction(3, 20),
    agreement.same_share_of_all: Fraction(11, 25),
    agreement.ambivalent_share_of_all: Fraction(6, 25),
    agreement.opposite_share_of_all: Fraction(3, 25),
    agreement.absent_share: Fraction(5, 25),
    agreement.votes_only: Fraction(9, 12),
    agreement.ia: Fraction(14, 20),
    agreement.state_2022: Fraction(33, 50),
    agreement.s: Fraction(2, 5),
    agreement.s_sq: 1 - 2 * Fraction(9, 40),
    rollcall.voeten: Fraction(14, 20),
    chance.kappa_lin: 1 - Fraction(6, 20) / Fraction(39, 100),
    chance.kappa_sq: 1 - Fraction(9, 40) / Fraction(237, 800),
    chance.pi_lin: 1 - Fraction(6, 20) / Fraction(311, 800),
    chance.pi_sq: 1 - Fraction(9, 40) / Fraction(59, 200),
    chance.brennan_prediger: 1 - Fraction(9, 40) / Fraction(1, 3),  # the mean of 0, 1/4, 1, 1/4, 0, 1/4, 1, 1/4, 0
    chance.alpha_nominal: 1 - Fraction(9, 20) / Fraction(922, 1560),
    chance.alpha_interval: 1 - Fraction(9, 40) / Fraction(472, 1560),
    chance.alpha_ordinal: 1 - _DO_ORDINAL / _DE_ORDINAL,
    chance.prevalence: Fraction(23, 40),
    chance.bias: Fraction(1, 20),
}
CORRECTED = [
    *(chance.kappa_lin, chance.kappa_sq, chance.pi_lin, chance.pi_sq),
    *(chance.alpha_nominal, chance.alpha_interval, chance.alpha_ordinal),
]
EXACT = 1e-12  # exact fractions against double precision


@pytest.mark.parametrize("measure", BY_HAND, ids=lambda m: m.__name__)
def test_by_hand(measure: Callable[..., np.ndarray]) -> None:
    assert float(measure(TABLE)) == pytest.approx(float(BY_HAND[measure]), abs=EXACT)


@pytest.mark.parametrize("measure", BY_HAND, ids=lambda m: m.__name__)
def test_many_tables_at_once_are_the_same_values(measure: Callable[..., np.ndarray]) -> None:
    empty = np.zeros((4, 4))
    many = np.stack([[TABLE, 2 * TABLE, empty], [TABLE.T, empty, 3 * TABLE]])
    found = measure(many)
    assert found.shape == (2, 3)
    for i, j in np.ndindex(2, 3):
        assert found[i, j] == pytest.approx(float(measure(many[i, j])), abs=EXACT, nan_ok=True)
    assert np.isnan(found[0, 2])


def test_texts_adopted_without_a_vote() -> None:
    # r = 20/25, C = 10: (9 + 8)/(12 + 8)
    assert float(agreement.state_incl_consensus(TABLE, 10)) == pytest.approx(17 / 20, abs=EXACT)
    assert float(agreement.state_incl_consensus(TABLE, 0)) == pytest.approx(9 / 12, abs=EXACT)
    assert math.isnan(float(agreement.state_incl_consensus(TABLE, np.nan)))
    with pytest.raises(ValueError, match="negative"):
        agreement.state_incl_consensus(TABLE, -1)


@pytest.mark.parametrize("measure", BY_HAND, ids=lambda m: m.__name__)
@pytest.mark.parametrize("wrong", [np.zeros((3, 3)), np.zeros(4), -TABLE], ids=["3×3", "row", "negative"])
def test_what_is_not_a_table_is_refused(measure: Callable[..., np.ndarray], wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="contingency tables"):
        measure(wrong)


@pytest.mark.parametrize("choice", [0, 1, 2])
@pytest.mark.parametrize("measure", CORRECTED, ids=lambda m: m.__name__)
def test_one_and_the_same_choice_throughout_is_undefined_not_zero(
    measure: Callable[..., np.ndarray], choice: int
) -> None:
    table = np.zeros((4, 4))
    table[choice, choice] = 40
    table[3, 0] = 2
    assert math.isnan(float(measure(table)))
    assert float(agreement.same_share(table)) == float(chance.brennan_prediger(table)) == 1
    assert float(chance.prevalence(table)) == 1


@pytest.mark.parametrize("measure", CORRECTED, ids=lambda m: m.__name__)
def test_two_constant_and_different_choices_are_defined(measure: Callable[..., np.ndarray]) -> None:
    """Kappa is 0 here whatever the disagreement: each state's own marginals expect just that."""
    table = np.zeros((4, 4))
    table[0, 2] = 40
    value = float(measure(table))
    assert value == pytest.approx(0, abs=EXACT) if measure.__name__.startswith("kappa") else value < 0


def test_marginals() -> None:
    first, second = chance.marginals(TABLE)
    assert first == pytest.approx(np.array([12, 5, 3]) / 20)
    assert second == pytest.approx(np.array([11, 5, 4]) / 20)
    assert np.isnan(chance.marginals(np.zeros((4, 4)))[0]).all()


def test_weighted_s() -> None:
    a, b, w = [0, 0, 1, 3, 2], [0, 2, 2, 0, 1], [1, 2, 3, 9, 4]
    # Both cast: d = 0, 1, 1/2, 1/2 with weights 1, 2, 3, 4.
    assert agreement.s_weighted(a, b, w) == pytest.approx(1 - 2 * 5.5 / 10)
    assert agreement.s_weighted(a, b, w, squared=True) == pytest.approx(1 - 2 * (2 + 3 / 4 + 1) / 10)
    assert math.isnan(agreement.s_weighted([3], [0], [1]))


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([1, 2], "one weight a roll call"),
        ([1, 2, -1], "not negative"),
        ([1, 2, np.nan], "finite"),
        ([0, 0, 5], "are 0"),
    ],
)
def test_bad_weights(weights: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        agreement.s_weighted([0, 1, 3], [0, 2, 0], weights)


def test_divided_roll_calls() -> None:
    cells = np.array([[0, 0, 0], [0, 1, 3], [2, 3, 5], [4, 5, 3], [2, 2, 0]])
    assert rollcall.divided(cells).tolist() == [False, True, False, False, True]
    with pytest.raises(ValueError, match="roll calls, states"):
        rollcall.divided([0, 1])
