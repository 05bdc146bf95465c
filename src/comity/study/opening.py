"""Open what a question is asked of: a release in the store, or the starter data."""

from __future__ import annotations

from comity.errors import UnknownRelease
from comity.study.corpus import STARTER, Corpus


def open_corpus(release: str | None = None) -> Corpus:
    """The named release; by default the newest in the store, or the starter data where the store is empty."""
    from comity.store import releases

    if release == STARTER or (release is None and not releases.list_releases()):
        from comity.study.starter import StarterCorpus

        return StarterCorpus.load()
    from comity.study.release import ReleaseCorpus

    try:
        return ReleaseCorpus.load(release)
    except UnknownRelease as error:
        error.allowed = ", ".join(part for part in (error.allowed, STARTER) if part)
        raise
