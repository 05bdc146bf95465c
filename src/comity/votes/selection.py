"""Which roll calls a reading counts, and why the others are left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.errors import FieldMissing, UnknownIssue
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.model.tables import ISSUES
from comity.model.words import say
from comity.votes.marks import Marks, Mask
from comity.votes.matrix import UNKNOWN

if TYPE_CHECKING:
    import polars as pl

_SHOWN_IDS = 50


@dataclass(frozen=True, eq=False)
class Selection:
    """The outcome of a reading over a whole release.

    chosen  : mask over roll calls that count.
    reasons : reason → mask over roll calls of the issue that the reading leaves out; each has one reason.
    ids     : roll-call ids, for the lists of what was dropped.
    clock   : each roll call's position on the reading's clock.
    """

    chosen: Mask
    reasons: dict[str, Mask]
    ids: NDArray[np.object_]
    clock: NDArray[np.int32]

    def rows(self, period: Period) -> NDArray[np.intp]:
        """Row indices that count in a period."""
        return np.flatnonzero(self.chosen & self.within(period))

    def within(self, period: Period) -> Mask:
        """Mask of the roll calls in a period, counted or not."""
        return np.asarray((self.clock >= period.start) & (self.clock <= period.end))

    def dropped(self, periods: Iterable[Period]) -> tuple[Dropped, ...]:
        """What was left out in these periods taken together, by reason."""
        inside = np.zeros(len(self.ids), dtype=bool)
        for period in periods:
            inside |= self.within(period)
        found = []
        for reason, mask in self.reasons.items():
            hit = np.flatnonzero(mask & inside)
            if len(hit):
                found.append(Dropped(reason, len(hit), tuple(str(i) for i in self.ids[hit[:_SHOWN_IDS]])))
        return tuple(found)


def select(marks: Marks, reading: Reading, members: Collection[str] | None = None) -> Selection:
    """Apply a reading to a release.

    members : for issue "set:NAME", the symbols and ids in the set.
    FieldMissing where the reading needs a field that the release has nowhere.
    """
    roll_calls, matrix = marks.roll_calls, marks.matrix
    left = issue_mask(marks, reading.issue, members)
    reasons: dict[str, Mask] = {}

    def leave_out(reason: str, mask: Mask) -> None:
        reasons[reason] = left & mask
        np.logical_and(left, ~mask, out=left)

    for field in ("paragraph", "amendment"):
        if getattr(reading, field) == "drop":
            leave_out(field, _marked(roll_calls, field))
    if reading.duplicates == "drop":
        leave_out("duplicate", marks.duplicates)
    if reading.tally_mismatch != "keep":
        strict = reading.tally_mismatch == "strict"
        leave_out("tally_mismatch", marks.mismatched if strict else marks.mismatched & marks.own_tally)
    if reading.clock == "session":
        leave_out("session_unknown", matrix.session == UNKNOWN)
    else:
        leave_out("date_unknown", matrix.year == UNKNOWN)
    return Selection(left, reasons, marks.ids, matrix.clock(reading.clock))


def issue_mask(marks: Marks, issue: str, members: Collection[str] | None = None) -> Mask:
    """Mask of the roll calls that an issue names (see Reading.issue), to be written on as one likes."""
    roll_calls = marks.roll_calls
    if issue == "all":
        return np.ones(roll_calls.height, dtype=bool)
    kind, _, text = issue.partition(":")
    if text and kind in ("title", "subject"):
        return _search(marks, "title" if kind == "title" else "subjects", text)
    if text and kind == "set":
        if members is None:
            raise UnknownIssue("The set was not loaded", got=issue)
        known = list(members)
        named = roll_calls["symbol"].is_in(known) | roll_calls["roll_call"].is_in(known)
        return np.array(named.fill_null(False).to_numpy())
    flags = parse_flags(issue)
    for flag in flags:
        if flag not in marks.flags:
            raise FieldMissing(
                "This release has no issue flags, and no release in the store lends them",
                got=flag,
                next="Add a release that has them: comity data pull unga, or comity data add FILE; or use --issue all",
            )
    return np.array(np.logical_or.reduce([marks.flags[flag] for flag in flags]))


def parse_flags(issue: str) -> tuple[str, ...]:
    """ "me+hr" → its flags; UnknownIssue with a suggestion otherwise."""
    flags = tuple(part.strip().lower() for part in issue.split("+"))
    for flag in flags:
        if flag not in ISSUES:
            raise UnknownIssue(
                say("trouble.unknown_issue"),
                got=issue,
                allowed=say("trouble.issues", issues=", ".join(ISSUES)),
                next=_suggest(flag),
            )
    return flags


def issue_label(issue: str) -> str:
    """An issue in words: "human rights", "human rights or colonialism", 'title has "Kosovo"'."""
    kind, _, text = issue.partition(":")
    if text:
        return say(f"issue_name.{kind if kind in ('title', 'subject') else 'set'}", text=text)
    flags = ("all",) if issue == "all" else parse_flags(issue)
    return f" {say('issue_name.or')} ".join(say(f"issue_name.{flag}") for flag in flags)


def _search(marks: Marks, column: str, text: str) -> Mask:
    if marks.roll_calls[column].is_null().all():
        raise FieldMissing(
            f"This release has no {column}, and no release in the store lends them",
            got=text,
            next="Add a release that has them: comity data pull unga, or comity data add FILE",
        )
    mask = np.ones(marks.roll_calls.height, dtype=bool)
    for word in text.lower().split():
        mask &= marks.lower[column].str.contains(word, literal=True).fill_null(False).to_numpy()
    return mask


def _marked(roll_calls: pl.DataFrame, field: str) -> Mask:
    if roll_calls[field].is_null().all():
        raise FieldMissing(
            f"This release does not mark {field} votes, so they cannot be dropped",
            next="Add a release that marks them (comity data add FILE), or keep them",
        )
    return roll_calls[field].fill_null(False).to_numpy()


def _suggest(text: str) -> str:
    aliases = {
        "hr": ("human", "rights", "humanrights", "human-rights"),
        "me": ("palestine", "middle", "israel", "middleeast", "middle-east"),
        "nu": ("nuclear", "nukes"),
        "di": ("arms", "disarmament"),
        "co": ("colonialism", "colonial", "decolonization"),
        "ec": ("economic", "development", "economy"),
    }
    for flag, words in aliases.items():
        if text in words:
            return f"Did you mean {flag}?"
    return ""
