"""Rows of ledgers in words: dates as exact as their source, what happened, who says so, whether it was checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from comity.model.coded import coded
from comity.model.language import numeral
from comity.model.words import say
from comity.report import parts
from comity.report.document import Chapter, Column, Item, Line, Listing, Table
from comity.states.registry import registry
from comity.strands.ledgers import kinds as k
from comity.strands.ledgers.row import Figure, Row
from comity.strands.ledgers.when import ends, precision
from comity.strands.translated import translated
from comity.study.answers.ledger import Entry

_CODED = {"body", "direction", "form", "issue", "measure", "outcome", "side", "strength", "tier", "type"}


def when(given: str) -> str:
    """A date in words, no more exact than it is.

    >>> when("1978-11-03"), when("1978-11"), when("1978"), when("1980s")
    ('3 November 1978', 'November 1978', '1978', '1980s')
    """
    exact = precision(given)
    if exact == "decade":
        return say("ledger.decade", decade=given.removesuffix("s"))
    return given if exact == "year" else parts.day(ends(given)[0], exact)


def dates(row: Row) -> str:
    """When it was, or from when to when; days of one month share it."""
    if not row.until or row.until == row.date:
        return when(row.date)
    same = len(row.until) == 10 and row.date[:7] == row.until[:7]
    first = str(int(row.date[8:])) if same and len(row.date) == 10 else when(row.date)
    return say("ledger.from_to", first=first, last=when(row.until))


def name(state: str, date: str = "") -> str:
    """A state's name, on a date where one is given; other words as they are.

    >>> name("RUS"), name("RUS", "1978-11"), name("the five")
    ('Russia', 'Soviet Union', 'the five')
    """
    if state not in registry().by_id:
        return state
    found = registry().by_id[state]
    return found.name_on(ends(date)[0]) if date else found.name


def details(row: Row) -> tuple[str, ...]:
    """What its kind tells of a row, a line each."""
    told = _DETAILS.get(type(row))
    lines = told(row) if told else []
    return tuple(line for line in lines if line)


def figures(row: Row) -> tuple[str, ...]:
    """Its figures, each with its unit and what it counts."""
    return tuple(map(_figure, row.figures))


def mark(row: Row) -> str:
    """Whether it was checked."""
    return say("ledger.is_checked" if row.checked else "ledger.unchecked")


def below(entry: Entry, *, detail: bool = True) -> tuple[str, ...]:
    """What stands under a row's title: what its kind tells, figures, notes, sources."""
    row = entry.row
    notes = (say("ledger.note", text=translated(row.notes)),) if row.notes else ()
    own = details(row) if detail else ()
    return (*own, *figures(row), *notes, sources(entry.cited))


def sources(cited: Sequence[str]) -> str:
    """Who says so."""
    return say("ledger.source_one" if len(cited) == 1 else "ledger.sources", cited="; ".join(cited))


def texts(entries: Iterable[Entry]) -> tuple[Chapter, ...]:
    """The texts that rows cite, in full, as a chapter; nothing where they cite none."""
    full = sorted({text for e in entries for text in e.texts})
    return (Chapter("texts", say("ledger.texts"), (Listing(tuple(full)),)),) if full else ()


def told(entry: Entry, *, detail: bool = True) -> Item:
    """The title with what stands under it."""
    link = next((c.link for c in entry.row.sources if c.link.startswith(("https://", "http://"))), None)
    return Item(translated(entry.row.title), below(entry, detail=detail), link)


def status(row: Row) -> Item:
    """Its status, with its mark and how sure the row is."""
    return Item(coded(row.status), (mark(row), say("ledger.confidence", level=coded(row.confidence))))


def rows_table(entries: Iterable[Entry], caption: str = "") -> Table:
    """Rows by date: when, what with its sources, status and mark."""
    columns = (
        Column(say("ledger.when"), numeric=False),
        Column(say("ledger.told"), numeric=False),
        Column(say("ledger.status"), numeric=False),
    )
    lines = (Line((Item(dates(e.row), (e.row.id,)), told(e), status(e.row))) for e in entries)
    return Table(caption, columns, tuple(lines))


def _figure(figure: Figure) -> str:
    share = figure.unit == "share"
    given = (figure.value, figure.low, figure.high)
    value, low, high = (None if v is None else f"{_number(100 * v)} %" if share else _number(v) for v in given)
    if value is None:
        key = "least" if high is None else "most" if low is None else "range"
        value = say(f"figure_words.{key}", low=low, high=high)
    value = say("figure_words.about", value=value) if figure.approx else value
    key = "share" if share else "one" if figure.kind in ("count", "index", "share") else "kind"
    one = say(
        f"figure_words.{key}",
        what=translated(figure.what),
        value=value,
        unit=coded(figure.unit),
        kind=coded(figure.kind),
    )
    return say("figure_words.as_of", figure=one, date=when(figure.as_of)) if figure.as_of else one


