"""The registry against other people's tables. Every disagreement is listed here with its reason.

A test fails on a disagreement that is not listed, and on a listed one that no longer holds.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from comity.errors import ComityError
from comity.states.groups import group
from comity.states.registry import registry
from comity.states.resolve import codes, meanings, resolve

FIRST = date(1945, 10, 24)

# (state, scheme): (ours, countrycode's, reason)
COUNTRYCODE = {
    ("CSK", "iso2"): ("CS", None, "withdrawn from ISO 3166; the list has current codes only"),
    ("CSK", "m49"): ("200", None, "withdrawn from M49"),
    ("DDR", "iso2"): ("DD", None, "withdrawn from ISO 3166"),
    ("DDR", "m49"): ("278", None, "withdrawn from M49"),
    ("SRB", "cow"): ("345", None, "the list leaves COW's continuing Yugoslavia to Yugoslavia alone"),
    ("TWN", "m49"): ("158", None, "numeric code of ISO 3166, not listed by the United Nations"),
    ("VAT", "cow"): (None, "327", "code of the Papal States, which ended in 1870"),
    ("VAT", "gw"): (None, "327", "code of the Papal States, which ended in 1870"),
    ("VNM", "gw"): ("816", "815", "815 is Annam before 1893; Gleditsch and Ward's own list has 816 to date"),
    ("XKX", "iso2"): ("XK", None, "user-assigned, not in ISO 3166"),
    ("YEM", "gw"): ("678", None, "the list leaves 678, which Gleditsch and Ward continue, to the Yemen Arab Republic"),
    ("YMD", "iso2"): ("YD", None, "withdrawn from ISO 3166"),
    ("YMD", "m49"): ("720", None, "withdrawn from M49"),
    ("YUG", "iso2"): ("YU", None, "withdrawn from ISO 3166"),
    ("YUG", "m49"): ("891", None, "withdrawn from M49"),
}
# rows of countrycode for an earlier stage of a state that the list also has under its present name
STAGES = {"Serbia and Montenegro": "SRB", "United Arab Republic": "EGY", "Yemen Arab Republic": "YEM"}

# (scheme, code): days on which the outside list has a state and the registry has none, with the reason
SYSTEM_DAYS = {
    ("cow", "432"): (["1960-06-20"], "Mali from the federation with Senegal; here from the end of it"),
    ("cow", "511"): (["1964-04-26"], "last day inclusive; here the union's first day"),
    ("cow", "552"): (["1965-11-11"], "Rhodesia's declaration; here Zimbabwe's independence"),
    ("cow", "663"): (["1946-03-22"], "treaty with the United Kingdom; here the proclamation"),
    ("cow", "817"): (["1975-04-30"], "last day inclusive; here the first day after"),
    ("gw", "265"): (["1949-10-05"], "two days before the proclamation"),
    ("gw", "359"): (["1991-08-27"], "declaration; here the end of the Soviet Union"),
    ("gw", "371"): (["1991-12-21"], "declaration of Alma-Ata; here the end of the Soviet Union"),
    ("gw", "372"): (["1991-12-21"], "declaration of Alma-Ata; here the end of the Soviet Union"),
    ("gw", "373"): (["1991-12-21"], "declaration of Alma-Ata; here the end of the Soviet Union"),
    ("gw", "433"): (["1960-04-04"], "Senegal from the agreement on the federation; here from the end of it"),
    ("gw", "511"): (["1964-04-26"], "last day inclusive; here the union's first day"),
    ("gw", "517"): (["1962-01-07"], "day and month exchanged: independence was on 1 July 1962"),
    ("gw", "552"): (["1965-11-11"], "Rhodesia's declaration; here Zimbabwe's independence"),
    ("gw", "616"): (["1956-01-01"], "year only; here the day of independence"),
    ("gw", "701"): (["1991-10-27"], "declaration; here the end of the Soviet Union"),
    ("gw", "702"): (["1991-09-09"], "declaration; here the end of the Soviet Union"),
    ("gw", "703"): (["1991-08-31"], "declaration; here the end of the Soviet Union"),
    ("gw", "704"): (["1991-08-31"], "declaration; here the end of the Soviet Union"),
    ("gw", "705"): (["1991-12-16"], "declaration; here the end of the Soviet Union"),
    ("gw", "711"): (["1945-10-24", "1948-04-12", "1950-10-01"], "Tibet is not in the registry"),
    ("gw", "781"): (["1965-05-26"], "two months before the agreement on independence"),
    ("gw", "817"): (["1975-04-30"], "last day inclusive; here the first day after"),
    ("gw", "850"): (["1945-10-24"], "Indonesia from its proclamation; here from the transfer of sovereignty"),
}
# Gleditsch and Ward's list leaves very small states to a separate list that is not at hand
NO_GW = "AND ATG DMA FSM GRD KIR KNA LCA LIE MCO MHL NRU PLW SMR STP SYC TON TUV VCT VUT WSM"
# names of COW's code list for states that ended before 1945
ENDED = "240 245 267 269 271 273 275 280 300 327 329 332 335 337 730"


def read_r(path: Path) -> Any:
    """The one table of an R file, as a polars frame."""
    pyreadr = pytest.importorskip("pyreadr")
    if not path.is_file():
        pytest.skip(f"needs {path.name} in the shared data")
    (frame,) = pyreadr.read_r(str(path), output_format="polars").values()
    return frame


def whole(value: float | None) -> str | None:
    return None if value is None else str(int(value))


def last_day(state: str) -> date:
    end = registry().state(state).existence[-1].end
    return date(2025, 1, 1) if end is None else end - timedelta(days=1)


def test_countrycode(shared_data: Path) -> None:
    frame = read_r(shared_data / "context" / "codelist.rda")
    columns = {"iso2": "iso2c", "m49": "un", "cow": "cown", "gw": "gwn"}
    disagree, seen = {}, set()
    for row in frame.select("country.name.en", "iso3c", *columns.values()).iter_rows(named=True):
        name = row["country.name.en"]
        try:
            state = resolve(row["iso3c"], "iso3") if row["iso3c"] else resolve(name, "name")
        except ComityError:
            # territories, and states that ended before 1945
            assert row["iso3c"] is None or not (row["cown"] or row["gwn"]), name
            continue
        assert resolve(name, "name") is state, name
        if STAGES.get(name) == state.id:
            continue
        seen.add(state.id)
        for scheme, column in columns.items():
            theirs = row[column] if scheme == "iso2" else whole(row[column])
            ours = next(iter(codes(state.id, scheme, last_day(state.id))), None)
            if (ours.lstrip("0") if ours and scheme == "m49" else ours) != theirs:
                disagree[state.id, scheme] = (ours, theirs)
    assert disagree == {key: value[:2] for key, value in COUNTRYCODE.items()}
    assert {s.id for s in registry().states()} - seen == {"VDR"}


def system_rows(frame: Any, scheme: str) -> Iterator[tuple[str, date, date]]:
    """(code, first day, last day) of a list of the state system."""
    for row in frame.iter_rows(named=True):
        if scheme == "gw":
            yield str(int(row["gwcode"])), row["startdate"], row["enddate"]
        else:
            first, last = (
                date(*(int(row[f"{end}{part}"]) for part in ("year", "month", "day"))) for end in ("st", "end")
            )
            yield str(int(row["ccode"])), first, last


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_state_system(shared_data: Path, scheme: str) -> None:
    """On the first, middle and last day of each spell since 1945 the code means one state, which existed."""
    disagree: dict[tuple[str, str], list[str]] = {}
    for code, start, end in system_rows(read_r(shared_data / "context" / f"{scheme}_states.rda"), scheme):
        first, last = max(start, FIRST), min(end, date(2016, 12, 31))
        for day in sorted({first, first + (last - first) // 2, last}) if first <= last else ():
            meant = {m.state for m in meanings(code, scheme) if day in m.spell}
            if sum(registry().state(s).existed_on(day) for s in meant) != 1:
                disagree.setdefault((scheme, code), []).append(day.isoformat())
    assert disagree == {key: value[0] for key, value in SYSTEM_DAYS.items() if key[0] == scheme}


def test_members_without_a_gleditsch_ward_code() -> None:
    assert {s.id for s in registry().states() if s.membership and not codes(s.id, "gw")} == set(NO_GW.split())


def test_names_of_the_cow_code_list(shared_data: Path) -> None:
    path = shared_data / "context" / "COW_country_codes.csv"
    if not path.is_file():
        pytest.skip(f"needs {path.name} in the shared data")
    unread = set()
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            try:
                state = resolve(row["StateNme"], "name")
            except ComityError:
                unread.add(row["CCode"])
            else:
                assert state.id in {m.state for m in meanings(row["CCode"], "cow")}, row
    assert unread == set(ENDED.split())


# Memberships by year, 1946 to 2014, against the COW list of intergovernmental organizations (version 3).
# group: {states that differ: reason}
IGO_COLUMNS = {
    "asean": ["asean"], "nato": ["nato"], "eu": ["eec", "eu"], "au": ["oau", "au"], "gcc": ["gcc"],
    "caricom": ["caricom"], "oecd": ["oecd"], "pif": ["pif"], "sco": ["sco"], "csto": ["csto"], "cis": ["cis"],
    "oic": ["oic"], "nam": ["nam"], "arab_league": ["loas"],
}  # fmt: skip
IGO = {
    "au": {
        "COD": "blank in the list while it was Zaire", "EAZ TZA": "counted here as founders of 1963",
        "GNQ": "blank in the list from 2006", "MAR": "founder of 1963, left in November 1984",
    },
    "caricom": {"BHS": "a member from 1983, not 1974"},
    "oecd": {
        "DEU": "blank in the list before 1990", "FIN": "accession was in 1969, not 1965",
    },
    "pif": {"PLW VUT": "year of joining; unchecked here"},
    "sco": {"CHN KAZ KGZ RUS TJK": "the list counts the Shanghai Five"},
    "csto": {"UZB": "outside the treaty from 1999 to 2006"},
    "cis": {
        "GEO": "joined in December 1993, left in August 2009; unchecked here", "TKM": "an associate from August 2005",
        "UKR": "took part until 2018 without ratifying the Charter",
    },
    "oic": {
        "ARE BHR OMN QAT": "1972 or 1971: unchecked here", "AZE UZB BEN IRQ BFA": "a year apart: unchecked here",
        "SYR": "1972 or 1970: unchecked here", "CMR": "1974, not 2006",
    },
    "nam": {
        "BEN CAF CMR COG JOR LAO LBR LBY MRT NGA SEN TCD TGO": "not at Belgrade in 1961; from Cairo in 1964",
        "DZA KWT SLE SYR": "a year or more earlier than the list",
        "ARE BHR BWA GMB GNQ GUY JAM MDG MUS MYS SGP YMD": "counted from the summit, not from the meeting before it",
        "ARG": "withdrew in 1991, not 1994", "BRN FJI": "left out of the list", "CHL": "no gap is kept here",
        "DOM ERI HND UZB VUT ZAF ZWE": "year of joining; unchecked here", "KHM": "seat contested from 1979 to 1991",
        "MLT": "left with its accession to the European Union in 2004", "VCT": "blank in the list in 2014",
        "VDR": "North Viet Nam in 1975; here Viet Nam from unification",
    },
    "arab_league": {
        "EGY": "suspended from 1979 to 1989, which is no gap here", "YEM": "blank in the list in 1965 and 1966",
        "YMD": "left out of the list",
    },
}  # fmt: skip


def test_groups_by_year(shared_data: Path) -> None:
    frame = read_r(shared_data / "context" / "igoR_state_year_format3.rda")
    wanted = sorted({c for columns in IGO_COLUMNS.values() for c in columns})
    listed: dict[str, set[tuple[str, int]]] = {name: set() for name in IGO_COLUMNS}
    covered: set[tuple[str, int]] = set()
    for row in frame.select("ccode", "year", *wanted).iter_rows(named=True):
        year = int(row["year"])
        day = date(year, 12, 31)
        meant = {m.state for m in meanings(str(int(row["ccode"])), "cow") if day in m.spell}
        for state in meant if year >= 1946 else ():
            if registry().state(state).existed_on(day):
                covered.add((state, year))
                for name, columns in IGO_COLUMNS.items():
                    if any(row[c] == 1 for c in columns):
                        listed[name].add((state, year))
    for name, theirs in listed.items():
        first = min(year for _, year in theirs)
        ours = {
            (m.state, year)
            for m in group(name).memberships
            for year in range(first, 2015)
            if date(year, 12, 31) in m.spell
        }
        differ = {state for state, _ in (ours & covered) ^ theirs}
        assert differ == {state for states in IGO.get(name, {}) for state in states.split()}, name
