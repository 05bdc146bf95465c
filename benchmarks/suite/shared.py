"""The real releases that some benchmarks measure: the shared data, where they are at hand."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from suite.result import Skip

COMITY = [sys.executable, "-c", "from comity.cli.main import run; run()"]  # as the installed command
CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("COMITY_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
WIDE = SHARED / "unga" / "votes_wide_1946_2024.csv"
RELEASES = {
    "voeten-2024-wide": ["votes_wide_1946_2024.csv"],
    "voeten-2016": ["UNVotesPublished.RData"],
    "unvotes-0.3.0": ["un_votes.rda", "un_roll_calls.rda", "un_roll_call_issues.rda"],
    "undl-1992-2022": ["undl_layout_1992_2022.csv.gz"],
}
ARMS, TRADE = "arms/sipri_trade_register_2024-03-18.csv", "trade/cow_trade_ndy.rda"
ABSENT = "needs the shared data (COMITY_SHARED_DATA, or ../shared/data beside the checkout)"


def require(files: Iterable[Path]) -> None:
    """Skip where one of the files is not at hand."""
    if not all(file.is_file() for file in files):
        raise Skip(ABSENT)


def release(label: str) -> list[Path]:
    """The files of one release."""
    return [SHARED / "unga" / name for name in RELEASES[label]]


def every_file() -> list[Path]:
    """The files of the four releases."""
    return [file for label in RELEASES for file in release(label)]


def store_option(parser: argparse.ArgumentParser) -> None:
    """``--store``: a store that is there, instead of one made for the run."""
    parser.add_argument("--store", type=Path, help="a store with releases, instead of one made of the shared data")


def open_store(given: argparse.Namespace) -> None:
    """Use the store that was named, or fill the run's own with the four releases; Skip without either."""
    if given.store:
        os.environ["COMITY_HOME"] = str(given.store)
        return
    require(every_file())
    fill()


def fill() -> None:
    """The four releases, into the store of COMITY_HOME."""
    for label in RELEASES:
        add(release(label))


def add(files: Iterable[Path]) -> None:
    """Files of one release or table, into the store of COMITY_HOME, by a process whose memory is not measured."""
    subprocess.run([*COMITY, "data", "add", *map(str, files)], stdout=subprocess.DEVNULL, check=True)
