"""Make the starter data from a full release."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from comity.errors import NoAnswer
from comity.model.period import Period
from comity.model.reading import Reading
from comity.model.tables import ISSUES
from comity.states.groups import members_of
from comity.study.corpus import STARTER
from comity.study.release import ReleaseCorpus, ReleaseCut
from comity.study.starter import CELLS, FACTS, TABLE
from comity.votes.contingency import against_all

ALWAYS_SEATED = "USA"
_PERMANENT = ("USA", "CHN", "RUS", "GBR", "FRA")


def build_starter(release: str | None, folder: Path, today: date) -> dict[str, Path]:
    """Write counts.parquet and starter.json into a folder; returns both paths.

    Anchors are the permanent members and the members of ASEAN today, as far as the release holds them; partners
    are all its states (the anchor itself included: its diagonal says on how many roll calls it held a seat).
    NoAnswer where it lacks the one state whose diagonal stands for every roll call.
    """
    import polars as pl

    corpus = ReleaseCorpus.load(release)
    if ALWAYS_SEATED not in corpus.matrix.column:
        raise NoAnswer(f"The starter data need a release that holds {ALWAYS_SEATED}", got=corpus.origin.release)
    wanted = (*_PERMANENT, *sorted(members_of("ASEAN", today)))
    anchors = [state for state in wanted if state in corpus.matrix.column]
    years = range(corpus.origin.first.year, corpus.origin.last.year + 1)
    facts: dict[str, Any] = {
        "origin": corpus.origin.to_dict(),
        "anchors": anchors,
        "always_seated": ALWAYS_SEATED,
        "states": list(corpus.matrix.states),
        "faults": [asdict(fault) for fault in corpus.faults],
        "roll_calls": {},
        "dropped": {},
        "also_flagged": {},
    }
    blocks = []
    for issue in ("all", *ISSUES):
        cut = corpus.cut(Reading(release=release, issue=issue), [Period(y, y) for y in years])
        facts["roll_calls"][issue] = {str(y): cut.roll_calls(k) for k, y in enumerate(years) if cut.roll_calls(k)}
        facts["dropped"][issue] = _drops(cut)
        facts["also_flagged"][issue] = {str(y): cut.also_flagged(k) for k, y in enumerate(years) if issue != "all"}
        blocks += [_block(corpus, cut, k, y, a, issue) for k, y in enumerate(years) for a in anchors]
    frame = pl.concat([b for b in blocks if b is not None]).sort("issue", "anchor", "partner", "year")
    folder.mkdir(parents=True, exist_ok=True)
    paths = {TABLE: folder / TABLE, FACTS: folder / FACTS}
    frame.write_parquet(paths[TABLE], compression="zstd", compression_level=22, row_group_size=len(frame))
    paths[FACTS].write_text(json.dumps(facts, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return paths


def _block(corpus: ReleaseCorpus, cut: ReleaseCut, k: int, year: int, anchor: str, issue: str) -> Any:
    import polars as pl

    if not cut.roll_calls(k):
        return None
    counts, coded = against_all(cut.cells(k), corpus.matrix.column[anchor])
    some = np.flatnonzero(counts.sum(axis=(1, 2)))
    flat = counts[some].reshape(-1, 16)
    return pl.DataFrame(
        {
            "anchor": pl.Series([anchor] * len(some), dtype=pl.String),
            "partner": [corpus.matrix.states[i] for i in some],
            "year": pl.Series([year] * len(some), dtype=pl.UInt16),
            "issue": [issue] * len(some),
            # A byte would hold every year of the Assembly's so far, but not of every release a user may have.
            **{name: pl.Series(flat[:, i].astype(np.uint16)) for i, name in enumerate(CELLS)},
            "coded": pl.Series(coded[some].astype(np.uint16)),
        }
    )


def _drops(cut: ReleaseCut) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for period in cut.periods:
        by_reason = {d.reason: d.count for d in cut.selection.dropped([period])}
        if by_reason:
            found[str(period.start)] = by_reason
    return found


def shipped_folder() -> Path:
    """Where the package keeps its starter data, for the maintainers' rebuild."""
    return Path(__file__).resolve().parents[1] / "data" / STARTER
