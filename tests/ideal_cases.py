"""Assemblies that the tests of the ideal-point model share."""

from __future__ import annotations

import numpy as np

from comity.measures.ideal.model import Votes
from comity.measures.ideal.prepare import prepare
from comity.simulate import Assembly, bsv_assembly


def drawn(seed: int, states: int = 30, sessions: int = 8, texts: int = 30) -> Assembly:
    """A small assembly that follows the model."""
    return bsv_assembly(states, sessions, texts, np.random.default_rng(seed))


def prepared(made: Assembly) -> Votes:
    """Its votes, linked as they were drawn."""
    return prepare(made.cells, made.session, links=made.family)


def truth(made: Assembly, votes: Votes) -> np.ndarray:
    """(U,) the ideal points behind the votes."""
    return made.ideal[votes.session, votes.state]
