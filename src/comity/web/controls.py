"""The form that changes a question: one field a parameter, of the kind its values ask for."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from comity.model.tables import ISSUES
from comity.votes.sets import shipped_sets
from comity.web.asked import Asked, OfReading

APART = ("lang", "method", "sha")
"""What a form does not ask for."""
FOLDED = (
    *(n for n in OfReading.model_fields if n not in ("issue", "clock", "release")),
    *("measure", "min_common", "at", "draws", "seed", "runs", "resolution"),
)
"""Choices that few change; they stand folded away."""
ISSUES_ASKED = ("all", *ISSUES)
"""What the issue can be chosen from; a set, or words of a title, is named in the address."""


@dataclass(frozen=True, slots=True)
class Control:
    """One field of a form. kind : "text", "number", "choice" or "check"; options of a choice; usual : its default."""

    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()
    folded: bool = False
    most: int = 320
    usual: str = ""


def controls(asked: Asked) -> tuple[Control, ...]:
    """Every field of the question that does not stand in its path, in the order: what, when, reading."""
    fields = [n for n in type(asked).model_fields if n not in asked.in_path and n not in APART]
    common = [n for n in fields if n not in OfReading.model_fields]
    order = [*(n for n in ("issue",) if n in fields), *common, *(n for n in ("clock", "release") if n in fields)]
    order += [n for n in fields if n not in order]
    return tuple(_control(asked, name) for name in order)


def _control(asked: Asked, name: str) -> Control:
    field = type(asked).model_fields[name]
    value = getattr(asked, name)
    kind, options = _kind(field.annotation)
    if name == "issue" and kind == "text":
        sets = tuple(f"set:{held}" for held in shipped_sets())
        kind, options = "choice", tuple(dict.fromkeys((*ISSUES_ASKED, *sets, str(value))))
    most = next((m.max_length for m in field.metadata if hasattr(m, "max_length")), 320)
    shown = _shown(value)
    return Control(name, kind, shown, options, name in FOLDED, most, _shown(field.default))


def _shown(value: object) -> str:
    return "" if value is None or value is False else "true" if value is True else str(value)


def _kind(annotation: Any) -> tuple[str, tuple[str, ...]]:
    if get_origin(annotation) in (Union, UnionType):
        return _kind(next(part for part in get_args(annotation) if part is not type(None)))
    if get_origin(annotation) is Literal:
        return "choice", tuple(map(str, get_args(annotation)))
    if annotation is bool:
        return "check", ()
    return ("number" if annotation in (int, float) else "text"), ()
