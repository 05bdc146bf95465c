"""The ledgers read: the package's rows, then those of folders of one's own, checked as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from comity.errors import BadValue, UsageError
from comity.strands.ledgers.kinds import KINDS, Document
from comity.strands.ledgers.row import Row

R = TypeVar("R", bound=Row)
DOCUMENTS = "documents"
"""The file of the texts that rows cite."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a ledger: file, number of the row from 1 (0: the file itself), its id, why."""

    file: str
    row: int
    id: str
    why: str

    def __str__(self) -> str:
        place = f"row {self.row}" + (f" ({self.id})" if self.id else "") if self.row else "the file"
        return f"{self.file}, {place}: {self.why}"


def rows_of(kind: type[R], folders: Sequence[Path] = ()) -> tuple[R, ...]:
    """The rows of one kind by date, from the package and then the folders; a row with the same id takes its place.

    BadValue that names file, row and reason for the first row that is not of the kind.
    """
    name = name_of(kind)
    merged: dict[str, R] = {row.id: row for row in _shipped(kind)}
    for file in _files(name, folders):
        rows, problems = read_rows(kind, file)
        if problems:
            raise BadValue("A ledger row is not as it should be", got=str(problems[0]), next="comity ledger check")
        merged |= {row.id: row for row in rows}
    return tuple(sorted(merged.values(), key=lambda row: (row.date, row.id)))


def kind_of(name: str) -> type[Row]:
    """The class of a kind; UsageError where there is none."""
    if name not in KINDS:
        raise UsageError("No such ledger", got=name, allowed=", ".join(KINDS))
    return KINDS[name]


def name_of(kind: type[Row]) -> str:
    """The kind's name, which is its file's."""
    return next(name for name, each in KINDS.items() if each is kind)


def read_rows(kind: type[R], file: Traversable | Path) -> tuple[list[R], list[Problem]]:
    """The rows of a file that are of the kind, and what is wrong with the others."""
    placed, problems = read_placed(kind, file)
    return [row for _, row in placed], problems


def read_placed(kind: type[R], file: Traversable | Path) -> tuple[list[tuple[int, R]], list[Problem]]:
    """As ``read_rows``, each row with its number from 1."""
    try:
        given = _parsed(file)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as err:
        return [], [Problem(file.name, 0, "", " ".join(str(err).split()))]
    if given is None:
        return [], []
    if not isinstance(given, list):
        return [], [Problem(file.name, 0, "", "a ledger is a list of rows")]
    rows: list[tuple[int, R]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for i, raw in enumerate(given, 1):
        name = str(raw.get("id", "")) if isinstance(raw, dict) else ""
        try:
            row = kind.model_validate(raw)
        except ValidationError as err:
            problems.append(Problem(file.name, i, name, _why(err)))
            continue
        if row.id in seen:
            problems.append(Problem(file.name, i, name, "another row has this id"))
        seen.add(row.id)
        rows.append((i, row))
    return rows, problems


def ledger_files(kind: str, folders: Iterable[Path] = ()) -> list[Traversable | Path]:
    """The files of one kind that are there: the package's, then those of the folders."""
    shipped = _package() / f"{kind}.yaml"
    return [*([shipped] if shipped.is_file() else []), *_files(kind, folders)]


def documents(folders: Sequence[Path] = ()) -> dict[str, Document]:
    """The texts that rows cite, by id: the package's, then those of the folders. BadValue where one is malformed."""
    found = dict(_shipped_documents())
    for file in _files(DOCUMENTS, folders):
        found |= _documents_in(file)
    return found


@cache
def _shipped_documents() -> dict[str, Document]:
    file = _package() / f"{DOCUMENTS}.yaml"
    return _documents_in(file) if file.is_file() else {}


def _documents_in(file: Traversable | Path) -> dict[str, Document]:
    try:
        given = _parsed(file)
        found = TypeAdapter(tuple[Document, ...]).validate_python(given or ())
    except ValidationError as err:
        raise BadValue("A document that rows cite is not as it should be", got=f"{file.name}: {_why(err)}") from err
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as err:
        raise BadValue("The list of documents cannot be read", got=f"{file.name}: {err}") from err
    return {d.id: d for d in found}


@cache
def _shipped(kind: type[R]) -> tuple[R, ...]:
    file = _package() / f"{name_of(kind)}.yaml"
    rows, problems = read_rows(kind, file) if file.is_file() else ([], [])
    if problems:
        raise ValueError(str(problems[0]))
    return tuple(rows)


def _files(name: str, folders: Iterable[Path]) -> Iterable[Path]:
    return (file for folder in folders if (file := folder / f"{name}.yaml").is_file())


def _parsed(file: Traversable | Path) -> Any:
    """The YAML of a file; by the library in C, ten times as fast, where it is there."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _package() -> Traversable:
    return resources.files("comity.data") / "ledgers"


def _why(err: ValidationError) -> str:
    first: Any = err.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    what = str(first["msg"]).removeprefix("Value error, ")
    more = f" (and {err.error_count() - 1} more)" if err.error_count() > 1 else ""
    return (f"{place}: " if place else "") + what + more
