"""The figures of a dossier on recorded votes, each with its numerator and its denominator, as one table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.errors import BadValue
from comity.model.counts import CATEGORIES, Counts
from comity.model.words import say
from comity.study.answers.common import PairRow
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.pair import PairAnswer, Standing
from comity.study.answers.rank import RankAnswer

COLUMNS = ("name", "value", "numerator", "denominator", "question")
LARGEST = 20_000_000  # bytes of the table; some hundreds of thousands in practice


@dataclass(frozen=True, slots=True)
class Number:
    """One figure.

    name     : stays the same from one run to the next.
    value    : as text, all digits of it; "" where it is undefined.
    numerator, denominator : whole numbers as text; "" where the figure is no share.
    question : what was asked, in words.
    """

    name: str
    value: str
    numerator: str
    denominator: str
    question: str

    def to_dict(self) -> dict[str, str]:
        """For JSON and CSV."""
        return {name: getattr(self, name) for name in COLUMNS}


def numbers(answer: DossierAnswer) -> tuple[Number, ...]:
    """Every figure, by part: the pair on each issue, contrasts, measures, ranks, years, partners, opposite votes."""
    lead = answer.lead_pair
    return (
        *_pair("lead", lead),
        *(n for each in answer.by_issue for n in _pair("by_issue", each, contrasts=False)),
        *_row("years", lead.header.issue_label, lead.header.reading.issue, answer.trend.row),
        *(
            n
            for t in answer.contrast_trends
            for n in _row("years", t.header.issue_label, t.header.reading.issue, t.row)
        ),
        *(n for ranked in answer.ranks for n in _partners(ranked)),
        *_splits(answer),
    )


def _pair(part: str, answer: PairAnswer, *, contrasts: bool = True) -> Iterator[Number]:
    issue, label = answer.header.reading.issue, answer.header.issue_label
    for row in answer.rows if contrasts else answer.rows[:1]:
        yield from _row(part, label, issue, row)
    for standing in answer.standings:
        yield from _standing(part, label, issue, standing)


def _row(part: str, label: str, issue: str, row: PairRow) -> Iterator[Number]:
    for cell in row.cells:
        told = {"a": row.name_a, "b": row.name_b, "issue": label, "period": cell.period.label}
        stem = f"{part}/{issue}/{row.a}-{row.b}/{cell.period.label}"
        yield from _shares(stem, cell.counts, told)
        for m in cell.measures:
            question = say("replicate.measure", measure=m.id, **told)
            yield Number(f"{stem}/{m.id}", _text(m.value), "", str(m.n), question)


def _shares(stem: str, counts: Counts, told: dict[str, str]) -> Iterator[Number]:
    for category in CATEGORIES:
        what = say(f"category.{category}")
        of_all = counts.share_of_all(category)
        question = say("replicate.share_all", what=what, **told)
        yield Number(f"{stem}/{category}/of_all", _text(of_all.value), str(of_all.k), str(of_all.n), question)
        if category != "absent":
            of_cast = counts.share_of_cast(category)
            question = say("replicate.share_cast", what=what, **told)
            yield Number(f"{stem}/{category}/of_cast", _text(of_cast.value), str(of_cast.k), str(of_cast.n), question)


def _standing(part: str, label: str, issue: str, s: Standing) -> Iterator[Number]:
    told = {"partner": s.name_partner, "state": s.name_state, "issue": label, "period": s.period.label}
    stem = f"{part}/{issue}/{s.state}-{s.partner}/{s.period.label}"
    yield Number(f"{stem}/rank", str(s.rank), str(s.rank), str(s.among), say("replicate.rank", **told))
    yield Number(f"{stem}/median", _text(s.median), "", str(s.among), say("replicate.median", **told))
    if s.corrected_rank is not None:
        among, rank = str(s.corrected_among), str(s.corrected_rank)
        yield Number(f"{stem}/rank_kappa_sq", rank, rank, among, say("replicate.rank_kappa", **told))


def _partners(ranked: RankAnswer) -> Iterator[Number]:
    issue, label = ranked.header.reading.issue, ranked.header.issue_label
    for p in ranked.partners:
        same = p.counts.share_of_cast("same")
        told = {"a": ranked.name, "b": p.name, "issue": label, "period": ranked.period.label}
        question = say("replicate.share_cast", what=say("category.same"), **told)
        name = f"partners/{issue}/{ranked.state}-{p.state}/{ranked.period.label}/same/of_cast"
        yield Number(name, _text(same.value), str(same.k), str(same.n), question)


def _splits(answer: DossierAnswer) -> Iterator[Number]:
    found, row = answer.splits, answer.lead_pair.lead
    if found is not None:
        told = {"a": row.name_a, "b": row.name_b, "period": found.period.label, "issue": found.header.issue_label}
        k, n = str(len(found.splits)), str(found.counts.roll_calls)
        yield Number(f"opposite/{found.header.reading.issue}", k, k, n, say("replicate.opposite", **told))


def _text(value: float | None) -> str:
    """All digits, so that two values are the same where their texts are."""
    return "" if value is None else repr(float(value))


def as_table(found: Iterable[Number]) -> bytes:
    """As CSV in UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(n.to_dict() for n in found)
    return out.getvalue().encode()


def read_table(content: bytes) -> tuple[Number, ...]:
    """What ``as_table`` wrote; BadValue, in one line, where it is something else."""
    if len(content) > LARGEST:
        raise BadValue("The table of numbers is too large", got=len(content), allowed=f"at most {LARGEST:,} bytes")
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode()), strict=True))
        return tuple(Number(**row) for row in rows)
    except (UnicodeDecodeError, csv.Error, TypeError) as err:
        allowed = f"the columns {', '.join(COLUMNS)}"
        raise BadValue("The table of numbers cannot be read", got=str(err)[:100], allowed=allowed) from None
