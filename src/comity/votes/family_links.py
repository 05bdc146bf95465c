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

# Log odds that two roll calls are one text: a logistic regression on the published pairs of sessions 30-74 and on
# titles that stand once, word for word, in two consecutive sessions, against the other roll calls of the same two
# sessions (tests/reference/fit_family_weights.py).
_CONSTANT = -15.8
_BEST_TEXT, _TITLE, _SAME_TITLE = 3.3, 5.5, 4.4
_DISAGREEMENT, _FLOOR = -2.9, 0.02
_SAME_LETTER, _OTHER_LETTER = 2.5, -0.6
_PLACE = -1.0
_NEIGHBOUR = -0.55
_IDENTICAL = 0.9  # cosine from which two titles are taken for the same words
_FAR = 20.0  # positions

_SURE = 1.0  # score without neighbours from which a link tells where its neighbours belong
_NEAREST = 2
_LAGS = (1, 2, 3)
_LEAST = {1: -1.5, 2: 0.5, 3: 0.5}  # standing; a text that skips sessions must resemble itself more
_LEAD_COUNTS, _LEAD_UP_TO = 1.25, 3.0
_LOWEST = min(_LEAST.values()) - _LEAD_COUNTS * _LEAD_UP_TO
_COMMON_VOTES = 10  # states that voted in both; fewer say nothing about the pattern


@dataclass(frozen=True, eq=False)
class Texts:
    """What is compared, one row a text, in the order of sessions.

    session : int; the rows of a session stand together.
    letter  : the letter of its symbol, "" for none.
    place   : where its number stands among its session's, from 0; NaN where it has none.
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
    """Where each number stands among its session's resolutions, from 0; NaN for a text without a number."""
    found = np.full(len(symbols), np.nan)
    numbers = [lineage(symbol) for symbol in symbols]
    for session in np.unique(sessions):
        rows = [(int(i), number) for i in np.flatnonzero(sessions == session) if (number := numbers[i])]
        place = {number: k for k, number in enumerate(sorted({number for _, number in rows}))}
        for i, number in rows:
            found[i] = place[number]
    return found


def links(texts: Texts) -> list[tuple[int, int, float]]:
    """Pairs (earlier row, later row, score), each row at most once as the earlier and once as the later one.

    The next session is settled first for the whole record; what is still open may skip a session, then two.
    """
    rows = {int(s): np.flatnonzero(texts.session == s) for s in np.unique(texts.session)}
    followed = np.zeros(len(texts.session), dtype=bool)
    following = np.zeros(len(texts.session), dtype=bool)
    found: list[tuple[int, int, float]] = []
    for lag in _LAGS:
        for session in sorted(s for s in rows if s + lag in rows):
            earlier, later = rows[session], rows[session + lag]
            score = scores(texts, earlier, later)
            score[followed[earlier]] = -np.inf
            score[:, following[later]] = -np.inf
            for i, j, value in best_pairs(score, _LOWEST):
                if standing(score, i, j) >= _LEAST[lag]:
                    found.append((int(earlier[i]), int(later[j]), value))
                    followed[earlier[i]] = following[later[j]] = True
    return found


def scores(texts: Texts, earlier: NDArray[np.intp], later: NDArray[np.intp]) -> Scores:
    """Log odds of one text, shape (earlier, later); -inf where too few states voted in both."""
    alone = evidence(texts, earlier, later)
    sure = best_pairs(alone, _SURE)
    near = neighbourhood(texts.place[earlier], texts.place[later], sure)
    found: Scores = alone + _NEIGHBOUR * near
    return found


def standing(score: Scores, i: int, j: int) -> float:
    """A pair's score with the lead it has over the next best partner of either text.

    Among summaries in changing words a weak resemblance counts where there is no rival to it.
    """
    rivals = np.concatenate([np.delete(score[i], j), np.delete(score[:, j], i)])
    lead = score[i, j] - rivals.max(initial=-np.inf)
    return float(score[i, j] + _LEAD_COUNTS * min(max(lead, 0.0), _LEAD_UP_TO))


