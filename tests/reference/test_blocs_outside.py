"""Signed modularity against networkx 3.6 and igraph 1.0; blocs_outside.py is the script that made the values."""

from __future__ import annotations

import numpy as np
import pytest

from comity.measures.blocs import signed_modularity

networkx = pytest.importorskip("networkx", reason="the network is the one networkx ships")


@pytest.fixture(scope="module")
def club():
    graph = networkx.karate_club_graph()
    side = np.array([graph.nodes[i]["club"] == "Mr. Hi" for i in graph], int)
    return networkx.to_numpy_array(graph), side


@pytest.mark.parametrize(("resolution", "value"), [(0.5, 0.641606229269), (1.0, 0.391437566762), (2.0, -0.10889975825)])
def test_without_negative_weights_it_is_the_modularity_of_networkx(club, resolution, value):
    weights, side = club
    assert signed_modularity(weights, side, resolution) == pytest.approx(value, abs=1e-11)


def test_without_weights(club):
    weights, side = club
    assert signed_modularity(weights > 0, side) == pytest.approx(0.358234714004, abs=1e-11)


def test_signed_it_is_the_two_layers_of_igraph_put_together(club):
    weights, side = club
    signed = np.where(side[:, None] == side, weights, -weights)
    assert signed_modularity(signed, side) == pytest.approx(0.499621737486, abs=1e-11)
