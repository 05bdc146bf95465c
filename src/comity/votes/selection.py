"""Which roll calls a reading counts, and why the others are left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.errors import FieldMissing, UnknownIssue
from comity.model.choice import Choice
from comity.model.period import Period
from comity.model.reading import Dropped, Reading
from comity.model.tables import ISSUE_NAMES, ISSUES
from comity.votes.matrix import UNKNOWN, VoteMatrix

if TYPE_CHECKING:
    import polars as pl

Mask = NDArray[np.bool_]
_SHOWN_IDS = 50
_TALLY = ("yes", "abstain", "no")


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


def select(
    roll_calls: pl.DataFrame, matrix: VoteMatrix, reading: Reading, members: Collection[str] | None = None
) -> Selection:
    """Apply a reading to a release.

    members : for issue "set:NAME", the symbols and ids in the set.
    FieldMissing where the reading needs a field that the release has nowhere.
    """
    of_issue = issue_mask(roll_calls, reading.issue, members)
    left = of_issue.copy()
    reasons: dict[str, Mask] = {}

    def leave_out(reason: str, mask: Mask) -> None:
        reasons[reason] = left & mask
        np.logical_and(left, ~mask, out=left)

    for field in ("paragraph", "amendment"):
        if getattr(reading, field) == "drop":
            leave_out(field, _marked(roll_calls, field))
    if reading.duplicates == "drop":
        leave_out("duplicate", _duplicates(roll_calls, matrix))
    if reading.tally_mismatch != "keep":
        wrong = tally_mismatch(roll_calls, matrix)
        leave_out("tally_mismatch", wrong if reading.tally_mismatch == "strict" else wrong & _own(roll_calls, "tally"))
    if reading.clock == "session":
        leave_out("session_unknown", matrix.session == UNKNOWN)
    else:
        leave_out("date_unknown", matrix.year == UNKNOWN)
    return Selection(left, reasons, roll_calls["roll_call"].to_numpy(), matrix.clock(reading.clock))


def issue_mask(roll_calls: pl.DataFrame, issue: str, members: Collection[str] | None = None) -> Mask:
    """Mask of the roll calls that an issue names (see Reading.issue)."""
    if issue == "all":
        return np.ones(roll_calls.height, dtype=bool)
    kind, _, text = issue.partition(":")
    if text and kind in ("title", "subject"):
        return _search(roll_calls, "title" if kind == "title" else "subjects", text)
    if text and kind == "set":
        if members is None:
            raise UnknownIssue("The set was not loaded", got=issue)
        known = list(members)
        return (roll_calls["symbol"].is_in(known) | roll_calls["roll_call"].is_in(known)).fill_null(False).to_numpy()
    flags = parse_flags(issue)
    mask = np.zeros(roll_calls.height, dtype=bool)
    for flag in flags:
        if roll_calls[flag].is_null().all():
            raise FieldMissing(
                "This release has no issue flags, and no release in the store lends them",
                got=flag,
                next="Add a release that has them: comity data pull unga, or comity data add FILE; or use --issue all",
            )
        mask |= roll_calls[flag].fill_null(False).to_numpy()
    return mask


def parse_flags(issue: str) -> tuple[str, ...]:
    """ "me+hr" → its flags; UnknownIssue with a suggestion otherwise."""
    flags = tuple(part.strip().lower() for part in issue.split("+"))
    for flag in flags:
        if flag not in ISSUES:
            raise UnknownIssue(
                "Unknown issue",
                got=issue,
                allowed=f"all, {', '.join(ISSUES)}, several joined by +, title:WORDS, subject:WORDS, set:NAME",
                next=_suggest(flag),
            )
    return flags


def issue_label(issue: str) -> str:
    """An issue in words: "human rights", "human rights or colonialism", 'title has "Kosovo"'."""
    kind, _, text = issue.partition(":")
    if text:
        return f"{kind} “{text}”" if kind in ("title", "subject") else f"the set “{text}”"
    return " or ".join(ISSUE_NAMES[flag] for flag in (("all",) if issue == "all" else parse_flags(issue)))


def tally_mismatch(roll_calls: pl.DataFrame, matrix: VoteMatrix) -> Mask:
    """Roll calls whose cells do not add up to the published yes, no and abstain; False where none is published."""
    published = roll_calls.select(_TALLY).cast({c: _int32() for c in _TALLY}).fill_null(-1).to_numpy()
    counted = np.stack([(matrix.cells == c).sum(axis=1) for c in (Choice.YES, Choice.ABSTAIN, Choice.NO)], axis=1)
    return np.asarray((published >= 0).all(axis=1) & (published != counted).any(axis=1))


def _own(roll_calls: pl.DataFrame, field: str) -> Mask:
    """Roll calls whose field is the release's own, not lent."""
    lender = f"{field}_from"
    if lender not in roll_calls.columns:
        return np.ones(roll_calls.height, dtype=bool)
    return roll_calls[lender].is_null().to_numpy()


def _search(roll_calls: pl.DataFrame, column: str, text: str) -> Mask:
    if roll_calls[column].is_null().all():
        raise FieldMissing(
            f"This release has no {column}, and no release in the store lends them",
            got=text,
            next="Add a release that has them: comity data pull unga, or comity data add FILE",
        )
    mask = np.ones(roll_calls.height, dtype=bool)
    haystack = roll_calls[column].str.to_lowercase()
    for word in text.lower().split():
        mask &= haystack.str.contains(word, literal=True).fill_null(False).to_numpy()
    return mask


def _marked(roll_calls: pl.DataFrame, field: str) -> Mask:
    if roll_calls[field].is_null().all():
        raise FieldMissing(
            f"This release does not mark {field} votes, so they cannot be dropped",
            next="Add a release that marks them (comity data add FILE), or keep them",
        )
    return roll_calls[field].fill_null(False).to_numpy()


def _duplicates(roll_calls: pl.DataFrame, matrix: VoteMatrix) -> Mask:
    """Later copies of a roll call: same own symbol, date, title and marks, and identical votes.

    Votes alone prove nothing: on many days two texts passed with the same votes.
    """
    keyed = roll_calls["symbol"].is_not_null().to_numpy() & _own(roll_calls, "symbol")
    keys = roll_calls.select("date", "symbol", "title", "paragraph", "amendment").rows()
    seen: set[tuple[object, ...]] = set()
    mask = np.zeros(roll_calls.height, dtype=bool)
    for i in np.flatnonzero(keyed):
        key = (*keys[i], matrix.cells[i].tobytes())
        mask[i] = key in seen
        seen.add(key)
    return mask


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


def _int32() -> type[pl.DataType]:
    import polars as pl

    return pl.Int32
