"""The measures of change against slow, plain twins."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.measures.breaks import LEAST, MARGIN, find_breaks, shares, values
from comity.measures.decomposition import PARTS, decompose, family_counts
from comity.measures.matched import matched
from comity.measures.moved import median_position, who_moved

CLOSE = 1e-9  # sums of fewer than 100 floating numbers of size 1

votes = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans(), st.integers(-1, 5)), min_size=2, max_size=40
)


@given(votes, st.randoms())
def test_parts_sum_to_the_change_whatever_the_labels_and_the_order(rows, random) -> None:
    alike, later, family = [a == b for a, b, _, _ in rows], [r[2] for r in rows], [r[3] for r in rows]
    assume(any(later) and not all(later))
    found = decompose(family_counts(alike, later, family))
    means = [np.mean([x for x, t in zip(alike, later, strict=True) if t is when]) for when in (False, True)]
    assert found.change == pytest.approx(means[1] - means[0], abs=CLOSE)
    for order in (0, 1):
        assert sum(found.orders[p][order] for p in PARTS) == pytest.approx(found.change, abs=CLOSE)
    assert sum(found.parts.values()) == pytest.approx(found.change, abs=CLOSE)
    names = list(range(6))
    random.shuffle(names)
    shuffled = [(x, t, -1 if f < 0 else 100 + names[f]) for x, t, f in zip(alike, later, family, strict=True)]
    random.shuffle(shuffled)
    again = decompose(family_counts(*zip(*shuffled, strict=True)))
    assert again.parts == pytest.approx(found.parts, abs=CLOSE)
    assert (again.families, again.roll_calls) == (found.families, found.roll_calls)
    back = decompose(family_counts(alike, [not t for t in later], family))
    assert back.parts["within"] == pytest.approx(-found.parts["within"], abs=CLOSE)
    assert back.parts["entry"] == pytest.approx(-found.parts["exit"], abs=CLOSE)


@given(votes)
def test_decomposition_is_kitagawas(rows) -> None:
    alike, later, family = [a == b for a, b, _, _ in rows], [r[2] for r in rows], [r[3] for r in rows]
    assume(any(later) and not all(later))
    found = decompose(family_counts(alike, later, family))
    cells: dict[tuple[int, bool], list[bool]] = {}
    for x, t, f in zip(alike, later, family, strict=True):
        cells.setdefault((f, t), []).append(x)
    size = {t: later.count(t) for t in (False, True)}
    centre = (found.before + found.after) / 2
    want = dict.fromkeys(PARTS, 0.0)
    for f in {f for f, _ in cells}:
        w = [len(cells.get((f, t), [])) / size[t] for t in (False, True)]
        r = [np.mean(cells[f, t]) if (f, t) in cells else math.nan for t in (False, True)]
        if f < 0:
            want["unmatched"] += sum(s * w[i] * (r[i] - centre) for i, s in ((0, -1), (1, 1)) if w[i])
        elif w[0] and w[1]:
            want["within"] += (w[0] + w[1]) / 2 * (r[1] - r[0])
            want["reweighting"] += (w[1] - w[0]) * ((r[0] + r[1]) / 2 - centre)
        elif w[1]:
            want["entry"] += w[1] * (r[1] - centre)
        else:
            want["exit"] -= w[0] * (r[0] - centre)
    assert found.parts == pytest.approx(want, abs=CLOSE)


@given(votes, st.randoms())
def test_who_moved_is_the_plain_loop_and_mirrors_the_pair(rows, random) -> None:
    a, b, later, family = (list(x) for x in zip(*rows, strict=True))
    world = [1 - x % 3 for x in range(len(rows))]
    found = who_moved(a, b, world, later, family)
    place = {0: 1, 1: 0, 2: -1}
    cast = [i for i in range(len(rows)) if a[i] < 3 and b[i] < 3]

    def mean(f, t, side) -> float:
        return np.mean([side(i) for i in cast if family[i] == f and later[i] is t])

    held = {(family[i], later[i]) for i in cast if family[i] >= 0}
    common = sorted({f for f, _ in held if {(f, False), (f, True)} <= held})
    assert found.family.tolist() == common
    for j, f in enumerate(common):
        at = [(mean(f, t, lambda i: place[a[i]]), mean(f, t, lambda i: place[b[i]])) for t in (False, True)]
        (a1, b1), (a2, b2) = at
        start, end = abs(a1 - b1), abs(a2 - b2)
        assert found.by_a[j] == pytest.approx(abs(a2 - b1) - start, abs=CLOSE)
        assert found.by_b[j] == pytest.approx(abs(a1 - b2) - start, abs=CLOSE)
        assert found.by_a[j] + found.by_b[j] + found.by_both[j] == pytest.approx(end - start, abs=CLOSE)
        assert found.world[j, 1] == pytest.approx(mean(f, True, lambda i: world[i]), abs=CLOSE)
    order = list(range(len(rows)))
    random.shuffle(order)
    other = who_moved(*([x[i] for i in order] for x in (b, a, world, later, family)))
    for left, right in ((other.by_a, found.by_b), (other.by_both, found.by_both), (other.world, found.world)):
        assert left == pytest.approx(right, abs=CLOSE)
    assert (other.common, other.all) == (found.common, found.all)


@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=9), min_size=1, max_size=6))
def test_the_median_state_is_statistics_median(rows) -> None:
    width = max(map(len, rows))
    cells = [row + [3] * (width - len(row)) for row in rows]
    want = [np.median(held) if (held := [1 - c for c in row if c < 3]) else math.nan for row in rows]
    assert median_position(cells) == pytest.approx(want, nan_ok=True)


counts = st.lists(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=LEAST, max_size=25
)


def apart(k: float, n: float, p: float) -> float:
    return 2 * sum(x * math.log(x / n / q) for x, q in ((k, p), (n - k, 1 - p)) if x)


@given(counts)
def test_every_step_is_the_plain_loop(pairs) -> None:
    assume(len({k / n for k, n in pairs}) > 1)
    k, n = (np.array(x) for x in zip(*pairs, strict=True))
    found = find_breaks(shares(np.arange(len(k)), k, n))

    def level(part: slice) -> float:
        p = k[part].sum() / n[part].sum()
        return sum(apart(float(x), float(y), p) for x, y in zip(k[part], n[part], strict=True))

    steps = [level(slice(cut)) + level(slice(cut, None)) for cut in range(MARGIN, len(k) - MARGIN + 1)]
    assert found.deviance["none"] == pytest.approx(level(slice(None)), abs=1e-7)
    assert found.deviance["step"] == pytest.approx(min(steps), abs=1e-7)
    assert found.support == pytest.approx([math.exp(-(d - min(steps)) / 2 / found.dispersion) for d in steps], abs=1e-6)
    # A straight line holds no change as its special case, and fits no worse.
    assert found.deviance["ramp"] <= found.deviance["none"] + 1e-6
    flipped = find_breaks(shares(np.arange(len(k)), n - k, n))
    assert (flipped.at, flipped.preferred) == (found.at, found.preferred) or len(set(np.round(steps, 6))) < len(steps)


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.integers(1, 30)), min_size=LEAST, max_size=25),
    st.floats(0.5, 5),
    st.floats(-3, 3),
)
def test_steps_of_values_are_least_squares_on_any_scale(pairs, scale, shift) -> None:
    y, w = (np.array(x, float) for x in zip(*pairs, strict=True))
    assume(np.ptp(y) > 1e-3)
    time = np.arange(len(y))
    found = find_breaks(values(time, y, w))

    def left(*columns: np.ndarray) -> float:
        design = np.column_stack(columns) * np.sqrt(w)[:, None]
        return float(((design @ np.linalg.lstsq(design, y * np.sqrt(w))[0] - y * np.sqrt(w)) ** 2).sum())

    one = np.ones(len(y))
    steps = [left(one, time >= cut) for cut in range(MARGIN, len(y) - MARGIN + 1)]
    want = {"none": left(one), "ramp": left(one, time), "step": min(steps)}
    assert found.deviance == pytest.approx(want, abs=1e-8)
    other = find_breaks(values(time + 1900, y * scale + shift, w))
    assert other.gain == pytest.approx(found.gain, rel=1e-5, abs=1e-6)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 5), st.integers(-1, 4)), min_size=1, max_size=30))
def test_matched_levels_are_the_regression_on_years_and_families(rows) -> None:
    y, time, family = (np.array(x) for x in zip(*rows, strict=True))
    found = matched(y, time, family)
    kept = [
        i
        for i in range(len(y))
        if family[i] >= 0 and len({t for t, f in zip(time, family, strict=True) if f == family[i]}) > 1
    ]
    kept = [i for i in kept if time[i] in found.time]
    assert found.n.sum() == len(kept)
    if not kept:
        return
    times, families = found.time, np.unique(family[kept])
    design = np.column_stack([time[kept][:, None] == times, family[kept][:, None] == families]).astype(float)
    fit = np.linalg.lstsq(design, y[kept].astype(float))[0]
    effects = fit[: len(times)]
    assert np.average(found.level, weights=found.n) == pytest.approx(y[kept].mean(), abs=1e-8)
    for i, j in combinations(range(len(times)), 2):
        assert found.level[i] - found.level[j] == pytest.approx(effects[i] - effects[j], abs=1e-8)
