"""All ledgers in one order: what happened between states, with conflicting accounts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from comity.errors import UsageError
from comity.model.period import Period
from comity.model.words import say
from comity.model.words import span as span_words
from comity.strands.intervals import Told, overlaps, span_of
from comity.strands.ledgers.kinds import KINDS
from comity.study import ask, ledgers
from comity.study.answers.ledger import Entry
from comity.study.answers.timeline import Moment, TimelineAnswer
from comity.study.notes import note
from comity.study.strand import strand_header

APART = ("offices", "perceptions", "narratives", "arguments", "predictions")
"""Kinds that are said of a time and do not happen on a day: asked for by name."""


DATED = ("visits", "treaties", "tiers", "access", "events", "sanctions", "candidacies")
"""Kinds of which one event has one date, so that rows with different ones cannot all be right."""


def timeline(
    states: str | Sequence[str],
    *,
    period: str | Period | None = None,
    kinds: str | None = None,
    either: bool = False,
) -> TimelineAnswer:
    """Rows of all ledgers that concern all of these states, in order of date.

    states : one or more; a row about one of them alone is left out unless ``either``.
    kinds  : "treaties,visits"; "all" for every ledger; by default those whose rows happen on a day.
    UnknownState, BadPeriod; EmptySelection where the ledgers hold no such row.
    """
    chosen = ask.several_states(states, past=True)
    if not chosen:
        raise UsageError("Name one state or more", got=", ".join(states), next="comity timeline VNM RUS")
    asked = _kinds(kinds)
    span = ledgers.read_period(period)
    ids = tuple(s.id for s in chosen)
    found = ledgers.entries(asked, ids, span, either=either)
    names = tuple(s.name for s in chosen)
    if not found:
        raise ledgers.nothing(asked, ", ".join(names) + (f", {span.label}" if span else ""))
    held = [k for k in KINDS if any(e.kind == k for e in found)]
    sources = [
        ledgers.ledger_source(k, sorted((e.row for e in found if e.kind == k), key=lambda r: r.date)) for k in held
    ]
    moments = _moments(found)
    own = [note("timeline_precision"), note("timeline_order")]
    own += [note("timeline_apart", kinds=", ".join(APART))] if kinds is None else []
    own += [note("timeline_accounts")] if any(len(m.entries) > 1 for m in moments) else []
    return TimelineAnswer(
        header=strand_header(_subject(names, span, either), sources),
        notes=(*own, *ledgers.ledger_notes(found)),
        states=ids,
        names=names,
        kinds=asked,
        period=span,
        either=either,
        moments=moments,
    )


def _kinds(text: str | None) -> tuple[str, ...]:
    if text is None:
        return tuple(k for k in KINDS if k not in APART)
    return ledgers.kinds_named(None if text.strip() == "all" else text)


def _moments(found: Sequence[Entry]) -> tuple[Moment, ...]:
    """Rows of one event together, at the place of the first."""
    groups: dict[str, list[Entry]] = {}
    for e in found:
        groups.setdefault(e.row.event or f"{e.kind}/{e.row.id}", []).append(e)
    return tuple(Moment(rows[0].row.event, tuple(rows), _same_day(rows)) for rows in groups.values())


def _same_day(rows: Sequence[Entry]) -> Told:
    """Whether the rows that one ledger of dated things holds can be of one day: "no" where two cannot."""
    told = [
        overlaps(span_of(a.row.date), span_of(b.row.date))
        for a, b in combinations(rows, 2)
        if a.kind == b.kind and a.kind in DATED
    ]
    return "no" if "no" in told else "cannot be told" if "cannot be told" in told else "yes"


def _subject(names: Sequence[str], span: Period | None, either: bool) -> str:
    told = ledgers.joined(names, either=either)
    return say("ledger.subject_period", states=told, period=span_words(span.label)) if span else told
