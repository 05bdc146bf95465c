"""Rows of a file into the user's own ledgers: checked first, written whole or not at all, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from comity.errors import BadValue, UsageError
from comity.model.clock import today
from comity.store.disk import disk_errors, drop_empty, make_folders, write_whole
from comity.store.home import home
from comity.store.lock import write_lock
from comity.strands.ledgers.check import Placed, across
from comity.strands.ledgers.kinds import KINDS
from comity.strands.ledgers.load import Problem, documents, kind_of, ledger_files, read_placed
from comity.strands.ledgers.row import Row

_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class AddedRows:
    """What was written: ids new to the ledger, ids whose rows took the place of others, and the file."""

    kind: str
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    file: Path


def add_rows(kind: str, file: Path, *, replace: bool = False) -> AddedRows:
    """Add the rows of a file to the user's ledger of a kind.

    replace : rows whose id is there take its place; without it they are refused.
    UsageError for an unknown kind or an id that is there; BadValue for a row that is not as it should be; StoreError
    where the folder cannot be written. The user's file is then as it was.
    """
    rows = _sound(kind, file)
    folder = home() / "ledgers"
    with disk_errors(folder, "writing the ledger"):
        made = make_folders(folder)
        try:
            with write_lock(folder / _LOCK):
                return _write(kind, file, rows, folder, replace)
        except BaseException:
            if made:
                (folder / _LOCK).unlink(missing_ok=True)
                drop_empty(made)
            raise


def _write(kind: str, file: Path, rows: Sequence[tuple[int, Row]], folder: Path, replace: bool) -> AddedRows:
    there = _at_hand(kind, folder)
    ids = [row.id for _, row in rows]
    taken = [id_ for id_ in ids if id_ in there]
    if taken and not replace:
        raise UsageError(
            f"The ledger of {kind} has a row of that id", got=", ".join(taken), next="Give it another id, or --replace"
        )
    _refuse(_problems(kind, file, rows, folder))
    own = folder / f"{kind}.yaml"
    text = own.read_text(encoding="utf-8") if own.is_file() else ""
    write_whole(own, _joined(text, _listed(file), set(ids)).encode())
    return AddedRows(kind, tuple(i for i in ids if i not in there), tuple(taken), own)


def _sound(kind: str, file: Path) -> list[tuple[int, Row]]:
    cls = kind_of(kind)
    if not file.is_file():
        raise UsageError("No such file", got=str(file))
    rows, problems = read_placed(cls, file)
    _refuse(problems)
    if not rows:
        raise BadValue("The file holds no row", got=file.name, next=f"comity ledger schema {kind} says what a row is")
    return rows


def _at_hand(kind: str, folder: Path) -> set[str]:
    found: set[str] = set()
    for file in ledger_files(kind, [folder]):
        placed, problems = read_placed(kind_of(kind), file)
        _refuse(problems)
        found |= {row.id for _, row in placed}
    return found


def _problems(kind: str, file: Path, rows: Sequence[tuple[int, Row]], folder: Path) -> list[Problem]:
    """What the new rows make wrong, in themselves or in others, with the ledgers at hand."""
    old: list[Placed] = []
    for name in KINDS:
        merged: dict[str, Placed] = {}
        for each in ledger_files(name, [folder]):
            merged |= {row.id: Placed(name, each.name, i, row) for i, row in read_placed(kind_of(name), each)[0]}
        old += merged.values()
    new = [Placed(kind, file.name, i, row) for i, row in rows]
    ids = {row.id for _, row in rows}
    kept = [p for p in old if not (p.kind == kind and p.row.id in ids)]
    cited, day = documents([folder]), today()
    before = {(p.id, p.why) for p in across(old, cited, day)}
    return [p for p in across([*kept, *new], cited, day) if (p.id, p.why) not in before or p.file == file.name]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise BadValue("A ledger row is not as it should be", got=f"{problems[0]}{more}", next="Nothing was written")


def _listed(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def _joined(text: str, new: Sequence[dict[str, Any]], ids: set[str]) -> str:
    """The user's text without the rows of these ids, its comments kept, and the new rows after it."""
    kept = _without(text, ids)
    wanted = [row for row in yaml.safe_load(text) or [] if row["id"] not in ids]
    if _read(kept) != wanted:  # not a plain list of blocks, or one row leans on another: write the rows anew
        kept = _dumped(wanted)
    return kept + ("" if not kept or kept.endswith("\n") else "\n") + _dumped(new)


def _read(text: str) -> list[dict[str, Any]] | None:
    try:
        return yaml.safe_load(text) or []
    except yaml.YAMLError:
        return None


def _without(text: str, ids: set[str]) -> str:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return ""
    rows = yaml.safe_load(text)
    starts = [child.start_mark.line for child in node.value] + [len(text.splitlines())]
    lines = text.splitlines(keepends=True)
    cut: set[int] = set()
    for row, first, after in zip(rows, starts, starts[1:], strict=False):
        if row["id"] in ids:
            # comments that stand before the next row are that row's
            last = after
            while last > first + 1 and lines[last - 1].lstrip().startswith("#"):
                last -= 1
            cut |= set(range(first, last))
    return "".join(line for i, line in enumerate(lines) if i not in cut)


def _dumped(rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return ""
    return yaml.dump(list(rows), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice, so that each row can be cut out on its own."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True
