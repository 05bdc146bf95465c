"""Every question the web asks, by name and by path."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from comity.web.question import Question, Registry

MODULES = ("votes", "ideal", "places", "strands", "claims", "about")
"""Modules of ``questions``, in the order of the reference."""


@cache
def registry() -> Registry:
    """All of them."""
    made = Registry()
    for module in MODULES:
        questions: tuple[Question, ...] = import_module(f"comity.web.questions.{module}").QUESTIONS
        made.add(*questions)
    return made
