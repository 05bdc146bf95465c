"""The kinds of ledger, a class each, and the file each is kept in."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from comity.strands.ledgers.row import Entry, Row, StateId
from comity.strands.ledgers.when import MaybeWhen, When


def _spelled(given: Any) -> Any:
    """A bare yes or no, which YAML reads as true or false."""
    return ("yes" if given else "no") if isinstance(given, bool) else given


Choice = Annotated[Literal["yes", "abstain", "no", "absent"], BeforeValidator(_spelled)]


class Treaty(Row):
    """A treaty or agreement; date is its signature. replaces : id of the one it took the place of."""

    form: Literal["treaty", "agreement", "declaration", "memorandum", "protocol"]
    in_force: MaybeWhen = ""
    replaces: str = ""


class Tier(Row):
    """A partnership tier; date is when it began.

    holder : whose ladder of tiers; rank : 1 is its highest. special : a relation outside the ladder, whose rank then
    says nothing.
    """

    holder: StateId
    partner: StateId
    tier: str
    rank: Annotated[int, Field(ge=1, le=9)]
    special: bool = False


class Visit(Row):
    """A visit; date is its first day, until its last. office : the one held then."""

    visitor: StateId
    host: StateId
    person: str
    office: str
    type: Literal["state", "official", "working", "multilateral", "meeting", "unknown"]
    place: str = ""
    occasion: str = ""


class Access(Row):
    """A base, port calls, an exercise, training: who uses what of whom."""

    user: StateId
    host: StateId
    type: Literal["base", "port calls", "air access", "exercise", "training", "deployment"]
    place: str = ""


class Dialogue(Row):
    """A security dialogue or exchange."""

    level: str = ""


class Aid(Row):
    """Aid, credit, debt, or its forgiving."""

    giver: StateId
    taker: StateId
    type: Literal["aid", "credit", "debt", "write-off", "military aid"]


class Investment(Row):
    """Investment from one state in another; registered and realised are told apart in its figures."""

    source: StateId
    host: StateId


class Energy(Row):
    """An energy project."""

    project: str
    place: str = ""
    contested: bool = False


class Sanction(Row):
    """A sanction or embargo. by : who imposed it, states or a group's id; on : the states it is on."""

    by: Annotated[tuple[str, ...], Field(min_length=1)]
    on: Annotated[tuple[StateId, ...], Field(min_length=1)]
    measure: Literal["arms embargo", "trade", "financial", "persons", "secondary", "other"]


class Position(Row):
    """What a state said or did on a named issue."""

    holder: StateId
    issue: str
    position: str


class Candidacy(Row):
    """A candidacy or election to a UN body; date is the election. term : years served, "" where not elected."""

    candidate: StateId
    body: str
    outcome: Literal["elected", "not elected", "withdrawn", "appointed", "announced"]
    term: str = ""
    votes: int | None = None


class CouncilVote(Row):
    """A vote in the Human Rights Council: the body is kept apart from the Assembly."""

    symbol: str
    choices: dict[StateId, Choice | Literal["not a member"]]
    tally: tuple[int, int, int] | None = None


class Credentials(Row):
    """An Assembly vote on who holds a seat. seat : the state; held_by : whose delegation kept it."""

    session: int
    seat: StateId
    held_by: str
    choices: Annotated[dict[StateId, Choice], Field(default_factory=dict)]
    tally: tuple[int, int, int] | None = None


class Explanation(Row):
    """An explanation of vote: what a delegation said of its vote on ``symbol``."""

    speaker: str
    office: str
    symbol: str
    gist: str


class Statement(Row):
    """Words of a person or a government. symbol : the vote they belong to, "" where to none."""

    speaker: str
    office: str
    occasion: str
    gist: str
    symbol: str = ""


class Perception(Row):
    """A qualitative code of what a group is said to think; never an invented figure."""

    group: str
    about: str
    direction: Literal["favourable", "mixed", "unfavourable", "none told"]
    strength: Literal["strong", "some", "weak"]


class Narrative(Row):
    """A line of argument in public, and who carries it."""

    theme: str
    carried_by: str


class Prediction(Row):
    """What a text foresaw. horizon : by when; outcome as of ``judged``; evidence : ids of rows, or symbols of votes."""

    foresaw: str
    horizon: MaybeWhen
    test: str
    outcome: Literal["open", "came about", "did not come about", "in part", "cannot be told"]
    judged: When
    evidence: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _grounded(self) -> Prediction:
        if self.outcome in ("came about", "did not come about", "in part") and not self.evidence:
            raise ValueError("an outcome rests on evidence: give the ids of rows, or symbols of votes")
        return self


class Argument(Row):
    """A reason given for a relation to go on, or to be reconsidered.

    side : of the argument; repeats : id of the argument whose words it repeats; evidence : kind/id of ledger rows, or
    symbols of votes, that bear on it.
    """

    side: Literal["continuity", "reconsideration"]
    argument: str
    strength: Literal["strong", "some", "weak"]
    evidence: tuple[str, ...] = ()
    repeats: str = ""


class Event(Row):
    """Anything else with a date: wars, crises, accessions."""


class Office(Row):
    """An office held by a person, from date until until."""

    person: str
    office: str


class Document(Entry):
    """A text that rows cite by its id."""

    id: str
    title: str
    author: str = ""
    publisher: str = ""
    date: str
    kind: str


KINDS: dict[str, type[Row]] = {
    "treaties": Treaty,
    "tiers": Tier,
    "visits": Visit,
    "access": Access,
    "dialogues": Dialogue,
    "aid": Aid,
    "investment": Investment,
    "energy": Energy,
    "sanctions": Sanction,
    "positions": Position,
    "candidacies": Candidacy,
    "council_votes": CouncilVote,
    "credentials": Credentials,
    "explanations": Explanation,
    "statements": Statement,
    "perceptions": Perception,
    "narratives": Narrative,
    "predictions": Prediction,
    "arguments": Argument,
    "events": Event,
    "offices": Office,
}
"""Kind → the class of its rows; the kind names the file."""
