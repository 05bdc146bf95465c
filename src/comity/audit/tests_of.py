"""What a claim is held against: one class a kind of test, each a closed set of fields; nothing is ever evaluated."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, model_validator

from comity.audit.parts_of import (
    Body,
    Choices,
    DateField,
    DateRef,
    GroupId,
    Is,
    LedgerName,
    Pair,
    PastWhen,
    PeriodText,
    ReadingPart,
    Selected,
    TestPart,
    Years,
    read_period,
)
from comity.audit.tests_over import Quantified
from comity.strands.ledgers.row import StateId
from comity.strands.visits import RULES

Category = Literal["same", "ambivalent", "opposite", "absent", "diverged"]


class PairVotes(TestPart, Selected):
    """Joint choices of two states. diverged : opposite and ambivalent together.

    than, direction : the figure is more, or less, than that of another period.
    """

    pair: Pair
    category: Category = "same"
    reading: ReadingPart | None = None
    than: PeriodText = ""
    direction: Literal["more", "less"] = "more"


class VoteShare(PairVotes):
    """A share of recorded votes on which two states chose so. of : all of them, or those that both cast."""

    kind: Literal["vote-share"]
    of: Literal["all", "cast"] = "all"


class VoteCount(PairVotes):
    """A number of recorded votes on which two states chose so."""

    kind: Literal["vote-count"]


class RollCallCount(TestPart, Selected):
    """A number of recorded votes. pair : of whose votes the text speaks, where it does."""

    kind: Literal["roll-call-count"]
    pair: Pair | None = None
    reading: ReadingPart | None = None


class SingleVote(TestPart):
    """One vote. votes : what states are said to have voted; tally : counts said; body : whose vote it is said to be."""

    kind: Literal["single-vote"]
    symbol: str
    votes: dict[StateId, Choices] = Field(default_factory=dict)
    tally: dict[Literal["yes", "no", "abstain"], int] = Field(default_factory=dict)
    body: Body | None = None
    on: PastWhen | None = None
    adopted: bool | None = None

    @model_validator(mode="after")
    def _named(self) -> SingleVote:
        if not (self.votes or self.tally or self.body or self.on) and self.adopted is None:
            raise ValueError("a single vote says something: votes, tally, body, on or adopted")
        return self


class Rank(TestPart, Selected):
    """A partner's place among a state's partners; is : the place said. among : a group of partners."""

    kind: Literal["rank"]
    state: StateId
    partner: StateId
    by: Literal["share", "kappa"] = "share"
    among: GroupId | None = None
    is_: Annotated[int, Field(alias="is", ge=1)]


class BreakDate(TestPart, Selected):
    """The first year on a new level, as a text asserts it."""

    kind: Literal["break-date"]
    pair: Pair
    year: Years


class Arms(TestPart):
    """Deliveries of major conventional arms. of : whose total a share or place is of."""

    recipient: StateId
    supplier: StateId | None = None
    period: PeriodText
    of: Literal["imports", "exports"] = "imports"

    @model_validator(mode="after")
    def _whose(self) -> Arms:
        if self.supplier is None and (self.of == "exports" or isinstance(self, ArmsShare | ArmsRank)):
            raise ValueError("name the supplier")
        if read_period(self.period).clock != "year":
            raise ValueError(f"arms are known by the year, got {self.period}")
        return self


class ArmsShare(Arms):
    """A supplier's share of a recipient's imports, or a recipient's of a supplier's exports."""

    kind: Literal["arms-share"]


class ArmsRank(Arms):
    """A supplier's place among a recipient's, or a recipient's among a supplier's; is : the place said."""

    kind: Literal["arms-rank"]
    is_: Annotated[int, Field(alias="is", ge=1)]


class ArmsPeak(Arms):
    """The year, or the years, in which most was delivered. place : 2 for the second largest year."""

    kind: Literal["arms-peak"]
    years: PeriodText
    place: Annotated[int, Field(ge=1, le=5)] = 1


class ArmsTotal(Arms):
    """A volume of deliveries."""

    kind: Literal["arms-total"]


class TradeTotal(TestPart):
    """Goods trade in a year: of a pair, or of a state with all."""

    kind: Literal["trade-total"]
    pair: Pair | None = None
    state: StateId | None = None
    year: Years
    flow: Literal["imports", "exports", "both"] = "both"

    @model_validator(mode="after")
    def _whose(self) -> TradeTotal:
        if (self.pair is None) == (self.state is None):
            raise ValueError("trade is of a pair or of a state: give one of them")
        return self


class TierOnDate(TestPart):
    """The tier that a state gave a partner on a day: named, or by its place from the top."""

    kind: Literal["tier-on-date"]
    holder: StateId
    partner: StateId
    on: PastWhen
    tier: str = ""
    rank: Annotated[int, Field(ge=1, le=9)] | None = None

    @model_validator(mode="after")
    def _named(self) -> TierOnDate:
        if not self.tier and self.rank is None:
            raise ValueError("say which tier: tier or rank")
        return self


class VisitCount(TestPart):
    """Visits between two states under a rule. host : only to that state."""

    kind: Literal["visit-count"]
    pair: Pair
    rule: Literal[tuple(RULES)]  # type: ignore[valid-type]
    period: PeriodText
    person: str = ""
    host: StateId | None = None


class DateIs(TestPart):
    """The date of a ledger row."""

    kind: Literal["date"]
    ledger: LedgerName
    row: str
    field: DateField = "date"
    is_: Annotated[PastWhen, Field(alias="is")]


class Interval(TestPart):
    """The time between two dates."""

    kind: Literal["interval"]
    from_: Annotated[DateRef, Field(alias="from")]
    to: DateRef
    length: float
    unit: Literal["days", "weeks", "months", "years"]
    about: bool = False


class Membership(TestPart):
    """Whether a state was a member of a group on a day."""

    kind: Literal["membership"]
    state: StateId
    group: GroupId
    on: PastWhen
    member: bool = True


class Ordering(TestPart):
    """One thing before another."""

    kind: Literal["ordering"]
    first: DateRef
    then: DateRef


class LedgerFact(TestPart):
    """That a ledger has a row; that a field of it is so; or that one of its figures (by its ``what``) is as printed."""

    kind: Literal["ledger-fact"]
    ledger: LedgerName
    row: str
    field: str = ""
    figure: str = ""
    is_: Annotated[Is | None, Field(alias="is")] = None

    @model_validator(mode="after")
    def _whole(self) -> LedgerFact:
        if (self.is_ is not None) != bool(self.field):
            raise ValueError("a field is given with what it is: field and is")
        if self.field and self.figure:
            raise ValueError("a fact is of a field or of a figure, not of both")
        return self


class Opinion(TestPart):
    """A judgement, a motive, a forecast without a test: nothing to hold it against."""

    kind: Literal["opinion"]
    why: str


class NotTestable(TestPart):
    """A statement of fact that nothing at hand can decide. needs : what would."""

    kind: Literal["not-testable"]
    why: str
    needs: str


Test = Annotated[
    VoteShare
    | VoteCount
    | RollCallCount
    | SingleVote
    | Rank
    | BreakDate
    | ArmsShare
    | ArmsRank
    | ArmsPeak
    | ArmsTotal
    | TradeTotal
    | TierOnDate
    | VisitCount
    | DateIs
    | Interval
    | Membership
    | Ordering
    | LedgerFact
    | Quantified
    | Opinion
    | NotTestable,
    Discriminator("kind"),
]
"""A test of some kind."""
