"""Who was a member on which day, and under which id."""

import subprocess
import sys
from datetime import date

import pytest

from comity.errors import UnknownState
from comity.states.registry import BEFORE, Spell, registry

# Members at the end of a year, "Growth in United Nations membership" of the United Nations, which counts the United
# Arab Republic once (1958 to 1961) and leaves Indonesia out in 1965. Years without a change are not repeated.
GROWTH = {
    1945: 51, 1946: 55, 1947: 57, 1948: 58, 1949: 59, 1950: 60, 1955: 76, 1956: 80, 1957: 82, 1958: 82, 1960: 99,
    1961: 104, 1962: 110, 1963: 113, 1964: 115, 1965: 117, 1966: 122, 1967: 123, 1968: 126, 1970: 127, 1971: 132,
    1973: 135, 1974: 138, 1975: 144, 1976: 147, 1977: 149, 1978: 151, 1979: 152, 1980: 154, 1981: 157, 1983: 158,
    1984: 159, 1990: 159, 1991: 166, 1992: 179, 1993: 184, 1994: 185, 1999: 188, 2000: 189, 2002: 191, 2006: 192,
    2011: 193, 2024: 193,
}  # fmt: skip


@pytest.mark.parametrize(("year", "size"), GROWTH.items())
def test_number_of_members(year: int, size: int) -> None:
    assert len(registry().members(date(year, 12, 31))) == size


@pytest.mark.parametrize(
    ("state", "last_out", "first_in"),
    [
        ("VNM", "1977-09-19", "1977-09-20"),
        ("CHN", "1971-10-24", "1971-10-25"),
        ("SSD", "2011-07-13", "2011-07-14"),
        ("SRB", "2000-10-31", "2000-11-01"),
        ("TLS", "2002-09-26", "2002-09-27"),
        ("SYR", "1961-10-12", "1961-10-13"),
        ("IDN", "1966-09-27", "1966-09-28"),
        ("CZE", "1993-01-18", "1993-01-19"),
    ],
)
def test_admission(state: str, last_out: str, first_in: str) -> None:
    assert not registry().is_member(state, date.fromisoformat(last_out))
    assert registry().is_member(state, date.fromisoformat(first_in))


@pytest.mark.parametrize(
    ("state", "last_in"),
    [
        ("TWN", "1971-10-24"),
        ("CSK", "1992-12-31"),
        ("DDR", "1990-10-02"),
        ("YMD", "1990-05-21"),
        ("YUG", "2000-10-31"),
        ("EAZ", "1964-04-25"),
        ("SYR", "1958-02-21"),
        ("IDN", "1965-01-19"),
    ],
)
def test_end_of_membership(state: str, last_in: str) -> None:
    day = date.fromisoformat(last_in)
    assert registry().is_member(state, day)
    assert not registry().is_member(state, date.fromordinal(day.toordinal() + 1))


def test_one_seat_of_china_on_every_day() -> None:
    for year in range(1946, 2025):
        assert len({"CHN", "TWN"} & registry().members(date(year, 6, 30))) == 1


@pytest.mark.parametrize("state", ["RUS", "EGY", "BLR", "UKR", "IND", "PHL", "TUR"])
def test_seats_that_lasted_since_1945(state: str) -> None:
    assert all(registry().is_member(state, date(year, 12, 31)) for year in range(1945, 2025))


@pytest.mark.parametrize("state", ["RVN", "VDR", "XKX", "PSE", "VAT", "COK", "NIU", "ESH"])
def test_states_that_were_never_members(state: str) -> None:
    assert registry().state(state).membership == ()


@pytest.mark.parametrize(
    ("state", "day", "name"),
    [
        ("RUS", "1985-06-01", "Soviet Union"),
        ("RUS", "1992-01-01", "Russia"),
        ("DEU", "1980-01-01", "Federal Republic of Germany"),
        ("EGY", "1960-01-01", "United Arab Republic"),
        ("MMR", "1980-01-01", "Burma"),
        ("KHM", "1980-01-01", "Democratic Kampuchea"),
        ("TZA", "1962-01-01", "Tanganyika"),
        ("TUR", "2022-05-31", "Turkey"),
        ("TUR", "2022-06-01", "Türkiye"),
        ("SWZ", "2018-01-01", "Swaziland"),
        ("MKD", "2019-02-11", "The former Yugoslav Republic of Macedonia"),
        ("SRB", "2004-01-01", "Serbia and Montenegro"),
        ("FRA", "1960-01-01", "France"),
    ],
)
def test_name_on_a_day(state: str, day: str, name: str) -> None:
    assert registry().name(state, date.fromisoformat(day)) == name


def test_name_without_a_day_is_todays() -> None:
    assert registry().name("RUS") == "Russia"
    assert registry().name("VNM") == "Viet Nam"


@pytest.mark.parametrize(
    ("state", "day", "kind"),
    [
        ("TWN", "1960-01-01", "other_government"),
        ("KHM", "1980-06-01", "other_government"),
        ("KHM", "1985-06-01", "other_government"),
        ("KHM", "1998-06-01", "vacant"),
        ("ZAF", "1980-01-01", "barred"),
        ("YUG", "1995-01-01", "barred"),
        ("IDN", "1965-06-01", "withdrawn"),
        ("AFG", "2023-01-01", "envoy_of_previous_government"),
        ("MMR", "2023-01-01", "envoy_of_previous_government"),
        ("EGY", "1959-01-01", "union"),
        ("RUS", "1980-01-01", "predecessor"),
    ],
)
def test_hard_seats_have_a_footnote(state: str, day: str, kind: str) -> None:
    on = date.fromisoformat(day)
    (seat,) = registry().seat_spells(state, on, date.fromordinal(on.toordinal() + 1))
    assert seat.kind == kind
    assert seat.footnote.endswith(".")


def test_seat_spells_are_cut_to_the_days_asked() -> None:
    seats = registry().seat_spells
    assert [s.start.year for s in seats("AFG")] == [1996, 2021]
    assert [s.start.year for s in seats("AFG", end=date(2000, 1, 1))] == [1996]
    assert [s.start.year for s in seats("AFG", start=date(2001, 12, 22))] == [2021]
    assert seats("ZAF", date(1994, 6, 23)) == ()
    assert seats("FRA") == ()


def test_successions() -> None:
    reg = registry()
    assert {s.successor for s in reg.successors("CSK")} == {"CZE", "SVK"}
    assert {s.predecessor for s in reg.predecessors("VNM")} == {"RVN", "VDR"}
    assert [s.kind for s in reg.predecessors("CHN")] == ["seat"]
    assert len(reg.successors("RUS")) == 14


def test_unknown_id() -> None:
    with pytest.raises(UnknownState) as caught:
        registry().seat_spells("XYZ")
    assert caught.value.exit_code == 10


def test_spell_contains_its_first_day_not_its_end() -> None:
    spell = Spell(date(2000, 1, 1), date(2000, 2, 1))
    assert date(2000, 1, 1) in spell
    assert date(2000, 2, 1) not in spell
    assert spell.overlaps(date(2000, 1, 31), None)
    assert not spell.overlaps(date(2000, 2, 1), None)
    assert not spell.overlaps(None, date(2000, 1, 1))
    assert Spell(BEFORE, None).words == "always"


def test_loading_needs_the_standard_library_only() -> None:
    code = "import sys, comity.states.resolve as r; r.resolve('Viet Nam'); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [m for m in ("numpy", "polars", "duckdb", "rich", "pydantic", "difflib") if f"'{m}'" in loaded]
