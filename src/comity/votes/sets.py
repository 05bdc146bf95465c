"""Named sets of roll calls: versioned CSV files of symbols or ids, shipped or the user's own."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from comity.errors import BadValue, UnknownIssue
from comity.model.symbol import normalise_symbol

_HEADER = ("symbol", "label", "coder", "note")


@dataclass(frozen=True, slots=True)
class NamedSet:
    """A list of roll calls that somebody chose.

    members : normalised symbols, or roll-call ids of a release.
    sha256  : of the file, so that an answer can be traced to this version of the set.
    """

    name: str
    members: frozenset[str]
    coder: str
    sha256: str


def load_set(name: str, folders: Sequence[Path] = ()) -> NamedSet:
    """A set by name (shipped, or NAME.csv in one of the folders) or by path to a CSV file.

    The file's columns are symbol, label, coder, note; a symbol may also be a roll-call id.
    """
    return read_set(name, _find(name, folders).read_bytes())


def read_set(name: str, raw: bytes) -> NamedSet:
    """A set from the bytes of its CSV file; BadValue where it is not one."""
    try:
        rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        raise BadValue("A set is a UTF-8 CSV file", got=name) from None
    if not rows or "symbol" not in rows[0]:
        raise BadValue("A set needs a header and rows", got=name, allowed=f"columns {', '.join(_HEADER)}")
    members = frozenset(_member(row["symbol"]) for row in rows if (row["symbol"] or "").strip())
    coders = sorted({(row.get("coder") or "").strip() for row in rows} - {""})
    return NamedSet(name, members, ", ".join(coders), hashlib.sha256(raw).hexdigest())


def _member(text: str) -> str:
    """A symbol in its normal form; anything else is a release's own id, as written."""
    symbol = normalise_symbol(text)
    return symbol if symbol and "/" in symbol else text.strip()


def shipped_sets() -> tuple[str, ...]:
    """Names of the sets in the package."""
    folder = resources.files("comity.data") / "sets"
    return tuple(sorted(e.name.removesuffix(".csv") for e in folder.iterdir() if e.name.endswith(".csv")))


def _find(name: str, folders: Sequence[Path]) -> Traversable:
    if name.endswith(".csv") and Path(name).is_file():
        return Path(name)
    if Path(name).name == name:
        for folder in folders:
            if (folder / f"{name}.csv").is_file():
                return folder / f"{name}.csv"
        if name in shipped_sets():
            return resources.files("comity.data") / "sets" / f"{name}.csv"
    raise UnknownIssue(
        "Unknown set of roll calls",
        got=name,
        allowed=", ".join((*shipped_sets(), *sorted(p.stem for f in folders if f.is_dir() for p in f.glob("*.csv")))),
        next="A set of your own is a CSV file with the columns symbol,label,coder,note: --issue set:FILE.csv",
    )
