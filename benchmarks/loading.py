"""Adding each real release to a fresh store, beside reading the same files into pandas.

python benchmarks/loading.py [--json] [--runs 3]

Needs the shared data (COMITY_SHARED_DATA, or ../shared/data beside the checkout). The other side is the least that any
tool must do with the same bytes: pandas.read_csv, or pyreadr into pandas. Adding also resolves states day by day,
checks, lends fields between releases and writes Parquet.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from suite.clock import seconds, spread_of
from suite.result import Result, Said, Setting, Skipped, Target
from suite.script import script
from suite.shared import RELEASES, every_file, release, require

TARGETS = {"voeten-2016": Target("seconds", most=15.0)}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=3, help="runs of each side")


def measure(given: argparse.Namespace) -> Iterator[Said]:
    from comity.ingest.add import add_files

    require(every_file())
    yield Setting({"runs": given.runs})
    for label in RELEASES:
        files, own = release(label), []
        if any(file.suffix in (".rda", ".RData") for file in files) and not readable():
            yield Skipped(label, "pyreadr is not installed (extra r)")
            continue
        for _ in range(given.runs):
            with tempfile.TemporaryDirectory() as home:
                os.environ["COMITY_HOME"] = home
                own.append(seconds(lambda files=files: add_files(files)))  # type: ignore[misc]
        bare = [seconds(lambda files=files: [read(file) for file in files]) for _ in range(given.runs)]  # type: ignore[misc]
        goals = (TARGETS[label],) if label in TARGETS else ()
        yield Result(label, "from the file to the store", spread_of(own), spread_of(bare), "bare pandas read", goals)


def readable() -> bool:
    """Whether R's files can be read."""
    try:
        import pyreadr  # noqa: F401
    except ImportError:
        return False
    return True


def read(file: Path) -> object:
    """The bare file as pandas reads it."""
    import pandas as pd

    if file.suffix in (".rda", ".RData"):
        import pyreadr

        return pyreadr.read_r(str(file))
    return pd.read_csv(file, low_memory=False)


if __name__ == "__main__":
    script(__doc__, measure, options)
