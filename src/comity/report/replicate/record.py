"""What a replication folder records: the question, its day, what it rests on, and what it was made with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from comity.errors import BadValue
from comity.model.reading import Reading
from comity.store.datasets import Dataset
from comity.store.home import LABEL
from comity.store.manifest import Manifest

NAME = "replication.json"
LARGEST = 4_000_000  # bytes of the record; some tens of thousands in practice

Text = Annotated[str, Field(max_length=2_000)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Part):
    """A dossier as it is asked for.

    a, b     : ids of the two states; periods and vs as a user writes them, None for the defaults.
    reading  : fields of the reading that are not the default ones, the release among them.
    answered : the day of the answer; files are built as of its first second, in UTC.
    formats, figures : of the dossier, in the order they are written.
    """

    a: Text
    b: Text
    periods: Text | None
    vs: Text | None
    reading: dict[Text, Text]
    answered: date
    formats: Annotated[tuple[Text, ...], Field(max_length=10)]
    figures: Annotated[tuple[Text, ...], Field(max_length=20)]

    @field_validator("reading")
    @classmethod
    def _sound(cls, given: dict[str, str]) -> dict[str, str]:
        Reading(**given)  # type: ignore[arg-type]
        return given


class Own(_Part):
    """A file of the user's own store that the answer may rest on: a ledger, or the set that the reading names."""

    name: Text
    bytes: int
    sha256: Sha256


class Record(_Part):
    """A replication folder's record.

    code      : sha256 of Comity's own files, beside its version: two copies of one version may differ.
    starter   : sha256 over the files of the starter data where they answer, "" where a release does.
    releases  : manifests, as in the store, without the tables' hashes; datasets : the same of other strands' tables.
    own       : files kept in ``own/``.
    """

    format: Literal[1]
    comity: Text
    code: Sha256
    python: Text
    packages: Annotated[dict[Text, Text], Field(max_length=500)]
    question: Question
    starter: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    releases: Annotated[tuple[dict[str, Any], ...], Field(max_length=100)]
    datasets: Annotated[tuple[dict[str, Any], ...], Field(max_length=1_000)]
    own: Annotated[tuple[Own, ...], Field(max_length=100)]

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """The releases as the store describes them, without tables."""
        return tuple(Manifest.from_dict(raw | {"tables": []}) for raw in self.releases)

    @property
    def tables(self) -> tuple[Dataset, ...]:
        """The tables of other strands as the store describes them."""
        return tuple(Dataset.from_dict(raw) for raw in self.datasets)

    def text(self) -> str:
        """As JSON."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def read_record(content: bytes) -> Record:
    """The record of a folder; BadValue, in one line, where it is not one."""
    if len(content) > LARGEST:
        raise BadValue(f"{NAME} is too large for a record", got=len(content), allowed=f"at most {LARGEST:,} bytes")
    try:
        record = Record.model_validate(json.loads(content))
        _labels([m.release for m in record.manifests] + [d.label for d in record.tables])
    except ValidationError as err:
        first: Any = err.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadValue(f"{NAME} is not a record of a replication", got=f"{place}: {first['msg']}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        raise BadValue(f"{NAME} cannot be read", got=f"{type(err).__name__}: {err}"[:200]) from None
    for own in record.own:
        safe(own.name)
    return record


def _labels(labels: list[str]) -> None:
    """Labels become names of folders."""
    if bad := [label for label in labels if not isinstance(label, str) or not LABEL.fullmatch(label)]:
        raise ValueError(f"no label: {bad[0]!r}")


def safe(name: str) -> str:
    """A file's name below the folder, with / between its parts; BadValue for one that could lead out of it."""
    path = PurePosixPath(name)
    plain = all(part not in ("", ".", "..") for part in name.split("/"))
    if path.is_absolute() or not plain or "\\" in name or ":" in name or not name.isprintable():
        raise BadValue("A file name leads out of the folder, or is none", got=name)
    return name
