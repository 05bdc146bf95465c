"""Pages that list what can be chosen: states, roll calls, groups; and links that keep prefix and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from comity.model.language import ENGLISH
from comity.model.words import say
from comity.report.document import Line, Table
from comity.states.names import in_order
from comity.states.registry import registry
from comity.web.asked import Asked
from comity.web.page import Page, render


class Chosen(Asked):
    """What a form named; nothing for the list."""

    name: Annotated[str | None, Field(max_length=80, description="A name, code or symbol.")] = None


def linked_to(request: Request, asked: Asked, path: str) -> str:
    """A path below the proxy's prefix, in the language of the page."""
    asks = "" if asked.lang == ENGLISH or "lang=" in path else f"{'&' if '?' in path else '?'}lang={asked.lang}"
    return f"{request.scope.get('root_path', '')}{path}{asks}"


def on_to(request: Request, path: str) -> Response:
    """To another page: a path below the proxy's prefix."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", 303)


def state_names() -> tuple[tuple[str, str], ...]:
    """Every state that is or was a member, by name in the order of the alphabet: (name, id)."""
    found = ((s.name, s.id) for s in registry().states() if s.membership)
    return tuple(sorted(found, key=lambda state: in_order(state[0])))


def with_links(table: Table, links: Mapping[str, str], column: int = 0) -> Table:
    """A table whose names lead to pages. links : what stands in the column → where it leads."""

    def linked(line: Line) -> Line:
        items = (replace(i, href=links.get(i.text)) if k == column else i for k, i in enumerate(line.items))
        return replace(line, items=tuple(items))

    return replace(table, lines=tuple(map(linked, table.lines)))


def index_page(
    request: Request, name: str, asked: Asked, tables: tuple[Table, ...], names: tuple[tuple[str, str], ...] = ()
) -> Response:
    """A form that takes one name, and tables that lead to pages. names : (what is shown, value) to choose from."""
    page = Page(
        title=say(f"web_{name}.index_title"),
        kicker=say(f"web_nav.{name}"),
        lead=say(f"web_{name}.index_lead"),
        description=say(f"web_{name}.index_lead"),
        sections=(),
        source="",
        asked=Asked(lang=asked.lang),
        here=name,
        path=f"/{name}",
    )
    return render(request, "list.html.j2", page, name=name, tables=tables, names=names)
