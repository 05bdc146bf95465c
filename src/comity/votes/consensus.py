"""How many texts each session adopted without a vote: a ledger of rows that name their source.

A row of the user's own ledger (``ledgers/consensus.csv`` in the store) replaces the package's row of that session.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from comity.errors import BadValue

_NAME = "consensus.csv"
_COLUMNS = ("session", "texts", "counts", "source", "link")


@dataclass(frozen=True, slots=True)
class Adopted:
    """Texts that a session adopted without a vote.

    counts : what was counted, in words: sources differ in whether decisions are among them.
    """

    session: int
    texts: int
    counts: str
    source: str
    link: str


def adopted_without_vote(folders: Sequence[Path] = ()) -> dict[int, Adopted]:
    """The ledger by session: the package's rows, then those of each folder that holds a ``consensus.csv``.

    BadValue for a row without its numbers or its source, or a session given twice in one file.
    """
    found = _read(resources.files("comity.data") / "ledgers" / _NAME)
    for folder in folders:
        if (folder / _NAME).is_file():
            found |= _read(folder / _NAME)
    return found


def texts_of(sessions: Iterable[int], ledger: dict[int, Adopted]) -> int | None:
    """All texts that these sessions adopted without a vote; None where the ledger lacks one of them."""
    wanted = list(sessions)
    return sum(ledger[s].texts for s in wanted) if all(s in ledger for s in wanted) else None


def _read(file: Traversable | Path) -> dict[int, Adopted]:
    try:
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        raise BadValue("The ledger of texts adopted without a vote is a UTF-8 CSV file", got=str(file)) from None
    found: dict[int, Adopted] = {}
    for number, row in enumerate(rows, 2):
        one = _row(row, f"{file}, line {number}")
        if one.session in found:
            raise BadValue("A session stands twice in the ledger of texts adopted without a vote", got=one.session)
        found[one.session] = one
    return found


def _row(row: dict[str, str], where: str) -> Adopted:
    given = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    if not (given["session"].isdecimal() and given["texts"].isdecimal() and given["source"]):
        raise BadValue(
            "A row of the ledger of texts adopted without a vote needs its numbers and its source",
            got=where,
            allowed=f"columns {', '.join(_COLUMNS)}",
        )
    return Adopted(int(given["session"]), int(given["texts"]), given["counts"], given["source"], given["link"])
