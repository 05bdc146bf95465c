"""The Vietnamese of what the package's ledgers and claims say."""

import csv
import re
from importlib import resources

import pytest

from comity.audit.claim import read_claims, shipped
from comity.model.language import speaking
from comity.strands.ledgers.kinds import KINDS
from comity.strands.translated import FOLDERS, translated
from comity.study import ledgers

HELD = [
    row
    for folder in FOLDERS
    for row in csv.DictReader(
        (resources.files("comity.data") / folder / "words_vi.csv").read_text("utf-8").splitlines()
    )
]


@pytest.fixture(autouse=True)
def no_rows_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))


def test_a_text_is_itself_in_english_and_where_no_translation_is_held() -> None:
    assert translated("Putin in Hanoi") == "Putin in Hanoi"
    with speaking("vi"):
        assert translated("Putin in Hanoi") == "Putin tại Hà Nội"
        assert translated("A row of one's own") == "A row of one's own"


def test_a_president_is_called_as_the_state_calls_its_own() -> None:
    with speaking("vi"):
        assert [translated("President", s) for s in ("VNM", "CHN", "RUS")] == [
            "Chủ tịch nước",
            "Chủ tịch nước",
            "Tổng thống",
        ]


def test_every_title_and_note_of_the_package_has_its_vietnamese() -> None:
    known = {row["english"] for row in HELD}
    rows = [row for kind in KINDS.values() for row in ledgers.rows(kind)]
    assert len(rows) > 500
    assert [row.id for row in rows if row.title not in known] == []
    assert [row.id for row in rows if row.notes and row.notes not in known] == []


def test_every_claim_of_the_package_with_its_reasons_has_its_vietnamese() -> None:
    known = {row["english"] for row in HELD}
    for claim in read_claims(shipped()[0]).claims:
        said = [claim.claim, *(getattr(claim.test, field, "") for field in ("why", "needs", "note"))]
        assert [text for text in said if text and text not in known] == [], claim.id


def test_numbers_and_symbols_of_a_text_are_those_of_its_translation() -> None:
    """A slip in a translation would be a slip in a record: every symbol and every number of four digits stays."""
    for row in HELD:
        for found in re.findall(r"A/RES/[\w/-]*\w|\b\d{4}\b", row["english"]):
            assert found in row["vietnamese"], row["english"]
