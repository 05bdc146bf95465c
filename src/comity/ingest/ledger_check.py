"""The check of all ledgers at hand, as a report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.errors import BadValue, UsageError
from comity.model.clock import today
from comity.model.words import say
from comity.store.home import home
from comity.strands.ledgers.check import check_ledgers
from comity.strands.ledgers.kinds import KINDS
from comity.strands.ledgers.load import DOCUMENTS, Problem, kind_of, ledger_files, read_rows


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What a check found. rows, ledgers : how much was read."""

    problems: tuple[Problem, ...]
    rows: int
    ledgers: int

    @property
    def sound(self) -> str:
        """The sentence where nothing is wrong."""
        return say("ledger.sound", rows=self.rows, ledgers=self.ledgers)

    def refuse(self) -> None:
        """BadValue where anything is wrong."""
        if self.problems:
            raise BadValue(say("ledger.wrong", k=len(self.problems)), next=say("ledger.wrong_next"))

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        told = [{"file": p.file, "row": p.row, "id": p.id, "why": p.why} for p in self.problems]
        return {"rows": self.rows, "ledgers": self.ledgers, "problems": told}


def check_folder(folder: Path | None = None) -> LedgerReport:
    """Check the package's ledgers with a folder's on top, the user's own by default.

    UsageError where the folder named is not there.
    """
    if folder is not None and not folder.is_dir():
        raise UsageError("No such folder", got=str(folder))
    chosen = folder or home() / "ledgers"
    problems = [*_strangers(chosen), *check_ledgers([chosen], today())]
    files = {kind: ledger_files(kind, [chosen]) for kind in KINDS}
    rows = sum(len(read_rows(kind_of(kind), file)[0]) for kind, found in files.items() for file in found)
    return LedgerReport(tuple(problems), rows, sum(bool(found) for found in files.values()))


def _strangers(folder: Path) -> list[Problem]:
    """Files of rows whose name is no kind: they would never be read."""
    known = {*KINDS, DOCUMENTS}
    found = sorted(p for suffix in ("*.yaml", "*.yml") for p in folder.glob(suffix) if folder.is_dir())
    return [
        Problem(
            p.name,
            0,
            "",
            f"its name is no ledger's, so it is never read: write KIND.yaml, KIND one of {', '.join(KINDS)}",
        )
        for p in found
        if p.suffix != ".yaml" or p.stem not in known
    ]
