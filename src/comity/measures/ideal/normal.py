"""The normal distribution for the sampler: Φ, its inverse and truncated draws, in arithmetic only.

Each function takes an array (or, compiled, one number: see fast) and has no branch and no library call but sqrt, so
that the plain and the compiled path do the same arithmetic bit for bit, and a compiler can do several votes at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_HALF, _ONE_BITS = np.int64(1022), np.int64(0x3FF0000000000000)
_MANTISSA, _SHIFT = np.int64(0x000FFFFFFFFFFFFF), np.int64(52)
_ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it rounds to a whole number, found in the low bits
_ROUND_BITS = np.int64(0x4338000000000000)
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_SQRT2 = 1.4142135623730951


def bits(x: Floats) -> NDArray[np.int64]:
    """The 64 bits of a double as a whole number (the compiled path has its own form of this and of number)."""
    return x.view(np.int64)


def number(x: NDArray[np.int64] | NDArray[np.uint64]) -> Floats:
    """The double with those 64 bits."""
    return x.view(np.float64)


def exp(x: Floats) -> Floats:
    """e^x for x in [−700, 700]; relative error below 1e-14."""
    shifted = x * 1.4426950408889634 + _ROUND
    whole = shifted - _ROUND
    r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    series = r * (1.0 / 39916800.0) + 1.0 / 3628800.0
    series = series * r + 1.0 / 362880.0
    series = series * r + 1.0 / 40320.0
    series = series * r + 1.0 / 5040.0
    series = series * r + 1.0 / 720.0
    series = series * r + 1.0 / 120.0
    series = series * r + 1.0 / 24.0
    series = series * r + 1.0 / 6.0
    series = series * r + 0.5
    series = series * r + 1.0
    series = series * r + 1.0
    power = ((bits(shifted) - _ROUND_BITS) << _SHIFT) + _ONE_BITS
    return series * number(power)


def log(x: Floats) -> Floats:
    """ln x for normal positive x; error below 1e-13."""
    word = bits(x)
    mantissa = number((word & _MANTISSA) | _ONE_BITS)
    exponent = (word >> _SHIFT) - _HALF
    s = (mantissa - _SQRT2) / (mantissa + _SQRT2)
    square = s * s
    series = square * (2.0 / 15.0) + 2.0 / 13.0
    series = series * square + 2.0 / 11.0
    series = series * square + 2.0 / 9.0
    series = series * square + 2.0 / 7.0
    series = series * square + 2.0 / 5.0
    series = series * square + 2.0 / 3.0
    series = series * square + 2.0
    return (exponent - 0.5) * 0.6931471805599453 + series * s


def ndtr(x: Floats) -> Floats:
    """Φ(x); below zero the tail itself, never 1 − (1 − tail). x below −37 is taken as −37.

    Hart's rational function (1968, 5666); relative error below 4e-8 down to −10 and 4e-6 down to −37.
    """
    a = np.minimum(abs(x), 37.0)
    num = a * 3.52624965998911e-02 + 0.700383064443688
    num = num * a + 6.37396220353165
    num = num * a + 33.912866078383
    num = num * a + 112.079291497871
    num = num * a + 221.213596169931
    num = num * a + 220.206867912376
    den = a * 8.83883476483184e-02 + 1.75566716318264
    den = den * a + 16.064177579207
    den = den * a + 86.7807322029461
    den = den * a + 296.564248779674
    den = den * a + 637.333633378831
    den = den * a + 793.826512519948
    den = den * a + 440.413735824752
    tail = exp(a * a * -0.5) * num / den
    whole: Floats = tail + (x > 0.0) * (1.0 - 2.0 * tail)
    return whole


def ndtri(p: Floats) -> Floats:
    """Φ⁻¹(p) for p in [1e-300, 1); p above a half is mirrored.

    A rational function of sqrt(−2 ln p) fitted for this module; absolute error below 1e-9 within ±9 and 3e-9 beyond.
    """
    q = np.maximum(np.minimum(p, 1.0 - p), 1e-300)
    r = np.sqrt(log(q) * -2.0)
    num = r * 0.0032713886208705642 + 0.3747125555665827
    num = num * r + 8.412384020221113
    num = num * r + 47.09951794025245
    num = num * r + 41.662918788027376
    num = num * r - 77.20091658917192
    num = num * r - 57.317407385728146
    num = num * r - 4.054671080581785
    den = r * 0.0032713880896697344 + 0.37472177182650385
    den = den * r + 8.434433476590957
    den = den * r + 48.88347976582592
    den = den * r + 69.90536386877687
    den = den * r + 23.163462503306032
    den = den * r + 1.0
    signed: Floats = num / den * ((p > 0.5) * 2.0 - 1.0)
    return signed


def truncated(low: Floats, high: Floats, u: Floats) -> Floats:
    """A standard normal between low and high at quantile u, found in the tail that the interval leans to."""
    side = 1.0 - 2.0 * (low + high > 0.0)
    near, far = np.minimum(low * side, high * side), np.maximum(low * side, high * side)
    floor = ndtr(near)
    inside: Floats = ndtri(floor + u * (ndtr(far) - floor)) * side
    return inside
