"""How a power voted on texts about the situation in a state: Assembly votes, credentials votes, vetoed drafts."""

from __future__ import annotations

from collections.abc import Sequence

from comity.errors import EmptySelection
from comity.model.period import Period
from comity.model.reading import Reading
from comity.states.registry import State
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.answers.situations import ShieldAnswer, SituationVote, Veto
from comity.study.context import Frame, Periods, frame, pair_and_periods
from comity.study.corpus import Corpus
from comity.study.notes import note, unique
from comity.study.situations import About, counted, notes_of
from comity.study.splits import needs_roll_calls
from comity.votes.situations import KINDS
from comity.votes.vetoes import vetoed_drafts


def shield(
    power: str,
    state: str,
    *,
    on: str | None = None,
    period: Periods = None,
    reading: Reading | None = None,
    corpus: Corpus | None = None,
) -> ShieldAnswer:
    """A power's votes beside a state's on every kind of text about a state, and the vetoes the ledger holds.

    on : the state that the texts are about; the second state by default. Cambodia's seat from 1979 was held by
         Democratic Kampuchea, so votes beside Viet Nam's on Cambodia are asked as ("RUS", "VNM", on="KHM").

    RollCallsMissing on the starter data; FieldMissing on a release without titles; EmptySelection where neither a
    text nor a veto is found.
    """
    fr = frame(reading or Reading(), corpus)
    needs_roll_calls(fr.corpus)
    given = (period,) if isinstance(period, str | Period) else period
    first, second, periods = pair_and_periods(power, state, given, fr)
    span = ask.hull(periods)
    day = min(ask.last_day(span), fr.origin.last)
    subject = ask.one_state(on, day, past=True) if on else second
    found = About.of(fr, span)
    votes = found.votes(first.id, second.id, KINDS, {subject.id})
    vetoes = _vetoes(first, subject, span)
    if not votes and not vetoes:
        found.refuse(span, [subject])
        raise EmptySelection(
            f"{fr.origin.release} holds no text about {subject.name} in this selection, and the ledger no veto",
            got=f"{subject.id}, {span.label}",
            next="Widen the period, or name another state with --on",
        )
    by_kind = ((kind, [v for v in votes if v.kind == kind]) for kind in KINDS)
    return ShieldAnswer(
        header=fr.header,
        a=first.id,
        b=second.id,
        name_a=first.name,
        name_b=second.name,
        on=subject.id,
        name_on=subject.name,
        period=span,
        by_kind=tuple((kind, counted(mine)) for kind, mine in by_kind if mine),
        total=counted(votes),
        votes=votes,
        vetoes=vetoes,
        silent=found.silent,
        dropped=found.cut.dropped,
        notes=_notes(fr, found, (first, second), span, votes, vetoes),
    )


def _vetoes(power: State, subject: State, span: Period) -> tuple[Veto, ...]:
    first, last = ask.days(span)
    return tuple(
        Veto(row.date, row.draft, row.about, row.vetoed_by, row.checked)
        for row in vetoed_drafts()
        if power.id in row.vetoed_by and subject.id in row.subject and first <= row.date <= last
    )


def _notes(
    fr: Frame, found: About, pair: Sequence[State], span: Period, votes: Sequence[SituationVote], vetoes: Sequence[Veto]
) -> tuple[Note, ...]:
    own = [note("shield_motive"), note("shield_ledger")]
    if any(not v.checked for v in vetoes):
        own.append(note("shield_unchecked"))
    return unique((*own, *notes_of(fr, found, pair, span, votes)))
