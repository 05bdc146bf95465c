"""How the weights in comity.votes.family_links were found: python tests/reference/fit_family_weights.py MATCHES.csv

It reads the release unvotes-0.3.0 of the store and the published pairs (columns rcid1, rcid2), and prints the
weights. Positives: the published pairs of sessions 30-74, and pairs of consecutive sessions whose title is the same
and stands once in either. Negatives: the other roll calls of the two sessions with either end of a positive.
The hand-labelled pairs beside this file are not read.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.study.release import ReleaseCorpus
from comity.votes import families, family_links

SESSIONS = range(30, 74)
NAMES = ("constant", "best text", "title", "same title", "disagreement", "same letter", "other letter", "place", "near")


def published(path: Path, place: dict[str, int]) -> set[tuple[int, int]]:
    """The published pairs as rows; pairs with an id that the release does not hold are left out."""
    rows = csv.DictReader(path.read_text().splitlines())
    ids = [(row["rcid1"], row["rcid2"]) for row in rows]
    return {(place[a], place[b]) for a, b in ids if a in place and b in place}


def features(texts: family_links.Texts, a: NDArray[np.intp], b: NDArray[np.intp]) -> NDArray[np.float64]:
    """What the score is made of, shape (earlier, later, weights)."""
    title, text = family_links.likeness(texts, a, b)
    alike, _ = family_links.agreement(texts.cells[a], texts.cells[b])
    same, other = family_links.letters(texts, a, b)
    sure = family_links.best_pairs(family_links.evidence(texts, a, b), family_links._SURE)
    near = family_links.neighbourhood(texts.place[a], texts.place[b], sure)
    columns = (
        np.ones(title.shape),
        text,
        title,
        title >= family_links._IDENTICAL,
        np.log(1 - alike + family_links._FLOOR),
        same,
        other,
        family_links.drift(texts.place[a], texts.place[b]),
        near,
    )
    return np.stack([np.asarray(column, dtype=float) for column in columns], axis=-1)


def examples(texts: family_links.Texts, known: set[tuple[int, int]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features and outcomes of every pair that has an end in common with a positive."""
    rows, outcomes = [], []
    for session in SESSIONS:
        a, b = np.flatnonzero(texts.session == session), np.flatnonzero(texts.session == session + 1)
        title, _ = family_links.likeness(texts, a, b)
        positive = np.array([[(int(i), int(j)) in known for j in b] for i in a])
        free = ~positive.any(1)[:, None] & ~positive.any(0)[None, :]
        same = title >= family_links._IDENTICAL
        positive |= same & free & (same.sum(1) == 1)[:, None] & (same.sum(0) == 1)[None, :]
        used = positive.any(1)[:, None] | positive.any(0)[None, :]
        rows.append(features(texts, a, b)[used])
        outcomes.append(positive[used])
    return np.concatenate(rows), np.concatenate(outcomes).astype(float)


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method, with a ridge of 0.01."""
    weights = np.zeros(x.shape[1])
    for _ in range(80):
        p = 1 / (1 + np.exp(-x @ weights))
        curve = (x * (p * (1 - p))[:, None]).T @ x + 0.01 * np.eye(len(weights))
        weights += np.linalg.solve(curve, x.T @ (y - p) - 0.01 * weights)
    return weights


def main() -> None:
    """Print the weights."""
    corpus = ReleaseCorpus.load("unvotes-0.3.0")
    calls = families._calls(corpus.roll_calls, corpus.matrix)
    texts = [calls[i] for i in families._heads(calls)[0]]
    known = published(Path(sys.argv[1]), {call.roll_call: i for i, call in enumerate(texts)})
    x, y = examples(families._texts(texts, corpus.matrix), known)
    lines = [f"{name:14}{weight:8.2f}" for name, weight in zip(NAMES, fit(x, y), strict=True)]
    sys.stdout.write("\n".join([f"{int(y.sum())} positives, {int((1 - y).sum())} negatives", *lines, ""]))


if __name__ == "__main__":
    main()
