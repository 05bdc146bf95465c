"""What every vote of a release was expected to be, worked out once and kept with it."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import numpy as np

from comity.errors import FieldMissing
from comity.measures.surprise import Expected, expect
from comity.store.derived import Derived, hash_of, keep_derived, read_derived
from comity.study import recurring
from comity.study.release import ReleaseCorpus
from comity.votes.matrix import UNKNOWN

KIND = "expected"
_CODE = ("near.py", "surprise.py")
_FIRST = 1945  # session n begins in the year 1945 + n


@lru_cache(maxsize=2)
def expected_of(corpus: ReleaseCorpus) -> Expected:
    """The probability of each choice for every vote of a release, as ``measures.surprise`` has it.

    Texts that cannot be recognised for want of titles count as met once. Kept beside the release in the store: the
    same votes, texts and code give the kept table.
    """
    when, family = sessions_of(corpus), texts_of(corpus)
    cells = corpus.matrix.cells
    code = [resources.files("comity.measures").joinpath(name).read_bytes() for name in _CODE]
    inputs = hash_of(*code, np.ascontiguousarray(cells).tobytes(), when.tobytes(), family.tobytes())
    label, body = corpus.manifest.release, corpus.manifest.body
    kept = read_derived(label, KIND, inputs, body=body)
    cast = cells < 3
    if kept is not None:
        return _read(kept, cast)
    found = expect(cells, when, family)
    keep_derived(label, KIND, inputs, _written(found, cast), body=body)
    return found


def sessions_of(corpus: ReleaseCorpus) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Each roll call's session; the year counted as one where the source gives no session."""
    matrix = corpus.matrix
    years = np.maximum(matrix.year.astype(np.int64) - _FIRST, 1)
    return np.where(matrix.session != UNKNOWN, matrix.session.astype(np.int64), years)


def texts_of(corpus: ReleaseCorpus) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The family of each roll call, -1 for motions; -1 everywhere where the release has no titles to tell by."""
    try:
        return recurring.texts_of(corpus).astype(np.int64)
    except FieldMissing:
        return np.full(len(corpus.matrix.cells), -1, np.int64)


def _written(found: Expected, cast: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Derived:
    import polars as pl

    p = found.p[cast]
    return Derived({"p": pl.DataFrame({"yes": p[:, 0], "no": p[:, 2]})})


def _read(kept: Derived, cast: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Expected:
    yes, no = (kept.tables["p"][name].to_numpy() for name in ("yes", "no"))
    p = np.full((*cast.shape, 3), np.nan, np.float32)
    p[cast] = np.stack([yes, np.maximum(1 - yes - no, 0), no], axis=1)
    return Expected(p)
