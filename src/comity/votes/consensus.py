"""How many texts each session adopted without a vote: a ledger of rows that name their source.

What a release marks as adopted without a vote replaces the package's row of that session, and a row of the user's own
ledger (``ledgers/consensus.csv`` in the store) replaces both.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from comity.errors import BadValue
from comity.model.words import say

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


def adopted_without_vote(folders: Sequence[Path] = (), marked: Iterable[Adopted] = ()) -> dict[int, Adopted]:
    """The ledger by session: the package's rows, those marked, then those of each folder with a ``consensus.csv``.

    marked : what the release asked of marks itself (``marked_by``).
    BadValue for a row without its numbers or its source, or a session given twice in one file.
    """
    found = _read(resources.files("comity.data") / "ledgers" / _NAME) | {one.session: one for one in marked}
    for folder in folders:
        if (folder / _NAME).is_file():
            found |= _read(folder / _NAME)
    return found


def marked_by(release: str, texts: Iterable[tuple[int, int]]) -> list[Adopted]:
    """The (session, texts) that a release marks as adopted without a vote, as rows that name it as their source."""
    kind, source = say("notes.texts_marked"), say("notes.texts_marked_by", release=release)
    return [Adopted(session, count, kind, source, "") for session, count in texts]


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
