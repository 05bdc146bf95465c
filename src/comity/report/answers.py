"""Single answers laid out as documents, for Markdown and HTML."""

from __future__ import annotations

from dataclasses import replace

from comity.model.words import say, span
from comity.report import interval_words, measure_tables, parts, record, tables
from comity.report.bloc_tables import blocs_document, cohesion_document
from comity.report.change_tables import Changed, change_document
from comity.report.document import Block, Chapter, Definitions, Document, Listing, Paragraph, chapter
from comity.report.family_tables import families_document, family_document
from comity.report.ideal_tables import Ideal, ideal_document
from comity.report.outlier_tables import outliers_document
from comity.report.published_tables import published_document
from comity.report.situation_tables import shield_document, situations_document, vetoes_table
from comity.report.strands.registry import strand_document
from comity.study.answers.blocs import BlocsAnswer
from comity.study.answers.breaks import BreaksAnswer
from comity.study.answers.cohesion import CohesionAnswer
from comity.study.answers.common import Note
from comity.study.answers.events import EventsAnswer
from comity.study.answers.families import FamiliesAnswer, FamilyAnswer
from comity.study.answers.ideal import IdealCompareAnswer, IdealDistanceAnswer, IdealFitAnswer, IdealShowAnswer
from comity.study.answers.ideal_vote import IdealVoteAnswer
from comity.study.answers.moved import DecomposeAnswer, MovedAnswer
from comity.study.answers.outliers import OutliersAnswer
from comity.study.answers.pair import PairAnswer, TrendAnswer
from comity.study.answers.published import PublishedAnswer
from comity.study.answers.rank import RankAnswer
from comity.study.answers.situations import ShieldAnswer, SituationsAnswer
from comity.study.answers.splits import SplitsAnswer
from comity.study.answers.strand import StrandAnswer
from comity.study.answers.timeline import TimelineAnswer
from comity.study.answers.trade import TradeAnswer
from comity.study.answers.vote import VoteAnswer

Grouped = BlocsAnswer | CohesionAnswer
_Counted = PairAnswer | TrendAnswer | SplitsAnswer | RankAnswer
Answer = (
    Grouped
    | PairAnswer
    | TrendAnswer
    | SplitsAnswer
    | RankAnswer
    | VoteAnswer
    | SituationsAnswer
    | ShieldAnswer
    | FamiliesAnswer
    | FamilyAnswer
    | PublishedAnswer
    | OutliersAnswer
    | Ideal
    | Changed
    | StrandAnswer
)


def document(answer: Answer, *, pictures: bool = False) -> Document:
    """An answer as a document; ``pictures`` adds the figure where the answer has one."""
    match answer:
        case PairAnswer():
            return _pair(answer, pictures)
        case TrendAnswer():
            return _trend(answer, pictures)
        case SplitsAnswer():
            return _splits(answer)
        case RankAnswer():
            return _rank(answer, pictures)
        case VoteAnswer():
            return _vote(answer)
        case BreaksAnswer() | MovedAnswer() | DecomposeAnswer():
            return change_document(answer)
        case BlocsAnswer():
            return blocs_document(answer)
        case CohesionAnswer():
            return cohesion_document(answer)
        case SituationsAnswer():
            return situations_document(answer)
        case ShieldAnswer():
            return shield_document(answer)
        case FamiliesAnswer():
            return families_document(answer)
        case FamilyAnswer():
            return family_document(answer)
        case IdealFitAnswer() | IdealShowAnswer() | IdealDistanceAnswer() | IdealCompareAnswer() | IdealVoteAnswer():
            return ideal_document(answer)
        case OutliersAnswer():
            return outliers_document(answer)
        case PublishedAnswer():
            return published_document(answer)
        case StrandAnswer():
            return _strand(answer, pictures)


def _strand(answer: StrandAnswer, pictures: bool) -> Document:
    made = strand_document(answer)
    if not (pictures and isinstance(answer, TimelineAnswer | TradeAnswer | EventsAnswer)):
        return made
    from comity.report.pictures import events_picture, timeline_picture, trade_picture

    match answer:
        case TimelineAnswer():
            drawn = timeline_picture(answer)
        case TradeAnswer():
            drawn = trade_picture(answer)
        case _:
            drawn = events_picture(answer)
    return replace(made, opening=(drawn,)) if drawn else made


