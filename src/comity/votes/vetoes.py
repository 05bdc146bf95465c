"""The hand-written ledger of vetoed Security Council drafts about the situation in a state. It is not complete."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from comity.states.registry import registry

_FILE = ("data", "ledgers", "vetoed_drafts.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoedDraft:
    """A draft that failed in the Security Council because a permanent member voted against it.

    date      : day of the vote.
    draft     : its symbol, "" where it is not certain.
    subject   : ids of the states whose situation the draft is about.
    about     : in a few words of our own.
    vetoed_by : ids of the permanent members that voted against.
    checked   : whether the row was held against a record; False for one from memory.

    ValueError where a row names a state that is not in the registry, or a veto by no permanent member.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    date: dt.date
    subject: tuple[str, ...]
    about: str
    vetoed_by: tuple[str, ...]
    draft: str = ""
    checked: bool = False

    def __post_init__(self) -> None:
        if not self.subject or not self.vetoed_by or not {*self.vetoed_by} <= PERMANENT:
            raise ValueError(f"{self.date}: a veto has a subject and is cast by permanent members")
        if unknown := {*self.subject} - registry().by_id.keys():
            raise ValueError(f"{self.date}: no such state: {', '.join(sorted(unknown))}")


PERMANENT = frozenset({"CHN", "FRA", "GBR", "RUS", "TWN", "USA"})
"""State ids of the permanent members; China's seat was held from Taipei (TWN) until 25 October 1971."""


@cache
def vetoed_drafts() -> tuple[VetoedDraft, ...]:
    """Every row, by date."""
    return read_vetoes(files("comity").joinpath(*_FILE).read_text(encoding="utf-8"))


def read_vetoes(text: str) -> tuple[VetoedDraft, ...]:
    """Rows from YAML, by date; ValueError for an impossible row."""
    import yaml
    from pydantic import TypeAdapter

    rows = TypeAdapter(tuple[VetoedDraft, ...]).validate_python(yaml.safe_load(text))
    return tuple(sorted(rows, key=lambda row: (row.date, row.draft)))
