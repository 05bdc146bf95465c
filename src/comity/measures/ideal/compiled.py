"""The sums of a sweep, compiled: the arithmetic of ``slopes`` and ``sums`` vote by vote, on up to two threads.

Each item and each country-session is summed by one thread in a fixed order: no result depends on the number of
threads, and the plain path differs in rounding only.
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.mills import HIGH, LOW, PER_UNIT, TABLE
from comity.measures.ideal.model import Votes
from comity.measures.ideal.slopes import NODES, REACH, ROOT_2PI, STEP

if TYPE_CHECKING:
    from comity.measures.ideal.sums import State

Floats = NDArray[np.float64]

THREADS = 2


def available() -> bool:
    """Whether the compiled path can be used: the extra ``fast`` is installed."""
    return find_spec("numba") is not None


class Compiled:
    """The same sums as ``sums.Plain``."""

    def __init__(self, votes: Votes) -> None:
        import numba

        self.votes = votes
        self.threads = min(THREADS, numba.get_num_threads())
        self.item_kernel, self.unit_kernel = kernels()
        self.by_unit = votes.item[votes.unit_order], votes.choice[votes.unit_order]

    def items(self, state: State) -> Floats:
        """(I, 9) sums by item."""
        import numba

        numba.set_num_threads(self.threads)
        votes = self.votes
        table = np.ascontiguousarray(np.concatenate([state.middle.T, state.cut[4].reshape(-1, 2)], axis=1))
        out: Floats = self.item_kernel(votes.item_start, votes.unit, votes.choice, state.theta, state.var, table)
        return out

    def units(self, state: State) -> Floats:
        """(U, 3) sums by country-session."""
        import numba

        numba.set_num_threads(self.threads)
        table = np.ascontiguousarray(np.concatenate([state.middle.T, state.cut[4].reshape(-1, 2)], axis=1))
        item, choice = self.by_unit
        out: Floats = self.unit_kernel(self.votes.unit_start, item, choice, state.theta, state.var, table)
        return out


_KERNELS: list[tuple] = []  # type: ignore[type-arg]


def kernels() -> tuple:  # type: ignore[type-arg]
    """The two compiled functions, made at first use."""
    if not _KERNELS:
        _KERNELS.append(_compile())
    return _KERNELS[0]


def _compile() -> tuple:  # type: ignore[type-arg]
    import numba

    inline = numba.njit(inline="never", cache=False, error_model="numpy")
    places, weights = np.array([n[0] for n in NODES]), np.array([n[1] for n in NODES])
    coefficients, root2 = TABLE, math.sqrt(2.0)

    @inline
    def mills(x):  # type: ignore[no-untyped-def]
        place = (min(max(x, LOW), HIGH) - LOW) * PER_UNIT
        cell = int(place)
        t = place - cell
        c = coefficients[cell]
        return ((c[3] * t + c[2]) * t + c[1]) * t + c[0]

    @inline
    def decisive(x, spread, mean):  # type: ignore[no-untyped-def]
        """E[λ], E[λ′], and both with the response held within ±9; mean: μ of a no, −μ of a yes."""
        slope, bend, slope_mu, bend_mu = 0.0, 0.0, 0.0, 0.0
        far = abs(mean) + STEP * spread > REACH - 3.0
        for k in range(3):
            at = x + places[k] * spread
            ratio = mills(at)
            turn = ratio * (ratio + at)
            slope += weights[k] * ratio
            bend -= weights[k] * turn
            if far:
                over = mean + places[k] * spread - REACH
                cast, beyond = 0.5 * math.erfc(-at / root2), 0.5 * math.erfc(-over / root2)
                excess = (math.exp(-0.5 * over * over) / ROOT_2PI + over * beyond) / cast
                slope_mu += weights[k] * (ratio - excess)
                bend_mu -= weights[k] * (turn + beyond / cast - excess * ratio)
        if not far:
            slope_mu, bend_mu = slope, bend
        return slope, bend, slope_mu, bend_mu

    @inline
    def between(low, high, spread):  # type: ignore[no-untyped-def]
        s1, s2, own1, both, own2 = 0.0, 0.0, 0.0, 0.0, 0.0
        for k in range(3):
            a, b = low + places[k] * spread, high + places[k] * spread
            mirrored = a + b > 0
            far, near = (-b, -a) if mirrored else (a, b)
            decay = math.exp(0.5 * (near - far) * (near + far))
            upper = 1.0 / (1.0 / mills(near) - decay / mills(far))
            lower = upper * decay
            first, second = (-upper, lower) if mirrored else (-lower, upper)
            s1 += weights[k] * first
            s2 += weights[k] * second
            own1 -= weights[k] * first * (a + first)
            both -= weights[k] * first * second
            own2 -= weights[k] * second * (b + second)
        return s1, s2, own1, both, own2

    @inline
    def widths(theta, var, row, c):  # type: ignore[no-untyped-def]
        """Standard deviation of e for a choice: yes, abstain, no."""
        beta, spread_beta = row[0], row[3]
        if c == 1:
            rest = row[6] - theta * (row[4] + row[5])
        elif c == 0:
            rest = row[7] - 2.0 * theta * row[4]
        else:
            rest = row[8] - 2.0 * theta * row[5]
        return math.sqrt(max(spread_beta * (theta * theta + var) + beta * beta * var + rest, 0.0))

    @numba.njit(parallel=True, error_model="numpy")
    def item_kernel(start, unit, choice, theta, var, table):  # type: ignore[no-untyped-def]
        size = start.size - 1
        out = np.zeros((size, 9))
        for item in numba.prange(size):
            row, total = table[item], out[item]
            beta = row[0]
            for vote in range(start[item], start[item + 1]):
                t, v, c = theta[unit[vote]], var[unit[vote]], choice[vote]
                mean, width = beta * t, widths(t, v, row, c)
                square = t * t + v
                if c == 1:
                    first, second, own1, both, own2 = between(row[1] - mean, row[2] - mean, width)
                    bend = own1 + 2.0 * both + own2
                    total[0] += beta * v * bend - t * (first + second)
                    total[1] += first
                    total[2] += second
                    total[3] += square * bend
                    total[4] -= t * (own1 + both)
                    total[5] -= t * (both + own2)
                    total[6] += own1
                    total[7] += both
                    total[8] += own2
                else:
                    no = 1 if c == 2 else 0
                    sign = -1.0 if c == 2 else 1.0
                    slope, bend, slope_mu, bend_mu = decisive(sign * (row[1 + no] - mean), width, -sign * mean)
                    total[0] += beta * v * bend_mu - t * sign * slope_mu
                    total[1 + no] += sign * slope
                    total[3] += square * bend_mu
                    total[4 + no] -= t * bend
                    total[6 + 2 * no] += bend
        return out

    @numba.njit(parallel=True, error_model="numpy")
    def unit_kernel(start, item, choice, theta, var, table):  # type: ignore[no-untyped-def]
        size = start.size - 1
        out = np.zeros((size, 3))
        for unit in numba.prange(size):
            t, v = theta[unit], var[unit]
            pull, information, weight = 0.0, 0.0, 0.0
            for vote in range(start[unit], start[unit + 1]):
                row, c = table[item[vote]], choice[vote]
                beta, spread_beta = row[0], row[3]
                mean, width = beta * t, widths(t, v, row, c)
                square = beta * beta + spread_beta
                weight += square
                if c == 1:
                    first, second, own1, both, own2 = between(row[1] - mean, row[2] - mean, width)
                    lower, upper = own1 + both, both + own2
                    pull += (t * spread_beta - row[4]) * lower + (t * spread_beta - row[5]) * upper
                    pull -= beta * (first + second)
                    information -= square * (lower + upper)
                else:
                    no = 1 if c == 2 else 0
                    sign = -1.0 if c == 2 else 1.0
                    _, _, slope_mu, bend_mu = decisive(sign * (row[1 + no] - mean), width, -sign * mean)
                    pull += (t * spread_beta - row[4 + no]) * bend_mu - beta * sign * slope_mu
                    information -= square * bend_mu
            out[unit, 0] = pull
            out[unit, 1] = information
            out[unit, 2] = weight
        return out

    return item_kernel, unit_kernel
