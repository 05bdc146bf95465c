"""A simulated record of the real one's size: 6,551 roll calls in 79 years, the day's members, texts that return."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from suite.corpora import drawn

if TYPE_CHECKING:
    import polars as pl

ROLL_CALLS, FIRST, YEARS = 6551, 1946, 79
SHARES = (0.01, 0.05, 0.25, 1.0)  # of the roll calls, for a growth curve


def record() -> pl.DataFrame:
    """One row a vote: symbol, date, title, iso3, vote."""
    import polars as pl

    from comity.simulate import World, assembly
    from comity.states.registry import registry

    known = registry()
    states = sorted({state for year in range(YEARS) for state in known.members(date(FIRST + year, 12, 1))})
    rng = np.random.default_rng(1945)
    # more texts than are needed, then as many roll calls as the real record has
    made = assembly(World(states=len(states), sessions=YEARS, families=85.0), rng)
    kept = drawn(ROLL_CALLS / len(made.cells), len(made.cells))
    days = [date(FIRST + int(year), 12, 1) for year in made.session[kept]]
    member = np.array([[state in seated for state in states] for seated in map(known.members, days)])
    row, column = np.nonzero(member)
    letters = np.array(["Y", "A", "N", "X"])[made.cells[kept][row, column]]
    calls = pl.DataFrame(
        {
            "row": np.arange(len(kept)),
            "symbol": [f"A/RES/{int(made.session[k]) + 1}/{n + 1}" for n, k in enumerate(kept)],
            "date": days,
            "title": [f"Text {int(made.family[k])}" for k in kept],
        }
    )
    votes = pl.DataFrame({"row": row, "iso3": np.array(states)[column], "vote": letters})
    return votes.join(calls, on="row").select("row", "symbol", "date", "title", "iso3", "vote")


def write(folder: Path, shares: tuple[float, ...] = SHARES) -> dict[float, Path]:
    """Files of the record's shares, in the layout of a table of one's own."""
    import polars as pl

    whole, files = record(), {}
    for share in shares:
        files[share] = folder / f"simulated-{share:g}.csv"
        part = whole if share == 1 else whole.filter(pl.col("row").is_in(drawn(share, ROLL_CALLS).tolist()))
        part.drop("row").write_csv(files[share])
    return files
