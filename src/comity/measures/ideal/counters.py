"""Random numbers by counting: a draw is a function of (seed, chain, sweep, stream, index) and of nothing else.

So results do not depend on the number of threads, on the order of the work, or on the path (plain or compiled).
The mixer is SplitMix64's finaliser (Steele, Lea & Flood 2014) with a second key between its rounds: two streams
would share numbers only where both 64-bit keys fell together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from comity.measures.ideal.normal import number

Key = tuple[np.uint64, np.uint64]

VOTE, ITEM_LOW, ITEM_HIGH, ACCEPT, SLOPE, PLACE = range(6)
"""Streams: the latent vote, the two cut points, the acceptance, β, θ. Sweep 0 is the start."""

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
_ONE = np.uint64(0x3FF0000000000000)
_WORD = (1 << 64) - 1


def _mix(word: int) -> int:
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _WORD
    return word ^ (word >> 31)


def key(seed: int, chain: int, sweep: int, stream: int) -> Key:
    """The two keys of one stream of one sweep."""
    word = 0x243F6A8885A308D3
    for part in (seed, chain, sweep, stream):
        word = _mix((word + 0x9E3779B97F4A7C15 + (part & _WORD)) & _WORD)
    return np.uint64(word), np.uint64(_mix(word ^ 0x13198A2E03707344))


def uniform(first: np.uint64, second: np.uint64, index: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Uniforms strictly inside (0, 1), 52 bits; of each index."""
    word = index * _STEP + first
    word = (word ^ (word >> _S30)) * _FIRST
    word = word ^ second
    word = (word ^ (word >> _S27)) * _SECOND
    word = word ^ (word >> _S31)
    return (number((word >> _S12) | _ONE) - 1.0) + 1.1102230246251565e-16


def uniforms(keys: Key, count: int, first: int = 0) -> NDArray[np.float64]:
    """A stream's uniforms number first, first + 1, … ."""
    return uniform(keys[0], keys[1], np.arange(first, first + count, dtype=np.uint64))
