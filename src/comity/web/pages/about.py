"""The pages on the store and the method, and of any answer's citation."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import FastAPI, Request
from pydantic import Field
from starlette.responses import Response

from comity.model.words import say
from comity.report import parts
from comity.report.answers import document
from comity.report.cite import written
from comity.report.document import Definitions, Listing, Table
from comity.report.references import reference, works
from comity.study import ask
from comity.study.opening import open_corpus
from comity.version import METHOD, VERSION
from comity.web.about import DataAnswer, MethodAnswer
from comity.web.answering import answer
from comity.web.asked import Asked, read
from comity.web.figures import file_safe
from comity.web.page import Page, page_of, render
from comity.web.pages.lists import Chosen, index_page, linked_to, on_to, state_names, with_links
from comity.web.question import Question
from comity.web.routes import add_routes

_MEDIA = {
    "bibtex": ("application/x-bibtex", "bib"),
    "ris": ("application/x-research-info-systems", "ris"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "json"),
}


class Cited(Asked):
    """A citation as a file, else as a page."""

    format: Annotated[Literal["bibtex", "ris", "csl-json"] | None, Field(description="As a file.")] = None


class Pair(Asked):
    """Two states from a form."""

    a: Annotated[str | None, Field(max_length=80)] = None
    b: Annotated[str | None, Field(max_length=80)] = None


def add_citations(app: FastAPI) -> None:
    """Add the citation of every question's answer."""
    add_routes(app, "/cite", "", _cite)


def data_page(request: Request, question: Question, asked: Asked, found: DataAnswer) -> Response:
    """Releases with their checks, and each beside the newest."""
    page = page_of(question, asked, found)
    labels = [m.release for m in found.releases]
    council = [m.release for m in found.council]
    to_check = {label: linked_to(request, asked, f"/data/check/{label}") for label in (*labels, *council)}
    section = page.sections[0]
    blocks = tuple(with_links(b, to_check) if isinstance(b, Table) else b for b in section.blocks)
    compared = tuple(
        (
            say("web_data.compare"),
            say("web_data.compare_text", a=labels[0], b=other),
            linked_to(request, asked, f"/data/diff/{labels[0]}/{other}"),
        )
        for other in labels[1:]
    )
    more = (Definitions(compared),) if compared else ()
    whole = replace(page, sections=(replace(section, blocks=(*blocks, *more)),))
    return render(request, "question.html.j2", whole)


def method_page(request: Request, question: Question, asked: Asked, found: MethodAnswer) -> Response:
    """The method, with what each kind of error means under an anchor of its own."""
    return render(request, "method.html.j2", page_of(question, asked, found), errors=found.errors)


def balance_index(request: Request) -> Response:
    """Which state? Or on to the one that a form named."""
    asked = read(Chosen, {}, request.query_params.multi_items())
    if asked.name:
        chosen = ask.one_state(asked.name, open_corpus().origin.last, past=True)
        return on_to(request, Asked(lang=asked.lang).url(f"/balance/{chosen.id}"))
    return index_page(request, "balance", asked, (), state_names())


def timeline_index(request: Request) -> Response:
    """Which two states? Or on to those that a form named."""
    asked = read(Pair, {}, request.query_params.multi_items())
    if asked.a and asked.b:
        first, second = ask.two_states(asked.a, asked.b, past=True)
        return on_to(request, Asked(lang=asked.lang).url(f"/timeline/{first.id}/{second.id}"))
    page = Page(
        title=say("web_timeline.index_title"),
        kicker=say("web_nav.timeline"),
        lead=say("web_timeline.index_lead"),
        description=say("web_timeline.index_lead"),
        sections=(),
        source="",
        asked=Asked(lang=asked.lang),
        here="timeline",
        path="/timeline",
    )
    return render(request, "two.html.j2", page, names=state_names())


def _cite(question: Question, asked: Asked, request: Request) -> Response:
    """Every work that the answer rests on, in words and for reference managers."""
    found = answer(question, asked)
    entries = works(found.header)
    chosen = read(Cited, {}, request.query_params.multi_items()).format
    if chosen is not None:
        media, ending = _MEDIA[chosen]
        name = file_safe("-".join([question.name, *(str(getattr(asked, n)) for n in asked.in_path)]))
        saved = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
        return Response(written(entries, chosen), media_type=f"{media}; charset=utf-8", headers=saved)
    made = document(found)
    words = say(
        "web_cite.words",
        version=VERSION,
        title=made.title,
        method=METHOD,
        day=parts.day(found.header.answered),
        source=made.source,
    )
    page = Page(
        title=say("web_cite.title", what=made.title),
        kicker=made.subtitle,
        lead=say("web_cite.lead"),
        description=words,
        sections=(),
        source=made.source,
        question=question,
        asked=asked,
        answer=found,
    )
    listed = Listing(tuple(map(reference, entries)), numbered=True)
    files = [(key, written(entries, key), asked.url("/cite" + question.path, format=key)) for key in _MEDIA]
    return render(request, "cite.html.j2", page, words=words, listed=listed, files=files)
