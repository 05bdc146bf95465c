"""The ledgers at hand: the package's rows with a user's own folder merged on top, and what answers say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from re import findall
from typing import TypeVar

from comity.errors import EmptySelection
from comity.model.clock import today
from comity.model.period import Period
from comity.model.words import say
from comity.states.registry import registry
from comity.store.home import home
from comity.strands.intervals import Span, overlaps, span_of
from comity.strands.ledgers.kinds import KINDS, Document
from comity.strands.ledgers.load import documents as read_documents
from comity.strands.ledgers.load import kind_of, name_of, read_rows, rows_of
from comity.strands.ledgers.row import Row
from comity.strands.translated import translated
from comity.study import ask
from comity.study.answers.common import Note
from comity.study.answers.ledger import Entry
from comity.study.answers.strand import SourceLine
from comity.study.notes import note

R = TypeVar("R", bound=Row)
LASTING = ("tiers", "access", "sanctions", "treaties", "offices", "dialogues", "aid", "investment", "energy")
"""Kinds whose rows last while they are in force; a row of another kind is over on the day it has."""


def user_folder() -> Path:
    """Where a user's own ledgers are; it need not exist."""
    return home() / "ledgers"


def folders() -> tuple[Path, ...]:
    """The folders merged on top of the package's ledgers, later ones first in force."""
    return (user_folder(),)


def rows(kind: type[R]) -> tuple[R, ...]:
    """Every row of a kind at hand, by date. BadValue where a file of the user's folder is not as it should be."""
    return rows_of(kind, folders())


def documents() -> dict[str, Document]:
    """The texts that rows cite, by id."""
    return read_documents(folders())


def ledger_source(kind: str, found: Sequence[Row] | None = None) -> SourceLine:
    """What an answer says of a ledger it rests on. found : its rows, all of them by default."""
    held = rows(kind_of(kind)) if found is None else found
    first, last = (held[0].date[:4], max(row.date for row in held)[:4]) if held else ("", "")
    span = first if first == last else f"{first}–{last}"
    own = (user_folder() / f"{kind}.yaml").is_file()
    checked = sum(row.checked for row in held)
    told = say("ledger.span" if held else "ledger.span_none", n=len(held), span=span, checked=checked)
    return SourceLine(kind, say("ledger.source_own" if own else "ledger.source"), told)


def entries(
    kinds: Iterable[str],
    states: Sequence[str] = (),
    period: Period | None = None,
    *,
    either: bool = False,
) -> tuple[Entry, ...]:
    """Rows of several kinds that concern all of these states (``either``: any), in the period, by date.

    A row is in a period if it can have a day in it: its date may be a month, a year or a decade.
    """
    texts, found = documents(), []
    stretch = period_span(period)
    for kind in kinds:
        for row in rows(kind_of(kind)):
            named = set(row.states)
            if states and not (named & set(states) if either else named >= set(states)):
                continue
            if stretch and overlaps(span(kind, row), stretch) == "no":
                continue
            found.append(entry(kind, row, texts))
    return tuple(sorted(found, key=lambda e: (e.row.date, list(KINDS).index(e.kind), e.row.id)))


def entry(kind: str, row: Row, texts: dict[str, Document] | None = None) -> Entry:
    """A row with its sources in words."""
    known = documents() if texts is None else texts
    cited = dict.fromkeys(cite.text for cite in row.sources if cite.text in known)
    return Entry(kind, row, _cited(row, known), tuple(_full(known[id_]) for id_ in cited))


def span(kind: str, row: Row) -> Span:
    """The days a row stands for; a lasting one that has ended on no known day ends by today."""
    if row.until or kind not in LASTING:
        return span_of(row.date, row.until)
    if row.status == "in force":
        return span_of(row.date, lasting=True)
    if row.status == "ended":
        begun = span_of(row.date)
        return Span(begun.begin, (begun.begin[0], max(today(), begun.begin[1])))
    return span_of(row.date)


def period_span(period: Period | None) -> Span | None:
    """A period as a span of known days."""
    if period is None:
        return None
    first, last = ask.days(period)
    return Span((first, first), (last, last))


def read_period(text: str | Period | None) -> Period | None:
    """A period of years or of days."""
    if text is None or isinstance(text, Period):
        return text
    return Period.parse(text, "day" if text.count("-") > 1 else "year")


def kinds_named(text: str | None) -> tuple[str, ...]:
    """Kinds from "treaties,visits", all by default; UsageError for an unknown one."""
    given = [part.strip() for part in text.split(",") if part.strip()] if text else list(KINDS)
    return tuple(dict.fromkeys(name_of(kind_of(name)) for name in given))


def name(state: str) -> str:
    """A state's name today."""
    return registry().by_id[state].name


def joined(names: Sequence[str], *, either: bool = False) -> str:
    """Names as one phrase: "Viet Nam and Russia", or "Viet Nam or Russia"."""
    return f" {say('ledger.or' if either else 'ledger.and')} ".join(names)


def name_or(text: str) -> str:
    """A state's name for its id; other words as they are."""
    return name(text) if text in registry().by_id else text


def own_rows(kind: str) -> int:
    """How many rows of a kind the user's folder holds."""
    file = user_folder() / f"{kind}.yaml"
    return len(read_rows(kind_of(kind), file)[0]) if file.is_file() else 0


def ledger_notes(found: Iterable[Entry]) -> tuple[Note, ...]:
    """What is to be said beside rows of ledgers: they are not complete, and which were not checked."""
    held = list(found)
    unchecked = sum(not e.row.checked for e in held)
    said = [note("ledger_partial")]
    if unchecked:
        said.append(note("ledger_unchecked", k=unchecked, n=len(held)))
    return tuple(said)


def nothing(kinds: Sequence[str], told: str) -> EmptySelection:
    """The error where the ledgers hold no such row."""
    which = kinds[0] if len(kinds) == 1 else say("ledger.ledgers")
    return EmptySelection(say("ledger.nothing", which=which), got=told, next=say("ledger.nothing_next"))


def _cited(row: Row, texts: dict[str, Document]) -> tuple[str, ...]:
    """One phrase a source; the places in one text together."""
    places: dict[str, list[str]] = {}
    records: list[str] = []
    for cite in row.sources:
        if cite.text:
            places.setdefault(cite.text, []).extend(p.strip() for p in cite.where.split(","))
        if cite.record:
            told = [cite.issuer, cite.record, str(cite.year or ""), "" if cite.text else cite.where]
            records.append(", ".join(p for p in told if p))
    named = (
        short_name(texts.get(id_), id_) + "".join(f", {p}" for p in _ordered(found)) for id_, found in places.items()
    )
    return tuple(dict.fromkeys([*named, *records]))


def short_name(text: Document | None, id_: str) -> str:
    """A text by its author, else its publisher, and its year."""
    if text is None:
        return id_
    year = text.date[:4] if text.date[:4].isdecimal() else translated(text.date.split(",")[0])
    return f"{text.author or text.publisher} ({year})"


def _full(text: Document) -> str:
    told = [f"“{text.title}”", text.publisher if text.author else "", translated(text.date), translated(text.kind)]
    return f"{short_name(text, text.id)}: {', '.join(p for p in told if p)}"


def _ordered(places: Iterable[str]) -> list[str]:
    """Places in a text, lines before footnotes, each once."""
    return sorted(
        {p for p in places if p},
        key=lambda p: ([int(n) for n in findall(r"\d+", p)], p) if p[0] == "L" else ([10**6], p),
    )
