"""What a check tells of a release of the Security Council, and that bodies are never compared."""

from dataclasses import replace
from pathlib import Path

import pytest

from comity.errors import BadValue, UnknownRelease, UsageError
from comity.ingest.add import add_files, remove
from comity.ingest.check import CheckReport, check_release
from comity.ingest.diff import diff_releases
from comity.model.body import COUNCIL
from comity.store.releases import get, list_releases
from council_files import PERMANENT, Resolution, council_csv, three_years

FIFTEEN = dict.fromkeys((*PERMANENT, "BEL", "BFA", "CRI", "HRV", "IDN", "ITA", "LBY", "PAN", "VNM", "ZAF"), "Y")
PLAIN = "symbol,date,title,iso3,vote\nA/RES/63/1,2008-10-10,Made up,USA,Y\nA/RES/63/1,2008-10-10,Made up,VNM,N\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    return tmp_path


def checked(store: Path, *resolutions: Resolution) -> CheckReport:
    file = store / "council.csv"
    file.write_text(council_csv(resolutions))
    return check_release(add_files([file]).manifest.release)


def test_a_sound_release_has_no_fault(store: Path) -> None:
    report = checked(store, *three_years())
    assert [f.kind for f in report.findings] == ["without_vote"]


def test_more_members_than_seats(store: Path) -> None:
    many = FIFTEEN | {"NOR": "Y"}
    report = checked(store, Resolution(90001, "2008-05-05", FIFTEEN), Resolution(90002, "2008-05-06", many))
    (found,) = report.of("council_members")
    assert found.severity == "error"
    assert [item["symbol"] for item in found.items] == ["S/RES/90002(2008)"]


def test_before_1966_there_were_eleven_seats(store: Path) -> None:
    twelve = dict(list(FIFTEEN.items())[:5]) | dict.fromkeys(("BRA", "BOL", "CIV", "MAR", "NOR", "MYS", "URY"), "Y")
    eleven = {state: vote for state, vote in twelve.items() if state != "URY"}
    days = ("1964-03-03", "1964-03-04", "1966-03-04")
    report = checked(
        store,
        *(Resolution(90001 + k, day, v) for k, (day, v) in enumerate(zip(days, (eleven, twelve, twelve), strict=True))),
    )
    (found,) = report.of("council_members")
    assert [item["symbol"] for item in found.items] == ["S/RES/90002(1964)"]


def test_a_permanent_member_against_what_was_adopted(store: Path) -> None:
    against = FIFTEEN | {"FRA": "N", "ITA": "N"}
    (found,) = checked(store, Resolution(90001, "2008-05-05", against)).of("council_veto")
    assert [(item["state"], item["symbol"]) for item in found.items] == [("FRA", "S/RES/90001(2008)")]


def test_tallies_and_totals_that_disagree(store: Path) -> None:
    wrong = Resolution(90001, "2008-05-05", FIFTEEN, cells={"total_yes": "14", "total_ms": "14"})
    report = checked(store, wrong, Resolution(90002, "2008-05-06", FIFTEEN))
    assert [f.items[0]["symbol"] for kind in ("tally_mismatch", "total_mismatch") for f in report.of(kind)] == [
        "S/RES/90001(2008)",
        "S/RES/90001(2008)",
    ]


def test_a_day_after_today(store: Path) -> None:
    report = checked(store, Resolution(90001, "2008-05-05", FIFTEEN), Resolution(90002, "2099-05-06", FIFTEEN))
    (found,) = report.of("future")
    assert [item["date"] for item in found.items] == ["2099-05-06"]


def test_a_resolution_listed_twice(store: Path) -> None:
    first = Resolution(90001, "2008-05-05", FIFTEEN)
    report = checked(store, first, replace(first, cells={"undl_id": "MADE-UP-OTHER"}))
    assert report.of("duplicate") and report.of("symbol_twice")


def test_an_unknown_state_is_refused_and_nothing_is_kept(store: Path) -> None:
    with pytest.raises(BadValue, match="no state has the code XQZ"):
        checked(store, Resolution(90001, "2008-05-05", FIFTEEN | {"XQZ": "Y"}))
    assert list_releases(COUNCIL) == ()


def test_the_bodies_are_not_compared(store: Path) -> None:
    own = store / "own.csv"
    own.write_text(PLAIN)
    assembly = add_files([own]).manifest.release
    report = checked(store, *three_years())
    assert report.against == ()
    assert check_release(assembly).against == ()
    for question in (
        lambda: diff_releases(assembly, report.release),
        lambda: check_release(report.release, against=[assembly]),
    ):
        with pytest.raises(UsageError, match="one body"):
            question()


def test_adding_again_changes_nothing_and_removing_takes_it_away(store: Path) -> None:
    report = checked(store, *three_years())
    assert not add_files([store / "council.csv"]).new
    assert remove(report.release) == ()
    assert list_releases(COUNCIL) == ()
    with pytest.raises(UnknownRelease, match="no release of the Security Council"):
        get(body=COUNCIL)
