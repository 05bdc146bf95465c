"""The dynamic ordinal ideal-point model: the votes it is fitted to, and its estimate.

Z = β_v θ_it + N(0, 1): yes below γ1, abstain between, no above γ2 (Bailey, Strezhnev & Voeten 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Votes:
    """Votes cast, linked and cleaned, ready to be fitted; one entry a vote, ordered by item, then country-session.

    I items (roll calls with identical texts are one item), U country-sessions ("units"), N votes.
    """

    choice: NDArray[np.int8]  # (N,) 0 yes, 1 abstain, 2 no
    item: IntArray  # (N,) 0..I-1; items ordered by first session, then the caller's row
    unit: IntArray  # (N,) 0..U-1; units ordered by state, then session
    state: IntArray  # (U,) column in the caller's matrix
    session: IntArray  # (U,) the caller's session number
    previous: IntArray  # (U,) unit of the same state's most recent earlier session, -1 for its first
    following: IntArray  # (U,) unit of the same state's next session, -1 for its last
    weight: FloatArray  # (U,) s_it: θ_it ~ N(lag, 0.5 s_it); see prepare.shares
    item_start: IntArray  # (I+1,) item i's votes are item_start[i]:item_start[i+1]
    unit_order: IntArray  # (N,) votes sorted by unit, then item
    unit_start: IntArray  # (U+1,) unit u's votes are unit_order[unit_start[u]:unit_start[u+1]]
    row: IntArray  # (I,) first row of each item in the caller's matrix
    row_item: IntArray  # (R,) item of each of the caller's rows; -1 for a row left out
    left_out: dict[str, int]  # why rows were left out: reason -> number of rows

    @property
    def size(self) -> tuple[int, int, int]:
        """Numbers of votes, items and country-sessions."""
        return self.choice.size, self.row.size, self.state.size


@dataclass(frozen=True, eq=False)
class Estimate:
    """A deterministic fit. The scale is relative: mean 0, sd 1 over all country-sessions of the fit."""

    theta: FloatArray  # (U,)
    sd: FloatArray  # (U,) own votes', items' and lag's error; a distance needs draws, as item error is shared
    curvature: FloatArray  # (U,) of θ given the items and the lag
    stretch: float  # the multiplier x that holds the scale; see steps.unit_step
    beta: FloatArray  # (I,)
    gamma1: FloatArray  # (I,) yes below
    gamma2: FloatArray  # (I,) no above
    cov: FloatArray  # (I, 3, 3) of (beta, gamma1, gamma2)
    converged: bool
    sweeps: int
    history: tuple[float, ...]  # movement of θ in each sweep, in standard errors, root mean square
    log_likelihood: float  # at theta and the items' means
