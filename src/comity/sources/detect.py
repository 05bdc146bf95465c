"""Which layout some files are of, by their content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from comity.errors import BadFile, IncompleteParts, UnknownLayout
from comity.sources import intake
from comity.sources.base import Adapter, Peek
from comity.sources.copies import as_utf8, spool
from comity.sources.plain_long import PlainLong
from comity.sources.undl import Undl
from comity.sources.undl_council import NEEDED, UndlCouncil
from comity.sources.unvotes import Unvotes
from comity.sources.voeten_long import VoetenLong
from comity.sources.voeten_wide import VoetenWide

# PlainLong asks for least, so it comes last.
ADAPTERS: tuple[Adapter, ...] = (VoetenWide(), VoetenLong(), Unvotes(), Undl(), UndlCouncil(), PlainLong())

_KNOWN = (
    "Voeten's votes (long, .csv, .tab or .RData; or the wide matrix), the unvotes trio of .rda files, the UN Digital "
    "Library's voting data of the General Assembly or the Security Council (.csv, .csv.gz), or a plain table with "
    "symbol, date, title, iso3, vote"
)


def recognise(paths: Sequence[Path]) -> tuple[Adapter, dict[str, Path]]:
    """The adapter for these files, and the file of each of its parts, checked and safe to read.

    A pipe is copied to a temporary file first, so the paths returned can differ from those given: read, and
    hash, the returned ones.
    Raises UnknownLayout, IncompleteParts (naming the missing part), DamagedFile, or BadFile for files of more
    than one release.
    """
    if not paths:
        raise IncompleteParts("No file was named")
    chosen: Adapter | None = None
    files: dict[str, Path] = {}
    for given in paths:
        found = intake.peek(given if given.is_file() or not given.exists() or given.is_dir() else spool(given))
        adapter, part = _match(found)
        if chosen is not None and adapter is not chosen:
            raise BadFile(
                f"{given.name} is of layout {adapter.layout}, {next(iter(files.values())).name} of {chosen.layout}",
                next="Add one release at a time",
            )
        if part in files:
            raise BadFile(f"{files[part].name} and {given.name} are both the {part} of a release", next="Add one")
        chosen, files[part] = adapter, found.path
        if found.kind == "text":
            intake.scan(replace(found, path=as_utf8(found.path, adapter.legacy)) if adapter.legacy else found)
    assert chosen is not None  # there was at least one path
    if missing := [part for part in chosen.parts if part not in files]:
        raise IncompleteParts(
            f"A release of layout {chosen.layout} also needs its {' and its '.join(missing)} file",
            next="Name all its files in one command",
        )
    return chosen, files


def _match(found: Peek) -> tuple[Adapter, str]:
    for adapter in ADAPTERS:
        if part := adapter.recognise(found):
            return adapter, part
    _explain(found)
    columns = ", ".join(found.header[:8]) + (" …" if len(found.header) > 8 else "")
    raise UnknownLayout(f"{found.path.name} matches no layout known here", got=columns[:120] or None, allowed=_KNOWN)


def _explain(found: Peek) -> None:
    """Say so where the file is known but not of use here."""
    if found.has("undl_id", "permanent_member"):
        raise UnknownLayout(
            f"{found.path.name} looks like the Library's Security Council voting data, but lacks columns",
            got=", ".join(sorted(NEEDED - found.names)),
            next="Save the data set's CSV file again, whole",
        )
    if found.has("undl_id") and not found.names & {"ms_code", "ms_codes"}:
        raise UnknownLayout(
            f"{found.path.name} is the Library's file with one row for each resolution",
            next="Add the file with one row for each member state and resolution instead",
        )
