"""What a text prints of a pair: a category of joint choices, with its figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.audit.printed import Printed
from comity.errors import BadValue, UsageError

Floats = NDArray[np.float64]

_YES, _ABSTAIN, _NO, _ABSENT = range(4)
_CELLS: dict[str, tuple[tuple[int, int], ...]] = {
    "same": ((_YES, _YES), (_ABSTAIN, _ABSTAIN), (_NO, _NO)),
    "opposite": ((_YES, _NO), (_NO, _YES)),
    "ambivalent": ((_YES, _ABSTAIN), (_ABSTAIN, _YES), (_NO, _ABSTAIN), (_ABSTAIN, _NO)),
    "yes_yes": ((_YES, _YES),),
    "abstain_abstain": ((_ABSTAIN, _ABSTAIN),),
    "no_no": ((_NO, _NO),),
    "absent": tuple((a, b) for a in range(4) for b in range(4) if _ABSENT in (a, b)),
}
_CELLS["diverged"] = (*_CELLS["opposite"], *_CELLS["ambivalent"])
CATEGORIES = tuple(_CELLS)

ALL, CAST, VOTES_ONLY, HALF = "all", "cast", "votes_only", "half"
OF = (ALL, CAST, VOTES_ONLY, HALF)
"""Of what a share is: all roll calls; votes cast by both; those on which both said yes or no, abstentions left out;
votes cast by both with a half for one abstention (same votes only, Lijphart's index)."""


@dataclass(frozen=True, slots=True)
class Item:
    """A printed figure of a pair. a, b : state ids; category : of CATEGORIES."""

    a: str
    b: str
    category: str
    printed: Printed

    @property
    def label(self) -> str:
        """As asked: "same=75 %"."""
        return f"{self.category}={self.printed.text}"


def parse_item(text: str, a: str, b: str) -> Item:
    """Read "same=75%"; UsageError for what is not a category and a figure."""
    name, _, figure = text.partition("=")
    category = name.strip().replace("-", "_")
    if category not in CATEGORIES or not figure.strip():
        raise UsageError(
            "A printed figure is a category, = and a figure",
            got=text,
            allowed=f"{', '.join(CATEGORIES)}; such as same=75%",
        )
    printed = Printed.parse(figure)
    if printed.unit not in ("percent", "count"):
        raise BadValue("Votes are printed in per cent or as a count", got=figure)
    return Item(a, b, category, printed)


def members(category: str) -> NDArray[np.bool_]:
    """Mask over the 16 joint choices, the first state's choice varying slowest."""
    mask = np.zeros(16, dtype=bool)
    mask[[4 * a + b for a, b in _CELLS[category]]] = True
    return mask


def values(counts: Floats, category: str, *, share: bool) -> Floats:
    """The category's value under each of OF, shape (..., 4): per cent where ``share``, else counts; NaN undefined.

    counts : joint choices, shape (..., 16).
    """
    part = counts[..., members(category)].sum(axis=-1)
    same, opposite, ambivalent, absent = (counts[..., members(c)].sum(axis=-1) for c in _SHARED)
    both_abstain = counts[..., members("abstain_abstain")].sum(axis=-1)
    cast = same + opposite + ambivalent
    plain = category in ("same", "opposite", "yes_yes", "no_no")
    of_votes = part - both_abstain if category == "same" else part
    gap = np.full_like(part, np.nan)
    tops = (
        part,
        part if category != "absent" else gap,
        of_votes if plain else gap,
        _half(category, same, ambivalent, gap),
    )
    if not share:
        return np.stack((part, gap, of_votes if plain and category == "same" else gap, gap), axis=-1)
    unders = (cast + absent, cast, same - both_abstain + opposite, cast)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([np.where(n > 0, 100 * k / n, np.nan) for k, n in zip(tops, unders, strict=True)], axis=-1)


_SHARED: tuple[str, ...] = ("same", "opposite", "ambivalent", "absent")


def _half(category: str, same: Floats, ambivalent: Floats, gap: Floats) -> Floats:
    return same + ambivalent / 2 if category == "same" else gap


def pairs_of(items: Iterable[Item]) -> tuple[tuple[str, str], ...]:
    """The pairs asked about, once each, in their order."""
    return tuple(dict.fromkeys((i.a, i.b) for i in items))
