"""The ledger of members' later corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import BadValue
from comity.model.choice import Choice
from comity.votes.corrections import corrections, read_corrections

ROW = '- {symbol: A/RES/70/1, state: FRA, recorded: "no", intended: abstain, read_in: its record, meeting: A/70/PV.4}'


def test_the_package_s_rows_name_where_they_were_read() -> None:
    held = corrections()
    assert held[("A/RES/53/37", "HTI")].intention is Choice.YES
    assert all(row.read_in and row.recorded != row.intended for row in held.values())


def test_own_rows_are_added_and_replace(tmp_path: Path) -> None:
    (tmp_path / "vote_corrections.yaml").write_text(ROW + "\n", encoding="utf-8")
    held = corrections([tmp_path])
    assert held[("A/RES/70/1", "FRA")].meeting == "A/70/PV.4"
    assert len(held) == len(corrections()) + 1


@pytest.mark.parametrize(
    "text",
    [
        "- {symbol: A/RES/70/1",
        ROW.replace("FRA", "XXX"),
        ROW.replace('"no"', "abstain"),
        ROW.replace("intended: abstain", "intended: absent"),
        ROW.replace(", read_in: its record", ""),
        ROW.replace("meeting:", "page:"),
        "symbol: A/RES/70/1",
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "vote_corrections.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadValue, match=r"vote_corrections\.yaml"):
        read_corrections(file)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "vote_corrections.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadValue):
        read_corrections(file)


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "vote_corrections.yaml"
    file.write_text("# none yet\n", encoding="utf-8")
    assert read_corrections(file) == ()
