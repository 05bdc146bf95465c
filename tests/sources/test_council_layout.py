"""The Library's Security Council voting data: what is read, what is left out and counted, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from vote_files import cells, read, write

from comity.errors import BadValue, ComityError, DamagedFile, UnknownLayout
from comity.model.body import COUNCIL
from comity.model.choice import Choice
from comity.sources.base import RawRelease
from council_files import HEADER, PERMANENT, Resolution, council_csv, three_years

ALL_YES = dict.fromkeys((*PERMANENT, "VNM", "IDN"), "Y")


def council(tmp_path: Path, *resolutions: Resolution) -> RawRelease:
    return read(write(tmp_path, "council.csv", council_csv(resolutions or three_years())))


def test_a_council_file_is_told_by_its_header(tmp_path: Path) -> None:
    release = council(tmp_path)
    assert (release.layout, release.body, release.label) == ("undl-council", COUNCIL, "undl-sc-2007-2009")
    assert release.roll_calls["body"].unique().to_list() == ["SC"]
    assert release.roll_calls["session"].is_null().all()
    assert release.roll_calls["symbol"][0] == "S/RES/90701(2007)"
    assert release.roll_calls["title"][0] == "Made-up resolution 90701, [for a test]"
    assert release.roll_calls["link"][0] == "https://example.org/made-up/90701"
    assert release.absences


def test_letters_and_tallies(tmp_path: Path) -> None:
    votes = ALL_YES | {"CHN": "A", "VNM": "N", "IDN": "X"}
    release = council(tmp_path, Resolution(90001, "2008-05-05", votes))
    found = cells(release)
    assert [found["MADE-UP-90001", code] for code in ("USA", "CHN", "VNM", "IDN")] == [
        Choice.YES,
        Choice.ABSTAIN,
        Choice.NO,
        Choice.ABSENT,
    ]
    tally = release.roll_calls.select("yes", "no", "abstain", "nonvoting", "total").row(0)
    assert tally == (4, 1, 1, 1, 7)


def test_a_member_without_a_code_is_known_by_its_name(tmp_path: Path) -> None:
    text = council_csv([Resolution(90001, "2008-05-05", ALL_YES)]).replace(",VNM,VNM,", ",,VIET NAM,")
    assert ("MADE-UP-90001", "VIET NAM") in cells(read(write(tmp_path, "council.csv", text)))


def test_resolutions_without_a_vote_are_counted_by_year_and_left_out(tmp_path: Path) -> None:
    release = council(tmp_path)
    assert release.without_a_vote == ((2007, 1), (2008, 1), (2009, 1))
    assert release.roll_calls.height == 33
    assert not release.roll_calls["symbol"].str.contains("S/RES/90[789]09").any()
    assert any("45" in warning for warning in release.warnings)


@pytest.mark.parametrize(
    ("modality", "note"),
    [("Without vote", ""), ("ADOPTED WITHOUT A VOTE", ""), ("", "Adopted by acclamation"), ("", "Without a vote")],
)
def test_either_column_tells_that_no_vote_was_taken(tmp_path: Path, modality: str, note: str) -> None:
    quiet = Resolution(90002, "2008-06-06", ALL_YES, modality, note)
    release = council(tmp_path, Resolution(90001, "2008-05-05", ALL_YES), quiet)
    assert release.roll_calls["symbol"].to_list() == ["S/RES/90001(2008)"]
    assert release.without_a_vote == ((2008, 1),)


def test_a_mark_of_a_permanent_seat_that_is_not_the_five(tmp_path: Path) -> None:
    odd = Resolution(90001, "2008-05-05", ALL_YES, cells={"permanent_member": "True"})
    (warning,) = council(tmp_path, odd).warnings
    assert warning.startswith("rows whose mark of a permanent seat") and warning.endswith(": 2")


@pytest.mark.parametrize("missing", ["modality", "ms_vote", "resolution", "date"])
def test_a_council_file_without_a_needed_column_is_named(tmp_path: Path, missing: str) -> None:
    header = ",".join(name for name in HEADER.split(",") if name != missing)
    with pytest.raises(UnknownLayout, match=f"Security Council.*{missing}"):
        read(write(tmp_path, "cut.csv", council_csv(three_years(), header)))


def _cut(text: str) -> str:
    return text[: text.rindex(",MADE-UP SUBJECT")]


def _no_votes(_text: str) -> str:
    return council_csv([Resolution(90001, "2008-05-05", ALL_YES, "Without vote")])


@pytest.mark.parametrize(
    ("spoil", "error", "says"),
    [
        (_cut, DamagedFile, "cells where the header has 20"),
        (lambda text: text.replace(",A,2007", ",B,2007", 1), BadValue, "column ms_vote"),
        (lambda text: text.replace("2008-03-15", "2008-13-15"), BadValue, "column date"),
        (lambda text: text.replace(",15,Recorded", ",many,Recorded"), BadValue, "column total_ms"),
        (lambda text: text.replace(",True,", ",perhaps,", 1), BadValue, "column permanent_member"),
        (_no_votes, BadValue, "every resolution was adopted without a vote"),
    ],
)
def test_bad_cells_are_named(tmp_path: Path, spoil: Callable[[str], str], error: type[ComityError], says: str) -> None:
    with pytest.raises(error) as caught:
        read(write(tmp_path, "bad.csv", spoil(council_csv(three_years()))))
    assert says in str(caught.value)


def test_two_votes_of_one_member_are_refused(tmp_path: Path) -> None:
    first = Resolution(90001, "2008-05-05", ALL_YES)
    again = replace(first, votes={"USA": "A"})
    with pytest.raises(BadValue, match="votes a second time"):
        council(tmp_path, first, again)
