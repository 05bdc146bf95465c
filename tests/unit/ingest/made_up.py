"""Made-up releases in memory, large enough to be aligned."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from comity.ingest.frames import NO_VOTE, Frames
from comity.model.tables import ROLL_CALLS

STATES = (
    *("ARG", "AUS", "BRA", "CAN", "CHL", "COL", "CRI", "CUB", "DNK", "ECU", "EGY", "ETH", "FRA", "GBR", "GRC"),
    *("GTM", "HND", "IND", "IRN", "IRQ", "LBN", "LUX", "MEX", "NIC", "NLD", "NOR", "NZL", "PAN", "PER", "PHL"),
)
FIRST_SESSION = 60


def votes(roll_calls: int, seed: int = 0) -> np.ndarray:
    """A pattern of shape (roll calls, states): yes, abstain, no, no vote cast."""
    return (
        np.random.default_rng(seed).choice(4, p=(0.5, 0.2, 0.2, 0.1), size=(roll_calls, len(STATES))).astype(np.uint8)
    )


def release(label: str, cells: np.ndarray, **columns: list) -> Frames:
    """A release of these cells, 20 roll calls a session, one every third day from 20 September."""
    n = len(cells)
    days = [date(FIRST_SESSION + 1945 + i // 20, 9, 20) + timedelta(days=3 * (i % 20)) for i in range(n)]
    given = {
        "roll_call": [f"{label}{i}" for i in range(n)],
        "source_id": [f"{label}{i}" for i in range(n)],
        "session": [FIRST_SESSION + i // 20 for i in range(n)],
        "date": days,
        "date_precision": ["day"] * n,
        "body": ["GA"] * n,
        **columns,
    }
    schema = {name: getattr(pl, kind) for name, kind in ROLL_CALLS.items()}
    table = pl.DataFrame({name: given.get(name, [None] * n) for name in ROLL_CALLS}, schema=schema)
    rows, states = np.nonzero(cells <= NO_VOTE)
    cast = pl.DataFrame(
        {
            "row": pl.Series(rows, dtype=pl.UInt32),
            "state": pl.Series([STATES[k] for k in states]),
            "choice": pl.Series(cells[rows, states], dtype=pl.UInt8),
        }
    )
    return Frames(label, table, cast)
