"""Recurring texts: which roll calls, over the sessions, were on the same resolution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.votes.family_links import Texts, lineage, links, places
from comity.votes.family_text import Vocabulary, is_speech, title_and_subject
from comity.votes.matrix import VoteMatrix
from comity.votes.themes import LEDGER, themes_of

if TYPE_CHECKING:
    import polars as pl

ALONE = -1
COLUMNS = ("roll_call", "symbol", "title", "subjects", "paragraph", "amendment")
"""Of the roll calls, what the recogniser looks at."""
_CODE = ("votes/families.py", "votes/family_links.py", "votes/family_text.py", "votes/themes.py")


@dataclass(frozen=True, slots=True)
class Family:
    """One recurring text.

    id       : its number in ``Families.ids``.
    label    : its commonest title, the latest of equals; "" where none of its roll calls has one.
    rows     : roll-call rows, by session.
    sessions : the sessions it was voted on, ascending.
    themes   : ids of the ledger's themes that one of its titles is of.
    """

    id: int
    label: str
    rows: tuple[int, ...]
    sessions: tuple[int, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Families:
    """The recurring texts of a release.

    ids     : shape (roll calls,), the family of each; ALONE for a text that met no second vote.
    members : the families, in the order of their ids.
    links   : (earlier row, later row, score): the log odds on which two roll calls were joined.
    """

    ids: NDArray[np.int32]
    members: tuple[Family, ...]
    links: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class _Call:
    row: int
    session: int
    roll_call: str
    symbol: str | None
    title: str
    subjects: str | None
    part: bool


def recognise(roll_calls: pl.DataFrame, matrix: VoteMatrix) -> Families:
    """Find the recurring texts of a release.

    roll_calls : columns of model.tables.ROLL_CALLS; titles and symbols may be lent.
    matrix     : the votes on them, in the same order.
    Roll calls on paragraphs and amendments belong to the text whose symbol they carry. The order of the rows changes
    nothing but their places. A roll call without a title, or a session, stays alone.
    """
    calls = _calls(roll_calls, matrix)
    heads, head_of = _heads(calls)
    texts = [calls[i] for i in heads]
    joined = [(heads[a], heads[b], score) for a, b, score in links(_texts(texts, matrix))]
    root = _roots(len(calls), [(a, b) for a, b, _ in joined] + list(head_of.items()))
    ids, members = _members(calls, root, len(matrix.cells))
    pairs = tuple((calls[a].row, calls[b].row, score) for a, b, score in joined)
    return Families(ids, members, pairs)


@cache
def recogniser() -> bytes:
    """What the outcome of ``recognise`` depends on beside its arguments: the text of its code, and the ledger."""
    package = files("comity")
    return b"\0".join(package.joinpath(name).read_bytes() for name in (*_CODE, "/".join(LEDGER)))


def _calls(roll_calls: pl.DataFrame, matrix: VoteMatrix) -> list[_Call]:
    """Roll calls with a title and a session, in an order of their own: session, number, id."""
    found = []
    for row, values in enumerate(roll_calls.select(COLUMNS).iter_rows()):
        roll_call, symbol, title, subjects, paragraph, amendment = values
        session = int(matrix.session[row])
        if title and session > 0:
            part = bool(paragraph or amendment) or is_speech(title)
            found.append(_Call(row, session, roll_call, symbol, title, subjects, part))
    return sorted(found, key=lambda c: (c.session, lineage(c.symbol) or (0, ""), c.symbol or "", c.roll_call))


def _heads(calls: Sequence[_Call]) -> tuple[list[int], dict[int, int]]:
    """The calls that stand for a text, and for each call on a part of one, the call that stands for it."""
    whole = {(c.session, c.symbol): i for i, c in enumerate(calls) if not c.part and lineage(c.symbol)}
    head_of = {i: whole[c.session, c.symbol] for i, c in enumerate(calls) if c.part and (c.session, c.symbol) in whole}
    return [i for i in range(len(calls)) if i not in head_of], head_of


def _texts(calls: Sequence[_Call], matrix: VoteMatrix) -> Texts:
    session = np.array([c.session for c in calls], dtype=np.int32)
    named = [title_and_subject(c.title, c.subjects) for c in calls]
    together = [f"{title} {subject}" for title, subject in named]
    vocabulary = Vocabulary.of(together)
    symbols = [c.symbol for c in calls]
    return Texts(
        session=session,
        letter=tuple((lineage(s) or (0, ""))[1] for s in symbols),
        place=places(session, symbols),
        titles=vocabulary.vectors([title for title, _ in named]),
        subjects=vocabulary.vectors([subject for _, subject in named]),
        all_words=vocabulary.vectors(together),
        cells=matrix.cells[[c.row for c in calls]],
    )


def _roots(n: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """For each of ``n`` nodes the smallest node it is joined to."""
    parent = list(range(n))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in edges:
        low, high = sorted((find(a), find(b)))
        parent[high] = low
    return [find(i) for i in range(n)]


def _members(calls: Sequence[_Call], root: Sequence[int], n: int) -> tuple[NDArray[np.int32], tuple[Family, ...]]:
    ids = np.full(n, ALONE, dtype=np.int32)
    groups: dict[int, list[_Call]] = {}
    for call, first in zip(calls, root, strict=True):
        groups.setdefault(first, []).append(call)
    members: list[Family] = []
    for group in (g for g in groups.values() if len(g) > 1):
        rows = tuple(c.row for c in group)
        ids[list(rows)] = len(members)
        sessions = tuple(sorted({c.session for c in group}))
        members.append(Family(len(members), _label(group), rows, sessions, _themes(group)))
    return ids, tuple(members)


def _label(group: Sequence[_Call]) -> str:
    titles = [title_and_subject(c.title, c.subjects)[0] for c in group if not c.part] or [c.title for c in group]
    counted = Counter(titles)
    return max(counted, key=lambda t: (counted[t], -titles[::-1].index(t)))


def _themes(group: Sequence[_Call]) -> tuple[str, ...]:
    """Passages of the meeting record tell what was said, not what the text is about."""
    named = (title_and_subject(c.title, c.subjects) for c in group if not is_speech(c.title))
    return themes_of({part for pair in named for part in pair if part})
