"""Pages: an answer's document in a frame, with its figures, its actions, and the URL that brings it back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import pass_context
from starlette.responses import HTMLResponse

from comity.model.language import DRAFTS, ENGLISH, LANGUAGES, language
from comity.model.words import catalogue, said, say
from comity.report.answers import document
from comity.report.document import Block, Chapter, Document, Picture
from comity.report.html import drawing, tidy
from comity.strands.translated import translated
from comity.votes.selection import issue_label
from comity.web.asked import Asked
from comity.web.controls import controls
from comity.web.newer import Newer, newer
from comity.web.question import Answer, Figure, Question

if TYPE_CHECKING:
    from jinja2 import Environment

RECORDS = "https://undocs.org/"
NAV = ("pair", "state", "vote", "group", "blocs", "balance", "timeline", "claims", "solve", "data", "method")


@dataclass(frozen=True, slots=True)
class Section:
    """One question on a page.

    blocks  : of its document; empty for one that is fetched when it comes into view (``later``).
    figures : those that this answer has; drawn when they come into view, the first of a page at once (``at_once``).
    """

    id: str
    title: str
    question: Question
    asked: Asked
    blocks: tuple[Block, ...] = ()
    figures: tuple[Figure, ...] = ()
    at_once: Mapping[str, Picture] = field(default_factory=dict)
    intro: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page.

    description : for share cards: never a share without its reading and base rate.
    here        : the name in the navigation that it stands under, "" for none.
    path        : of a page that answers no question.
    """

    title: str
    kicker: str
    lead: str
    description: str
    sections: tuple[Section, ...]
    source: str
    question: Question | None = None
    asked: Asked = field(default_factory=Asked)
    answer: Answer | None = None
    newer: Newer | None = None
    closing: tuple[Chapter, ...] = ()
    here: str = ""
    path: str = ""

    @property
    def card(self) -> str:
        """The path of the picture for a share card; "" where none may stand alone."""
        question = self.question
        figure = question.figure(question.card) if question and self.answer is not None else None
        if question is None or figure is None or not figure.there(self.answer):
            return ""
        return self.asked.url(f"/figure{question.path}", figure=figure.id, form="png")

    @property
    def pinned(self) -> str:
        """The URL that brings this page back as it is: its release and method held fast."""
        if self.question is None or self.answer is None:
            return self.path
        return self.asked.url(self.question.path, **self.question.pinned(self.asked, self.answer))


def page_of(question: Question, asked: Asked, answer: Answer, laid_out: Document | None = None) -> Page:
    """The page of any question: its figures first, then the chapters of its document.

    laid_out : the document, where it is made already.
    """
    made = laid_out or document(answer)
    there = tuple(f for f in question.figures if f.there(answer))
    shown = [c for c in made.chapters if not question.chapters or c.id in question.chapters]
    first, *rest = shown or [Chapter("answer", made.title, ())]
    section = Section(first.id, first.title, question, asked, (*made.opening, *first.blocks), there)
    return Page(
        title=made.title,
        kicker=made.subtitle,
        lead=made.lead,
        description=said(f"web_card.{question.name}", f"{made.lead} {made.subtitle}."),
        sections=(section,),
        source=made.source,
        question=question,
        asked=asked,
        answer=answer,
        newer=newer(question, asked, answer),
        closing=tuple(rest),
        here=question.name if question.name in NAV else "",
    )


def render(request: Request, template: str, page: Page, status: int = 200, **more: Any) -> HTMLResponse:
    """The page through a template, in the language now spoken."""
    shared = {
        "page": page,
        "prefix": request.scope.get("root_path", ""),
        "public": request.app.state.settings.public,
        "language": language(),
    }
    text = environment().get_template(template).render(**shared, **more)
    return HTMLResponse(text, status, headers={"content-language": language()})


def fragment(figure: Figure, answer: Answer) -> str:
    """A figure drawn for wide and for narrow pages, with its description, to be put into a page."""
    return environment().get_template("plate.html.j2").render(picture=picture(figure, answer))


def picture(figure: Figure, answer: Answer) -> Picture:
    """A figure for wide and for narrow pages."""
    from comity.report.figures.save import svg
    from comity.report.figures.style import NARROW, WIDE

    wide = figure.draw(answer, WIDE)
    return Picture(wide.description, lambda narrow: svg(figure.draw(answer, NARROW) if narrow else wide))


@cache
def environment() -> Environment:
    """Templates of the web above those of reports; everything is escaped."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader("comity.web", "templates"), PackageLoader("comity.report", "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "say": say, "said": said, "asset": asset, "nav": NAV, "nav_path": nav_path, "languages": LANGUAGES,
        "drafts": DRAFTS, "controls": controls, "in_language": in_language, "vendor_urls": vendor_urls,
        "issue_label": issue_label, "choice_label": choice_label,
    }  # fmt: skip
    made.filters |= {"tidy": tidy, "drawing": drawing, "linked": linked, "translated": translated}
    return made


@pass_context
def linked(context: Any, href: str) -> str:
    """Where a link of a document leads on these pages: a record's address to the page of its roll call."""
    symbol = href.removeprefix(RECORDS)
    if symbol == href:
        return href
    return f"{context['prefix']}/vote/{quote(symbol, safe='/')}" + (
        "" if language() == ENGLISH else f"?lang={language()}"
    )


@cache
def asset(name: str) -> str:
    """The path of a static file, marked with its content so that it may be kept for ever."""
    return f"/static/{name}?v={hashlib.sha256(content_of(name)).hexdigest()[:10]}"


def content_of(name: str) -> bytes:
    """A static file; the style sheet that pages share with dossiers stands with the reports."""
    shared = name == "page.css"
    package, folder = ("comity.report", "templates") if shared else ("comity.web", "static")
    return (resources.files(package) / folder / name).read_bytes()


def vendor_urls(prefix: str) -> str:
    """What draws figures in the browser, in the order of loading."""
    names = ("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")
    return " ".join(f"{prefix}{asset(f'vendor/{name}')}" for name in names)


def choice_label(name: str, option: str) -> str:
    """What an option of a form's field is called: by the catalogue, else an issue by its name."""
    key = f"web_option.{name}_{option}"
    return issue_label(option) if name == "issue" and key not in catalogue() else said(key, option)


def nav_path(name: str) -> str:
    """Where a name of the navigation leads."""
    return {"pair": "/"}.get(name, f"/{name}")


def in_language(page: Page, other: str) -> str:
    """This page in another language."""
    asked = page.asked.model_copy(update={"lang": other})
    path = asked.url(page.question.path) if page.question else asked.url(page.path)
    return path if "lang=" in path else f"{path}{'&' if '?' in path else '?'}lang={other}"
