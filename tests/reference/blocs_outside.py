"""How the outside values of test_blocs_outside.py were made.

Run with networkx and igraph installed (``uv sync --all-groups --all-extras``): python tests/reference/blocs_outside.py
prints a Python dictionary. The network is Zachary's karate club (1977), Journal of Anthropological Research 33, as
networkx ships it, with its weights; the partition is the club's own split. For the signed network every tie across the
split is made negative; its modularity is put together from igraph's modularity of the positive and the negative layer:
(2P·Q+ − 2M·Q−) / (2P + 2M).
"""

from __future__ import annotations

import sys

import igraph
import networkx


def values() -> dict[str, float]:
    """Each value by name."""
    club = networkx.karate_club_graph()
    side = [0 if club.nodes[i]["club"] == "Mr. Hi" else 1 for i in club]
    parts = [{i for i in club if side[i] == s} for s in (0, 1)]
    edges = [(i, j, d["weight"]) for i, j, d in club.edges(data=True)]
    found = {
        f"networkx, resolution {gamma}": networkx.community.modularity(club, parts, "weight", gamma)
        for gamma in (0.5, 1.0, 2.0)
    }
    found["networkx, no weights"] = networkx.community.modularity(club, parts, None)
    layers = {}
    for name, within in (("plus", True), ("minus", False)):
        kept = [e for e in edges if (side[e[0]] == side[e[1]]) is within]
        graph = igraph.Graph(n=len(side), edges=[e[:2] for e in kept])
        weights = [float(e[2]) for e in kept]
        layers[name] = (graph.modularity(side, weights=weights), 2 * sum(weights))
    (plus, p), (minus, m) = layers["plus"], layers["minus"]
    found["igraph, signed"] = (p * plus - m * minus) / (p + m)
    return found


if __name__ == "__main__":
    sys.stdout.write(f"{ {name: round(value, 12) for name, value in values().items()} }\n")
