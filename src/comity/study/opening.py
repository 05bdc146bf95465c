"""Open what a question is asked of: a release in the store, or the starter data.

What was opened is kept: a page asks a dozen questions of one release, and a server asks it all day. What is kept is
told apart by the store it was read from, its manifest and the times of its files, so that a release which was replaced
or damaged, or another store, is read anew.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from comity.errors import UnknownRelease
from comity.model.body import ASSEMBLY, COUNCIL
from comity.study.corpus import STARTER, Corpus

if TYPE_CHECKING:
    from comity.store.manifest import Manifest
    from comity.study.release import ReleaseCorpus
    from comity.study.starter import StarterCorpus

KEPT = 8
"""Releases kept open: a few megabytes each, and an answer may look into every other release of the store."""

_Key = tuple[str, "Manifest", tuple[int, ...]]
_kept: OrderedDict[_Key, ReleaseCorpus] = OrderedDict()
_lock = Lock()


def open_corpus(release: str | None = None, *, council: bool = False) -> Corpus:
    """The named release; by default the newest in the store, or the starter data where the store is empty.

    council : as for ``open_release``.
    """
    from comity.store import releases

    if release == STARTER or (release is None and not releases.list_releases()):
        return open_starter()
    try:
        return open_release(release, council=council)
    except UnknownRelease as error:
        if releases.body_of(release) == COUNCIL:
            raise
        error.allowed = ", ".join(part for part in (error.allowed, STARTER) if part)
        raise


@cache
def open_starter() -> StarterCorpus:
    """The counts that travel in the package."""
    from comity.study.starter import StarterCorpus

    return StarterCorpus.load()


def open_release(release: str | None = None, *, council: bool = False) -> ReleaseCorpus:
    """A release of the store, by default the Assembly's newest; UnknownRelease where there is none.

    council : the question can be asked of the Security Council too; else a release of it is none here.
    """
    from comity.store import releases
    from comity.store.home import home
    from comity.study.release import ReleaseCorpus

    manifest = releases.get(release, body=releases.body_of(release) if council else ASSEMBLY)
    key = (str(home()), manifest, releases.stamp(manifest))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    opened = ReleaseCorpus.load(manifest.release, manifest.body)
    with _lock:
        _kept[key] = opened
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return opened
