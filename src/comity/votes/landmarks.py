"""The hand-written ledger of landmark roll calls, and the majority that applied to them.

It lets one landmark vote be shown from the package alone, without a release and offline.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, Literal

from comity.model.choice import Choice
from comity.model.symbol import link_of

_FILE = ("data", "ledgers", "landmark_roll_calls.yaml")
_NO_EXTRA_KEYS: Mapping[str, Any] = {"extra": "forbid"}

Rule = Literal["simple", "two_thirds"]


@dataclass(frozen=True, slots=True)
class Majority:
    """The majority a roll call needed, of the members present and voting: abstentions and absences do not count.

    rule  : "simple" (more yes than no) or "two_thirds".
    basis : where the rule comes from, in words.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = _NO_EXTRA_KEYS

    rule: Rule
    basis: str

    def needed(self, yes: int, no: int) -> int:
        """Yes votes that carry a text when ``yes + no`` members vote yes or no.

        >>> Majority("two_thirds", "A/RES/60/251, paragraph 8").needed(93, 24)
        78
        """
        cast = yes + no
        return cast // 2 + 1 if self.rule == "simple" else -(-2 * cast // 3)

    def carried(self, yes: int, no: int) -> bool:
        """Whether the yes votes reach the majority; False where nobody voted yes."""
        return yes > 0 and yes >= self.needed(yes, no)

    @property
    def label(self) -> str:
        """The rule in words."""
        name = {"simple": "simple majority", "two_thirds": "two-thirds majority"}[self.rule]
        return f"{name} of the members present and voting"


@dataclass(frozen=True, slots=True)
class Tally:
    """A published tally; the four numbers add up to the members of the day."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = _NO_EXTRA_KEYS

    in_favour: int
    against: int
    abstaining: int
    absent: int

    @property
    def members(self) -> int:
        """How many members there were."""
        return self.in_favour + self.against + self.abstaining + self.absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """One recorded vote of the General Assembly in the ledger.

    symbol          : UN document symbol, normalised.
    session         : regular session of the date.
    session_label   : as the UN writes the session where that differs ("ES-11"), else "".
    date, title     : day of adoption; short wording of our own.
    tally           : as published.
    checked         : whether a test compares this row with the releases in ``checked_against``.
    against, abstaining, absent : state ids; all three, or all None where the lists are not known to be complete.
                      A member that is not listed voted in favour.
    majority        : None where the rule that applied is not recorded.
    voeten_rcid     : number of the roll call in Voeten's data, None where it is not there.
    record          : public record behind a row that is not checked.
    note            : a sentence to show with the row.

    A row whose lists overlap or disagree with its tally raises ValueError: the ledger never shows such a row.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = _NO_EXTRA_KEYS

    symbol: str
    session: int
    date: dt.date
    title: str
    tally: Tally
    checked: bool
    session_label: str = ""
    against: tuple[str, ...] | None = None
    abstaining: tuple[str, ...] | None = None
    absent: tuple[str, ...] | None = None
    checked_against: tuple[str, ...] = ()
    majority: Majority | None = None
    voeten_rcid: int | None = None
    record: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.checked != bool(self.checked_against):
            raise ValueError(f"{self.symbol}: a row is checked exactly where it says against what")
        if self.checked == bool(self.record):
            raise ValueError(f"{self.symbol}: a row that is not checked names its public record, and only such a row")
        lists = (self.against, self.abstaining, self.absent)
        if all(names is None for names in lists):
            return
        expected = (self.tally.against, self.tally.abstaining, self.tally.absent)
        if tuple(-1 if names is None else len(names) for names in lists) != expected:
            raise ValueError(f"{self.symbol}: the lists do not have the lengths that the tally gives")
        if len(self._listed) != sum(expected):
            raise ValueError(f"{self.symbol}: a state is listed twice")

    @property
    def _listed(self) -> dict[str, Choice]:
        return {
            state: choice
            for names, choice in (
                (self.against, Choice.NO),
                (self.abstaining, Choice.ABSTAIN),
                (self.absent, Choice.ABSENT),
            )
            for state in names or ()
        }

    @property
    def has_lists(self) -> bool:
        """Whether each state's choice is known here, not only the tally."""
        return self.against is not None

    def choices(self, members: frozenset[str]) -> dict[str, Choice] | None:
        """Each member's choice, by state id in alphabetical order; None where the row has its tally alone.

        members : ids of the members on the day, as the registry gives them. A set that lacks a listed state, or
        whose size is not the tally's, would put votes into the wrong mouth: ValueError.
        """
        if not self.has_lists:
            return None
        listed = self._listed
        if len(members) != self.tally.members or not listed.keys() <= members:
            strangers = ", ".join(sorted(listed.keys() - members)) or "none"
            raise ValueError(
                f"{self.symbol}: the tally counts {self.tally.members} members, given {len(members)}; "
                f"listed but not given: {strangers}"
            )
        return {state: listed.get(state, Choice.YES) for state in sorted(members)}

    @property
    def carried(self) -> bool | None:
        """Whether the tally reaches the majority that applied; None where that is not recorded."""
        return self.majority.carried(self.tally.in_favour, self.tally.against) if self.majority else None

    @property
    def mark(self) -> str:
        """How far the row can be relied on, in words."""
        if self.checked:
            return f"checked against {' and '.join(self.checked_against)}"
        return f"not checked; public record: {self.record}"

    @property
    def link(self) -> str | None:
        """Address of the document, built from its symbol."""
        return link_of(self.symbol)


@cache
def landmarks() -> tuple[Landmark, ...]:
    """Every landmark, by date."""
    return _parse(_bytes().decode("utf-8"))


@cache
def ledger_sha256() -> str:
    """sha256 of the ledger's file, hexadecimal: which version of it answered."""
    return hashlib.sha256(_bytes()).hexdigest()


def _bytes() -> bytes:
    return files("comity").joinpath(*_FILE).read_bytes()


def _parse(text: str) -> tuple[Landmark, ...]:
    import yaml
    from pydantic import TypeAdapter

    rows = TypeAdapter(tuple[Landmark, ...]).validate_python(yaml.safe_load(text))
    return tuple(sorted(rows, key=lambda row: row.date))


def landmark(symbol: str) -> Landmark | None:
    """The landmark with that symbol, in any of its usual spellings; None where the ledger has none.

    >>> [landmark(s).title for s in ("a/res/68/262", "68/262", "R/68/262")] == ["Territorial integrity of Ukraine"] * 3
    True
    >>> landmark("217 A (III)").symbol, landmark("A/RES/2758 (XXVI)").symbol
    ('A/RES/217(III)', 'A/RES/2758(XXVI)')
    """
    return _by_key().get(_key(symbol))


@cache
def _by_key() -> dict[str, Landmark]:
    return {_key(row.symbol): row for row in landmarks()}


def _key(symbol: str) -> str:
    """The spelling that variants of a symbol share: no blanks, no prefix, no part letter of the old series."""
    bare = re.sub(r"^(A/RES/|A/|RES/|R/)", "", "".join(symbol.upper().split()))
    return re.sub(r"^(\d+)[A-Z]?(\([IVXL]+\))[A-Z]?$", r"\1\2", bare)
