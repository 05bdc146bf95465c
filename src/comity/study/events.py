"""Machine-coded events between two states: counts as shares of all events, beside what is usual for a pair."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from comity.errors import BadPeriod, EmptySelection, UsageError
from comity.model.language import numeral
from comity.model.period import Period
from comity.model.words import day_words, say, span
from comity.states.registry import State
from comity.store.event_tables import LEAST, SPANS, EventTables, open_tables
from comity.store.events import Journal
from comity.strands.events.tally import GOLDSTEIN_SCALE, QUADS, SUMS, TONE_SCALE
from comity.study.answers.common import Note
from comity.study.answers.events import EventCounts, EventPlace, EventsAnswer, EventSpan
from comity.study.answers.strand import SourceLine
from comity.study.ask import two_states
from comity.study.forerunners import forerunner_notes
from comity.study.strand import strand_header

NAMES = {"gdelt-1.0": "GDELT 1.0", "gdelt-2.0": "GDELT 2.0", "icews": "ICEWS", "polecat": "POLECAT"}
_SPELLINGS = 6
_NOTHING = dict.fromkeys(SUMS, 0)
_MONTHS = {"year": 12, "quarter": 3, "month": 1}


def events(
    a: str, b: str, *, period: str | None = None, by: str = "year", folder: str | Path | None = None
) -> EventsAnswer:
    """Coded events of a pair by year, quarter or month, both ways and each: shares, classes, means, ranks.

    period : years, by default all that the files hold. folder : that ``comity events build`` made, by default the
    store's. Raises NoDataset where there is none, EmptySelection where the pair has no event, BadPeriod, UsageError
    for another span, BadFile or StoreDamaged for a folder that is not one of events, and the errors of two states.
    """
    first, second = two_states(a, b, past=True)
    if by not in SPANS:
        raise UsageError("Events are counted by year, quarter or month", got=by, allowed=", ".join(SPANS))
    tables = open_tables(Path(folder) if folder else None)
    years = _years(period, tables)
    wholes = {row["span"]: row for row in tables.whole(by, months(years)).iter_rows(named=True)}
    places = {row["span"]: row for row in tables.places(first.id, second.id, by, months(years)).iter_rows(named=True)}
    mine: dict[int | None, dict[str, Mapping[str, Any]]] = {}
    for row in tables.pair(first.id, second.id, by, months(years)).iter_rows(named=True):
        mine.setdefault(row["span"], {})[row["a"]] = row
    if None not in mine:
        between = f"{first.name}, {second.name}, {span(years.label)}"
        raise EmptySelection(say("events.none_between"), got=between, next=say("events.ask_other", all=_all(tables)))

    def made(key: int | None, label: str, of_days: int) -> EventSpan:
        whole, found = wholes.get(key, {"events": 0, "days": 0}), mine.get(key, {})
        to_b, to_a = found.get(first.id, _NOTHING), found.get(second.id, _NOTHING)
        sums = ({name: to_b[name] + to_a[name] for name in SUMS}, to_b, to_a)
        both, a_to_b, b_to_a = (_counts(one, whole["events"]) for one in sums)
        return EventSpan(label, whole["days"], of_days, both, a_to_b, b_to_a, _place(places.get(key)))

    spans = tuple(made(*one) for one in _spans(by, years, tables))
    whole = made(None, years.label, sum(one.of_days for one in spans))
    subject = say("events.subject", a=first.name, b=second.name, period=span(years.label))
    return EventsAnswer(
        strand_header(subject, [source(tables)]),
        notes(tables, years, whole, (first, second)),
        *(first.id, second.id, first.name, second.name),
        period=years,
        by=by,
        layout=tables.journal.layout,
        hash=tables.journal.hash,
        whole=whole,
        spans=spans,
    )


def source(tables: EventTables) -> SourceLine:
    """The files counted: layout, how many, days, hash of the tables, engine and day of the build."""
    journal = tables.journal
    files = cast("int", journal.made["files"])
    made_on = date.fromisoformat(str(journal.made["made_on"]))
    told = say("events.source", files=numeral(files, ","), engine=journal.made["engine"], day=day_words(made_on))
    first, last = (day_words(_day(d)) for d in (tables.first, tables.last))
    return SourceLine(name(journal), told, say("grammar.span", first=first, last=last), sha256=journal.hash)


def name(journal: Journal) -> str:
    """Who made the files."""
    return NAMES.get(journal.layout, journal.layout)


def months(years: Period) -> tuple[int, int]:
    """First and last month of years, yyyymm."""
    return years.start * 100 + 1, years.end * 100 + 12


def _all(tables: EventTables) -> str:
    return span(f"{tables.first // 10000}-{tables.last // 10000}")


def _years(asked: str | None, tables: EventTables) -> Period:
    """The years asked for, as far as the files reach; BadPeriod where they have none of them."""
    whole = Period(tables.first // 10000, tables.last // 10000)
    wanted = Period.parse(asked, "year") if asked else whole
    if not wanted.overlaps(whole):
        raise BadPeriod(say("events.no_such_year"), got=asked, allowed=say("events.years_of", span=whole.label))
    return Period(max(wanted.start, whole.start), min(wanted.end, whole.end))


def _spans(by: str, years: Period, tables: EventTables) -> Iterator[tuple[int, str, int]]:
    """Each part of the years between the first and the last day of the files: its number, label, calendar days."""
    step = _MONTHS[by]
    for year in range(years.start, years.end + 1):
        for first in range(1, 13, step):
            held = range(first, first + step)
            if not (tables.first // 100 <= year * 100 + held[-1] and year * 100 + first <= tables.last // 100):
                continue
            part = {"year": ("", year), "quarter": (f"-Q{held[-1] // 3}", year * 10 + held[-1] // 3)}
            tail, key = part.get(by, (f"-{first:02}", year * 100 + first))
            yield key, f"{year}{tail}", sum(monthrange(year, month)[1] for month in held)


def _counts(sums: Mapping[str, Any], of_all: int) -> EventCounts:
    goldstein_n, tone_n = sums["goldstein_n"], sums["tone_n"]
    return EventCounts(
        events=sums["events"],
        of_all=of_all,
        **{quad: sums[quad] for quad in QUADS},
        goldstein=sums["goldstein_x10"] / (GOLDSTEIN_SCALE * goldstein_n) if goldstein_n else None,
        goldstein_n=goldstein_n,
        tone=sums["tone_x1e6"] / (TONE_SCALE * tone_n) if tone_n else None,
        tone_n=tone_n,
        mentions=sums["mentions"],
        outlets=sums["sources"],
        articles=sums["articles"],
    )


def _place(row: Mapping[str, Any] | None) -> EventPlace:
    if row is None:
        return EventPlace(None, 0, None, 0, None, 0, None, 0, None, 0)
    return EventPlace(**{key: value for key, value in row.items() if key != "span"})


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)


def notes(tables: EventTables, years: Period, whole: EventSpan, states: tuple[State, State]) -> tuple[Note, ...]:
    """The warning first, then what such data are, what the layout lacks, and what of the files is not in the counts."""
    journal = tables.journal
    told = [
        warning(),
        *(Note(f"events.{key}", say(f"events.{key}")) for key in ("reports", "grows", "classes")),
        Note("events.medians", say("events.medians", least=LEAST)),
    ]
    told += [Note("events.lacks", text) for text in _lacks(journal, whole)]
    if whole.days < whole.of_days:
        days = {"days": numeral(whole.days, ","), "of_days": numeral(whole.of_days, ",")}
        told.append(Note("events.partly", say("events.partly", period=span(years.label), **days)))
    told += [Note("events.left_out", text) for text in _left_out(journal)]
    return (*told, *forerunner_notes(states, years.start))


def warning() -> Note:
    """What stands above everything that is said of events."""
    return Note("events.warning", say("events.warning"))


def _lacks(journal: Journal, whole: EventSpan) -> Iterator[str]:
    both = whole.both
    if both.goldstein_n:
        yield say("events.scale_polecat" if journal.layout == "polecat" else "events.scale")
    for key, n in (("goldstein", both.goldstein_n), ("tone", both.tone_n)):
        if not n:
            yield say(f"events.no_{key}", layout=name(journal))


def _left_out(journal: Journal) -> Iterator[str]:
    """Lines that could not be counted, files that could not be read, spellings of no state."""
    made = journal.made.get("faults", {})
    lines = journal.faults.total() + (sum(made.values()) if isinstance(made, dict) else 0)
    if lines:
        yield say("events.lines_out", n=numeral(lines, ","), all=numeral(sum(i.rows for i in journal.inputs), ","))
    if unread := cast("list[str]", journal.made.get("unread", [])):
        yield say("events.files_out", n=len(unread), names=", ".join(unread[:5]))
    if journal.behind:
        yield say("events.behind", n=journal.behind)
    met = journal.made.get("unknown_actors", {})
    if isinstance(met, dict) and met:
        most = list(met.items())[:_SPELLINGS]
        told = ", ".join(say("events.spelling", spelling=s, n=numeral(n, ",")) for s, n in most)
        yield say("events.spellings", told=told)
