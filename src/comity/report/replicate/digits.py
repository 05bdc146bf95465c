"""How far two texts differ that differ in their numbers alone."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def apart(one: bytes, other: bytes) -> float | None:
    """The largest difference of two numbers in the same place, over the larger of them; None where words differ too.

    >>> apart(b"a 1.0, b 2", b"a 1.0, b 2.5"), apart(b"a 1", b"b 1"), apart(b"a 1", b"a 1")
    (0.2, None, 0.0)
    """
    try:
        texts = one.decode(), other.decode()
    except UnicodeDecodeError:
        return None
    (words, numbers), (other_words, other_numbers) = (
        (_NUMBER.split(text), [float(found) for found in _NUMBER.findall(text)]) for text in texts
    )
    if words != other_words:
        return None
    pairs = zip(numbers, other_numbers, strict=True)
    return max((abs(a - b) / max(abs(a), abs(b)) for a, b in pairs if a != b), default=0.0)
