"""Figures by URL: /figure/<question's path>?figure=years&form=svg; drawn on the server, and as data for the browser."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request
from pydantic import Field
from starlette.responses import Response

from comity.errors import NoAnswer, UnknownIssue
from comity.model.words import say
from comity.report.text_formats import carried_csv
from comity.web.answering import answer
from comity.web.asked import Asked, read
from comity.web.question import Answer, Figure, Question
from comity.web.routes import add_routes

PREFIX = "/figure"
_MEDIA = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "vega": "application/json"}


class Plate(Asked):
    """Which figure, and as what."""

    figure: Annotated[str, Field(max_length=40, description="The figure's id.")] = ""
    form: Annotated[Literal["svg", "png", "pdf", "csv", "vega", "html"], Field(description="What to send.")] = "svg"
    width: Annotated[Literal["wide", "narrow"], Field(description="For wide or for narrow pages.")] = "wide"


def add_figures(app: FastAPI) -> None:
    """Add the figures of every question that has any."""
    add_routes(app, PREFIX, "", _respond)


def _respond(question: Question, asked: Asked, request: Request) -> Response:
    plate = read(Plate, {}, request.query_params.multi_items())
    chosen = question.figure(plate.figure) or (question.figures[0] if question.figures and not plate.figure else None)
    if chosen is None:
        names = ", ".join(f.id for f in question.figures) or "none"
        raise UnknownIssue("No such figure", got=plate.figure or question.name, allowed=names)
    found = answer(question, asked)
    if not chosen.there(found):
        raise NoAnswer(say("files.nothing_to_draw"), got=chosen.id, next=say("notes.get_release"))
    name = "-".join([question.name, *(str(getattr(asked, n)) for n in asked.in_path), chosen.id])
    return _as(plate, chosen, found, file_safe(name))


def _as(plate: Plate, chosen: Figure, found: Answer, name: str) -> Response:
    if plate.form == "csv":
        saved = {"content-disposition": f'attachment; filename="{name}.csv"'}
        table = carried_csv(chosen.data(found), found.header)
        return Response(table, media_type="text/csv; charset=utf-8", headers=saved)
    if plate.form == "html":
        from comity.web.page import fragment

        return Response(fragment(chosen, found), media_type="text/html; charset=utf-8")
    drawn = _drawn(chosen, found, plate.width)
    if plate.form == "vega":
        from comity.report.figures.save import spec

        told = json.loads(spec(drawn))
        del told["$schema"]  # the address of a schema, of another minor version than the browser's
        return Response(json.dumps(told, ensure_ascii=False), media_type=_MEDIA["vega"])
    from comity.report.figures.save import rendered

    saved = {} if plate.form == "svg" else {"content-disposition": f'attachment; filename="{name}.{plate.form}"'}
    return Response(rendered(drawn, plate.form), media_type=_MEDIA[plate.form], headers=saved)


def _drawn(chosen: Figure, found: Answer, width: str) -> Any:
    from comity.report.figures.style import NARROW, WIDE

    return chosen.draw(found, NARROW if width == "narrow" else WIDE)


def file_safe(name: str) -> str:
    """A name that any system can save under.

    >>> file_safe("vote-A/RES/68/262")
    'vote-A-RES-68-262'
    """
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)[:80]
