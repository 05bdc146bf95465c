"""The ledger of themes: which words in a title put a recurring text under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from comity.errors import UsageError

LEDGER = ("data", "ledgers", "themes.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One heading.

    holds : phrases, one of which a title must hold; lacks : phrases, none of which it may hold. In lower case,
            without punctuation. ValueError for a theme without phrases, or with one it can never match.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    id: str
    name: str
    holds: tuple[str, ...]
    lacks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.holds or any(plain(phrase) != phrase for phrase in (*self.holds, *self.lacks)):
            raise ValueError(f"{self.id}: phrases are words in lower case without punctuation")

    def covers(self, text: str) -> bool:
        """Whether a title is of the theme.

        >>> theme("death_penalty").covers("Moratorium on the use of the DEATH PENALTY")
        True
        """
        words = f" {plain(text)} "
        return any(f" {phrase} " in words for phrase in self.holds) and not any(
            f" {phrase} " in words for phrase in self.lacks
        )


def plain(text: str) -> str:
    """Words in lower case with one blank between them.

    >>> plain("HUMAN RIGHTS, EL SALVADOR")
    'human rights el salvador'
    """
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@cache
def themes() -> tuple[Theme, ...]:
    """Every theme, in the order of the ledger."""
    return read_themes(files("comity").joinpath(*LEDGER).read_text(encoding="utf-8"))


def read_themes(text: str) -> tuple[Theme, ...]:
    """Themes from YAML; ValueError for an impossible or repeated one."""
    import yaml
    from pydantic import TypeAdapter

    rows = TypeAdapter(tuple[Theme, ...]).validate_python(yaml.safe_load(text))
    if len({row.id for row in rows}) < len(rows):
        raise ValueError("a theme stands twice in the ledger")
    return rows


def theme(id_: str) -> Theme:
    """A theme by its id; UsageError that lists the ids."""
    for row in themes():
        if row.id == id_:
            return row
    raise UsageError("Unknown theme", got=id_, allowed=", ".join(row.id for row in themes()))


def themes_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Ids of the themes that one of these titles is of."""
    listed = list(texts)
    return tuple(row.id for row in themes() if any(row.covers(text) for text in listed))
