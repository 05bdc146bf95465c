"""Ideal points as sentences and neutral tables, for the terminal, Markdown and HTML alike."""

from __future__ import annotations

import statistics

from comity.model.language import numeral
from comity.model.words import named, say, spans
from comity.report import parts
from comity.report.document import Block, Chapter, Column, Document, Item, Line, Listing, Table, chapter
from comity.report.ideal_vote_tables import point, vote_sentences, vote_table, vote_title
from comity.study.answers.common import Note
from comity.study.answers.ideal import (
    EARLY,
    LATE,
    IdealCompareAnswer,
    IdealDistanceAnswer,
    IdealFitAnswer,
    IdealShowAnswer,
    Point,
)
from comity.study.answers.ideal_vote import IdealVoteAnswer

Ideal = IdealFitAnswer | IdealShowAnswer | IdealDistanceAnswer | IdealCompareAnswer | IdealVoteAnswer
_BEFORE_THE_FIRST = 1945


def ideal_title(answer: Ideal) -> str:
    """The heading."""
    match answer:
        case IdealFitAnswer():
            return say("ideal.title_fit", release=answer.header.origin.release)
        case IdealShowAnswer():
            *most, last = (name for _, name in answer.names)
            names = say("ideal.joined", most=", ".join(most), last=last) if most else last
            return say("ideal.title_show", names=names)
        case IdealDistanceAnswer():
            return say("ideal.title_distance", a=answer.name_a, b=answer.name_b)
        case IdealCompareAnswer():
            return say("ideal.title_compare", file=answer.file, release=answer.header.origin.release)
        case IdealVoteAnswer():
            return vote_title(answer)


def ideal_sentences(answer: Ideal) -> list[str]:
    """What the answer says, the sentence to quote first."""
    match answer:
        case IdealFitAnswer():
            return _fit_sentences(answer)
        case IdealShowAnswer():
            return _show_sentences(answer)
        case IdealDistanceAnswer():
            return _distance_sentences(answer)
        case IdealCompareAnswer():
            return _compare_sentences(answer)
        case IdealVoteAnswer():
            return vote_sentences(answer)


def ideal_chapters(answer: Ideal) -> tuple[Chapter, ...]:
    """The tables, chapter by chapter."""
    match answer:
        case IdealFitAnswer():
            return (chapter("ideal_bridges", _bridges_table(answer)),)
        case IdealShowAnswer():
            return (chapter("ideal_points", _points_table(answer)),)
        case IdealDistanceAnswer():
            return (chapter("ideal_distance", _distance_table(answer)),)
        case IdealCompareAnswer():
            return (chapter("ideal_compare", _within_table(answer)), chapter("ideal_gaps", _gaps_table(answer)))
        case IdealVoteAnswer():
            return (chapter("ideal_vote", vote_table(answer)),)


def ideal_document(answer: Ideal) -> Document:
    """The answer as a document."""
    lead, *others = ideal_sentences(answer)
    first, *more = ideal_chapters(answer)
    told: tuple[Block, ...] = (Listing(tuple(others)),) if others else ()
    body = (Chapter(first.id, first.title, (*told, *first.blocks)), *more)
    blind = chapter("blind", Listing(_texts(answer.notes), numbered=True))
    subtitle, source = parts.subject(answer.header), parts.source_line(answer.header)
    return Document(ideal_title(answer), subtitle, lead, (*body, blind), source)


def _texts(notes: tuple[Note, ...]) -> tuple[str, ...]:
    return tuple(n.text for n in notes)


def _fit_sentences(answer: IdealFitAnswer) -> list[str]:
    facts = answer.facts
    numbers = {k: numeral(getattr(facts, k), ",") for k in ("states", "units", "votes", "items")}
    told = [
        say("ideal.lead_fit", **numbers),
        say("ideal.converged" if facts.converged else "ideal.stopped", sweeps=facts.sweeps),
        say(
            "ideal.fits",
            classified=f"{numeral(100 * facts.classified, '.1f')} %",
            votes=numbers["votes"],
            apre=numeral(facts.apre, ".2f"),
            gmp=numeral(facts.gmp, ".2f"),
        ),
    ]
    if facts.poor:
        told.append(say("ideal.poor", k=len(facts.poor), n=len(facts.bridges), sessions=spans(facts.poor)))
    if reasons := [_left_out(why, n) for why, n in facts.left_out.items() if n]:
        told.append(say("ideal.left_out", reasons="; ".join(reasons)))
    return [*told, say("ideal.kept")] if answer.kept else told


def _left_out(why: str, n: int) -> str:
    """A reason of measures.ideal.prepare with its number, in words."""
    return say(f"ideal_left_out.{why.replace(' ', '_')}", n=numeral(n, ","))


def _show_sentences(answer: IdealShowAnswer) -> list[str]:
    """The last session of them all; then the states that are not in it, at their own last, and those in none."""
    latest = {p.state: p for p in answer.points}
    ends = {state: latest[state] for state, _ in answer.names if state in latest}
    last = max(p.session for p in answer.points)
    told = [
        say("ideal.lead_show", session=last, told="; ".join(_placed(p) for p in ends.values() if p.session == last))
    ]
    ended = [p for p in ends.values() if p.session < last]
    told += [say("ideal.ended", session=p.session, told=_placed(p)) for p in ended]
    if without := unplaced(answer):
        told.append(say("ideal.unplaced", names=", ".join(without)))
    return told


def unplaced(answer: IdealShowAnswer) -> tuple[str, ...]:
    """The names of the states asked for that have no point."""
    held = {p.state for p in answer.points}
    return tuple(name for state, name in answer.names if state not in held)


