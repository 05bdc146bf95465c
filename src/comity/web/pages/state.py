"""The page of a state: its partners on a map, in order, year by year; and the list of states to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import Request
from starlette.responses import Response

from comity.model.words import during, named, percent, say, span
from comity.report import parts
from comity.report.answers import document
from comity.report.document import Block, Column, Item, Line, Paragraph, Table
from comity.states.groups import groups_of
from comity.states.registry import registry
from comity.study import ask
from comity.study.answers.rank import Partner, RankAnswer
from comity.study.opening import open_corpus
from comity.web.asked import Asked, OfReading, read
from comity.web.page import Page, Section, page_of, render
from comity.web.pages.lists import Chosen, index_page, linked_to, on_to, state_names, with_links
from comity.web.question import Question
from comity.web.questions.votes import OfPeriods, Rank

WINDOWS = (1, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Slider:
    """The years (or sessions) that a slider can end at, where it stands, and over how many years it looks."""

    first: int
    last: int
    end: int
    width: int
    widths: tuple[int, ...]
    session: bool


def state_page(request: Request, question: Question, asked: Asked, found: RankAnswer) -> Response:
    """The whole page."""
    assert isinstance(asked, Rank)
    return render(request, "state.html.j2", _made(request, question, asked, found), slider=_slider(asked, found))


def state_part(request: Request, question: Question, asked: Asked, found: RankAnswer) -> Response:
    """What follows the slider."""
    assert isinstance(asked, Rank)
    return render(request, "state_live.html.j2", _made(request, question, asked, found))


def state_index(request: Request) -> Response:
    """Every state with its years as a member; or on to the state that a form named."""
    asked = read(Chosen, {}, request.query_params.multi_items())
    if asked.name:
        day = open_corpus().origin.last
        chosen = ask.one_state(asked.name, day, past=True)
        return on_to(request, Asked(lang=asked.lang).url(f"/state/{chosen.id}"))
    return index_page(request, "state", asked, (_states(request, asked),), state_names())


def _states(request: Request, asked: Asked) -> Table:
    day = open_corpus().origin.last
    lines = []
    for name, id in state_names():
        state = registry().state(id)
        groups = ", ".join(g.name for g in groups_of(id, day) if g.kind == "un_group")
        spells = "; ".join(s.words for s in state.membership)
        lines.append(Line((Item(name, href=linked_to(request, asked, f"/state/{id}")), Item(spells), Item(groups))))
    heads = tuple(Column(say(f"web_state.{k}"), numeric=False) for k in ("state", "member", "un_group"))
    return Table(say("web_state.index_caption", n=len(lines)), heads, tuple(lines))


def _made(request: Request, question: Question, asked: Rank, found: RankAnswer) -> Page:
    made = document(found)
    ranking = next(c for c in made.chapters if c.id == "ranking")
    by_id = {f.id: f for f in question.figures if f.there(found)}
    lead = _lead(found)
    few = () if "map" in by_id else (Paragraph(say("web_state.no_map", n=found.roll_calls)),)
    sections = (
        Section("map", say("web_state.map"), question, asked, few, tuple(f for n, f in by_id.items() if n == "map")),
        Section("strip", say("web_state.strip"), question, asked, (), tuple(f for n, f in by_id.items() if n != "map")),
        Section("ranking", ranking.title, question, asked, _linked(request, asked, found, ranking.blocks)),
    )
    return replace(
        page_of(question, asked, found, made),
        title=say("web_state.title", state=named(found.name)),
        kicker=f"{span(found.period.label)} · {made.subtitle}",
        lead=lead,
        description=f"{lead} {made.subtitle}.",
        sections=sections,
        closing=tuple(c for c in made.chapters if c.id != "ranking"),
    )


def _lead(found: RankAnswer) -> str:
    among = len(found.partners)
    return say(
        "web_state.lead" if found.roll_calls >= parts.SMALL else "web_state.lead_few",
        state=named(found.name), during=during(found.period), n=found.roll_calls, issue=found.header.issue_label,
        of=say("web_state.among" if found.among else "web_state.all_partners", n=among, group=found.among),
        median=parts.level(found.median, found.roll_calls),
        first=_level_with(found, found.partners[0]), last=_level_with(found, found.partners[-1]),
        **found.header.where,
    )  # fmt: skip


def _level_with(found: RankAnswer, one: Partner) -> str:
    """A partner and those level with it, each with its votes; at most three by name."""
    level = [p for p in found.partners if p.rank == one.rank]
    told = [
        say(
            "web_state.partner" if p.counts.cast >= parts.SMALL else "web_state.partner_few",
            name=named(p.name), same=p.counts.same, cast=p.counts.cast, share=percent(p.counts.same, p.counts.cast),
        )
        for p in level[:3]
    ]  # fmt: skip
    more = [say("web_state.level", n=len(level) - 3)] if len(level) > 3 else []
    return ", ".join([*told, *more])


def _linked(request: Request, asked: Rank, found: RankAnswer, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The ranking with each name leading to the pair, over the same period and under the same reading."""
    shared = asked.model_dump(include={"lang", *OfReading.model_fields}) | {"periods": found.period.label}
    links = {
        p.name: linked_to(request, asked, OfPeriods(a=found.state, b=p.state, **shared).url("/pair/{a}/{b}"))
        for p in found.partners
    }
    return tuple(with_links(b, links, 1) if isinstance(b, Table) else b for b in blocks)


def _slider(asked: Rank, found: RankAnswer) -> Slider | None:
    """None where periods are cut by days."""
    if asked.clock == "day":
        return None
    origin, state = found.header.origin, registry().state(found.state)
    whole = ask.common_record(origin, asked.clock, (state,))
    width = found.period.end - found.period.start + 1 if asked.period else 1
    widths = tuple(sorted({*(w for w in WINDOWS if w <= whole.end - whole.start + 1), width}))
    return Slider(whole.start, whole.end, found.period.end, width, widths, asked.clock == "session")
