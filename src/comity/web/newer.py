"""What changed since a link was made: its release is not the newest, its bytes are others, its method is another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from comity.errors import ComityError
from comity.version import METHOD
from comity.web.asked import Asked, OfRelease
from comity.web.question import Answer, Question


@dataclass(frozen=True, slots=True)
class Newer:
    """What is to be said above a page that a link pinned.

    release  : the newest release, "" where the page shows it.
    changed  : (what, old, new) of its key figures that the newest release gives otherwise.
    other_bytes : whether the release has another sha256 than the link says.
    method   : the method of the link, where it is not the present one.
    """

    release: str = ""
    url: str = ""
    changed: tuple[tuple[str, str, str], ...] = ()
    other_bytes: bool = False
    method: int | None = None


def newer(question: Question, asked: Asked, answer: Answer) -> Newer | None:
    """What to say; None for a page that is not pinned, or where nothing is newer."""
    origin = getattr(answer.header, "origin", None)
    if not isinstance(asked, OfRelease) or origin is None:
        return None
    told = Newer(
        other_bytes=bool(asked.sha) and not origin.sha256.startswith(asked.sha or ""),
        method=asked.method if asked.method not in (None, METHOD) else None,
    )
    if asked.release is not None:
        told = _against_newest(told, question, asked, answer)
    return told if told != Newer() else None


def _against_newest(told: Newer, question: Question, asked: OfRelease, answer: Answer) -> Newer:
    from comity.study.opening import open_corpus

    free: dict[str, Any] = {"release": None, "sha": None, "method": None}
    try:
        newest = open_corpus().origin.release
        if newest == answer.header.origin.release:
            return told
        other = dict(question.key(question.ask(asked.model_copy(update=free))))
    except ComityError:  # the newest release cannot answer: then there is nothing to hold against the old figure
        return told
    was = question.key(answer)
    changed = tuple((what, old, other[what]) for what, old in was if what in other and other[what] != old)
    return replace(told, release=newest, url=asked.url(question.path, **free), changed=changed)