def _placed(p: Point) -> str:
    places = {"theta": point(p.theta), "low": point(p.low), "high": point(p.high)}
    return say("ideal.one_state", name=p.name, n=p.n, **places)


def _distance_sentences(answer: IdealDistanceAnswer) -> list[str]:
    last = answer.gaps[-1]
    lead = say(
        "ideal.lead_distance",
        session=last.session,
        a=named(answer.name_a),
        b=named(answer.name_b),
        side=say("ideal.above" if last.difference >= 0 else "ideal.below"),
        distance=point(last.distance),
        low=point(last.low),
        high=point(last.high),
        draws=numeral(answer.draws, ","),
        above=numeral(round(last.above * answer.draws), ","),
    )
    far, near = (f(answer.gaps, key=lambda g: g.distance) for f in (max, min))
    difference, least = point(far.distance), point(near.distance)
    told = say("ideal.largest", session=far.session, difference=difference, near=near.session, least=least)
    return [lead, told]


def _compare_sentences(answer: IdealCompareAnswer) -> list[str]:
    lead = say(
        "ideal.lead_compare",
        n=numeral(answer.n, ","),
        pearson=numeral(answer.pearson, ".4f"),
        spearman=numeral(answer.spearman, ".4f"),
        rmse=numeral(answer.rmse, ".3f"),
    )
    told = [lead]
    if answer.late is not None:
        told.append(say("ideal.late", from_=LATE, r=numeral(answer.late, ".4f")))
    if answer.within:
        worst = min(answer.within, key=lambda s: answer.within[s])
        ends = {
            "median": numeral(statistics.median(answer.within.values()), ".4f"),
            "lowest": numeral(answer.within[worst], ".4f"),
        }
        told.append(say("ideal.within", session=worst, k=len(answer.within), **ends))
    if answer.width_r is not None and answer.width_ratio is not None:
        told.append(say("ideal.widths", r=numeral(answer.width_r, ".3f"), ratio=numeral(answer.width_ratio, ".2f")))
    if answer.votes_equal is not None:
        told.append(say("ideal.votes_equal", k=numeral(answer.votes_equal, ","), n=numeral(answer.n, ",")))
    if answer.only_file or answer.only_fit:
        told.append(
            say("ideal.not_both", only_file=numeral(answer.only_file, ","), only_fit=numeral(answer.only_fit, ","))
        )
    if answer.unknown:
        told.append(say("ideal.unknown", codes=", ".join(answer.unknown)))
    return told


def _points_table(answer: IdealShowAnswer) -> Table:
    """One line a session; a point and its interval beneath for each state."""
    by_session: dict[int, dict[str, Point]] = {}
    for p in answer.points:
        by_session.setdefault(p.session, {})[p.state] = p
    columns = (Column(say("ideal.session")), *(Column(name) for _, name in answer.names), Column(say("ideal.bridges")))
    lines = tuple(
        Line(
            (
                Item(_session(t)),
                *(_point_item(found.get(state)) for state, _ in answer.names),
                Item(str(answer.bridges.get(t, 0))),
            )
        )
        for t, found in sorted(by_session.items())
    )
    return Table(say("ideal.caption_points"), columns, lines)


def _session(number: int) -> str:
    mark = say("ideal.mark") if number <= EARLY else ""
    return say("ideal.session_year", session=number, mark=mark, year=_BEFORE_THE_FIRST + number)


def _point_item(p: Point | None) -> Item:
    return Item(point(p.theta), (_interval(p.low, p.high),)) if p else Item(parts.NO_VALUE)


def _interval(low: float, high: float) -> str:
    return say("grammar.span", first=point(low), last=point(high))


def _distance_table(answer: IdealDistanceAnswer) -> Table:
    heads = ("session", "difference", "interval", "distance", "interval", "chance_above")
    lines = tuple(
        Line(
            (
                Item(_session(g.session)),
                Item(point(g.difference)),
                Item(_interval(g.low, g.high)),
                Item(point(g.distance)),
                Item(_interval(g.distance_low, g.distance_high)),
                Item(numeral(round(g.above * answer.draws), ",")),
            )
        )
        for g in answer.gaps
    )
    caption = say("ideal.caption_distance", a=named(answer.name_a), b=named(answer.name_b))
    draws = numeral(answer.draws, ",")
    return Table(caption, tuple(Column(say(f"ideal.{h}", draws=draws)) for h in heads), lines)


def _bridges_table(answer: IdealFitAnswer) -> Table:
    columns = (Column(say("ideal.session")), Column(say("ideal.bridges")))
    lines = tuple(Line((Item(_session(t)), Item(str(k)))) for t, k in sorted(answer.facts.bridges.items()))
    return Table(say("ideal.caption_bridges"), columns, lines)


def _within_table(answer: IdealCompareAnswer) -> Table:
    columns = (Column(say("ideal.session")), Column(say("ideal.r")))
    lines = tuple(Line((Item(_session(t)), Item(numeral(r, ".4f")))) for t, r in answer.within.items())
    return Table(say("ideal.caption_within"), columns, lines)


def _gaps_table(answer: IdealCompareAnswer) -> Table:
    heads = ("state", "session", "file", "fit")
    columns = tuple(Column(say(f"ideal.{h}"), numeric=h != "state") for h in heads)
    lines = tuple(
        Line((Item(s), Item(_session(t)), Item(point(theirs)), Item(point(ours))))
        for s, t, theirs, ours in answer.largest
    )
    return Table(say("ideal.caption_gaps"), columns, lines)