def _assembled(
    answer: _Counted | VoteAnswer, title: str, lead: str, *chapters: Chapter, notes: tuple[Note, ...]
) -> Document:
    dropped = () if isinstance(answer, VoteAnswer) else (Paragraph(parts.dropped_line(answer.dropped)),)
    listed = (Listing(tuple(n.text for n in notes), numbered=True),) if notes else ()
    last = (chapter("blind", *listed, *dropped),) if listed or dropped else ()
    subtitle = parts.subject(answer.header)
    return Document(title, subtitle, lead, (*chapters, *last), parts.source_line(answer.header))


def _pair(answer: PairAnswer, pictures: bool) -> Document:
    blocks: list[Block] = [tables.pair_table(answer)]
    if pictures:
        from comity.report.pictures import periods_picture

        blocks.insert(0, periods_picture(answer))
    if (measured := measure_tables.measures_table(answer)) is not None:
        said = Listing(measure_tables.measure_sentences(answer))
        beside: tuple[Chapter, ...] = (chapter("measures", measured, said),)
    else:
        beside = ()
    said_of = interval_words.sentences(answer)
    intervals = (chapter("intervals", Listing(said_of)),) if said_of else ()
    standing = (chapter("standing", tables.standing_table(answer.standings)),) if answer.standings else ()
    vetoed = (chapter("situation_vetoes", vetoes_table(answer.vetoes)),) if answer.vetoes else ()
    title = say("page.title", a=answer.lead.name_a, b=answer.lead.name_b, **answer.header.where)
    return _assembled(
        answer,
        title,
        answer.headline,
        chapter("periods", *blocks),
        *beside,
        *standing,
        *intervals,
        *vetoed,
        notes=answer.notes,
    )


def _trend(answer: TrendAnswer, pictures: bool) -> Document:
    blocks: list[Block] = [tables.trend_table(answer)]
    if pictures:
        from comity.report.pictures import years_picture

        found = (years_picture(answer, (), medians=medians) for medians in (True, False))
        blocks = [*(p for p in found if p is not None), *blocks]
    title = say("page.title", a=answer.row.name_a, b=answer.row.name_b, **answer.header.where)
    lead = say("caption.trend", pair=answer.row.label, issue=answer.header.issue_label, **answer.header.where)
    said = interval_words.trend_sentences(answer)
    intervals = (chapter("intervals", Listing(said)),) if said else ()
    return _assembled(answer, title, lead, chapter("years", *blocks), *intervals, notes=answer.notes)


def _splits(answer: SplitsAnswer) -> Document:
    key = "dossier.splits_some" if answer.splits else "dossier.splits_none"
    period, n = span(answer.period.label), answer.counts.roll_calls
    lead = say(key, opposite=len(answer.splits), n=n, period=period, **answer.header.where)
    title = say("page.title_splits", a=answer.name_a, b=answer.name_b, **answer.header.where)
    body = (chapter("parted", tables.splits_table(answer)),) if answer.splits else ()
    return _assembled(answer, title, lead, *body, notes=answer.notes)


def _rank(answer: RankAnswer, pictures: bool) -> Document:
    blocks: list[Block] = [tables.rank_table(answer)]
    if pictures and answer.partners:
        from comity.report.pictures import ranking_picture

        blocks.insert(0, ranking_picture(answer))
    if answer.too_few:
        few = "; ".join(say("rank.too_few_one", name=name, cast=cast) for _, name, cast in answer.too_few)
        blocks.append(Paragraph(say("rank.too_few", states=few), quiet=True))
    minimum = parts.minimum(answer.min_common)
    lead = say("rank.sub", n=answer.roll_calls, minimum=minimum, **answer.header.where)
    title = say("page.title_rank", state=answer.name, **answer.header.where)
    said = interval_words.ranking_sentences(answer)
    intervals = (chapter("intervals", Listing(said)),) if said else ()
    return _assembled(answer, title, lead, chapter("ranking", *blocks), *intervals, notes=answer.notes)


def _vote(answer: VoteAnswer) -> Document:
    from comity.report.vote_words import facts, group_sentence, notes_beside, occasion

    group = Paragraph(group_sentence(answer)) if answer.group else None
    link = Definitions(((say("column.record"), answer.link, answer.link),)) if answer.link else None
    made = _assembled(
        answer,
        say("page.title_vote", symbol=record.name(answer.symbol, answer.roll_call)),
        record.title(answer.title),
        chapter("tally", Listing(tuple(facts(answer))), link),
        chapter("states", group, tables.vote_table(answer)),
        notes=notes_beside(answer),
    )
    # Issue and clock say nothing about a single roll call.
    return replace(made, subtitle=occasion(answer))
