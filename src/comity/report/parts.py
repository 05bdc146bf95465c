"""Small pieces of print that every face shares: dates, the source line, reasons, shares with their N."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.model.body import ASSEMBLY, COUNCIL, body_name
from comity.model.choice import Choice
from comity.model.counts import Share
from comity.model.language import numeral, typeset
from comity.model.reading import Dropped
from comity.model.words import catalogue, day_words, ordinal, percent, rate, said, say, span
from comity.study.answers.common import Cell, Header, PairRow
from comity.study.answers.pair import Change, Standing

SMALL = 20
HASH_LENGTH = 12
NO_VALUE = "–"


def day(when: date | None, precision: str = "day") -> str:
    """A date in words; without its day, or its month, where the source gives a placeholder; a dash where it has none.

    >>> day(date(2024, 6, 4)), day(date(1992, 12, 1), "month")
    ('4 June 2024', 'December 1992')
    """
    if when is None:
        return "–"
    return day_words(when, precision)


def choice_word(choice: Choice) -> str:
    """The printed word for a choice."""
    return say(f"choice.{choice.name.lower()}")


def share(part: Share) -> str:
    """A share by the wording standard, a dash where there is no vote to share.

    >>> share(Share(345, 460)), share(Share(3, 12)), share(Share(0, 0))
    ('75.0 %', '3 of 12', '–')
    """
    return percent(part.k, part.n) if part.n else NO_VALUE


def level(value: float | None, n: int) -> str:
    """A share that has no single numerator (a median over partners), with the decimals that ``n`` votes carry.

    >>> level(0.7871, 460), level(0.7871, 124), level(0.7871, 12), level(None, 460)
    ('78.7 %', '79 %', '–', '–')
    """
    return NO_VALUE if value is None or n < SMALL else rate(value, n)


def signed(change: float | None, smaller_n: int) -> str:
    """A change in percentage points, signed; a dash where either N is too small.

    >>> signed(42.7, 124), signed(-3.25, 460), signed(1.0, 12), signed(0.02, 460)
    ('+43', '−3.2', '–', '0.0')
    """
    if change is None or smaller_n < SMALL:
        return NO_VALUE
    return typeset(change, f"+.{0 if smaller_n < 200 else 1}f")


def period_label(cell: Cell) -> str:
    """A period in print, starred where the release does not cover it to its end."""
    label = span(cell.period.label)
    return say("line.partial", label=label) if cell.partial else label


def partial_note(cells: Iterable[Cell], header: Header) -> str | None:
    """The sentence that explains the star, where there is one."""
    starred = [span(c.period.label) for c in cells if c.partial]
    return say("line.partial_note", label=starred[-1], last=day(header.origin.last)) if starred else None


def subject(header: Header) -> str:
    """Issue and clock of an answer, or what it chose in their place."""
    if header.chosen:
        return header.chosen
    return of_body(header, say("line.subject", issue=header.issue_label, clock=say(f"clock.{header.reading.clock}")))


def of_body(header: Header, subject: str) -> str:
    """A subject with the body whose votes it is about, where that is the Security Council."""
    council = header.origin.body == COUNCIL
    return say("line.subject_of", body=body_name(COUNCIL), subject=subject) if council else subject


def reading_words(header: Header) -> str:
    """The reading in words: issue, clock, and each choice that differs from the default."""
    if header.chosen:
        return header.chosen
    parts = [say("reading.issue", issue=header.issue_label), say(f"clock.{header.reading.clock}")]
    apart = [k for k in header.reading.departures if f"reading.{k}" in catalogue() and k != "issue"]
    default = "default" if header.origin.body == ASSEMBLY else "default_council"
    return ", ".join(parts + ([say(f"reading.{k}") for k in apart] or [say(f"reading.{default}")]))


def source_line(header: Header, key: str = "line.source") -> str:
    """Release, short hash, last roll call, reading and date: what every view carries."""
    origin = header.origin
    return say(
        key,
        source=origin.source.rstrip("."),
        release=origin.release,
        hash=origin.sha256[:HASH_LENGTH],
        last=day(origin.last),
        reading=reading_words(header),
        answered=day(header.answered),
        version=header.version,
    )


def standing_line(standing: Standing) -> str:
    """Where the partner stands; with fewer than SMALL votes the counts alone, and what they are good for."""
    few = standing.share.n < SMALL
    return say(
        "line.standing_small" if few else "line.standing",
        partner=standing.name_partner,
        state=standing.name_state,
        period=span(standing.period.label),
        rank=ordinal(standing.rank),
        among=standing.among,
        same=standing.share.k,
        share=share(standing.share),
        n=standing.share.n,
        median=level(standing.median, standing.share.n),
    )


def dropped_reason(reason: str) -> str:
    """Why roll calls were left out, in words."""
    return said(f"reasons.{reason}", reason)


def dropped_line(dropped: tuple[Dropped, ...]) -> str:
    """What was left out, by reason, as one sentence."""
    if not dropped:
        return say("line.dropped_none")
    return say("line.dropped", reasons="; ".join(f"{d.count} {dropped_reason(d.reason)}" for d in dropped))


def rounded(value: float) -> str:
    """A percentile as a whole number from 0 to 100.

    >>> rounded(0.456), rounded(1.0)
    ('46', '100')
    """
    return numeral(100 * value, ".0f")


def minimum(fraction: float) -> str:
    """The share of votes in common that a ranking asks for: a rule, not a result, so without an N.

    >>> minimum(0.5), minimum(0.125)
    ('50 %', '12.5 %')
    """
    return f"{numeral(100 * fraction, 'g')} %"


def interval(ends: tuple[float, float] | None, smaller_n: int) -> str:
    """An interval of a change in points; empty where there is none.

    >>> interval((33.4, 52.0), 124), interval(None, 124)
    ('+33 to +52', '')
    """
    if ends is None or smaller_n < SMALL:
        return ""
    return say("line.interval", low=signed(ends[0], smaller_n), high=signed(ends[1], smaller_n))


def p_value(p: float | None) -> str:
    """A p-value in print; empty where there is none.

    >>> p_value(0.00002), p_value(0.034), p_value(None)
    ('p < 0.001', 'p = 0.034', '')
    """
    if p is None:
        return ""
    return say("line.p_small") if p < 0.001 else say("line.p", p=numeral(p, ".3f"))


def change_sentence(row: PairRow, change: Change) -> str | None:
    """The change of the same votes of a pair with its interval and test; None where either N is too small."""
    ends = [c.counts for c in row.cells if c.period.label in (change.earlier, change.later)]
    smaller = min((c.roll_calls for c in ends), default=0)
    between = interval(change.interval_of_all.get("same"), smaller)
    if not between:
        return None
    return say(
        "line.change",
        pair=row.label,
        earlier=span(change.earlier),
        later=span(change.later),
        points=signed(change.points_of_all.get("same"), smaller),
        n_earlier=ends[0].roll_calls,
        n_later=ends[-1].roll_calls,
        interval=between,
        test=p_value(change.p_of_all.get("same")),
    )
