"""What a dossier tells beyond counts, where the data can tell it; and silence where they cannot."""

import pytest

import comity
from comity.report.dossier.chapters import document
from small_store import fill


def test_the_starter_gives_measures_and_leaves_out_what_needs_single_roll_calls() -> None:
    answer = comity.dossier("VNM", "RUS", periods="1992-1999,2000-2020", release="starter")
    (early, late) = answer.lead_pair.lead.cells
    assert [m.id for m in late.measures] == [m.id for m in early.measures]
    assert {"kappa_sq", "ia"} <= {m.id for m in late.measures}
    # Yearly counts are enough to look for a break, in one series of the three.
    assert answer.breaks is not None
    assert [series.found is not None for series in answer.breaks.series] == [True, False, False]
    assert (answer.moved, answer.decomposed, answer.situations, answer.parting) == (None, None, None, None)
    told = answer.to_dict()
    assert [told[key] for key in ("moved", "decomposed", "situations", "parting")] == [None] * 4
    (parted,) = (c for c in document(answer).chapters if c.id == "parting")
    assert "which these data do not hold. Get them with" in parted.blocks[0].text


def test_a_release_with_titles_gives_the_rest(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path))
    fill()
    answer = comity.dossier("VNM", "RUS", issue="all")
    told = answer.to_dict()
    assert answer.situations is not None and told["situations"] is not None
    assert answer.situations.total.roll_calls == sum(row.counts.roll_calls for row in answer.situations.rows)
    assert {row.target for row in answer.situations.rows} == {"CUB"}
    assert answer.parting is not None and told["parting"]["both_cast"] == answer.lead_pair.lead.cells[-1].counts.cast
    assert {n.text for n in answer.parting.pair.notes} <= {n.text for n in answer.notes}
    for part in (answer.moved, answer.decomposed):
        assert part is None or part.periods == tuple(c.period for c in answer.lead_pair.lead.cells)
