"""A vote from the ledger of landmark roll calls, for when no release holds it."""

from __future__ import annotations

from comity.model.clock import today
from comity.model.origin import Origin
from comity.model.reading import Reading
from comity.states.registry import registry
from comity.study.answers.common import Header
from comity.study.answers.vote import Tally, VoteAnswer
from comity.study.ballots import agreement, ballots, group_counts, group_stand, majority_note, tally_of
from comity.study.notes import note
from comity.version import VERSION
from comity.votes.landmarks import Landmark, landmarks, ledger_sha256
from comity.votes.selection import issue_label

LEDGER = "landmark-roll-calls"


def landmark_vote(row: Landmark, group: str | None) -> VoteAnswer:
    """The answer from one ledger row; without ballots where the row holds only the tally."""
    choices = row.choices(registry().members(row.date)) or {}
    published = Tally(row.tally.in_favour, row.tally.against, row.tally.abstaining, row.tally.absent)
    computed = tally_of(choices) if choices else None
    stand = group_stand(group, choices, row.date) if group and choices else None
    votes = ballots(choices, row.date, stand)
    notes = [note("landmark", status=row.mark), majority_note(row.majority.rule if row.majority else None)]
    if not choices:
        notes.append(note("landmark_tally_only"))
    if row.note:
        notes.append(note("landmark_note", text=row.note))
    if stand:
        notes.append(note("group_day", group=stand.name, day=row.date.isoformat()))
    return VoteAnswer(
        header=_header(row),
        roll_call=row.symbol,
        symbol=row.symbol,
        title=row.title,
        date=row.date,
        date_precision="day",
        session=row.session,
        session_label=row.session_label or None,
        issues=(),
        body="GA",
        computed=computed,
        published=published,
        published_from=LEDGER,
        agrees=agreement(computed, published) if computed else None,
        majority=row.majority.rule if row.majority else None,
        majority_basis=row.majority.basis if row.majority else None,
        link=row.link,
        checked=row.checked,
        ballots=votes,
        group=stand,
        lenders={},
        notes=(*notes, note("not_corrected")),
        groups=group_counts(votes, row.date),
    )


def _header(row: Landmark) -> Header:
    origin = Origin(
        release=LEDGER,
        source="Comity's ledger of landmark roll calls",
        sha256=ledger_sha256(),
        first=landmarks()[0].date,
        last=landmarks()[-1].date,
        roll_calls=len(landmarks()),
        link=row.link or "",
    )
    reading = Reading(release=LEDGER)
    return Header(origin, reading, issue_label(reading.issue), today(), VERSION)
