"""Recall of the states that titles name, on 60 titles labelled by hand.

Drawn with ``random.Random(9).shuffle`` from the roll calls of Voeten's release of 2024 that are flagged human rights
and whose title (lent by unvotes and the Library) holds the word "situation": 149 in file order, the first 60. The
labels were written while reading the titles, by the rule of docs/explanation/situations.md; a blank is "about no state
by that rule" (the text of 2006 on operations in Lebanon, Brunei's self-determination, the arms trade treaty). The
parser's author had seen such titles before, so this is a check on what is at hand, not a forecast.
"""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

import comity
from comity.store.releases import read_roll_calls
from comity.votes.situations import Text, ledger, parse, situations_of

LENDERS = (
    ("un_roll_calls.rda", "un_votes.rda", "un_roll_call_issues.rda"),
    ("undl_layout_1992_2022.csv.gz",),
)
LABELS = Path(__file__).with_name("situation_targets.csv")


@pytest.fixture(scope="module")
def releases(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[pl.DataFrame]:
    """The wide matrix with the titles that unvotes and the Library's file lend it, and the Library's own."""
    unga = shared_data / "unga"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(tmp_path_factory.mktemp("store")))
        comity.add(unga / "votes_wide_1946_2024.csv")
        for parts in LENDERS:
            comity.add(*(unga / name for name in parts))
        return [read_roll_calls(label) for label in ("voeten-2024-wide", "undl-1992-2022")]


@pytest.fixture(scope="module")
def roll_calls(releases: list[pl.DataFrame]) -> pl.DataFrame:
    return releases[0]


def labelled() -> list[tuple[str, str, tuple[str, ...]]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [(row["roll_call"], row["symbol"], tuple(row["targets"].split())) for row in csv.DictReader(file)]


def test_the_labels() -> None:
    rows = labelled()
    assert len(rows) == len({call for call, _, _ in rows}) == 60
    assert sum(not targets for _, _, targets in rows) == 3


def test_titles_alone_give_54_of_57_states_and_no_wrong_one(roll_calls: pl.DataFrame) -> None:
    by_call = {row["roll_call"]: row for row in roll_calls.iter_rows(named=True)}
    missed = []
    for call, symbol, targets in labelled():
        row = by_call[call]
        assert row["symbol"] == symbol
        found = parse(row["title"], row["date"])
        if found is None and targets:
            missed.append(symbol)
        else:
            assert (found[1] if found else ()) == targets, row["title"]
    # two summaries that name the state elsewhere, and one line of the Library's index that names none
    assert sorted(missed) == ["A/RES/38/102", "A/RES/71/203", "R/36/435"]


def test_with_the_ledger_every_state_is_found(roll_calls: pl.DataFrame) -> None:
    rows = roll_calls.select("roll_call", "symbol", "title", "date", "paragraph", "amendment").rows()
    texts = [Text(call, symbol, title, day, bool(par or am)) for call, symbol, title, day, par, am in rows]
    found = dict(zip((t.roll_call for t in texts), situations_of(texts), strict=True))
    assert {call: about.targets if (about := found[call]) else () for call, _, _ in labelled()} == {
        call: targets for call, _, targets in labelled()
    }


def test_every_row_of_the_ledger_names_a_roll_call(releases: list[pl.DataFrame]) -> None:
    held = {key for table in releases for name in ("symbol", "roll_call") for key in table[name]}
    assert [row.key for row in ledger().texts if row.key not in held] == []
