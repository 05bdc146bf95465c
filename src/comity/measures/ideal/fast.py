"""The item step compiled with numba, where it is installed: the same arithmetic as gibbs.plain_items.

One part of the items is one call; parts are summed in their order, so any number of threads gives the same bits.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any, no_type_check

import numpy as np

from comity.measures.ideal import counters, gibbs, normal
from comity.measures.ideal.gibbs import ItemStep, Layout, State
from comity.measures.ideal.normal import Floats


def available() -> bool:
    """Whether numba is installed (the extra `fast`)."""
    return find_spec("numba") is not None


@no_type_check
def _part(lo, hi, span, unit, theta, beta, gamma1, gamma2, step, keys, new_beta, new1, new2, taken, sums, room):
    """Items lo to hi: γ, Z, β, and the sums of each unit (sums: (2, U), added to)."""
    place, mu, chance, hoped, latent = room[0], room[1], room[2], room[3], room[4]
    key1, key2 = keys[6], keys[7]
    for i in range(lo, hi):
        begin, end = span[i, 0], span[i, 3]
        size, one, mid = end - begin, span[i, 1] - begin, span[i, 2] - begin
        b, g1, g2, s = beta[i], gamma1[i], gamma2[i], step[i]
        at = np.uint64(i)
        c1, c2 = gibbs.propose(
            g1, g2, s, counters.uniform(keys[0], keys[1], at), counters.uniform(keys[2], keys[3], at)
        )
        mine = unit[begin:end]
        for k in range(size):
            place[k] = theta[mine[k]]
        for k in range(size):
            mu[k] = b * place[k]
        for k in range(one):
            chance[k] = normal.ndtr(g1 - mu[k])
            hoped[k] = normal.ndtr(c1 - mu[k])
        far, chance2, hoped2 = mu[one:mid], chance[one:mid], hoped[one:mid]
        for k in range(mid - one):
            chance2[k] = normal.ndtr(far[k] - g2)
            hoped2[k] = normal.ndtr(far[k] - c2)
        near, chance3, hoped3 = mu[mid:size], chance[mid:size], hoped[mid:size]
        for k in range(size - mid):
            chance3[k] = gibbs.between(g1 - near[k], g2 - near[k])
            hoped3[k] = gibbs.between(c1 - near[k], c2 - near[k])
        for k in range(size):
            latent[k] = hoped[k] / chance[k]
        ratio = 1.0
        for k in range(size):
            ratio *= latent[k]
        ratio *= gibbs.proposal_ratio(g1, g2, c1, c2, s)
        if counters.uniform(keys[4], keys[5], at) < ratio:
            g1, g2 = c1, c2
            taken[i] = 1.0
            for k in range(mid):
                chance[k] = hoped[k]
        else:
            taken[i] = 0.0
        first = np.uint64(begin)
        for k in range(size):
            hoped[k] = counters.uniform(key1, key2, first + np.uint64(k))
        for k in range(one):
            latent[k] = mu[k] + normal.ndtri(hoped[k] * chance[k])
        latent2, latent3 = latent[one:mid], latent[mid:size]
        for k in range(mid - one):
            latent2[k] = far[k] - normal.ndtri(hoped2[k] * chance2[k])
        for k in range(size - mid):
            latent3[k] = near[k] + normal.truncated(g1 - near[k], g2 - near[k], hoped3[k])
        for k in range(size):
            latent[k] = np.minimum(np.maximum(latent[k], -gibbs.LATENT_LIMIT), gibbs.LATENT_LIMIT)
        squares, products = 0.0, 0.0
        for k in range(size):
            squares += place[k] * place[k]
            products += place[k] * latent[k]
        spread = 1.0 / (1.0 + squares)
        b = spread * products + np.sqrt(spread) * normal.ndtri(counters.uniform(keys[8], keys[9], at))
        new_beta[i], new1[i], new2[i] = b, g1, g2
        square = b * b
        for k in range(size):
            sums[0, mine[k]] += b * latent[k]
            sums[1, mine[k]] += square


@cache
def _compiled() -> Any:
    """The compiled part. Not kept on disk: numba would not see a change in the functions it takes from elsewhere."""
    from numba import njit
    from numba.extending import overload, register_jitable

    overload(normal.bits, jit_options={"forceinline": True})(lambda x: lambda x: np.float64(x).view(np.int64))  # noqa: ARG005
    overload(normal.number, jit_options={"forceinline": True})(lambda x: lambda x: np.uint64(x).view(np.float64))  # noqa: ARG005
    inline = register_jitable(forceinline=True, error_model="numpy")
    for function in (
        normal.exp,
        normal.log,
        normal.ndtr,
        normal.ndtri,
        normal.truncated,
        counters.uniform,
        gibbs.propose,
        gibbs.proposal_ratio,
        gibbs.between,
    ):
        inline(function)
    return njit(nogil=True, error_model="numpy")(_part)


def items_on(threads: int) -> ItemStep:
    """The compiled item step on so many threads."""
    part = _compiled()
    pool = ThreadPoolExecutor(threads)

    def items(plan: Layout, state: State, theta: Floats, seed: int, chain: int) -> State:
        streams = (counters.ITEM_LOW, counters.ITEM_HIGH, counters.ACCEPT, counters.VOTE, counters.SLOPE)
        keys = np.array([k for s in streams for k in counters.key(seed, chain, state.sweep + 1, s)], np.uint64)
        beta, gamma1, gamma2, taken = (np.empty(state.beta.size) for _ in range(4))
        longest = int((plan.span[:, 3] - plan.span[:, 0]).max())
        sums = np.zeros((plan.chunk.size - 1, 2, theta.size))

        def run(c: int) -> None:
            part(
                plan.chunk[c],
                plan.chunk[c + 1],
                plan.span,
                plan.unit,
                theta,
                state.beta,
                state.gamma1,
                state.gamma2,
                state.step,
                keys,
                beta,
                gamma1,
                gamma2,
                taken,
                sums[c],
                np.empty((5, longest)),
            )

        if threads == 1:
            for c in range(len(sums)):
                run(c)
        else:
            list(pool.map(run, range(len(sums))))
        both = np.zeros((2, theta.size))
        for part_sums in sums:
            both += part_sums
        return replace(
            state,
            beta=beta,
            gamma1=gamma1,
            gamma2=gamma2,
            weighted=both[0],
            precision=both[1],
            accepted=state.accepted * 0.98 + taken * 0.02,
        )

    return items
