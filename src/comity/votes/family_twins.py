"""Families that may be one text split in two: nearly the same title, hardly ever voted on in one session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from comity.votes.families import Family
from comity.votes.family_text import words

_ALIKE = 0.8
_TOGETHER = 1  # sessions that both may hold: amendments to a text can fall into its other half


def may_be_one(families: Sequence[Family]) -> dict[int, tuple[int, ...]]:
    """Family → the other families that may be the same text; families without one are left out.

    Two may be one where more than four fifths of the words of their titles are common to both, and at most one
    session holds both: a text that returns is voted on once a session.
    """
    told = [(family, frozenset(words(family.label))) for family in families]
    found: dict[int, list[int]] = defaultdict(list)
    for k, (one, of_one) in enumerate(told):
        for other, of_other in told[k + 1 :]:
            if _alike(of_one, of_other) and len({*one.sessions} & {*other.sessions}) <= _TOGETHER:
                found[one.id].append(other.id)
                found[other.id].append(one.id)
    return {family: tuple(others) for family, others in found.items()}


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > _ALIKE * len(one | other)
