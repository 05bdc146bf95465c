"""What every ledger row has: states, date, status, figures, sources, how sure it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from comity.states.registry import registry
from comity.strands.ledgers.when import MaybeWhen, When, ends

Status = Literal["reported", "planned", "announced", "held", "in force", "ended", "cancelled"]
Confidence = Literal["high", "medium", "low"]


def _known_state(given: str) -> str:
    if given not in registry().by_id:
        raise ValueError(f"no such state: {given!r}; write its three-letter id, such as VNM")
    return given


StateId = Annotated[str, AfterValidator(_known_state)]


class Entry(BaseModel):
    """A part of a ledger; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cite(Entry):
    """Where a row was read.

    text   : id of a document of the claims (documents.yaml), or "" for a public record.
    where  : place in it ("L24", "fn 3", "p. 5"); only what was read.
    record, issuer, year : title, issuer and year of a public record; for a row from memory no more than these.
    link   : an address that was read; "" otherwise.
    """

    text: str = ""
    where: str = ""
    record: str = ""
    issuer: str = ""
    year: int | None = None
    link: str = ""

    @model_validator(mode="after")
    def _named(self) -> Cite:
        if not (self.text or self.record):
            raise ValueError("a source names a text or a record")
        return self


class Figure(Entry):
    """A number as a source gives it.

    value     : as printed; or low and high where a range is.
    unit      : "USD", "TIV", "tonnes", "people", "projects", "share", …; money is never an index, nor an index money.
    kind      : stock (at a time), flow (over a time), and whether registered or realised; count, share, index, price.
    as_of     : the time of a stock; approx : whether the source says about.
    """

    what: str
    unit: str
    kind: Literal["stock", "flow", "registered", "realised", "count", "share", "index", "price"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    as_of: MaybeWhen = ""
    approx: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Figure:
        if (self.value is None) == (self.low is None and self.high is None):
            raise ValueError(f"{self.what}: give a value, or low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"{self.what}: low is above high")
        if self.unit == "TIV" and self.kind not in ("index", "share"):
            raise ValueError(f"{self.what}: TIV is an index of volume, of kind index")
        if self.kind == "index" and self.unit != "TIV":
            raise ValueError(f"{self.what}: an index of volume is in TIV, not in {self.unit}")
        return self


class Row(Entry):
    """One dated thing.

    id       : unique in its ledger; letters, digits, hyphens.
    states   : whom it concerns; title : what it is, in our words.
    date     : when it happened or began, as exact as the source; until : when it ended, "" where it has not or is
               not known.
    status   : as far as known at ``sources``.
    event    : a name shared by rows about one happening; conflicting accounts stay side by side.
    checked  : whether the row was held against a primary record; False is printed with it.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    states: Annotated[tuple[StateId, ...], Field(min_length=1)]
    title: Annotated[str, Field(min_length=3)]
    date: When
    until: MaybeWhen = ""
    status: Status = "held"
    figures: tuple[Figure, ...] = ()
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    confidence: Confidence = "medium"
    checked: bool = False
    event: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Row:
        if self.until and ends(self.until)[1] < ends(self.date)[0]:
            raise ValueError(f"it ends ({self.until}) before it begins ({self.date})")
        return self