def _number(value: float) -> str:
    """Whole numbers in full, others to six places.

    >>> _number(1.8e10), _number(5.2), _number(33.0)
    ('18,000,000,000', '5.2', '33')
    """
    return numeral(value, ",.0f") if float(value).is_integer() else numeral(value, ",.6g")


def _say(key: str, row: Row, *states: str, **fields: object) -> str:
    of = getattr(row, "visitor", "")
    given: dict[str, Any] = {k: _word(k, v, of) for k, v in row.model_dump(mode="json").items()}
    given |= {s: name(getattr(row, s), row.date) for s in states}
    return say(f"ledger_row.{key}", **(given | fields))


def _word(field: str, value: object, of: str) -> object:
    """A field of a row in words: a word of a closed list, or a text."""
    if not isinstance(value, str):
        return value
    return coded(value) if field in _CODED else translated(value, of)


def _names(states: Iterable[str], row: Row) -> str:
    return ", ".join(name(state, row.date) for state in states)


def _choices(choices: dict[str, Any]) -> str:
    return ", ".join(f"{name(state)} {coded(choice)}" for state, choice in choices.items())


def _tally(tally: tuple[int, int, int] | None) -> str:
    return say("ledger_row.tally", yes=tally[0], no=tally[1], abstained=tally[2]) if tally else ""


def _treaty(row: k.Treaty) -> Sequence[str]:
    force = say("ledger_row.in_force", date=when(row.in_force)) if row.in_force else ""
    return [_say("treaties", row), force, say("ledger_row.replaces", id=row.replaces) if row.replaces else ""]


def _visit(row: k.Visit) -> Sequence[str]:
    key = {"meeting": "visits_meeting", "unknown": "visits_unknown"}.get(row.type, "visits")
    return [_say(key, row, "visitor", "host"), "; ".join(translated(p) for p in (row.place, row.occasion) if p)]


def _candidacy(row: k.Candidacy) -> Sequence[str]:
    term = say("ledger_row.term", term=row.term) if row.term else ""
    votes = say("ledger_row.votes", n=row.votes) if row.votes is not None else ""
    return [_say("candidacies", row, "candidate"), "; ".join(p for p in (term, votes) if p)]


def _sanction(row: k.Sanction) -> Sequence[str]:
    return [_say("sanctions", row, by=_names(row.by, row), on=_names(row.on, row))]


def _prediction(row: k.Prediction) -> Sequence[str]:
    horizon = say("ledger_row.horizon", date=when(row.horizon)) if row.horizon else ""
    return [_say("predictions", row, judged=when(row.judged)), horizon, _evidence(row.evidence)]


def _statement(row: k.Statement) -> Sequence[str]:
    words = _say("statements" if row.occasion else "statements_plain", row)
    return [words, say("ledger_row.on_vote", symbol=row.symbol) if row.symbol else ""]


def _evidence(ids: Sequence[str]) -> str:
    return say("ledger_row.evidence", ids=", ".join(ids)) if ids else ""


_DETAILS: dict[type[Row], Callable[[Any], Sequence[str]]] = {
    k.Treaty: _treaty,
    k.Tier: lambda r: [_say("tiers_special" if r.special else "tiers", r, "holder", "partner")],
    k.Visit: _visit,
    k.Access: lambda r: [_say("access", r, "user", "host"), translated(r.place)],
    k.Dialogue: lambda r: [coded(r.level)],
    k.Aid: lambda r: [_say("aid", r, "giver", "taker")],
    k.Investment: lambda r: [_say("investment", r, "source", "host")],
    k.Energy: lambda r: [
        translated(r.project),
        translated(r.place),
        say("ledger_row.contested") if r.contested else "",
    ],
    k.Sanction: _sanction,
    k.Position: lambda r: [_say("positions", r, "holder")],
    k.Candidacy: _candidacy,
    k.CouncilVote: lambda r: [_say("council_votes", r, votes=_choices(r.choices)), _tally(r.tally)],
    k.Credentials: lambda r: [_say("credentials", r, "seat"), _choices(r.choices), _tally(r.tally)],
    k.Explanation: lambda r: [_say("explanations", r)],
    k.Statement: _statement,
    k.Perception: lambda r: [_say("perceptions", r, "about")],
    k.Narrative: lambda r: [_say("narratives", r)],
    k.Prediction: _prediction,
    k.Argument: lambda r: [_say("arguments", r), _evidence(r.evidence)],
    k.Office: lambda r: [_say("offices", r)],
}
