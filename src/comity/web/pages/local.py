"""A text, a claim file or a set of one's own, on a page of this machine alone: looked at, and kept only when asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from email.parser import BytesParser
from email.policy import HTTP
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from comity.errors import BadFile, ComityError, UsageError
from comity.model.language import speaking
from comity.model.words import say
from comity.web.asked import Asked, read
from comity.web.guard import LARGEST_BODY, through_a_proxy
from comity.web.kept_files import KINDS, Kind, Looked, keep, look
from comity.web.page import Page, render
from comity.web.pages.lists import on_to
from comity.web.problems import of_error, of_status, respond

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "/local/audit"
SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".yaml": "claims", ".yml": "claims",
    ".csv": "set",
}  # fmt: skip
_FIELDS = ("kind", "name", "content", "do")
A = TypeVar("A", bound=Asked)


class Local(Asked):
    """The page itself. kept : what was kept a moment ago, to be said."""

    kept: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")] = None


class Sent(Asked):
    """What the form sends. content : of the file, or as pasted; do : look at it, or keep it under ``name``."""

    kind: Literal["", "text", "markdown", "html", "claims", "set"] = ""
    name: Annotated[str, Field(max_length=80)] = ""
    content: Annotated[str, Field(max_length=LARGEST_BODY)] = ""
    do: Literal["look", "keep"] = "look"


def add_local(app: FastAPI) -> None:
    """Add the page: only for an application that this machine alone reaches."""
    app.add_api_route(PATH, _endpoint(_asked), methods=["GET"], include_in_schema=False)
    app.add_api_route(PATH, _endpoint(_sent), methods=["POST"], include_in_schema=False)


def _endpoint(handler: Callable[[Request, bytes], Response]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if through_a_proxy(request.scope):
            return respond(request.scope, lambda: of_status(404, "missing"))
        body = await request.body()
        response = await run_in_threadpool(partial(handler, request, body))
        response.headers["cache-control"] = "no-store"
        return response

    return endpoint


def _asked(request: Request, body: bytes) -> Response:  # noqa: ARG001
    asked = read(Local, {}, request.query_params.multi_items())
    with speaking(asked.lang):
        return _page(request, asked, Sent(), None, None, asked.kept)


def _sent(request: Request, body: bytes) -> Response:
    """Look at what was sent; keep it where that was asked."""
    asked = read(Local, {}, request.query_params.multi_items())
    with speaking(asked.lang):
        sent = Sent()
        try:
            sent = _read(request.headers.get("content-type", ""), body)
            if sent.do == "keep":
                return _kept(request, asked, sent)
            return _page(request, asked, sent, look(_kind(sent), sent.content), None)
        except ComityError as error:
            return _page(request, asked, sent, None, error)


def _kept(request: Request, asked: Local, sent: Sent) -> Response:
    keep(_kind(sent), sent.name, sent.content)
    there = Asked(lang=asked.lang)
    if sent.kind == "claims":
        return on_to(request, there.url("/claims", file=sent.name))
    return on_to(request, there.url(PATH, kept=sent.name))


def _kind(sent: Sent) -> Kind:
    if not sent.kind or not sent.content.strip():
        raise UsageError("Nothing was sent", next="Paste a text, or choose a file")
    return sent.kind


def _page(
    request: Request,
    asked: Local,
    sent: Sent,
    looked: Looked | None,
    error: ComityError | None,
    kept: str | None = None,
) -> Response:
    found = of_error(error) if error else None
    page = Page(
        title=say("web_local.title"),
        kicker=say("web_local.kicker"),
        lead=say("web_local.lead"),
        description=say("web_local.lead"),
        sections=(),
        source=looked.document.source if looked and looked.document else "",
        asked=asked,
        path=PATH,
    )
    return render(
        request, "local.html.j2", page, found.status if found else 200,
        sent=sent, looked=looked, error=found, kept=kept, kinds=KINDS, action=PATH,
    )  # fmt: skip


def _read(kind: str, body: bytes) -> Sent:
    """The fields of a form, with or without a file; BadFile where it is neither, UsageError for a wrong field."""
    if len(body) > LARGEST_BODY:
        raise BadFile("The form is too large", got=f"{len(body):,} bytes", allowed=f"up to {LARGEST_BODY:,}")
    if kind.startswith("multipart/form-data"):
        given = _parts(kind, body)
    elif kind.startswith("application/x-www-form-urlencoded"):
        given = _pairs(body)
    else:
        raise BadFile("Not a form", got=kind[:80])
    return read(Sent, {}, [(n, v) for n, v in given.items() if n in _FIELDS])


def _pairs(body: bytes) -> Mapping[str, str]:
    try:
        return dict(parse_qsl(body.decode("ascii"), max_num_fields=20, errors="strict"))
    except (UnicodeDecodeError, ValueError):
        raise BadFile("The form cannot be read") from None


def _parts(kind: str, body: bytes) -> Mapping[str, str]:
    """The parts of a multipart form as text; a file that was chosen stands for the pasted content, its suffix for the
    kind. Nothing else of its name is used.
    """
    message = BytesParser(policy=HTTP).parsebytes(
        b"content-type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n" + body
    )
    if not message.is_multipart():
        raise BadFile("The form cannot be read")
    found: dict[str, str] = {}
    for part in list(message.iter_parts())[:20]:
        name = part.get_param("name", header="content-disposition")
        raw = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(raw, bytes):
            continue
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadFile("The file is not in UTF-8", next="Save it as UTF-8") from None
        if name != "file":
            found[name] = text
        elif raw:
            suffix = PurePosixPath(str(part.get_filename() or "")).suffix.lower()
            if suffix not in SUFFIXES:
                raise BadFile("Not a file that is read here", got=suffix, allowed=", ".join(SUFFIXES))
            found |= {"file_text": text, "file_kind": SUFFIXES[suffix]}
    if "file_text" in found:
        found |= {"content": found["file_text"], "kind": found["file_kind"]}
    return found
