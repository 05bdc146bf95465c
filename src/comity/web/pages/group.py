"""The page of a group: how alike it voted over time, each member by itself, who was in it; and the list of groups."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from starlette.responses import Response

from comity.model.words import say
from comity.report.answers import document
from comity.report.document import Block, Column, Fold, Item, Line, Paragraph, Table
from comity.states.groups import Group as Held
from comity.states.groups import group as find_group
from comity.states.groups import groups, members_of
from comity.study.answers.cohesion import CohesionAnswer
from comity.study.opening import open_corpus
from comity.web.asked import Asked, read
from comity.web.page import Page, Section, page_of, render
from comity.web.pages.lists import Chosen, index_page, linked_to, on_to, with_links
from comity.web.question import Question

KINDS = ("un_group", "organization", "informal", "region")


def group_page(request: Request, question: Question, asked: Asked, found: CohesionAnswer) -> Response:
    """The whole page."""
    return render(request, "question.html.j2", _made(request, question, asked, found))


def group_index(request: Request) -> Response:
    """Every group with its members today; or on to the one that a form named."""
    asked = read(Chosen, {}, request.query_params.multi_items())
    if asked.name:
        path = Asked(lang=asked.lang).url(f"/group/{_address(find_group(asked.name))}")
        return on_to(request, path)
    names = tuple((g.name, g.id) for g in groups())
    return index_page(request, "group", asked, tuple(_table(request, asked, kind) for kind in KINDS), names)


def _address(group: Held) -> str:
    """How a group stands in an address: its name where that is one word, such as ASEAN, else its id."""
    return group.english if group.english.isascii() and group.english.isalnum() else group.id


def _table(request: Request, asked: Asked, kind: str) -> Table:
    day = open_corpus().origin.last
    held = sorted((g for g in groups() if g.kind == kind), key=lambda g: g.name)
    lines = tuple(
        Line(
            (
                Item(g.name, href=linked_to(request, asked, f"/group/{_address(g)}")),
                Item(str(len(members_of(g.id, day)))),
                Item(g.note),
            )
        )
        for g in held
    )
    heads = tuple(Column(say(f"web_group.{k}"), numeric=k == "members_then") for k in ("group", "members_then", "note"))
    return Table(say(f"web_group.kind_{kind}"), heads, lines)


def _made(request: Request, question: Question, asked: Asked, found: CohesionAnswer) -> Page:
    made = document(found)
    chapters = {c.id: c for c in made.chapters}
    drawn = {f.id: f for f in question.figures if f.there(found)}
    held, years = find_group(found.group), chapters["cohesion"]
    members: tuple[Block, ...] = (Paragraph(held.note, quiet=True),) if held.note else ()
    if "cohesion-members" in chapters:
        members += tuple(_linked(request, asked, found, b) for b in chapters["cohesion-members"].blocks)
    of_time: tuple[Block, ...] = (Fold(say("web_group.years"), years.blocks),)
    sections = (
        Section("cohesion", say("web_group.cohesion"), question, asked, of_time, (drawn["cohesion"],)),
        Section(
            "members", say("web_group.members"), question, asked, members,
            tuple(f for n, f in drawn.items() if n == "members"), intro=say("web_group.members_intro"),
        ),
    )  # fmt: skip
    closing = tuple(c for c in made.chapters if c.id not in ("cohesion", "cohesion-members"))
    return replace(page_of(question, asked, found, made), sections=sections, closing=closing)


def _linked(request: Request, asked: Asked, found: CohesionAnswer, block: Block) -> Block:
    """Each member's name leads to its own page."""
    if not isinstance(block, Table):
        return block
    links = {name: linked_to(request, asked, f"/state/{state}") for state, name in found.members.items()}
    return with_links(block, links)
