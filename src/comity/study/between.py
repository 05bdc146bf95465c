"""How long between two dates, or two rows of the ledgers, and whether a text's words for it hold."""

from __future__ import annotations

from comity.errors import UsageError
from comity.model.words import say
from comity.strands.intervals import before, length, span_of
from comity.strands.ledgers.kinds import KINDS
from comity.strands.ledgers.load import kind_of
from comity.strands.ledgers.when import ends, precision
from comity.strands.said import Phrase
from comity.study import ledgers
from comity.study.answers.between import BetweenAnswer
from comity.study.answers.ledger import Entry
from comity.study.notes import note
from comity.study.strand import strand_header

_END = ":until"


def between(a: str, b: str, *, said: str | None = None) -> BetweenAnswer:
    """The time from one date to another.

    a, b : 1978-11-03, 1978-11, 1978 or 1980s; or a row, "treaties/ID", whose date is taken ("treaties/ID:until" its
           end).
    said : "one month before", "within three months", "two years early", "over 23 years".
    UsageError for a date, a row or a phrase that cannot be read.
    """
    phrase = Phrase.parse(said) if said else None
    (first, row_a), (second, row_b) = _dated(a), _dated(b)
    rows = [e for e in (row_a, row_b) if e]
    kinds = dict.fromkeys(e.kind for e in rows)
    own = [note("between_units")] if phrase else []
    own += [note("between_coarse")] if {precision(first), precision(second)} != {"day"} else []
    rest = [n for n in ledgers.ledger_notes(rows) if n.id != "ledger_partial"] if rows else []
    return BetweenAnswer(
        header=strand_header(
            say("between.subject"),
            [
                ledgers.ledger_source(k, sorted((e.row for e in rows if e.kind == k), key=lambda r: r.date))
                for k in kinds
            ],
        ),
        notes=(*own, *rest),
        a=first,
        b=second,
        row_a=row_a,
        row_b=row_b,
        length=length(first, second),
        order=before(span_of(first), span_of(second)),
        said=said or "",
        told=phrase.holds(first, second) if phrase else None,
    )


def _dated(text: str) -> tuple[str, Entry | None]:
    """A date as given, or that of a row."""
    kind, slash, id_ = text.strip().partition("/")
    if not slash:
        try:
            ends(text.strip())
        except ValueError as err:
            allowed = f"1978-11-03, 1978-11, 1978, 1980s, or a row as KIND/ID; kinds: {', '.join(KINDS)}"
            raise UsageError("No such date", got=text, allowed=allowed) from err
        return text.strip(), None
    at_end = id_.endswith(_END)
    wanted = id_.removesuffix(_END)
    found = next((row for row in ledgers.rows(kind_of(kind)) if row.id == wanted), None)
    if found is None:
        raise UsageError(f"The ledger of {kind} has no row of that id", got=wanted, next=f"comity ledger show {kind}")
    if at_end and not found.until:
        raise UsageError("That row has no end", got=text)
    return (found.until if at_end else found.date), ledgers.entry(kind, found)
