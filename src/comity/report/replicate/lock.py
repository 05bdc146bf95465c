"""What a dossier was made with: Python, Comity down to its files, and every package that it runs on."""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from comity.study.corpus import STARTER

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_FIGURES = ("fast", "graph", "report")
"""Extras whose packages work out or print figures; the web server and readers of other files do not."""


def python() -> str:
    """The version of Python, such as "3.11.9"."""
    return platform.python_version()


@cache
def packages() -> dict[str, str]:
    """Name → version of every installed package that Comity needs to answer, those they need included."""
    found: dict[str, str] = {}
    waiting = list(_needs("comity", _FIGURES))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # of another system, or of an extra that is not installed
        waiting += _needs(name)
    return dict(sorted(found.items()))


def _needs(name: str, extras: tuple[str, ...] = ()) -> Iterator[str]:
    for line in metadata.requires(name) or ():
        extra = _EXTRA.search(line)
        match = _NAME.match(line)
        if match and (extra is None or extra[1] in extras):
            yield re.sub(r"[-_.]+", "-", match[0]).lower()


@cache
def code() -> str:
    """sha256 over Comity's own files, their names included, the same wherever it is installed."""
    return _hash(resources.files("comity"))


@cache
def starter() -> str:
    """The same of the starter data alone."""
    return _hash(resources.files("comity.data") / STARTER)


def _hash(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for name, file in sorted(_files(folder, ""), key=lambda each: each[0]):
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable, under: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.name == "__pycache__" or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{under}{entry.name}/")
        else:
            yield f"{under}{entry.name}", entry
