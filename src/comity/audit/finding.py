"""What a test found: a figure, or whether something is so, with what it rests on. Judging it is another's job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.audit.printed import Unit
from comity.strands.intervals import Told
from comity.study.answers.common import Json
from comity.study.answers.strand import SourceLine

Basis = Literal["record", "count", "ledger"]
"""A roll call or a table itself; a count over them; rows of a ledger."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a finding rests on, or that speaks against it.

    kind : "roll call", "count", "table" or "ledger row"; text : what it says; checked : a ledger row held against a
    primary record, None for what is a record itself; link, sha256 : "" where there is none.
    """

    kind: str
    text: str
    link: str = ""
    sha256: str = ""
    checked: bool | None = None

    def to_dict(self) -> Json:
        """For JSON."""
        return {
            "kind": self.kind,
            "text": self.text,
            "link": self.link,
            "sha256": self.sha256,
            "checked": self.checked,
        }


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A member of a domain of which the statement does not hold."""

    what: str
    why: str
    link: str = ""

    def to_dict(self) -> Json:
        """For JSON."""
        return {"what": self.what, "why": self.why, "link": self.link}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a test found.

    question     : what was asked, in words, with every choice made.
    computed     : the finding in words; "" where there is none.
    value        : a figure in ``unit`` (shares in per cent), with low and high where it has bounds; n : of how many.
    told         : whether what is said is so, where it is no figure.
    held, of     : for statements over a domain, of how many members it holds.
    basis        : what it rests on; alone : only on the very text that makes the claim.
    missing      : why nothing could be found, and needs : what would be needed; such a finding has no value.
    wrong_unit   : where the figure is of another kind of thing than what the text prints, which.
    doubt        : a choice that the text leaves open and on which the finding turns, in words.
    """

    question: str
    computed: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Unit = "count"
    n: int | None = None
    told: Told | None = None
    held: int | None = None
    of: int | None = None
    basis: Basis = "count"
    checked: bool = True
    alone: bool = False
    missing: str = ""
    needs: str = ""
    wrong_unit: str = ""
    doubt: str = ""
    exceptions: tuple[Exceptional, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    notes: tuple[str, ...] = ()
