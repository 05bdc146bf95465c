"""A claim file to begin with."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from comity.errors import StoreError, UsageError


def write_template(file: Path) -> Path:
    """Write it; UsageError where something is there already, StoreError where it cannot be written."""
    text = (resources.files("comity.data") / "templates" / "claims.yaml").read_text(encoding="utf-8")
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        raise UsageError("There is a file of that name", got=str(file), next="Choose another name") from None
    except OSError as err:
        raise StoreError("The file cannot be written", got=str(file), next=str(err)) from err
    return file
