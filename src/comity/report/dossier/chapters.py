"""A dossier's answer laid out as chapters; the order is the order of a reader's questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from comity.model.counts import CATEGORIES
from comity.model.words import say, span
from comity.report import change_tables, parting_tables, parts, pictures, situation_words, tables
from comity.report.document import Block, Chapter, Definitions, Document, Fold, Listing, Paragraph, chapter
from comity.report.dossier.ideal import ideal_chapter
from comity.report.dossier.strands import strand_chapters
from comity.report.lead import facts, subtitle
from comity.report.measure_tables import measure_sentences, measures_table
from comity.report.references import references
from comity.report.situation_tables import grid_tables, votes_table
from comity.study.answers.common import Header
from comity.study.answers.dossier import DossierAnswer
from comity.study.answers.pair import PairAnswer
from comity.study.answers.strand import SourceLine


def document(answer: DossierAnswer) -> Document:
    """All chapters of a dossier."""
    lead = answer.lead_pair
    return Document(
        title=say("page.title", a=lead.lead.name_a, b=lead.lead.name_b, **lead.header.where),
        subtitle=subtitle(lead),
        lead=lead.headline,
        opening=(facts(lead),),
        chapters=(
            chapter(
                "periods",
                pictures.periods_picture(lead),
                tables.pair_table(lead),
            ),
            _years(answer),
            *_contrasts(answer),
            _parted(answer),
            _parting(answer),
            chapter("issues", Paragraph(say("dossier.issues_lead"), quiet=True), tables.issues_table(answer.by_issue)),
            _standing(answer),
            *_measures(lead),
            *_change(answer),
            ideal_chapter(answer),
            *_situations(answer),
            *strand_chapters(answer),
            _left_out(answer),
            _blind(answer),
            method(answer.ranks[0].min_common if answer.ranks else None),
            provenance(lead.header),
            references(lead.header, _sources(answer)),
        ),
        source=parts.source_line(lead.header),
    )


def _sources(answer: DossierAnswer) -> Iterable[SourceLine]:
    return (line for s in answer.strands if s.answer for line in s.answer.header.sources)


def _years(answer: DossierAnswer) -> Chapter:
    trend = answer.trend
    boundaries = tuple(c.period.start for c in answer.lead_pair.lead.cells[1:])
    of_all = pictures.years_picture(trend, boundaries, medians=False)
    if of_all is None:
        return chapter("years", Paragraph(say("dossier.no_trend")))
    of_cast = pictures.years_picture(trend, boundaries, medians=True)
    both = Paragraph(say("dossier.two_denominators"), quiet=True) if of_cast else None
    table = Fold(say("dossier.year_table"), (tables.trend_table(trend),))
    return chapter("years", both, of_all, of_cast, table)


def _contrasts(answer: DossierAnswer) -> Iterable[Chapter]:
    picture = pictures.contrasts_picture(answer.contrast_trends) if answer.contrast_trends else None
    if picture is not None:
        yield chapter("contrasts", picture)


def _parted(answer: DossierAnswer) -> Chapter:
    splits = answer.splits
    if splits is None:
        return chapter("parted", Paragraph(say("dossier.no_splits", next=say("notes.get_release"))))
    key = "splits_some" if splits.splits else "splits_none"
    sentence = say(
        f"dossier.{key}",
        opposite=len(splits.splits),
        n=splits.counts.roll_calls,
        period=span(splits.period.label),
        **splits.header.where,
    )
    table = tables.splits_table(splits) if splits.splits else None
    return chapter("parted", Paragraph(sentence), table)


def _parting(answer: DossierAnswer) -> Chapter:
    if answer.parting is None:
        return chapter("parting", Paragraph(say("parting.absent", next=say("notes.get_release"))))
    return chapter("parting", *parting_tables.parting_blocks(answer.parting))


def _standing(answer: DossierAnswer) -> Chapter:
    lead = answer.lead_pair
    if not lead.standings:
        return chapter("standing", Paragraph(say("dossier.no_ranks")))
    full = (
        Fold(
            say("dossier.all_partners", among=len(r.partners), state=r.name, period=span(r.period.label)),
            (tables.rank_table(r),),
        )
        for r in answer.ranks
    )
    picture = pictures.strip_picture(answer.ranks, (lead.a, lead.b))
    return chapter("standing", picture, tables.standing_table(lead.standings), *full)


def _measures(lead: PairAnswer) -> Iterable[Chapter]:
    """Of the pair asked about; the contrasts' are in the JSON."""
    alone = replace(lead, rows=(lead.lead,))
    table = measures_table(alone)
    if table is not None:
        yield chapter("measures", table, Listing(tuple(measure_sentences(alone))))


