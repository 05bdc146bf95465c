"""The sources Comity reads: who made them, under which terms, and how to cite them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(_Entry):
    """One work to cite; a blank field is not known for certain."""

    kind: Literal["dataset", "article", "chapter", "software"]
    authors: tuple[str, ...]
    title: str
    year: int | None = None
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""
    version: str = ""


class KnownRelease(_Entry):
    """A release told by its size, where its files carry no version."""

    label: str
    roll_calls: int
    votes: int


class Source(_Entry):
    """One source.

    kind         : what it is, in words.
    as_of        : what the description rests on: a date, or the edition it was read from.
    licence_note : where the licence was read, or what remains to be read.
    terms        : conditions that decide how a user may get the file.
    citations    : the data first, then works its publisher asks to cite or that define it.
    """

    id: str
    title: str
    author: str
    publisher: str
    kind: str
    as_of: str
    licence: str
    licence_note: str
    link: str
    terms: str
    citations: tuple[Citation, ...]
    releases: tuple[KnownRelease, ...] = ()

    def label_of(self, roll_calls: int, votes: int) -> str | None:
        """The label of the known release of exactly this size, or None."""
        return next((r.label for r in self.releases if (r.roll_calls, r.votes) == (roll_calls, votes)), None)


@cache
def sources() -> dict[str, Source]:
    """Every source by its id, from ``data/sources/*.yaml``."""
    import yaml

    folder = files("comity") / "data" / "sources"
    entries = (yaml.safe_load(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml"))
    found = [Source.model_validate(entry) for entry in entries]
    return {entry.id: entry for entry in sorted(found, key=lambda entry: entry.id)}


def source(name: str) -> Source:
    """One source by its id; KeyError where there is none (ids come from adapters, not from users)."""
    return sources()[name]
