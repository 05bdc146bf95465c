"""Blocs in a signed network of agreement: signed modularity, Louvain from many starts, consensus, co-assignment.

Weights are symmetric arrays of shape (n, n): positive where two agree more than chance, negative where less, 0 or NaN
where there is no link; the diagonal is not read. A partition is an int array of shape (n,), one label a node.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comity.errors import MissingExtra

Floats = NDArray[np.float64]
Labels = NDArray[np.intp]

_GAIN = 1e-12  # a smaller gain is rounding: without this floor two equal partitions could be exchanged for ever
_ROUNDS = 50
METHODS = ("louvain", "leiden")


@dataclass(frozen=True, eq=False)
class Found:
    """Blocs found from many starts.

    labels     : the consensus partition, 0 the largest bloc, ties by the lowest index.
    together   : shape (n, n), the share of starts that put two nodes into one bloc, 1 on the diagonal.
    modularity : signed modularity of the consensus partition.
    partitions : how many different partitions the starts ended in.
    """

    labels: Labels
    together: Floats
    modularity: float
    partitions: int


def modularity_matrix(weights: ArrayLike, resolution: float = 1.0) -> Floats:
    """What each pair adds to signed modularity when it shares a bloc, shape (n, n), summing over both orders.

    B = (w − γ (p pᵀ / 2P − m mᵀ / 2M)) / (2P + 2M), with p and m the positive and negative strengths and 2P, 2M their
    sums: an agreement counts as far as it exceeds what the two strengths let expect, a disagreement against it.
    Source: Gómez, Jensen and Arenas (2009), Physical Review E 80, 016114; γ as in Reichardt and Bornholdt (2006),
    Physical Review E 74, 016110.

    ValueError where weights are not square and symmetric, no link has a weight, or the resolution is not positive.
    """
    w = _links(weights)
    if not (np.isfinite(resolution) and resolution > 0):
        raise ValueError(f"a resolution is a positive number, got {resolution}")
    expected = np.zeros_like(w)
    whole = 0.0
    for sign in (1.0, -1.0):
        part = np.maximum(sign * w, 0)
        strength, total = part.sum(axis=1), part.sum()
        if total > 0:
            expected += sign * np.outer(strength, strength) / total
        whole += total
    if whole == 0:
        raise ValueError("no link has a weight")
    return np.asarray((w - resolution * expected) / whole)


def signed_modularity(weights: ArrayLike, labels: ArrayLike, resolution: float = 1.0) -> float:
    """Signed modularity of a partition; the usual modularity where no weight is negative. Sources as above.

    >>> two = np.kron(np.eye(2), np.ones((3, 3)))
    >>> round(signed_modularity(two, [0, 0, 0, 1, 1, 1]), 3)
    0.5
    """
    found = np.asarray(labels)
    b = modularity_matrix(weights, resolution)
    if found.shape != (len(b),):
        raise ValueError(f"one label a node: got {found.shape} for {len(b)} nodes")
    return float(b[found[:, None] == found].sum())


def louvain(weights: ArrayLike, rng: np.random.Generator, resolution: float = 1.0) -> Labels:
    """One partition of locally highest signed modularity; the order of the moves is drawn from ``rng``.

    Source: Blondel, Guillaume, Lambiotte and Lefebvre (2008), Journal of Statistical Mechanics P10008.
    """
    return _climb(modularity_matrix(weights, resolution), rng)


def leiden(weights: ArrayLike, rng: np.random.Generator, resolution: float = 1.0) -> Labels:
    """As ``louvain``, by the Leiden algorithm on two layers, the negative one counted against; MissingExtra without it.

    Source: Traag, Waltman and van Eck (2019), Scientific Reports 9, 5233.
    """
    try:
        import igraph
        import leidenalg
    except ImportError:
        raise MissingExtra(
            "Leiden needs the extra 'graph'",
            allowed="louvain needs nothing more",
            next="Run: uv sync --extra graph (or: pip install 'comity[graph]')",
        ) from None
    modularity_matrix(weights, resolution)  # the same inputs are refused
    w = _links(weights)
    layers, signs = [], []
    for sign in (1, -1):
        first, second = np.nonzero(np.triu(sign * w > 0))
        if len(first):
            graph = igraph.Graph(n=len(w), edges=list(zip(first.tolist(), second.tolist(), strict=True)))
            kind = leidenalg.RBConfigurationVertexPartition
            layers.append(kind(graph, weights=np.abs(w[first, second]).tolist(), resolution_parameter=resolution))
            signs.append(sign)
    optimiser = leidenalg.Optimiser()
    optimiser.set_rng_seed(int(rng.integers(2**31)))
    optimiser.optimise_partition_multiplex(layers, layer_weights=signs, n_iterations=-1)
    return canonical(layers[0].membership)


def blocs(weights: ArrayLike, *, seed: int, runs: int = 100, resolution: float = 1.0, method: str = "louvain") -> Found:
    """Blocs from ``runs`` starts and their consensus; the same seed gives the same blocs.

    Source of the consensus: Lancichinetti and Fortunato (2012), Scientific Reports 2, 336, threshold one half.
    ValueError for fewer than one run or an unknown method.
    """
    if runs < 1 or method not in METHODS:
        raise ValueError(f"at least one run by one of {METHODS}, got {runs} by {method!r}")
    once = louvain if method == "louvain" else leiden
    found = np.stack([once(weights, _rng(seed, run), resolution) for run in range(runs)])
    together = co_assignment(found)
    labels = _agreed(found, seed)
    different = len(np.unique(found, axis=0))
    return Found(labels, together, signed_modularity(weights, labels, resolution), different)


def co_assignment(partitions: ArrayLike) -> Floats:
    """The share of partitions, shape (runs, n), that put two nodes together, shape (n, n)."""
    found = np.asarray(partitions)
    return np.asarray(sum((one[:, None] == one).astype(float) for one in found) / len(found))


def canonical(labels: ArrayLike) -> Labels:
    """The same partition with labels by falling size, ties by the lowest index.

    >>> canonical([7, 2, 2, 5]).tolist()
    [1, 0, 0, 2]
    """
    _, first, inverse, size = np.unique(np.asarray(labels), return_index=True, return_inverse=True, return_counts=True)
    place = np.empty(len(size), np.intp)
    place[np.lexsort((first, -size))] = np.arange(len(size))
    return place[inverse]


def adjusted_rand(first: ArrayLike, second: ArrayLike) -> float:
    """How alike two partitions are: 1 the same, 0 as alike as chance would have it.

    NaN for fewer than two nodes; 1 where both leave every node alone, or both put all into one bloc.
    Source: Hubert and Arabie (1985), Journal of Classification 2, 193-218.
    """
    a, b = np.asarray(first), np.asarray(second)
    pairs = len(a) * (len(a) - 1) / 2
    if pairs == 0:
        return float("nan")
    upper = np.triu_indices(len(a), 1)
    in_a, in_b = (a[:, None] == a)[upper], (b[:, None] == b)[upper]
    both, expected = float((in_a & in_b).sum()), float(in_a.sum()) * float(in_b.sum()) / pairs
    most = (float(in_a.sum()) + float(in_b.sum())) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def matched(before: ArrayLike, now: ArrayLike) -> dict[int, int]:
    """Which earlier bloc each present bloc continues: label now → label before, by the most nodes in common.

    Greedy over falling overlap, each bloc matched once; a bloc that shares no node with a free one is left out.
    before, now : labels of the nodes present in both.
    """
    a, b = np.asarray(before), np.asarray(now)
    shared = [(-int(((a == i) & (b == j)).sum()), int(j), int(i)) for i in np.unique(a) for j in np.unique(b)]
    found: dict[int, int] = {}
    for overlap, j, i in sorted(shared):
        if overlap and j not in found and i not in found.values():
            found[j] = i
    return found


def _agreed(partitions: Labels, seed: int) -> Labels:
    """Partition the co-assignments again and again until all starts agree."""
    found = partitions
    for level in range(_ROUNDS):
        if (found == found[0]).all():
            break
        links = co_assignment(found)
        links[links < 0.5] = 0
        np.fill_diagonal(links, 0)
        if not links.any():
            return canonical(np.arange(found.shape[1]))
        found = np.stack([louvain(links, _rng(seed, level + 1, run)) for run in range(len(found))])
    return canonical(found[0])


def _climb(b: Floats, rng: np.random.Generator) -> Labels:
    """Louvain on a modularity matrix: move nodes, merge each bloc into one node, repeat."""
    labels = np.arange(len(b))
    while True:
        moved = _move(b, rng)
        parts, inverse = np.unique(moved, return_inverse=True)
        labels = inverse[labels]
        if len(parts) == len(b):
            return canonical(labels)
        member = (inverse[:, None] == np.arange(len(parts))).astype(float)
        b = member.T @ b @ member


def _move(b: Floats, rng: np.random.Generator) -> Labels:
    """Move single nodes to the bloc that gains most until none gains."""
    label = np.arange(len(b))
    to = b.copy()  # to[i, k]: what node i has with the members of bloc k; an empty bloc gives 0
    own = np.diag(b)
    gained = True
    while gained:
        gained = False
        for i in rng.permutation(len(b)):
            here = label[i]
            gain = to[i].copy()
            gain[here] -= own[i]
            best = int(gain.argmax())
            if gain[best] > gain[here] + _GAIN:
                to[:, here] -= b[:, i]
                to[:, best] += b[:, i]
                label[i] = best
                gained = True
    return label


def _links(weights: ArrayLike) -> Floats:
    w: Floats = np.array(weights, float)
    if w.ndim != 2 or w.shape[0] != w.shape[1]:
        raise ValueError(f"weights are a square array, got {w.shape}")
    np.fill_diagonal(w, 0)
    w[np.isnan(w)] = 0
    if not np.isfinite(w).all() or not np.allclose(w, w.T):
        raise ValueError("weights are finite and symmetric")
    return w


def _rng(*key: int) -> np.random.Generator:
    return np.random.default_rng(key)
