"""The Python interface to states, groups and the store; the questions are in ``comity.api``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from comity.ingest.add import Added
    from comity.ingest.diff import DiffReport
    from comity.states.groups import Group
    from comity.states.registry import State
    from comity.store.manifest import Manifest


def resolve(text: str, scheme: str = "any", day: date | None = None) -> State:
    """The one state that a name or code means on a day."""
    from comity.states.resolve import resolve as find

    return find(text, scheme, day)


def group(name: str) -> Group:
    """A group of states, with its members by date."""
    from comity.states.groups import group as find

    return find(name)


def releases(body: Literal["ga", "sc"] = "ga") -> tuple[Manifest, ...]:
    """The releases in the store, newest first: of the General Assembly, or of the Security Council ("sc")."""
    from comity.model.body import BODIES, CODES
    from comity.store.releases import list_releases

    return list_releases(next(each for each in BODIES if CODES[each] == body.upper()))


def add(*files: str | Path, label: str | None = None) -> Added:
    """Add files to the store; several may form one release."""
    from comity.ingest.add import add_files

    return add_files([Path(f) for f in files], label=label)


def diff(a: str, b: str) -> DiffReport:
    """Align two releases and list what differs."""
    from comity.ingest.diff import diff_releases

    return diff_releases(a, b)
