"""Every checked row of the landmark ledger, cell by cell, against the releases it names."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from comity.errors import StateDidNotExist
from comity.model.choice import Choice
from comity.states.registry import registry
from comity.states.resolve import resolve
from comity.votes.landmarks import Landmark, landmarks

Cells = dict[str, Choice]
Reader = Callable[[Landmark], Cells]

CHECKED = [row for row in landmarks() if row.checked]
LETTERS = {"Y": Choice.YES, "N": Choice.NO, "A": Choice.ABSTAIN, "X": Choice.ABSENT}
NUMBERS = {1: Choice.YES, 2: Choice.ABSTAIN, 3: Choice.NO, 8: Choice.ABSENT, 9: Choice.ABSENT}

VOETEN_COLUMNS = ("rcid", "date", "ccode", "vote")

# Cells in which a release differs from the ledger; the published tally agrees with the ledger.
DIFFERS = {
    ("A/RES/47/19", "voeten-2016"): {"GNQ": Choice.ABSENT},
    ("A/RES/62/149", "voeten-2016"): {"ZMB": Choice.YES},
}
# Members without a cell: Czechoslovakia, a member until the end of 1992, is left out of the Library layout.
LACKS = {("A/RES/47/19", "undl-1992-2022"): {"CSK"}}


def cells_of(row: Landmark, pairs: Iterator[tuple[str, Choice]], scheme: str) -> Cells:
    """The members' cells; a code that is no member's that day may stand for an absence only."""
    members, cells = registry().members(row.date), {}
    for code, choice in pairs:
        try:
            state = resolve(code, scheme=scheme, day=row.date).id
        except StateDidNotExist:
            state = ""
        if state in members:
            cells[state] = choice
        else:
            assert choice == Choice.ABSENT, f"{code} voted on {row.symbol} without being a member"
    return cells


def library_cells(votes: pl.DataFrame, row: Landmark) -> Cells:
    mine = votes.filter(pl.col("resolution") == row.symbol)
    totals = mine.select("total_yes", "total_no", "total_abstentions", "total_non_voting").unique().row(0)
    assert totals == (row.tally.in_favour, row.tally.against, row.tally.abstaining, row.tally.absent)
    pairs = mine.select("ms_code", "ms_vote").iter_rows()
    return cells_of(row, ((code, LETTERS[vote]) for code, vote in pairs), "undl")


def es11_cells(votes: pl.DataFrame, row: Landmark) -> Cells:
    pairs = votes.filter(pl.col("resolution") == row.symbol).select("iso3", "vote").iter_rows()
    return cells_of(row, ((code, LETTERS[vote]) for code, vote in pairs), "iso3")


def voeten_cells(votes: pl.DataFrame, row: Landmark) -> Cells:
    mine = votes.filter(pl.col("rcid") == row.voeten_rcid)
    month, _, year = mine["date"][0].split("/")
    assert (int(year), int(month)) == (row.date.year, row.date.month)
    pairs = mine.select("ccode", "vote").iter_rows()
    return cells_of(row, ((str(int(code)), NUMBERS[vote]) for code, vote in pairs), "voeten_cow")


@pytest.fixture(scope="module")
def releases(shared_data: Path) -> dict[str, Reader]:
    pyreadr = pytest.importorskip("pyreadr", reason="needs the extra r")
    unga = shared_data / "unga"
    library = pl.read_csv(unga / "undl_layout_1992_2022.csv.gz", schema_overrides={"session": pl.String})
    voeten = pyreadr.read_r(str(unga / "UNVotesPublished.RData"), output_format="polars")["x"].select(VOETEN_COLUMNS)
    return {
        "undl-1992-2022": partial(library_cells, library),
        "es11-votes": partial(es11_cells, pl.read_csv(unga / "es11_votes.csv")),
        "voeten-2016": partial(voeten_cells, voeten),
    }


@pytest.mark.parametrize("row", CHECKED, ids=lambda row: row.symbol)
def test_ledger_agrees_with_the_releases_it_names(row: Landmark, releases: dict[str, Reader]) -> None:
    ledger = row.choices(registry().members(row.date))
    assert ledger is not None
    seen: set[str] = set()
    for label in row.checked_against:
        held = releases[label](row)
        found = {state: choice for state, choice in held.items() if choice != ledger[state]}
        assert found == DIFFERS.get((row.symbol, label), {}), label
        assert ledger.keys() - held.keys() == LACKS.get((row.symbol, label), set()), label
        seen |= held.keys() - found.keys()
    assert seen == ledger.keys(), "a cell that no release confirms"
