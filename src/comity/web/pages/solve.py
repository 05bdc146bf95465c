"""Type what a text prints, get the readings that give it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import Request
from starlette.responses import Response

from comity.audit.solve.items import CATEGORIES, OF
from comity.errors import ComityError, UsageError
from comity.model.words import say
from comity.study.ask import two_states
from comity.web.answering import answer
from comity.web.asked import Asked
from comity.web.page import Page, page_of, render
from comity.web.pages.lists import on_to
from comity.web.problems import of_error
from comity.web.question import Question
from comity.web.questions.claims import MOST_FIGURES, Solve, printed

ROWS = 6
EXAMPLES: tuple[tuple[str, str], ...] = (
    (
        "later",
        "/solve?a=VNM&b=RUS&issue=hr&period=2000-2020&n=443"
        "&print=same%3D75%25;+opposite%3D2;+opposite%3D0.5%25;+VNM-USA+same%3D4%25;+VNM-USA+diverged%3D93%25",
    ),
    (
        "earlier",
        "/solve?a=VNM&b=RUS&issue=hr&period=1992-1999&n=124&print=same%3D35%25;+diverged%3D55%25;+opposite%3D12.9%25",
    ),
    ("one", "/solve?a=VNM&b=RUS&issue=hr&period=2000-2020&print=same%3D75%25"),
)
"""Figures that a published text prints of two periods; and one figure alone, which says little."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the form. other : the second state where it is not the question's."""

    other: str
    category: str
    value: str


def solve_page(request: Request, question: Question, asked: Asked) -> Response:
    """The form; and the answer where the URL holds a question."""
    assert isinstance(asked, Solve)
    filled = _filled(request)
    if filled:
        try:
            return _to_its_address(request, question, asked, filled)
        except ComityError as error:
            return _form(request, question, asked, filled, error)
    if asked.print is None:
        return _form(request, question, asked, [], None)
    rows: list[Row] = []
    try:
        rows = [_row(asked, *each) for each in printed(asked)]
        found = answer(question, asked)
    except ComityError as error:
        return _form(request, question, asked, rows, error)
    page = replace(page_of(question, asked, found), here="solve")
    return _rendered(request, page, rows, None, 200)


def _filled(request: Request) -> list[Row]:
    """The lines of a form that was sent: w1, c1, v1 and so on."""
    given = request.query_params
    rows = [
        Row(*(given.get(f"{field}{k}", "").strip()[:80] for field in ("w", "c", "v")))
        for k in range(1, MOST_FIGURES + 1)
    ]
    return [row for row in rows if row.value]


def _to_its_address(request: Request, question: Question, asked: Solve, rows: list[Row]) -> Response:
    """From the fields of the form to the one address of the question, states by their codes."""
    first, second = two_states(asked.a, asked.b, past=True)
    figures = []
    for row in rows:
        if ";" in row.value:
            raise UsageError("One figure a line", got=row.value)
        pair = f"{first.id}-{two_states(asked.a, row.other, past=True)[1].id} " if row.other else ""
        figures.append(f"{pair}{row.category}={row.value}")
    clean = asked.model_copy(update={"a": first.id, "b": second.id, "print": "; ".join(figures)})
    return on_to(request, clean.url(question.path))


def _row(asked: Solve, a: str, b: str, figure: str) -> Row:
    """A figure as a line of the form; the first state of another pair is the question's own in most texts."""
    category, _, value = figure.partition("=")
    other = "" if (a, b) == (asked.a, asked.b) else b
    return Row(other, category.strip().replace("-", "_"), value.strip())


def _form(request: Request, question: Question, asked: Solve, rows: list[Row], error: ComityError | None) -> Response:
    """The form as it was filled in, with what is wrong with it."""
    page = Page(
        title=say("solve.title"),
        kicker=say("web_solve.kicker"),
        lead=say("web_solve.lead"),
        description=say("web_card.solve"),
        sections=(),
        source="",
        question=question,
        asked=asked,
        here="solve",
    )
    return _rendered(request, page, rows, error, of_error(error).status if error else 200)


def _rendered(request: Request, page: Page, rows: list[Row], error: ComityError | None, status: int) -> Response:
    filled = [*rows, *[Row("", "", "")] * max(0, ROWS - len(rows))]
    return render(
        request, "solve.html.j2", page, status,
        rows=filled, error=of_error(error) if error else None, categories=CATEGORIES, of=OF, examples=EXAMPLES,
    )  # fmt: skip
