"""Where the store is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from comity.errors import UsageError

LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")

_elsewhere: ContextVar[Path | None] = ContextVar("elsewhere", default=None)


@contextmanager
def at(folder: Path) -> Iterator[None]:
    """Within it, the store is this folder: to answer from chosen releases only, whatever else a user holds."""
    token = _elsewhere.set(folder.absolute())
    try:
        yield
    finally:
        _elsewhere.reset(token)


def home() -> Path:
    """The folder of the store: that of ``at``, COMITY_HOME, or the user's own data folder. Nothing is created."""
    elsewhere = _elsewhere.get()
    if elsewhere is not None:
        return elsewhere
    chosen = os.environ.get("COMITY_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("comity", appauthor=False))


def releases_folder(body: str) -> Path:
    """The folder that holds one folder a release of a body (model.body)."""
    return home() / "releases" / checked_label(body)


def events_folder() -> Path:
    """The folder of the tables of events that dossiers and balances read."""
    return home() / "events"


def checked_label(label: str) -> str:
    """The label, if it can name a folder on every system; UsageError otherwise."""
    if LABEL.fullmatch(label) is None or label.endswith("."):
        raise UsageError(
            "A release label cannot be used",
            got=label,
            allowed="1 to 80 letters, digits, dots, hyphens and underscores, a letter or digit first",
        )
    return label
