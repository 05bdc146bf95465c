"""The published ideal points (April 2020), reached from the same votes with the published matches."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from comity.study.ideal.compare import ideal_compare
from comity.study.ideal.settings import Settings

RECORD = ("un_votes.rda", "un_roll_calls.rda", "un_roll_call_issues.rda")


def test_the_published_estimates_are_reached(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The targets that the fit must meet; one fit, which the second comparison finds kept."""
    from comity.ingest.add import add_files

    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    add_files([Path(shutil.copy(shared_data / "unga" / name, tmp_path)) for name in RECORD])
    published = shared_data / "ideal" / "IdealpointestimatesAll_Apr2020.csv"
    chosen = Settings(last=74, matches=str(shared_data / "ideal" / "Matches.csv"))
    found = ideal_compare(published, chosen)
    assert (found.n, found.only_file, found.only_fit) == (10_469, 0, 0)
    assert found.votes_equal == found.n - 1  # Fiji in session 25: two votes are dated before its admission
    assert found.pearson >= 0.992
    assert found.width_r is not None and found.width_r >= 0.96
    assert found.width_ratio is not None and 0.93 <= found.width_ratio <= 1.05
    assert np.median(list(found.within.values())) >= 0.999
    assert found.late is not None and found.late >= 0.999
