"""Chapters of a dossier on what is not votes: whose they are, and what stands where there is nothing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from comity.errors import EmptySelection
from comity.report.document import Listing
from comity.report.dossier.strands import strand_chapters
from comity.study import dossier_strands
from comity.study.answers.dossier import DossierStrand
from comity.study.tiers import tiers
from comity.study.visits import visits


def test_the_tiers_of_either_state_have_a_chapter_and_a_gap_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    asked = [("tiers", lambda: tiers("RUS")), ("tiers", lambda: tiers("VNM")), ("visits", lambda: visits("BRA", "ZAF"))]
    monkeypatch.setattr(dossier_strands, "_questions", lambda *_: asked)
    told = dossier_strands.strands(None, None, None, None)  # type: ignore[arg-type]
    russia, viet_nam, gaps = strand_chapters(SimpleNamespace(strands=told))  # type: ignore[arg-type]
    assert (russia.id, viet_nam.id) == ("strand-tiers-rus", "strand-tiers-vnm")
    assert "of Russia" in russia.title and "of Viet Nam" in viet_nam.title
    (lines,) = (block.items for block in gaps.blocks if isinstance(block, Listing))
    assert lines == ("Visits: No such row in visits (Brazil, South Africa).",)


def test_a_gap_without_a_value_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> None:
        raise EmptySelection("No row at all", next="Do this")

    monkeypatch.setattr(dossier_strands, "_questions", lambda *_: [("trade", nothing)])
    assert dossier_strands.strands(None, None, None, None) == (  # type: ignore[arg-type]
        DossierStrand("trade", None, "No row at all."),
    )
