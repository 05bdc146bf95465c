"""Made-up files in the layout of the Library's Security Council voting data: no resolution in them exists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HEADER = (
    "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,draft,meeting,description,agenda,subjects,"
    "vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,modality,undl_link"
)
PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
ELECTED = {
    2007: ("BEL", "GHA", "IDN", "ITA", "PAN", "PER", "QAT", "SVK", "ZAF", "COG"),
    2008: ("BEL", "BFA", "CRI", "HRV", "IDN", "ITA", "LBY", "PAN", "VNM", "ZAF"),
    2009: ("AUT", "BFA", "CRI", "HRV", "JPN", "LBY", "MEX", "TUR", "UGA", "VNM"),
}
"""Who sat beside the permanent members; how they vote in these files is made up."""


@dataclass(frozen=True)
class Resolution:
    """A made-up resolution: its day, the members' letters, and what the file says of it."""

    number: int
    day: str
    votes: Mapping[str, str]
    modality: str = "Recorded vote"
    note: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def symbol(self) -> str:
        return f"S/RES/{self.number}({self.day[:4]})"

    def lines(self, header: str) -> Iterable[str]:
        letters = list(self.votes.values())
        shared = {
            "undl_id": f"MADE-UP-{self.number}",
            "date": self.day,
            "resolution": self.symbol,
            "description": f'"Made-up resolution {self.number}, [for a test]"',
            "subjects": "MADE-UP SUBJECT",
            "vote_note": self.note,
            "modality": self.modality,
            "total_yes": str(letters.count("Y")),
            "total_no": str(letters.count("N")),
            "total_abstentions": str(letters.count("A")),
            "total_non_voting": str(letters.count("X")),
            "total_ms": str(len(letters)),
            "undl_link": f"https://example.org/made-up/{self.number}",
        }
        for code, letter in self.votes.items():
            own = {"ms_code": code, "ms_name": code, "permanent_member": str(code in PERMANENT), "ms_vote": letter}
            row = shared | own | self.cells
            yield ",".join(row.get(column, "") for column in header.split(","))


def council_csv(resolutions: Iterable[Resolution], header: str = HEADER) -> str:
    """The file."""
    return "\n".join([header, *(line for resolution in resolutions for line in resolution.lines(header))]) + "\n"


def three_years() -> list[Resolution]:
    """Twelve resolutions a year from 2007 to 2009, one of each year without a vote."""
    made = []
    for year, elected in ELECTED.items():
        for month in range(1, 13):
            votes = dict.fromkeys((*PERMANENT, *elected), "Y")
            if month % 4 == 0:
                votes |= {"CHN": "A", "RUS": "A"}
            if month == 6:
                votes[elected[5]] = "N"
            if month == 11:
                votes[elected[8]] = "X"
            said = ("Without vote", "Adopted without a vote") if month == 9 else ("Recorded vote", "")
            if month == 9:
                votes = dict.fromkeys(votes, "Y")
            made.append(Resolution(90000 + 100 * (year - 2000) + month, f"{year}-{month:02}-15", votes, *said))
    return made
