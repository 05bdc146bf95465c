"""The page of a pair: what to quote, the picture, the counts, then what lies behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fastapi import Request
from starlette.responses import Response

from comity.errors import ComityError, NoAnswer
from comity.model.body import COUNCIL
from comity.model.words import say
from comity.report.answers import document
from comity.report.document import Block, Chapter, Fold, Paragraph
from comity.report.lead import facts, subtitle
from comity.store.event_tables import held
from comity.study.answers.pair import PairAnswer
from comity.study.ask import hull
from comity.web.answering import answer
from comity.web.asked import Asked, OfReading
from comity.web.newer import newer
from comity.web.page import Page, Section, picture, render
from comity.web.question import Figure, Question
from comity.web.questions.votes import Measures, OfPair, OfPeriods, Pair
from comity.web.registry import registry

BEYOND = ("timeline", "trade", "ties", "visits", "money", "statements", "arguments", "predictions")
"""Questions on the same two states beside their votes."""
MEASURES = "same_share,ia,s,kappa_sq,pi_sq,alpha_ordinal,brennan_prediger"
LATER = ("breaks", "moved", "decompose", "outliers", "situations", "ideal_distance")
"""Questions that take longer: each is fetched when the reader comes to it."""


def pair_page(request: Request, question: Question, asked: Asked, found: PairAnswer) -> Response:
    """The whole page."""
    assert isinstance(asked, Pair)
    made = _made(question, asked, found)
    names = (*BEYOND, "events") if held() else BEYOND
    beside = {name: f"/{name}/{found.a}/{found.b}" for name in names}
    return render(
        request, "pair.html.j2", made, facts=facts(found), boundary=_boundary(found), beyond=tuple(beside.items())
    )


def pair_part(request: Request, question: Question, asked: Asked, found: PairAnswer) -> Response:
    """What follows a moved boundary: the sentence, the figures set large, the counts."""
    assert isinstance(asked, Pair)
    page = _framed(question, asked, found, (_counts(question, asked, found),))
    return render(request, "pair_live.html.j2", page, facts=facts(found))


def _made(question: Question, asked: Pair, found: PairAnswer) -> Page:
    ranks = question.figure("ranks")
    beside = question.figure("contrasts")
    sections = [
        _years(asked, found),
        _counts(question, asked, found),
        *_figure(question, asked, found, "contrasts", beside),
        *_figure(question, asked, found, "ranks", ranks, _chapter(found, "standing")),
        _splits(asked, found),
        Section(
            "measures", say("web_pair.measures"), registry()["measures"],
            _over(Measures, asked, periods=_periods(found), measure=MEASURES),
            intro=say("web_pair.measures_intro"), later=True,
        ),
        *_later(asked, found),
    ]  # fmt: skip
    return _framed(question, asked, found, tuple(sections))


def _framed(question: Question, asked: Pair, found: PairAnswer, sections: tuple[Section, ...]) -> Page:
    return Page(
        title=say("web_pair.title", a=found.lead.name_a, b=found.lead.name_b),
        kicker=subtitle(found),
        lead=found.headline,
        description=found.headline,
        sections=sections,
        source=document(found).source,
        question=question,
        asked=asked,
        answer=found,
        newer=newer(question, asked, found),
        closing=(*_chapter(found, "situation-vetoes"), *_chapter(found, "blind")),
        here="pair",
    )


def _years(asked: Pair, found: PairAnswer) -> Section:
    question = registry()["trend"]
    span = hull([c.period for c in found.lead.cells])
    of_years = _over(OfPair, asked, period=span.label)
    title = say("web_pair.years")
    if asked.clock == "day":
        of_years = _over(OfPair, asked, clock="year", period=f"{span.years[0]}-{span.years[1]}")
    try:
        told = answer(question, of_years)
    except ComityError as error:
        return Section("years", title, question, of_years, _missing(error))
    drawn = question.figures[0]
    table: tuple[Block, ...] = tuple(b for c in document(told).chapters if c.id == "years" for b in c.blocks)
    intro = say("web_pair.years_intro", issue=found.header.issue_label, **found.header.where)
    at_once = {drawn.id: picture(drawn, told)}
    folded = (Fold(say("dossier.year_table"), table),)
    there = tuple(f for f in question.figures if f.there(told))
    return Section("years", title, question, of_years, folded, there, at_once, intro)


def _counts(question: Question, asked: Pair, found: PairAnswer) -> Section:
    chapter = _chapter(found, "periods")[0]
    return Section("periods", chapter.title, question, asked, chapter.blocks)


def _figure(
    question: Question, asked: Pair, found: PairAnswer, name: str, figure: Figure | None, told: Iterable[Chapter] = ()
) -> Iterable[Section]:
    blocks = tuple(b for chapter in told for b in chapter.blocks)
    if figure is not None and figure.there(found):
        yield Section(name, say(f"web_pair.{name}"), question, asked, blocks, (figure,))


def _splits(asked: Pair, found: PairAnswer) -> Section:
    question = registry()["splits"]
    over = _over(OfPair, asked, period=found.lead.cells[-1].period.label)
    title = say("web_pair.parted")
    try:
        made = document(answer(question, over))
    except ComityError as error:
        return Section("parted", title, question, over, _missing(error))
    blocks = (Paragraph(made.lead), *(b for c in made.chapters if c.id == "parted" for b in c.blocks))
    return Section("parted", title, question, over, blocks)


def _later(asked: Pair, found: PairAnswer) -> Iterable[Section]:
    """Longer questions, over the same years and under the same reading; told what they need where it is not here."""
    if found.header.origin.body == COUNCIL:
        return  # asked of the Assembly only
    spans = {"moved": _periods(found), "decompose": _periods(found)}
    whole = hull([c.period for c in found.lead.cells]).label
    for name in LATER:
        question = registry()[name]
        title = say(f"web_pair.{name}")
        if name == "ideal_distance":
            flag = asked.issue if asked.issue in ("me", "nu", "di", "hr", "co", "ec") else "all"
            over: Asked = question.asked(a=asked.a, b=asked.b, release=asked.release, issue=flag, lang=asked.lang)  # type: ignore[call-arg]
        elif name in spans:
            over = _over(OfPeriods, asked, periods=spans[name])
        else:
            over = _over(question.asked, asked, period=whole, **({"issue": "all"} if name == "situations" else {}))
        if question.needs and found.header.origin.aggregates:
            missing = _missing(NoAnswer(say("web.needs_release"), next=say("notes.get_release")))
            yield Section(name, title, question, over, missing)
        else:
            yield Section(name, title, question, over, later=True)


def _over(kind: type[Asked], asked: Pair, **changes: object) -> Asked:
    """Another question on the same pair under the same reading."""
    shared: Mapping[str, object] = asked.model_dump(include={"a", "b", "lang", *OfReading.model_fields})
    return kind.model_validate({**shared, **changes})


def _periods(found: PairAnswer) -> str:
    return ",".join(c.period.label for c in found.lead.cells)


def _boundary(found: PairAnswer) -> dict[str, int | str] | None:
    """The boundary between two periods that touch, for a handle to move; None for any other cut."""
    periods = [c.period for c in found.lead.cells]
    if len(periods) != 2 or periods[0].clock == "day" or periods[0].end + 1 != periods[1].start:
        return None
    return {"first": periods[0].start, "at": periods[1].start, "last": periods[1].end, "clock": periods[0].clock}


def _chapter(found: PairAnswer, id: str) -> tuple[Chapter, ...]:
    return tuple(c for c in document(found).chapters if c.id == id)


def _missing(error: ComityError) -> tuple[Block, ...]:
    return (Paragraph(str(error), quiet=True),)
