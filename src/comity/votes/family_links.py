"""Which roll call of one session takes up the text of which roll call of an earlier one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.model.choice import Choice
from comity.votes.family_text import Vectors

Scores = NDArray[np.float64]

_SYMBOL = re.compile(r"A/RES/(?:\d+/(?P<number>\d+)(?P<letter>[A-Z]?)|(?P<old>\d+)(?P<mark>[A-Z]?)\([XVI]+\)).*")

# Log odds that two roll calls of consecutive sessions are one text, fitted to the published pairs of sessions 30-74
# against the other roll calls of the same two sessions (a logistic regression; tests/reference/fit_family_weights.py).
_CONSTANT = -18.9
_BEST_TEXT, _TITLE = 3.6, 6.8
_DISAGREEMENT, _FLOOR = -3.6, 0.02
_SAME_LETTER, _OTHER_LETTER = 3.3, -1.0
_PLACE, _FARTHEST = -2.1, 0.4

_LAGS = (1, 2, 3)
_LEAST = {1: -3.0, 2: -1.0, 3: -1.0}  # a text that skips sessions must resemble itself more
_COMMON_VOTES = 10  # states that voted in both; fewer say nothing about the pattern


@dataclass(frozen=True, eq=False)
class Texts:
    """What is compared, one row a text, in the order of sessions.

    session : int; the rows of a session stand together.
    letter  : the letter of its symbol, "" for none.
    place   : where its number stands in its session, 0 to 1; NaN where it has none.
    titles, subjects, all_words : vectors of the title, of the source's subject words, and of both together, over one
              vocabulary.
    cells   : shape (texts, states), Choice codes.
    """

    session: NDArray[np.int32]
    letter: tuple[str, ...]
    place: NDArray[np.float64]
    titles: Vectors
    subjects: Vectors
    all_words: Vectors
    cells: NDArray[np.uint8]


def lineage(symbol: str | None) -> tuple[int, str] | None:
    """Number and letter of a resolution's symbol; None for other documents.

    >>> lineage("A/RES/44/47G"), lineage("A/RES/2713A(XXV)"), lineage("R/1/66")
    ((47, 'G'), (2713, 'A'), None)
    """
    match = _SYMBOL.fullmatch(symbol or "")
    if match is None:
        return None
    return (int(match["number"] or match["old"]), match["letter"] or match["mark"] or "")


def places(sessions: NDArray[np.int32], symbols: Sequence[str | None]) -> NDArray[np.float64]:
    """Where each number stands among its session's resolutions, 0 to 1; NaN for a text without a number."""
    found = np.full(len(symbols), np.nan)
    numbers = [lineage(symbol) for symbol in symbols]
    for session in np.unique(sessions):
        rows = [int(i) for i in np.flatnonzero(sessions == session) if numbers[i]]
        distinct = sorted({numbers[i] for i in rows})  # type: ignore[type-var]
        place = {number: (k + 0.5) / len(distinct) for k, number in enumerate(distinct)}
        for i in rows:
            found[i] = place[numbers[i]]
    return found


def links(texts: Texts) -> list[tuple[int, int, float]]:
    """Pairs (earlier row, later row, score), each row at most once as the earlier and once as the later one.

    The next session is settled first for the whole record; what is still open may skip a session, then two.
    """
    rows = {int(s): np.flatnonzero(texts.session == s) for s in np.unique(texts.session)}
    followed: set[int] = set()
    following: set[int] = set()
    found: list[tuple[int, int, float]] = []
    for lag in _LAGS:
        for session in sorted(rows):
            if session + lag not in rows:
                continue
            earlier = np.array([i for i in rows[session] if i not in followed], dtype=np.intp)
            later = np.array([j for j in rows[session + lag] if j not in following], dtype=np.intp)
            if not len(earlier) or not len(later):
                continue
            for i, j, score in best_pairs(scores(texts, earlier, later), _LEAST[lag]):
                found.append((int(earlier[i]), int(later[j]), score))
                followed.add(int(earlier[i]))
                following.add(int(later[j]))
    return found


def scores(texts: Texts, earlier: NDArray[np.intp], later: NDArray[np.intp]) -> Scores:
    """Log odds of one text, shape (earlier, later); -inf where titles share no word and votes no states."""
    title, text = likeness(texts, earlier, later)
    alike, common = agreement(texts.cells[earlier], texts.cells[later])
    letters = np.array([texts.letter[i] for i in earlier]), np.array([texts.letter[j] for j in later])
    lettered = (letters[0] != "")[:, None] & (letters[1] != "")[None, :]
    same = letters[0][:, None] == letters[1][None, :]
    apart = np.abs(texts.place[earlier][:, None] - texts.place[later][None, :])
    found = (
        _CONSTANT
        + _BEST_TEXT * text
        + _TITLE * title
        + _DISAGREEMENT * np.log(1 - alike + _FLOOR)
        + np.where(lettered, np.where(same, _SAME_LETTER, _OTHER_LETTER), 0.0)
        + _PLACE * np.minimum(np.nan_to_num(apart, nan=_FARTHEST / 2), _FARTHEST)
    )
    return np.where(common < _COMMON_VOTES, -np.inf, found)


def likeness(
    texts: Texts, earlier: NDArray[np.intp], later: NDArray[np.intp]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Cosines of the titles, and the largest cosine of title or subject with title or subject; (earlier, later)."""
    titles = texts.titles[earlier], texts.titles[later]
    subjects = texts.subjects[earlier], texts.subjects[later]
    title = titles[0] @ titles[1].T
    best = np.maximum(title, texts.all_words[earlier] @ texts.all_words[later].T)
    for first, second in ((subjects[0], subjects[1]), (titles[0], subjects[1]), (subjects[0], titles[1])):
        np.maximum(best, first @ second.T, out=best)
    return title, best


def agreement(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How alike two sets of roll calls are in their votes, and how many states cast a vote in both.

    Both of shape (first, second). One step between the choices (yes, abstain, no) counts half; NaN never: 0 where
    no state voted in both.
    """
    cast = [(cells <= Choice.NO).astype(np.float32) for cells in (first, second)]
    yes = [(cells == Choice.YES).astype(np.float32) for cells in (first, second)]
    no = [(cells == Choice.NO).astype(np.float32) for cells in (first, second)]
    abstain = [c - y - n for c, y, n in zip(cast, yes, no, strict=True)]
    common = cast[0] @ cast[1].T
    opposite = yes[0] @ no[1].T + no[0] @ yes[1].T
    same = yes[0] @ yes[1].T + no[0] @ no[1].T + abstain[0] @ abstain[1].T
    return (same + 0.5 * (common - same - opposite)) / np.maximum(common, 1), common


def best_pairs(found: Scores, least: float) -> list[tuple[int, int, float]]:
    """One-to-one pairs (row, column, score), the best score first, none below ``least``; ties by row, then column."""
    row, column = np.nonzero(found >= least)
    order = np.lexsort((column, row, -found[row, column]))
    rows: set[int] = set()
    columns: set[int] = set()
    chosen = []
    for k in order:
        i, j = int(row[k]), int(column[k])
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            chosen.append((i, j, float(found[i, j])))
    return chosen
