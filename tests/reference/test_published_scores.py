"""Agreement scores worked out from the real release by joins of its cells, in the published files' layout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import comity
from comity.states.resolve import codes

SESSIONS = (45, 60, 74)
CAST = ["1", "2", "3"]


@pytest.fixture(scope="module")
def wide(shared_data: Path) -> Path:
    return shared_data / "unga" / "votes_wide_1946_2024.csv"


@pytest.fixture(scope="module")
def store(wide: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(home))
        comity.add(wide)
        yield home


@pytest.fixture(scope="module")
def scores(wide: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mean of 1 − |a − b|/2 over roll calls that are not unanimous, for every two columns of the file."""
    parts = [_of_session(*_table(wide), session) for session in SESSIONS]
    path = tmp_path_factory.mktemp("scores") / "AgreementScores.csv"
    pl.concat(parts).write_csv(path)
    return path


def _table(wide: Path) -> tuple[pl.DataFrame, list[str]]:
    table = pl.read_csv(wide, infer_schema_length=0).with_row_index("call")
    return table, [c for c in table.columns if len(c) == 3 and c.isupper()]


def _of_session(table: pl.DataFrame, states: list[str], session: int, *, divided: bool = True) -> pl.DataFrame:
    """One session, September to August; states under the Correlates of War code of its end."""
    first, last = f"{session + 1945}-09-01", f"{session + 1946}-08-31"
    held = table.filter(pl.col("date").is_between(pl.lit(first), pl.lit(last)))
    votes = held.unpivot(states, index="call", variable_name="state", value_name="vote")
    votes = votes.filter(pl.col("vote").is_in(CAST)).with_columns(pl.col("vote").cast(pl.Int8))
    votes = votes.filter(pl.col("vote").n_unique().over("call") > 1) if divided else votes
    number = {s: found[0] for s in states if (found := codes(s, "cow", date(session + 1946, 8, 31)))}
    votes = votes.filter(pl.col("state").is_in(list(number)))
    pairs = votes.join(votes, on="call").filter(pl.col("state") < pl.col("state_right"))
    alike = 1 - (pl.col("vote") - pl.col("vote_right")).abs() / 2
    made = pairs.group_by("state", "state_right").agg(agree=alike.mean())
    return made.select(
        **{"session.x": pl.lit(session)},
        ccode1=pl.col("state").replace(number),
        ccode2=pl.col("state_right").replace(number),
        agree="agree",
    )


def test_scores_worked_out_by_joins_are_equal(store: Path, scores: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))
    answer = comity.compare(scores)
    (column,) = answer.columns
    assert (answer.layout, column.own.way.measure, column.own.way.clock) == ("agreement_scores", "voeten", "session")
    assert column.own.compared > 45_000
    assert column.own.equal == column.own.compared, column.largest
    assert [s.period for s in column.steps] == list(SESSIONS)


def test_scores_with_unanimous_roll_calls_are_recognised(
    store: Path, wide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))
    path = tmp_path / "all.csv"
    made = _of_session(*_table(wide), 32, divided=False)  # 7 of its 98 roll calls are unanimous
    made.with_columns(pl.col("agree").round(4)).write_csv(path)
    (column,) = comity.compare(path).columns
    assert column.own.share < 0.5
    assert column.found is not None
    assert (column.found.share, column.found.way.apart(column.own.way)) == (1.0, ("over",))
