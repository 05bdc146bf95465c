"""Where an answer comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.model.body import ASSEMBLY, CODES


@dataclass(frozen=True, slots=True)
class Origin:
    """The release behind an answer, printed with every answer.

    release        : label, e.g. "voeten-2024-wide".
    source         : who published it, in words.
    sha256         : of the file as added (of the parts' hashes, sorted, where there are several).
    first, last    : days of the first and last roll call held.
    roll_calls     : how many roll calls it holds.
    aggregates     : True for the starter data: counts by pair, year and issue, no single roll calls.
    layout         : of the files it was read from, "" where that does not apply.
    absences       : False where the source records no absences, so that they are inferred.
    derived_from   : for aggregates, the release they were counted from.
    licence, citation, link : as recorded with the source.
    body           : whose votes these are (model.body).
    """

    release: str
    source: str
    sha256: str
    first: date
    last: date
    roll_calls: int
    aggregates: bool = False
    derived_from: str = ""
    layout: str = ""
    absences: bool = True
    licence: str = ""
    citation: str = ""
    link: str = ""
    body: str = ASSEMBLY

    def to_dict(self) -> dict[str, object]:
        """For JSON; dates in ISO form."""
        return {
            "release": self.release,
            "body": CODES[self.body],
            "source": self.source,
            "sha256": self.sha256,
            "first_roll_call": self.first.isoformat(),
            "last_roll_call": self.last.isoformat(),
            "roll_calls": self.roll_calls,
            "aggregates": self.aggregates,
            "derived_from": self.derived_from,
            "layout": self.layout,
            "absences": self.absences,
            "licence": self.licence,
            "citation": self.citation,
            "link": self.link,
        }
