"""Small tables of trade, alliances, agreements and surveys in the layouts that are read, made up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.ingest.datasets import add_dataset

# COW numbers of Viet Nam, Russia, and 24 states that trade with both.
VNM, RUS = 816, 365
OTHERS = (
    *(2, 20, 70, 140, 160, 200, 210, 220, 235, 255, 325, 350, 380, 385, 390, 710, 732, 740, 750, 800, 820, 830, 840),
    850,
)
COW_HEAD = "ccode1,ccode2,year,importer1,importer2,flow1,flow2,smoothflow1,smoothflow2"


def cow_row(a: int, b: int, year: int, flow1: float, flow2: float) -> str:
    return f"{a},{b},{year},First,Second,{flow1:g},{flow2:g},{flow1:g},{flow2:g}"


def cow_csv(years: Iterable[int] = (2013, 2014)) -> str:
    """Every state trades with every other: flow1 is 10 × the row's number in its year, flow2 half of that."""
    states = sorted((VNM, RUS, *OTHERS))
    lines = [COW_HEAD]
    for year in years:
        pairs = [(a, b) for i, a in enumerate(states) for b in states[i + 1 :]]
        lines += [cow_row(a, b, year, 10 * k, 5 * k) for k, (a, b) in enumerate(pairs, 1)]
    return "\n".join(lines) + "\n"


def comtrade_record(reporter: str, partner: str, flow: str, value: float | None, **more: Any) -> dict[str, Any]:
    """A yearly total, in Comtrade's own field names."""
    numbers = {"CHN": 156, "VNM": 704, "RUS": 643, "DEU": 276, "W00": 0, "S19": 490, "USA": 842, "_X": 899}
    valued = {"cifvalue": value if flow == "M" else None, "fobvalue": value if flow == "X" else None}
    return {
        "freqCode": "A",
        "refYear": 2020,
        "reporterCode": numbers[reporter],
        "reporterISO": reporter,
        "reporterDesc": reporter,
        "flowCode": flow,
        "partnerCode": numbers[partner],
        "partnerISO": partner,
        "partnerDesc": {"_X": "Areas, nes", "S19": "Other Asia, nes"}.get(partner, partner),
        "partner2Code": 0,
        "cmdCode": "TOTAL",
        "customsCode": "C00",
        "mosCode": "0",
        "motCode": 0,
        **valued,
        "primaryValue": value,
        **more,
    }


COMTRADE = (
    comtrade_record("VNM", "RUS", "M", 2_000_000.0),
    comtrade_record("VNM", "RUS", "X", 3_000_000.0),
    comtrade_record("RUS", "VNM", "X", 1_600_000.0),
    comtrade_record("RUS", "VNM", "M", None),
    comtrade_record("VNM", "W00", "M", 50_000_000.0),
    comtrade_record("VNM", "W00", "X", 60_000_000.0),
    comtrade_record("VNM", "_X", "M", 700.0),
    comtrade_record("USA", "VNM", "M", 9_000_000.0),
)


def comtrade_json(records: Sequence[Mapping[str, Any]] = COMTRADE) -> str:
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(records), "data": list(records)})


def comtrade_csv(records: Sequence[Mapping[str, Any]] = COMTRADE, tail: str = "") -> str:
    heads = list(records[0])
    rows = [",".join(_cell(r[h]) for h in heads) + tail for r in records]
    return "\n".join([",".join(heads), *rows]) + "\n"


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f'"{text}"' if "," in text else text


PLAIN_TRADE = """reporter,partner,year,flow,value,unit,source
Viet Nam,Russia,2020,import,2.0,million USD,Made-up yearbook
VNM,RUS,2020,export,3,USD million,Made-up yearbook
VNM,Russia,2021,import,,million USD,Made-up yearbook
VNM,World,2020,import,100,million USD,Made-up yearbook
"""
ATOP_CSV = """ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
365,816,1978,0,0,0,0,1
816,365,1978,0,0,0,0,1
365,816,1979,0,0,0,0,1
816,365,1979,0,0,0,0,1
365,816,1980,0,0,0,1,1
816,365,1980,0,0,0,0,1
365,816,1982,0,0,0,0,1
2,200,1980,1,0,0,1,1
"""
_DESTA_HEAD = "number;base_treaty;name;entry_type;year;entryforceyear;c1;c2;c3;mc1;mc2;mc3"
DESTA_CSV = (
    _DESTA_HEAD
    + """
1;1;First Union;base_treaty;1990;1991;704;643;NA;0;0;NA
2;2;Second Union;base_treaty;1985;NA;643;356;NA;0;0;NA
2+1;2;Second Union Viet Nam accession;accession;1999;2000;643;356;704;2;2;1
1_1;1;First Union withdrawal Russia;withdrawal;2005;NA;704;643;NA;2;1;NA
3;3;Talks;negotiation;NA;NA;704;643;NA;0;0;NA
4;4;Not of both;base_treaty;2001;2002;704;156;NA;0;0;NA
"""
)
SURVEY_CSV = """question,answer,wave,population,n,share,margin,about,source
Made-up question,favourable,2023-05,adults,150,58.7,,RUS,Made-up house 2023
Made-up question,favourable,2022,adults,1200,62.4%,2.8,Russia,Made-up house 2022
Made-up question,favourable,2022,students,15,60,,Russia,Made-up house 2022
Made-up question,favourable,2022,adults,1200,40,2.8,CHN,Made-up house 2022
"""
CHINA_CSV = """receiving_country,year,confucius_institutes,government_visits,military_visits,total_elite_visits
"Vietnam",2004,0,5,1,6
"Vietnam",2005,0,N/A,"N/A",N/A
"Laos",2004,0,2,0,2
"""
FILES = {
    "cow.csv": cow_csv(range(1995, 2015)),
    "atop.csv": ATOP_CSV,
    "desta.csv": DESTA_CSV,
    "survey.csv": SURVEY_CSV,
    "china.csv": CHINA_CSV,
}


def add_strands(folder: Path, files: Mapping[str, str] = FILES) -> None:
    """Add made-up tables to the store of COMITY_HOME; ``folder`` takes the files they are read from."""
    for name, text in files.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        assert add_dataset(path) is not None
