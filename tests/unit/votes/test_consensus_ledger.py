"""The ledger of texts adopted without a vote: what ships, the user's own rows, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import BadValue
from comity.votes.consensus import adopted_without_vote, marked_by, texts_of

HEAD = "session,texts,counts,source,link\n"


def test_every_row_that_ships_names_its_source() -> None:
    held = adopted_without_vote()
    assert all(row.session == s and row.texts > 0 and row.source and row.counts for s, row in held.items())
    assert held[49].texts == 301


def test_a_row_of_the_users_own_replaces_the_packages(tmp_path: Path) -> None:
    (tmp_path / "consensus.csv").write_text(HEAD + '49,230,resolutions,"A report, part IV",\n70,5,all,Mine,\n')
    held = adopted_without_vote([tmp_path, tmp_path / "none"])
    assert (held[49].texts, held[49].source, held[70].texts) == (230, "A report, part IV", 5)
    assert held[48] == adopted_without_vote()[48]


def test_the_users_row_goes_before_the_releases_and_that_before_the_packages(tmp_path: Path) -> None:
    marked = marked_by("undl-2024", [(48, 7), (49, 8), (78, 9)])
    held = adopted_without_vote(marked=marked)
    assert [held[s].texts for s in (47, 48, 49, 78)] == [265, 7, 8, 9]
    assert "undl-2024" in held[48].source and "modality" in held[48].source and "State" in held[47].source
    (tmp_path / "consensus.csv").write_text(HEAD + "49,230,resolutions,A report,\n")
    own = adopted_without_vote([tmp_path], marked)
    assert [own[s].texts for s in (47, 48, 49, 78)] == [265, 7, 230, 9]
    assert own[49].source == "A report"


def test_a_sum_needs_every_session() -> None:
    held = adopted_without_vote()
    assert texts_of([48, 49], held) == 298 + 301
    assert texts_of([49, 200], held) is None


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("49,,all,Mine,\n", "its numbers and its source"),
        ("49,3,all,,\n", "line 2"),
        ("x,3,all,Mine,\n", "its numbers"),
        ("49,3,all,Mine,\n49,4,all,Mine,\n", "stands twice"),
    ],
)
def test_a_bad_ledger(tmp_path: Path, rows: str, says: str) -> None:
    (tmp_path / "consensus.csv").write_text(HEAD + rows)
    with pytest.raises(BadValue, match=says):
        adopted_without_vote([tmp_path])


def test_a_ledger_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "consensus.csv").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(BadValue, match="UTF-8"):
        adopted_without_vote([tmp_path])
