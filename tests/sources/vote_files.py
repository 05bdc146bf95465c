"""Small files of every layout, written by hand: invented votes under real headers."""

import bz2
import gzip
from pathlib import Path

import pandas as pd
import pyreadr

from comity.sources.base import RawRelease
from comity.sources.detect import recognise

WIDE = """rcid,date,me,nu,di,hr,co,ec,USA,RUS,VNM
3,1946-01-01,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,1,3.0,9
411,1992-12-04,TRUE,FALSE,FALSE,TRUE,FALSE,FALSE,3,1,1.0
411,2023-12-05,FALSE,TRUE,FALSE,TRUE,FALSE,FALSE,2,8,
"""

LONG = (
    "rcid,ccode,member,vote,Country,Countryname,session,yes,no,abstain,importantvote,date,unres,amend,para,short,descr,"
    r"""me,nu,di,hr,co,ec
3,2,1,1,USA,United States of America,1,2,1,0,0,1/1/1946,R/1/66,1,0,RULES,TO ADOPT A RULE,0,0,0,0,0,"0\"""
3,365,1,3,RUS,Russia,1,2,1,0,0,1/1/1946,R/1/66,1,0,RULES,TO ADOPT A RULE,0,0,0,0,0,"0\"""
3,816,NA,9,VNM,Vietnam,1,2,1,0,0,1/1/1946,R/1/66,1,0,RULES,TO ADOPT A RULE,0,0,0,0,0,"0\"""
5000,2,1,3,USA,United States of America,68,1,1,0,1,12/18/2013,R/68/262,NA,NA,,To adopt,0,0,0,1,0,
5000,365,1,1,RUS,Russia,68,1,1,0,1,12/18/2013,R/68/262,NA,NA,,To adopt,0,0,0,1,0,
5000,816,1,8,VNM,Vietnam,68,1,1,0,1,12/18/2013,R/68/262,NA,NA,,To adopt,0,0,0,1,0,
"""
)

LIBRARY_2026 = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,"
    "subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link"
)
LIBRARY_2024 = (
    "undl_id,ms_codes,ms_names,ms_votes,resolutions,title,modality,draft,committee_report,meeting,agenda_titles,"
    "subjects,date,yes,no,abstentions,non-voting,total-voting,undl_link"
)
PLAIN = """symbol,date,title,iso3,vote
A/RES/ES-11/1,2022-03-02,Aggression against Ukraine,USA,Y
A/RES/ES-11/1,2022-03-02,Aggression against Ukraine,RUS,no
A/RES/ES-11/1,2022-03-02,Aggression against Ukraine,VNM,abstain
A/RES/ES-11/1,2022-03-02,Aggression against Ukraine,KHM,
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """A file of that content; the name's ending decides about compression."""
    data = text.encode() if isinstance(text, str) else text
    pack = {".gz": gzip.compress, ".bz2": bz2.compress}.get(Path(name).suffix, bytes)
    path = folder / name
    path.write_bytes(pack(data))
    return path


def library(header: str = LIBRARY_2026, **cells: str) -> str:
    """Three members' rows under one of the Library's headers; ``cells`` overrides single columns, in 2026's names."""
    renamed = dict(zip(LIBRARY_2026.split(","), LIBRARY_2026.split(","), strict=True))
    renamed |= {"ms_codes": "ms_code", "ms_names": "ms_name", "ms_votes": "ms_vote", "resolutions": "resolution"}
    renamed |= {"yes": "total_yes", "no": "total_no", "abstentions": "total_abstentions"}
    renamed |= {"non-voting": "total_non_voting", "total-voting": "total_ms", "agenda_titles": "agenda_title"}
    row = {
        "undl_id": "4025240",
        "date": "2023-10-27",
        "session": "ES-10",
        "resolution": "A/RES/ES-10/21",
        "title": '"Protection of civilians, and more"',
        "total_yes": "120.0",
        "total_no": "14.0",
        "total_abstentions": "45.0",
        "total_non_voting": "14.0",
        "total_ms": "193.0",
        "undl_link": "https://digitallibrary.un.org/record/4025240",
    }
    members = [("AFG", "AFGHANISTAN", "Y"), ("", "BENIN", "NV"), ("USA", "UNITED STATES", ""), ("VNM", "VIET NAM", "A")]
    lines = [header]
    for code, name, vote in members:
        full = row | {"ms_code": code, "ms_name": name, "ms_vote": vote} | cells
        lines.append(",".join(full.get(renamed.get(column, column), "") for column in header.split(",")))
    return "\n".join(lines) + "\n"


def trio(folder: Path) -> list[Path]:
    """The three parts of the R package, as R files."""
    frames = {
        "un_votes": pd.DataFrame(
            {
                "rcid": [3.0, 3.0, 5.0],
                "country": ["United States", "Namibia", "United States"],
                "country_code": ["US", "NA", "US"],
                "vote": ["yes", "abstain", "no"],
            }
        ),
        "un_roll_calls": pd.DataFrame(
            {
                "rcid": [3, 5],
                "session": [47.0, 58.0],
                "importantvote": [0, 1],
                "date": ["1992-12-04", "2003-12-04"],
                "unres": ["R/47/121", ""],
                "amend": [1, 0],
                "para": [0, 1],
                "short": ["WORDS", ""],
                "descr": ["To adopt", "To reject"],
            }
        ),
        "un_roll_call_issues": pd.DataFrame({"rcid": [5], "short_name": ["hr"], "issue": ["Human rights"]}),
    }
    paths = []
    for name, frame in frames.items():
        paths.append(folder / f"{name}.rda")
        pyreadr.write_rdata(str(paths[-1]), frame, df_name=name, compress="gzip")
    return paths


def read(*paths: Path) -> RawRelease:
    """Recognise and read, as a user's files are."""
    adapter, files = recognise(paths)
    return adapter.read(files)


def cells(release: RawRelease) -> dict[tuple[str, str], int]:
    """Choice by (roll call, state code)."""
    ids = release.roll_calls["roll_call"].to_list()
    return {(ids[row], code): choice for row, code, choice in release.votes.rows()}
