"""Anderson acceleration of a fixed-point map: Walker & Ni (2011), type II, with a short memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Anderson:
    """Proposes the next point from the last ``memory`` points and their images."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.points: list[Floats] = []
        self.moves: list[Floats] = []

    def propose(self, point: Floats, image: Floats) -> Floats:
        """The combination of past images whose combined movement is least; ``image`` itself at first."""
        move = image - point
        self.points.append(image)
        self.moves.append(move)
        if len(self.moves) > self.memory + 1:
            del self.points[0], self.moves[0]
        if len(self.moves) == 1:
            return image
        steps = np.diff(np.stack(self.moves), axis=0)
        images = np.diff(np.stack(self.points), axis=0)
        gram = steps @ steps.T
        gram[np.diag_indices_from(gram)] *= 1.0 + 1e-10
        share = np.linalg.lstsq(gram, steps @ move, rcond=None)[0]
        out: Floats = image - share @ images
        return out

    def forget(self) -> None:
        """Drop the memory: the map changed, or a proposal went astray."""
        self.points.clear()
        self.moves.clear()
