"""What changed since a link was made: its release is not the newest, its bytes are others, its method is another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from comity.errors import ComityError
from comity.model.body import COUNCIL, NEWEST_OF_COUNCIL
from comity.report.parts import NO_VALUE
from comity.version import METHOD
from comity.web.answering import answer
from comity.web.asked import Asked, OfRelease
from comity.web.problems import Busy
from comity.web.question import Answer, Question


@dataclass(frozen=True, slots=True)
class Newer:
    """What is to be said above a page that a link pinned.

    release  : the newest release, "" where the page shows it.
    compared : whether the newest release was asked for the question's key figures.
    changed  : (what, old, new) of those that it gives otherwise; a figure that one of the two lacks is changed too.
    other_bytes : whether the release has another sha256 than the link says.
    method   : the method of the link, where it is not the present one.
    """

    release: str = ""
    url: str = ""
    compared: bool = False
    changed: tuple[tuple[str, str, str], ...] = ()
    other_bytes: bool = False
    method: int | None = None


def newer(question: Question, asked: Asked, found: Answer) -> Newer | None:
    """What to say; None for a page that is not pinned, or where nothing is newer."""
    origin = getattr(found.header, "origin", None)
    if not isinstance(asked, OfRelease) or origin is None:
        return None
    told = Newer(
        other_bytes=bool(asked.sha) and not origin.sha256.startswith(asked.sha or ""),
        method=asked.method if asked.method not in (None, METHOD) else None,
    )
    if asked.release is not None:
        told = _against_newest(told, question, asked, found)
    return told if told != Newer() else None


def _against_newest(told: Newer, question: Question, asked: OfRelease, found: Answer) -> Newer:
    from comity.study.opening import open_corpus

    council = found.header.origin.body == COUNCIL
    free: dict[str, Any] = {"release": NEWEST_OF_COUNCIL if council else None, "sha": None, "method": None}
    try:
        newest = open_corpus(free["release"], council=council).origin.release
    except ComityError:
        return told
    if newest == found.header.origin.release:
        return told
    told, was = replace(told, release=newest, url=asked.url(question.path, **free)), dict(question.key(found))
    if not was:
        return told
    try:
        now = dict(question.key(answer(question, asked.model_copy(update=free))))
    except (ComityError, Busy):  # the newest release cannot answer, or not now: nothing is said of its figures
        return told
    pairs = ((what, was.get(what, NO_VALUE), now.get(what, NO_VALUE)) for what in dict.fromkeys([*was, *now]))
    return replace(told, compared=True, changed=tuple(each for each in pairs if each[1] != each[2]))
