"""Records of a Dataverse, read through its native API: versions, their files, and the terms they are under.

Reference: https://guides.dataverse.org/en/latest/api/native-api.html and .../dataaccess.html.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from comity.errors import NetworkError
from comity.sources.fetch import PATIENT, Patience, Progress, download, get_json

HARVARD = "https://dataverse.harvard.edu"
_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-512": "sha512"}


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One file of a version, as it was deposited.

    name     : as deposited: of a table that Dataverse converted, the original's.
    bytes    : its size; None where the record does not say.
    checksum : "md5:…" and so on, of the file as deposited; "" where the record has none.
    table    : whether Dataverse converted it to a table. Its checksum is still that of the original
               (https://github.com/IQSS/dataverse/issues/7275), so the original is what is downloaded.
    open     : False where it takes permission to download.
    """

    id: int
    name: str
    bytes: int | None
    checksum: str
    table: bool
    open: bool


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """A published version of a record.

    number   : "33.0".
    released : None where the record does not say.
    licence  : name and address as the record gives them, or its own terms of use; "" where it has neither.
    """

    doi: str
    number: str
    released: date | None
    licence: str
    citation: str
    files: tuple[RecordFile, ...]


def published_versions(doi: str, *, patience: Patience = PATIENT) -> tuple[RecordVersion, ...]:
    """The published versions of a record, newest first; drafts and withdrawn versions are left out.

    doi : "doi:10.7910/DVN/LEJUQZ". The Dataverse is Harvard's, or the one whose address COMITY_DATAVERSE holds.
    Raises Offline, NetworkError.
    """
    url = f"{_base()}/api/datasets/:persistentId/versions"
    raw = get_json(url, {"persistentId": doi}, patience=patience)
    try:
        released = [v for v in _Answer.model_validate(raw).data if v.state == "RELEASED"]
        newest_first = sorted(released, key=lambda v: (v.major, v.minor), reverse=True)
        return tuple(_version(doi, v) for v in newest_first)
    except ValidationError as err:
        where = ".".join(str(part) for part in err.errors()[0]["loc"])
        raise NetworkError(f"The answer is not that of a Dataverse (at {where})", got=url) from None


def download_file(
    file: RecordFile, dest: Path, *, progress: Progress | None = None, patience: Patience = PATIENT
) -> str:
    """Download a file as deposited, checked against the record's checksum; returns its sha256.

    Raises Offline, ChecksumMismatch, NetworkError (also where the record has no checksum: no pin, no run).
    """
    if not file.checksum:
        raise NetworkError(
            "The record has no checksum for the file, so a download cannot be checked",
            got=file.name,
            next="Save it with a browser, then run: comity data add FILE",
        )
    original = "?format=original" if file.table else ""
    url = f"{_base()}/api/access/datafile/{file.id}{original}"
    return download(url, dest, checksum=file.checksum, size=file.bytes, progress=progress, patience=patience)


def _base() -> str:
    return (os.environ.get("COMITY_DATAVERSE") or HARVARD).rstrip("/")


class _Checksum(BaseModel):
    type: str
    value: str


class _DataFile(BaseModel):
    id: int
    filename: str
    size: int | None = Field(None, alias="filesize")
    original_name: str | None = Field(None, alias="originalFileName")
    original_format: str | None = Field(None, alias="originalFileFormat")
    original_size: int | None = Field(None, alias="originalFileSize")
    checksum: _Checksum | None = None
    md5: str | None = None


class _File(BaseModel):
    restricted: bool = False
    data: _DataFile = Field(alias="dataFile")


class _Value(BaseModel):
    value: str


class _Author(BaseModel):
    name: _Value = Field(alias="authorName")


class _Field(BaseModel):
    name: str = Field(alias="typeName")
    value: Any = None


class _Block(BaseModel):
    fields_: list[_Field] = Field(alias="fields")


class _Licence(BaseModel):
    name: str = ""
    uri: str = ""


class _Version(BaseModel):
    state: str = Field(alias="versionState")
    major: int = Field(0, alias="versionNumber")  # a draft has none
    minor: int = Field(0, alias="versionMinorNumber")
    released: str | None = Field(None, alias="releaseTime")
    published: str | None = Field(None, alias="publicationDate")
    licence: _Licence | str | None = Field(None, alias="license")
    terms: str | None = Field(None, alias="termsOfUse")
    blocks: dict[str, _Block] = Field(default_factory=dict, alias="metadataBlocks")
    files: list[_File] = Field(default_factory=list)


class _Answer(BaseModel):
    data: list[_Version]


def _version(doi: str, raw: _Version) -> RecordVersion:
    number = f"{raw.major}.{raw.minor}"
    return RecordVersion(
        doi=doi,
        number=number,
        released=_day(raw.released),
        licence=_licence(raw),
        citation=_citation(doi, number, raw),
        files=tuple(_file(f) for f in raw.files),
    )


def _file(raw: _File) -> RecordFile:
    data = raw.data
    table = data.original_format is not None
    checksum = ""
    if data.checksum and data.checksum.type in _HASHES:
        checksum = f"{_HASHES[data.checksum.type]}:{data.checksum.value.lower()}"
    elif data.md5:
        checksum = f"md5:{data.md5.lower()}"
    return RecordFile(
        id=data.id,
        name=_plain((data.original_name if table else None) or data.filename, data.id),
        bytes=data.original_size if table else data.size,
        checksum=checksum,
        table=table,
        open=not raw.restricted,
    )


def _plain(name: str, number: int) -> str:
    """A name that stays in its folder."""
    plain = re.split(r"[/\\\0]", name)[-1].lstrip(".")
    return plain or f"file-{number}"


def _licence(raw: _Version) -> str:
    if isinstance(raw.licence, _Licence):
        name, address = raw.licence.name, raw.licence.uri
        return f"{name} ({address})" if name and address else name or address
    # Dataverse before 5.10 gives a word, and NONE where the terms are the depositor's own.
    own = " ".join((raw.terms or "").split())
    return raw.licence if raw.licence and raw.licence != "NONE" else own


def _citation(doi: str, number: str, raw: _Version) -> str:
    """Authors, year, title, address and version, in the order that Dataverse itself cites."""
    block = raw.blocks.get("citation")
    fields = {field.name: field.value for field in block.fields_} if block else {}
    authors = "; ".join(_Author.model_validate(author).name.value for author in fields.get("author") or ())
    title = f'"{fields["title"]}"' if fields.get("title") else ""
    address = f"https://doi.org/{doi.removeprefix('doi:')}"
    parts = (authors, (raw.published or "")[:4], title, address, f"V{number.removesuffix('.0')}")
    return ", ".join(part for part in parts if part)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
