"""The recurring texts of a release, recognised once."""

from __future__ import annotations

from functools import lru_cache

from comity.errors import FieldMissing
from comity.study.release import ReleaseCorpus
from comity.votes.families import Families, recognise


@lru_cache(maxsize=2)
def families_of(corpus: ReleaseCorpus) -> Families:
    """Which roll calls were on the same text; FieldMissing where no roll call has a title to tell by."""
    if corpus.roll_calls["title"].is_null().all():
        raise FieldMissing(
            "This release has no titles to recognise recurring texts by, and no release in the store lends them",
            got=corpus.origin.release,
            next="Add a release that has them: comity data pull unga, or comity data add FILE",
        )
    return recognise(corpus.roll_calls, corpus.matrix)
