"""Blocs: planted partitions found again, signed modularity against a slow twin and other programs, determinism."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import MissingExtra
from comity.measures import blocs as b

FOUR = np.array([[0, 1, -1, 0], [1, 0, 0, -1], [-1, 0, 0, 1], [0, -1, 1, 0]], float)


@st.composite
def networks(draw):
    """Symmetric weights with at least one link, and a partition of its nodes."""
    n = draw(st.integers(2, 7))
    weight = st.one_of(st.just(0.0), st.just(float("nan")), st.integers(-10, 10).map(lambda k: k / 10))
    upper = draw(st.lists(weight, min_size=n * (n - 1) // 2, max_size=n * (n - 1) // 2))
    w = np.zeros((n, n))
    w[np.triu_indices(n, 1)] = upper
    w = w + w.T
    if not np.nan_to_num(w).any():
        w[0, 1] = w[1, 0] = draw(st.sampled_from([-1.0, 0.5]))
    labels = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))
    return w, np.array(labels), draw(st.sampled_from([0.5, 1.0, 1.7]))


def slow(w, labels, resolution):
    """The sum written out, pair by pair: Gómez, Jensen and Arenas (2009), equation for the signed case."""
    n = len(w)
    link = [[0.0 if i == j or np.isnan(w[i][j]) else float(w[i][j]) for j in range(n)] for i in range(n)]
    plus = [sum(max(x, 0) for x in row) for row in link]
    minus = [sum(max(-x, 0) for x in row) for row in link]
    total = 0.0
    for i in range(n):
        for j in range(n):
            if labels[i] == labels[j]:
                expected = plus[i] * plus[j] / sum(plus) if sum(plus) else 0.0
                against = minus[i] * minus[j] / sum(minus) if sum(minus) else 0.0
                total += link[i][j] - resolution * (expected - against)
    return total / (sum(plus) + sum(minus))


@given(networks())
def test_signed_modularity_is_the_sum_written_out(case):
    w, labels, resolution = case
    assert b.signed_modularity(w, labels, resolution) == pytest.approx(slow(w, labels, resolution), abs=1e-12)


@given(networks(), st.randoms(use_true_random=False))
def test_relabelling_and_reordering_change_nothing(case, random):
    w, labels, resolution = case
    order = list(range(len(w)))
    random.shuffle(order)
    value = b.signed_modularity(w, labels, resolution)
    assert -1 <= value <= 1
    assert b.signed_modularity(w[np.ix_(order, order)], 9 - labels[order], resolution) == pytest.approx(value)
    assert b.signed_modularity(3 * w, labels, resolution) == pytest.approx(value)


@given(networks(), st.integers(0, 99))
def test_a_climb_ends_no_lower_than_any_single_move_from_it(case, seed):
    w, _, resolution = case
    labels = b.louvain(w, np.random.default_rng(seed), resolution)
    best = b.signed_modularity(w, labels, resolution)
    assert best >= b.signed_modularity(w, np.arange(len(w)), resolution) - 1e-9
    for merged in {(i, j) for i in labels for j in labels if i < j}:
        joined = np.where(labels == merged[1], merged[0], labels)
        assert b.signed_modularity(w, joined, resolution) <= best + 1e-9


def test_by_hand():
    """Two agreements 0–1, 2–3 and two disagreements 0–2, 1–3.

    Each strength is 1, both totals 4. Together {0,1},{2,3}: the links give 4, the expectations p pᵀ/4 − m mᵀ/4 cancel;
    4 / 8 = 0.5. The other way, {0,2},{1,3}: −4 / 8.
    """
    assert b.signed_modularity(FOUR, [0, 0, 1, 1]) == 0.5
    assert b.signed_modularity(FOUR, [0, 1, 0, 1]) == -0.5
    assert b.signed_modularity(FOUR, [0, 0, 0, 0]) == 0.0


@pytest.mark.parametrize("method", b.METHODS)
@pytest.mark.parametrize("sizes", [(20, 20), (30, 15, 10), (12, 12, 12, 12)])
def test_planted_blocs_are_found(method, sizes):
    """Within 0.5, between −0.1, noise of 0.15: the planted blocs, from every start, and no start differs."""
    if method == "leiden":
        pytest.importorskip("leidenalg", reason="needs the extra 'graph'")
    rng = np.random.default_rng(7)
    planted = np.repeat(np.arange(len(sizes)), sizes)
    noise = rng.normal(0, 0.15, (len(planted),) * 2)
    w = np.where(planted[:, None] == planted, 0.5, -0.1) + (noise + noise.T) / 2
    shuffled = rng.permutation(len(planted))
    found = b.blocs(w[np.ix_(shuffled, shuffled)], seed=3, runs=20, method=method)
    assert b.adjusted_rand(found.labels, planted[shuffled]) == 1.0
    assert found.partitions == 1
    assert set(np.unique(found.together)) == {0.0, 1.0}


def test_a_node_between_two_blocs_is_unsure():
    w = np.where(np.repeat([0, 1], 5)[:, None] == np.repeat([0, 1], 5), 1.0, -0.2)
    w = np.pad(w, ((0, 1), (0, 1)), constant_values=0.3)
    found = b.blocs(w, seed=1, runs=60)
    between = found.together[10, [0, 5]]
    assert between.sum() == pytest.approx(1)
    assert between.min() > 0
    assert b.adjusted_rand(found.labels[:10], np.repeat([0, 1], 5)) == 1.0


def test_the_same_seed_gives_the_same_blocs():
    rng = np.random.default_rng(0)
    w = rng.normal(0, 1, (40, 40))
    w = w + w.T
    one, two, other = b.blocs(w, seed=5, runs=8), b.blocs(w, seed=5, runs=8), b.blocs(w, seed=6, runs=8)
    assert np.array_equal(one.labels, two.labels) and np.array_equal(one.together, two.together)
    assert not np.array_equal(one.together, other.together)
    assert one.partitions > 1


def test_louvain_comes_near_what_leiden_reaches_in_mere_noise():
    pytest.importorskip("leidenalg", reason="needs the extra 'graph'")
    rng = np.random.default_rng(4)
    w = rng.normal(0.1, 1, (30, 30))
    w = w + w.T
    best = {
        name: max(b.signed_modularity(w, once(w, np.random.default_rng(k))) for k in range(40))
        for name, once in (("louvain", b.louvain), ("leiden", b.leiden))
    }
    assert best["louvain"] == pytest.approx(best["leiden"], rel=0.05)


def test_leiden_without_its_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "leidenalg", None)
    with pytest.raises(MissingExtra, match="extra 'graph'"):
        b.blocs(FOUR, seed=1, runs=1, method="leiden")


@given(st.lists(st.integers(0, 3), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_adjusted_rand_is_that_of_the_contingency_table(first, random):
    second = [random.randrange(3) for _ in first]

    def twos(counts):
        return sum(k * (k - 1) / 2 for k in counts)

    cells = [sum((i, j) == p for p in zip(first, second, strict=True)) for i in range(4) for j in range(4)]
    rows, columns = ([x.count(k) for k in range(4)] for x in (first, second))
    expected = twos(rows) * twos(columns) / twos([len(first)])
    top = (twos(rows) + twos(columns)) / 2
    wanted = 1.0 if top == expected else (twos(cells) - expected) / (top - expected)
    assert b.adjusted_rand(first, second) == pytest.approx(wanted)
    assert b.adjusted_rand(first, first) == 1.0


def test_matching_takes_the_largest_overlap_first():
    before = [0, 0, 0, 1, 1, 2]
    now = [5, 5, 6, 6, 6, 7]
    assert b.matched(before, now) == {5: 0, 6: 1, 7: 2}
    assert b.matched([0, 0, 0], [4, 4, 3]) == {4: 0}


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (np.zeros((3, 3)), "no link"),
        (np.full((3, 3), np.nan), "no link"),
        (np.ones((2, 3)), "square"),
        (np.array([[0, 1], [2, 0]]), "symmetric"),
        (np.array([[0, np.inf], [np.inf, 0]]), "finite"),
    ],
)
def test_what_is_no_network_is_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        b.blocs(weights, seed=1)


def test_bad_choices_are_refused():
    for choices, message in (({"runs": 0}, "one run"), ({"method": "k-means"}, "one run"), ({"resolution": 0}, "pos")):
        with pytest.raises(ValueError, match=message):
            b.blocs(FOUR, seed=1, **choices)
    with pytest.raises(ValueError, match="one label"):
        b.signed_modularity(FOUR, [0, 1])
