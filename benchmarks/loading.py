"""Seconds to add each real release to a fresh store, reading a file into pandas beside it in the same run.

python benchmarks/loading.py [--json]

Needs the shared data (COMITY_SHARED_DATA, or ../shared/data beside the checkout). The other side is the least that any
tool must do with the same bytes: pandas.read_csv, or pyreadr into pandas. Adding also resolves states day by day,
checks, lends fields between releases and writes Parquet.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data")) / "unga"
FILES = {
    "voeten-2024-wide": ["votes_wide_1946_2024.csv"],
    "voeten-2016": ["UNVotesPublished.RData"],
    "unvotes-0.3.0": ["un_votes.rda", "un_roll_calls.rda", "un_roll_call_issues.rda"],
    "undl-1992-2022": ["undl_layout_1992_2022.csv.gz"],
}
TARGETS = {"voeten-2016": 15.0}  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="Seconds to add each release.")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    given = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"no shared data at {SHARED}: set COMITY_SHARED_DATA")
    found = {label: measure([SHARED / name for name in names]) for label, names in FILES.items()}
    if given.json:
        print(json.dumps({"benchmark": "loading", "targets_s": TARGETS, "releases": found}))
        return
    for label, row in found.items():
        target = f", target {TARGETS[label]:.0f} s" if label in TARGETS else ""
        print(
            f"{label:>18}  add {row['add_s']:.2f} s  pandas {row['pandas_s']:.2f} s  ratio {row['ratio']:.1f}{target}"
        )


def measure(files: Sequence[Path]) -> dict[str, float]:
    """Seconds to add, seconds to read into pandas, and their ratio."""
    from comity.ingest.add import add_files

    with tempfile.TemporaryDirectory() as home:
        os.environ["COMITY_HOME"] = home
        add_s = timed(lambda: add_files(files))
    pandas_s = timed(lambda: [read(file) for file in files])
    return {"add_s": round(add_s, 3), "pandas_s": round(pandas_s, 3), "ratio": round(add_s / pandas_s, 2)}


def read(file: Path) -> object:
    """The bare file as pandas reads it."""
    import pandas as pd

    if file.suffix in (".rda", ".RData"):
        import pyreadr

        return pyreadr.read_r(str(file))
    return pd.read_csv(file)


def timed(run: object) -> float:
    start = time.perf_counter()
    run()  # type: ignore[operator]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
