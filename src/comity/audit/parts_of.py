"""The small parts of which tests are made: periods, figures as printed, choices, readings, dates by reference."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from comity.audit.printed import Printed
from comity.errors import ComityError
from comity.model.clock import today
from comity.model.period import Clock, Period
from comity.states.groups import group
from comity.strands.ledgers.kinds import KINDS, Choice
from comity.strands.ledgers.row import StateId
from comity.strands.ledgers.when import When
from comity.votes.selection import parse_flags

_SESSIONS = re.compile(r"\d{1,3}(-\d{1,3})?")


class Part(BaseModel):
    """A part of a claim file; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def as_text(given: Any) -> Any:
    """YAML reads 2014 as a number and 2014-03-27 as a date; both are written as text."""
    if isinstance(given, date):
        return given.isoformat()
    return str(given) if isinstance(given, int | float) and not isinstance(given, bool) else given


def read_period(text: str, clock: Clock = "year") -> Period:
    """A period of years ("2000-2020"), of days ("2022-03-02..2022-10-12"), or of sessions; BadPeriod."""
    return Period.parse(text, "day" if text.count("-") > 1 else clock)


def _period(given: str) -> str:
    """Years, days, or at least session numbers, which only a test on that clock reads; none of them to come."""
    try:
        ends = read_period(given)
    except ComityError as err:
        if _SESSIONS.fullmatch(given):
            return given
        raise ValueError(str(err)) from err
    if ends.years[0] > today().year:
        raise ValueError(f"the period {given} is in the future")
    return given


def _figure(given: str) -> str:
    if given:
        try:
            Printed.parse(given)
        except ComityError as err:
            raise ValueError(str(err)) from err
    return given


def _ledger(given: str) -> str:
    if given not in KINDS:
        raise ValueError(f"no such ledger: {given!r}; use one of {', '.join(KINDS)}")
    return given


def _group(given: str) -> str:
    try:
        return group(given).id
    except ComityError as err:
        raise ValueError(str(err)) from err


def _issue(given: str) -> str:
    kind, _, words = given.partition(":")
    if given == "all" or (kind in ("title", "subject") and words.strip()):
        return given
    try:
        parse_flags(given)
    except ComityError as err:
        raise ValueError(str(err)) from err
    return given


def _past(given: str) -> str:
    if given[:4].isdecimal() and int(given[:4]) > today().year:
        raise ValueError(f"{given} is in the future")
    return given


def _listed(given: Any) -> Any:
    return given if isinstance(given, list | tuple) else (given,)


def _pairs(given: Any) -> Any:
    """One pair, [VNM, RUS], is a list of one."""
    return [given] if isinstance(given, list | tuple) and given and isinstance(given[0], str) else given


def _two(given: tuple[str, str]) -> tuple[str, str]:
    if given[0] == given[1]:
        raise ValueError(f"a pair is of two different states, got {given[0]} twice")
    return given


PeriodText = Annotated[str, BeforeValidator(as_text), AfterValidator(_period)]
"""Years or days, as written; sessions where the test's clock says so."""
FigureText = Annotated[str, BeforeValidator(as_text), AfterValidator(_figure)]
"""A figure as a text prints it: "75%", "6.7 bn USD", "443"."""
Text = Annotated[str, BeforeValidator(as_text)]
LedgerName = Annotated[str, AfterValidator(_ledger)]
GroupId = Annotated[str, AfterValidator(_group)]
Issue = Annotated[str, AfterValidator(_issue)]
PastWhen = Annotated[When, AfterValidator(_past)]
Pair = Annotated[tuple[StateId, StateId], AfterValidator(_two)]
Pairs = Annotated[tuple[Pair, ...], BeforeValidator(_pairs)]
Choices = Annotated[tuple[Choice, ...], BeforeValidator(_listed), Field(min_length=1)]
"""Any of these: "no", or [no, abstain]."""
Years = Annotated[int, Field(ge=1800, le=2100)]
DateField = Literal["date", "until", "in_force", "horizon", "judged"]
"""Fields of ledger rows that are dates."""
Body = Literal["GA", "SC", "HRC"]
"""General Assembly, Security Council, Human Rights Council."""
Is = str | int | float | bool


class ReadingPart(Part):
    """Choices that a text declares of how its votes were counted; see Reading."""

    release: str | None = None
    paragraph: Literal["keep", "drop"] | None = None
    amendment: Literal["keep", "drop"] | None = None
    duplicates: Literal["keep", "drop"] | None = None
    coded_nonmember: Literal["count", "drop"] | None = None
    tally_mismatch: Literal["keep", "drop", "strict"] | None = None


class DateRef(Part):
    """A date: of a ledger row (its date, or another field), or written out."""

    ledger: LedgerName | None = None
    row: str = ""
    field: DateField = "date"
    date: When | None = None

    @model_validator(mode="before")
    @classmethod
    def _written(cls, given: Any) -> Any:
        return {"date": given} if isinstance(given, str | int | date) else given

    @model_validator(mode="after")
    def _one(self) -> DateRef:
        if (self.date is None) == (self.ledger is None) or (self.ledger is not None and not self.row):
            raise ValueError("a date is written out, or is that of a row: ledger and row")
        return self


class Selected(Part):
    """What chooses roll calls: an issue or a named set, and a period on a clock."""

    issue: Issue = "all"
    set: str = ""
    period: PeriodText
    clock: Clock = "year"

    @model_validator(mode="after")
    def _sound(self) -> Selected:
        if self.set and self.issue != "all":
            raise ValueError("give an issue or a set, not both")
        try:
            ends = read_period(self.period, self.clock)
        except ComityError as err:
            raise ValueError(str(err)) from err
        if ends.years[0] > today().year:
            raise ValueError(f"the period {self.period} is in the future")
        return self

    @property
    def chosen(self) -> str:
        """The issue as a reading names it."""
        return f"set:{self.set}" if self.set else self.issue

    @property
    def span(self) -> Period:
        """The period read."""
        return read_period(self.period, self.clock)


class TestPart(Part):
    """What every test may carry.

    printed : the figure as the text prints it, where the claim's value says more, or otherwise.
    scope   : groups that a scope word of the text can mean ("Southeast Asia"); each is run.
    note    : why the test is as it is.
    """

    __test__ = False
    printed: FigureText = ""
    scope: tuple[GroupId, ...] = ()
    note: str = ""
