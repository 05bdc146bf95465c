"""Questions on the store and on the method."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from comity.web.asked import Asked
from comity.web.question import Question
from comity.web.questions.votes import FULL

Label = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", description="A release's label.")
]


class OfStore(Asked):
    """What is held, or how it is counted."""


class Check(Asked):
    """The faults of a release."""

    in_path: ClassVar[tuple[str, ...]] = ("release",)
    release: Label


class Diff(Asked):
    """Two releases."""

    in_path: ClassVar[tuple[str, ...]] = ("first", "second")
    first: Label
    second: Label


def _data(q: OfStore) -> Any:  # noqa: ARG001
    from comity.web import about, about_documents  # noqa: F401 registers the layouts

    return about.data()


def _check(q: Check) -> Any:
    from comity.web import about, about_documents  # noqa: F401 registers the layouts

    return about.check(q.release)


def _diff(q: Diff) -> Any:
    from comity.web import about, about_documents  # noqa: F401 registers the layouts

    return about.diff(q.first, q.second)


def _method(q: OfStore) -> Any:  # noqa: ARG001
    from comity.web import about, about_documents  # noqa: F401 registers the layouts

    return about.method()


LABEL = {"release": "voeten-2024-wide"}
QUESTIONS = (
    Question("data", "/data", OfStore, _data, "data list", {}, paged="releases"),
    Question("check", "/data/check/{release}", Check, _check, "data check", LABEL, FULL, paged="findings", costly=True),
    Question(
        "diff", "/data/diff/{first}/{second}", Diff, _diff, "data diff",
        {"first": "voeten-2024-wide", "second": "undl-1992-2022"}, FULL, paged="states", costly=True,
    ),
    Question("method", "/method", OfStore, _method, "measures", {}, paged="measures"),
)  # fmt: skip
"""In the order of the reference."""
