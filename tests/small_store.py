"""A made-up store for tests of the command line: three small releases of 35 years, every field filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

import vote_tables
from comity.cli.main import run
from comity.ingest.lend import relend
from comity.model.tables import ISSUES

STATES = (
    "USA", "CHN", "RUS", "GBR", "FRA", "VNM", "IDN", "MYS", "PHL", "SGP", "THA", "BRN", "LAO", "MMR", "KHM", "TLS",
    "IND", "BRA", "ZAF", "CUB",
)  # fmt: skip
LABELS = ("voeten-2024-wide", "undl-1992-2022", "voeten-2016")
SYMBOL = "A/RES/68/262"
TITLES = {4: "The situation in Cambodia", 5: "Situation of human rights in Cuba"}
PLAIN_CSV = f"""symbol,date,title,iso3,vote
{SYMBOL},2014-03-27,A title,USA,Y
{SYMBOL},2014-03-27,A title,RUS,N
{SYMBOL},2014-03-27,A title,VNM,A
"""

SCORES_CSV = """"","session.x","ccode1","ccode2","agree","year"
"1",69,2,365,0.25,2014
"2",69,365,2,0.25,2014
"3",69,2,816,0.5,2014
"""

POINTS_CSV = """ccode,session,NVotes,IdealPoint,Q5%,Q95%
2,69,5,1.5,1.0,2.0
365,69,5,-1.2,-1.7,-0.7
816,69,5,-0.5,-1.0,0.0
2,70,5,1.4,0.9,1.9
"""

VISITS_YAML = """- id: an-own-visit
  states: [VNM, RUS]
  title: A visit of one's own ledger
  date: 2019-05
  visitor: VNM
  host: RUS
  person: A minister
  office: Minister of Trade
  type: working
  sources:
  - {record: A note, issuer: A ministry, year: 2019}
"""


def votes(seed: int = 1) -> str:
    """A vote table (see vote_tables) of five roll calls a year, 1990 to 2024; the last of 2014 is SYMBOL."""
    random = Random(seed)
    head = ["date", "session", "symbol", "title", "tally", *ISSUES, *STATES]
    lines = [head]
    for year in range(1990, 2025):
        for k in range(1, 6):
            session = year - 1945
            cells = [random.choices("YANX", (6, 2, 3, 1))[0] for _ in STATES]
            special = (year, k) == (2014, 1)
            plain = f"A/RES/{session}/{k}", TITLES.get(k, f"Question {k}")
            symbol, title = (SYMBOL, "Integrity") if special else plain
            tally = "-".join(str(_seated(cells, letter, year)) for letter in "YNA")
            flags = ["yes" if flag == "hr" or random.random() < 0.3 else "no" for flag in ISSUES]
            day = "2014-03-27" if special else f"{year}-12-{k:02}"
            lines.append([day, str(68 if special else session), symbol, title, tally, *flags, *cells])
    return "\n".join("|" + "|".join(line) + "|" for line in lines)


def _seated(cells: list[str], letter: str, year: int) -> int:
    """How many members made this choice: Timor-Leste was admitted in September 2002."""
    return sum(cell == letter for state, cell in zip(STATES, cells, strict=True) if state != "TLS" or year > 2001)


def fill() -> None:
    """Write the three releases to the store of COMITY_HOME, the first the newest; voeten-2016 holds other votes."""
    for age, label in enumerate(LABELS):
        tables = vote_tables.frames(votes(2 if label == "voeten-2016" else 1))
        vote_tables.keep(*tables, label, added=datetime(2026, 1, 9 - age, tzinfo=UTC))
    relend()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


def comity(command: list[str], capsys: pytest.CaptureFixture[str]) -> Ran:
    """Run a command in this process, as the installed program would."""
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["comity", *command])
        try:
            run()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    got = capsys.readouterr()
    return Ran(code, got.out, got.err)