def evidence(texts: Texts, earlier: NDArray[np.intp], later: NDArray[np.intp]) -> Scores:
    """The part of the score that words, votes and symbols give without looking at other links."""
    title, text = likeness(texts, earlier, later)
    alike, common = agreement(texts.cells[earlier], texts.cells[later])
    same, other = letters(texts, earlier, later)
    found: Scores = (
        _CONSTANT
        + _BEST_TEXT * text
        + _TITLE * title
        + _SAME_TITLE * (title >= _IDENTICAL)
        + _DISAGREEMENT * np.log(1 - alike + _FLOOR)
        + _SAME_LETTER * same
        + _OTHER_LETTER * other
        + _PLACE * drift(texts.place[earlier], texts.place[later])
    )
    found[common < _COMMON_VOTES] = -np.inf
    return found


def letters(
    texts: Texts, earlier: NDArray[np.intp], later: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where both texts have a letter: whether it is the same one, whether another; shape (earlier, later)."""
    first, second = np.array([texts.letter[i] for i in earlier]), np.array([texts.letter[j] for j in later])
    both = (first != "")[:, None] & (second != "")[None, :]
    same = first[:, None] == second[None, :]
    return both & same, both & ~same


def drift(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far two texts stand apart in their sessions, as a share of a session, at most 0.4; 0.2 where unknown."""
    share = [place / (np.nanmax(place, initial=0) + 1) for place in (first, second)]
    apart: Scores = np.minimum(np.nan_to_num(np.abs(share[0][:, None] - share[1][None, :]), nan=0.2), 0.4)
    return apart


def neighbourhood(
    first: NDArray[np.float64], second: NDArray[np.float64], sure: Sequence[tuple[int, int, float]]
) -> NDArray[np.float64]:
    """How far a text stands from where its neighbours' sure links put it: log of 1 + positions, (earlier, later).

    A resolution keeps its place among its neighbours when the items' numbers shift. The two nearest sure links of
    other texts count, the better of them; unknown places, or no such links, are as far as can be.
    """
    found = np.full((len(first), len(second)), _FAR)
    known = [(i, j) for i, j, _ in sure if not np.isnan(first[i]) and not np.isnan(second[j])]
    if len(known) < _NEAREST + 1:
        np.log1p(found, out=found)
        return found
    rows, columns = (np.array(side) for side in zip(*known, strict=True))
    for i in np.flatnonzero(~np.isnan(first)):
        away = np.abs(first[rows] - first[i])
        away[rows == i] = np.inf
        for k in np.argsort(away, kind="stable")[:_NEAREST]:
            expected = second[columns[k]] + first[i] - first[rows[k]]
            np.fmin(found[i], np.abs(second - expected), out=found[i])
    np.log1p(found, out=found)
    return found


def likeness(
    texts: Texts, earlier: NDArray[np.intp], later: NDArray[np.intp]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Cosines of the titles, and the largest cosine of title or subject with title or subject; (earlier, later)."""
    words = texts.all_words[earlier], texts.all_words[later]
    shared = np.flatnonzero(words[0].any(axis=0) & words[1].any(axis=0))  # other words add nothing to a product
    tall = [np.concatenate([texts.titles[rows], texts.subjects[rows]])[:, shared] for rows in (earlier, later)]
    across = (tall[0] @ tall[1].T).reshape(2, len(earlier), 2, len(later))
    title = across[0, :, 0]
    best = np.maximum(across.max(axis=(0, 2)), words[0][:, shared] @ words[1][:, shared].T)
    return title, best


def agreement(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How alike two sets of roll calls are in their votes, and how many states cast a vote in both.

    Both of shape (first, second). One step between the choices (yes, abstain, no) counts half; NaN never: 0 where
    no state voted in both.
    """
    made = (Choice.YES, Choice.ABSTAIN, Choice.NO)
    tall = [np.concatenate([cells == choice for choice in made]).astype(np.float32) for cells in (first, second)]
    joint = (tall[0] @ tall[1].T).reshape(3, len(first), 3, len(second))  # one product: many small ones are slow
    common = joint.sum(axis=(0, 2))
    same = joint[0, :, 0] + joint[1, :, 1] + joint[2, :, 2]
    opposite = joint[0, :, 2] + joint[2, :, 0]
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
