"""Every code and name in the shared releases is one state on each day it cast a vote; the rest is their fault."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.errors import UnknownState
from comity.states.registry import registry
from comity.states.resolve import meanings, resolve

# Cast votes dated before the state was a member. Days before about 2003 are placeholders in these releases: such a
# vote is taken for a member's when the state was admitted within the month. What remains:
TOO_EARLY = {("FJI", 1970, 9)}  # two votes of the session that opened on 15 September; admitted on 13 October

# suppliers and recipients of the arms register that are not states of the registry
NOT_STATES = {
    "Aruba", "Biafra", "Katanga", "Northern Cyprus", "unknown recipient(s)", "unknown supplier(s)",
}  # fmt: skip


def shared(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        pytest.skip(f"needs {name} in the shared data")
    return path


def faults(cells: Iterable[tuple[str, date]], scheme: str) -> set[tuple[str, int, int]]:
    """(state, year, month) of cast votes by a state that was not a member at any time of that month."""
    found = set()
    for code, day in cells:
        meant = {m.state for m in meanings(code, scheme) if day in m.spell}
        assert len(meant) == 1, (code, day, meant)
        (state,) = meant
        start = day.replace(day=1)
        end = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        if not any(spell.overlaps(start, end) for spell in registry().state(state).membership):
            found.add((state, day.year, day.month))
    return found


def pairs(frame: Any) -> list[tuple[str, date]]:
    """Distinct (code, day), rows without a day left out."""
    return frame.drop_nulls().unique().rows()  # type: ignore[no-any-return]


def test_wide_matrix(shared_data: Path) -> None:
    import polars as pl

    wide = pl.read_csv(shared(shared_data, "unga/votes_wide_1946_2024.csv"), infer_schema_length=0)
    long = wide.drop(wide.columns[0], *wide.columns[2:8]).unpivot(index="date", variable_name="code", value_name="v")
    cast = long.filter(pl.col("v").str.slice(0, 1).is_in(["1", "2", "3"]))
    assert faults(pairs(cast.select("code", pl.col("date").str.to_date())), "voeten_wide") == TOO_EARLY


@pytest.mark.parametrize("column", ["country", "country_code"])
def test_unvotes(shared_data: Path, column: str) -> None:
    pyreadr = pytest.importorskip("pyreadr")
    import polars as pl

    votes, calls = (
        next(iter(pyreadr.read_r(str(shared(shared_data, f"unga/{n}.rda")), output_format="polars").values()))
        for n in ("un_votes", "un_roll_calls")
    )
    rcid = pl.col("rcid").cast(pl.Int32)
    cells = votes.select(rcid, pl.col(column).cast(pl.String)).join(
        calls.select(rcid, pl.col("date").cast(pl.Date)), on="rcid"
    )
    assert faults(pairs(cells.select(column, "date")), "unvotes") == TOO_EARLY


def test_long_release(shared_data: Path) -> None:
    pyreadr = pytest.importorskip("pyreadr")
    import polars as pl

    path = shared(shared_data, "unga/UNVotesPublished.RData")
    (frame,) = pyreadr.read_r(str(path), output_format="polars").values()
    cast = frame.filter(pl.col("vote").is_in([1, 2, 3])).select(
        pl.col("ccode").cast(pl.String), pl.col("date").str.to_date("%m/%d/%Y", strict=False)
    )
    assert faults(pairs(cast), "voeten_cow") == TOO_EARLY


def test_library_layout(shared_data: Path) -> None:
    import polars as pl

    frame = pl.read_csv(shared(shared_data, "unga/undl_layout_1992_2022.csv.gz"), infer_schema_length=0)
    cast = frame.filter(pl.col("ms_vote").is_in(["Y", "N", "A"])).select("ms_code", pl.col("date").str.to_date())
    assert faults(pairs(cast), "undl") == set()


def test_emergency_session(shared_data: Path) -> None:
    with shared(shared_data, "unga/es11_votes.csv").open(encoding="utf-8", newline="") as file:
        cells = {(row["iso3"], date.fromisoformat(row["date"])) for row in csv.DictReader(file)}
    assert len(cells) == 193 * len({day for _, day in cells})
    assert faults(cells, "iso3") == set()


def test_arms_register(shared_data: Path) -> None:
    path = shared(shared_data, "arms/sipri_trade_register_2024-03-18.csv")
    with path.open(encoding="latin-1", newline="") as file:
        for _ in range(11):
            next(file)
        rows = list(csv.DictReader(file))
    unread = set()
    # a few lines are broken by a comment and leave numbers in these columns
    for name in {name for row in rows for name in (row["Supplier"], row["Recipient"]) if name and name[0].isalpha()}:
        try:
            resolve(name, "sipri")
        except UnknownState:
            unread.add(name)
    # the register marks armed groups with one asterisk, organizations with two
    assert {name for name in unread if not name.endswith("*")} == NOT_STATES
