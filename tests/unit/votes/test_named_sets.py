"""Sets of roll calls from CSV files."""

import hashlib
from pathlib import Path

import pytest

from comity.errors import BadValue, UnknownIssue
from comity.votes.sets import load_set, shipped_sets

CSV = "symbol,label,coder,note\nR/68/262,Ukraine,Me,\nA/RES/ES-11/1,,You,\nr17,,Me,an id\n , ,,\n"


def write(folder: Path, text: str | bytes, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_set_of_ones_own(tmp_path: Path) -> None:
    path = write(tmp_path, CSV)
    for found in (load_set(str(path)), load_set("mine", [tmp_path / "none", tmp_path])):
        assert found.members == {"A/RES/68/262", "A/RES/ES-11/1", "r17"}
        assert found.coder == "Me, You"
        assert found.sha256 == hashlib.sha256(CSV.encode()).hexdigest()


def test_a_row_cut_short_names_nothing(tmp_path: Path) -> None:
    assert load_set(str(write(tmp_path, "note,symbol\nx\ny,427#2\n"))).members == {"427#2"}


def test_a_mark_of_byte_order_and_other_columns_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf" + b"note,symbol\nx,A/RES/68/262\n")
    assert load_set(str(path)).members == {"A/RES/68/262"}


@pytest.mark.parametrize("text", [b"", b"symbol,label\n", b"title\nx\n", "symbol\nA/RES/1\n".encode("utf-16")])
def test_what_is_no_set(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(BadValue):
        load_set(str(write(tmp_path, text)))


@pytest.mark.parametrize("name", ["nonsense", "../mine", "mine.csv", ""])
def test_no_such_set(tmp_path: Path, name: str) -> None:
    (tmp_path / "inside").mkdir()
    write(tmp_path, CSV)
    with pytest.raises(UnknownIssue, match="set:FILE"):
        load_set(name, [tmp_path / "inside"])


def test_the_shipped_sets_load() -> None:
    assert "es-11" in shipped_sets()
    for name in shipped_sets():
        found = load_set(name)
        assert found.members
        assert found.coder
