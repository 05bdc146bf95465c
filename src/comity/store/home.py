"""Where the store is."""

from __future__ import annotations

import os
import re
from pathlib import Path

from comity.errors import UsageError

LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def home() -> Path:
    """The folder of the store: COMITY_HOME, or the user's own data folder. Nothing is created."""
    chosen = os.environ.get("COMITY_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("comity", appauthor=False))


def releases_folder(body: str) -> Path:
    """The folder that holds one folder a release of a body ("unga")."""
    return home() / "releases" / checked_label(body)


def checked_label(label: str) -> str:
    """The label, if it can name a folder on every system; UsageError otherwise."""
    if LABEL.fullmatch(label) is None or label.endswith("."):
        raise UsageError(
            "A release label cannot be used",
            got=label,
            allowed="1 to 80 letters, digits, dots, hyphens and underscores, a letter or digit first",
        )
    return label