def _change(answer: DossierAnswer) -> Iterable[Chapter]:
    """When, who, and of what: each led by its sentences."""
    for key, told in (("breaks", answer.breaks), ("moved", answer.moved), ("decomposed", answer.decomposed)):
        if told is not None:
            lead, *others = change_tables.sentences(told)
            said = Listing(tuple(others)) if others else None
            yield chapter(key, Paragraph(lead), said, change_tables.table(told))


def _situations(answer: DossierAnswer) -> Iterable[Chapter]:
    grid = answer.situations
    if grid is not None:
        lead = Paragraph(situation_words.lead(grid))
        parted = Fold(situation_words.exceptions_heading(grid), (votes_table(grid.exceptions, grid),))
        yield chapter("situations", lead, *grid_tables(grid), parted if grid.exceptions else None)


def _left_out(answer: DossierAnswer) -> Chapter:
    listed = [(a.header.issue_label, d) for a in answer.by_issue for d in a.dropped]
    if not listed:
        return chapter("left_out", Paragraph(say("dossier.nothing_dropped")))
    return chapter("left_out", tables.dropped_table(listed))


def _blind(answer: DossierAnswer) -> Chapter:
    """The lead answer's notes first; what belongs to another issue is folded away under its name."""
    told = {n.text for a in answer.by_issue for n in a.notes}
    first = dict.fromkeys(n.text for n in answer.lead_pair.notes)
    first |= dict.fromkeys(n.text for n in answer.notes if n.text not in told)
    others = dict.fromkeys(
        say("dossier.other_notes", issue=a.header.issue_label, text=n.text)
        for a in answer.by_issue
        for n in a.notes
        if n.text not in first
    )
    folded = Fold(say("dossier.notes_by_issue"), (Listing(tuple(others)),)) if others else None
    return chapter("blind", Listing(tuple(first), numbered=True), folded)


def method(minimum: float | None) -> Chapter:
    """What each category and share means. ``minimum`` is the rule of the ranking, None where there is none."""
    terms = [(say("method.unit"), say("method.unit_text"), None)]
    terms += [(say(f"column.{c}"), say(f"category.{c}_define"), None) for c in CATEGORIES]
    keys = ["all", "cast", "points"] + (["median"] if minimum is not None else [])
    terms += [(say(f"method.{k}"), say(f"method.{k}_text"), None) for k in keys]
    if minimum is not None:
        terms.append((say("method.rank"), say("method.rank_text", minimum=parts.minimum(minimum)), None))
    terms.append((say("method.rounding"), say("method.rounding_text", small=parts.SMALL), None))
    return chapter("method", Definitions(tuple(terms)))


def provenance(header: Header) -> Chapter:
    """Where every number comes from."""
    origin = header.origin
    unknown = say("provenance.unknown")
    fields = "; ".join(f"{k} = {v}" for k, v in header.reading.to_dict().items())
    held = say("provenance.span_text", n=origin.roll_calls, first=parts.day(origin.first), last=parts.day(origin.last))
    pairs: list[tuple[str, str, str | None]] = [
        ("release", origin.release, None),
        ("source", origin.source or unknown, None),
        *([("aggregates", say("provenance.aggregates_text"), None)] if origin.aggregates else []),
        ("sha256", origin.sha256, None),
        ("licence", origin.licence or unknown, None),
        ("citation", origin.citation or unknown, None),
        ("link", origin.link or unknown, origin.link or None),
        ("span", held, None),
        ("last", parts.day(origin.last), None),
        ("reading", parts.reading_words(header), None),
        ("fields", fields, None),
        ("answered", parts.day(header.answered), None),
        ("version", header.version, None),
    ]
    blocks: tuple[Block, ...] = (Definitions(tuple((say(f"provenance.{k}"), text, href) for k, text, href in pairs)),)
    return chapter("provenance", *blocks)
