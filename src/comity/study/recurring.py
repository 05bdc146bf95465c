"""The recurring texts of a release, recognised once and kept with it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from comity.errors import FieldMissing
from comity.store.derived import Derived, hash_of, keep_derived, read_derived
from comity.study.release import ReleaseCorpus
from comity.votes.families import ALONE, COLUMNS, Families, Family, recognise, recogniser
from comity.votes.family_twins import may_be_one
from comity.votes.situations import is_motion

KIND = "families"


_KEPT = 4  # as many releases as are kept open


@lru_cache(maxsize=_KEPT)
def families_of(corpus: ReleaseCorpus) -> Families:
    """Which roll calls were on the same text; FieldMissing where no roll call has a title to tell by.

    Kept in the store beside the release: read where the titles, the votes and the recogniser are the same as then.
    """
    if corpus.roll_calls["title"].is_null().all():
        raise FieldMissing(
            "This release has no titles to recognise recurring texts by, and no release in the store lends them",
            got=corpus.origin.release,
            next="Add a release that has them: comity data pull unga, or comity data add FILE",
        )
    inputs = _inputs(corpus)
    label, body = corpus.manifest.release, corpus.manifest.body
    kept = read_derived(label, KIND, inputs, body=body)
    if kept is not None:
        return _read(kept)
    found = recognise(corpus.roll_calls, corpus.matrix)
    keep_derived(label, KIND, inputs, _written(found), body=body)
    return found


def texts_of(corpus: ReleaseCorpus) -> NDArray[np.int32]:
    """The text that each roll call was a vote for or against, by its family; ALONE for motions too.

    A yes to a motion to take no action is no yes to the text. FieldMissing as for ``families_of``.
    """
    return np.where(_motions(corpus), np.int32(ALONE), families_of(corpus).ids)


@lru_cache(maxsize=_KEPT)
def twins_of(corpus: ReleaseCorpus) -> dict[int, tuple[int, ...]]:
    """Families of a release that may be one text (see ``may_be_one``). FieldMissing as for ``families_of``."""
    return may_be_one(families_of(corpus).members)


@lru_cache(maxsize=_KEPT)
def _motions(corpus: ReleaseCorpus) -> NDArray[np.bool_]:
    return np.array([is_motion(title) for title in corpus.roll_calls["title"]], dtype=bool)


def _inputs(corpus: ReleaseCorpus) -> str:
    """Of everything that ``recognise`` looks at, and of the code that looks."""
    matrix = corpus.matrix
    named = corpus.roll_calls.select(COLUMNS).write_ndjson().encode()
    shape = repr((matrix.cells.shape, matrix.cells.dtype.str, matrix.session.dtype.str)).encode()
    votes = np.ascontiguousarray(matrix.cells).tobytes()
    return hash_of(recogniser(), named, shape, matrix.session.tobytes(), votes)


def _written(found: Families) -> Derived:
    import polars as pl

    members = [(m.label, list(m.rows), list(m.sessions), list(m.themes)) for m in found.members]
    lists = {"rows": pl.List(pl.Int32), "sessions": pl.List(pl.Int16), "themes": pl.List(pl.String)}
    whole = {"earlier": pl.Int32, "later": pl.Int32, "score": pl.Float64}
    return Derived(
        {
            "ids": pl.DataFrame({"family": found.ids}),
            "members": pl.DataFrame(members, schema=pl.Schema({"label": pl.String(), **lists}), orient="row"),
            "links": pl.DataFrame(found.links, schema=pl.Schema(whole), orient="row"),
        }
    )


def _read(kept: Derived) -> Families:
    members = tuple(
        Family(id_, label, tuple(rows), tuple(sessions), tuple(themes))
        for id_, (label, rows, sessions, themes) in enumerate(kept.tables["members"].iter_rows())
    )
    links = tuple((earlier, later, score) for earlier, later, score in kept.tables["links"].iter_rows())
    return Families(kept.tables["ids"]["family"].to_numpy().astype(np.int32), members, links)
