"""Blocs asked of made-up releases: two camps with one state that changes sides, and what cannot be answered."""

from __future__ import annotations

import json
import sys
from random import Random

import numpy as np
import pytest

import vote_tables
from comity.errors import BadPeriod, EmptySelection, MissingExtra, RollCallsMissing, UsageError
from comity.measures.blocs import signed_modularity
from comity.measures.chance import kappa_sq
from comity.model.reading import Reading
from comity.report import terminal
from comity.report.text_formats import as_csv, as_html, as_json, as_markdown
from comity.study.blocs import blocs
from comity.study.network import network
from comity.study.release import ReleaseCorpus
from comity.study.starter import StarterCorpus

EAST = ("BLR", "CUB", "IRN", "PRK", "SYR", "VNM")
WEST = ("AUS", "CAN", "DEU", "FRA", "GBR", "USA")
OTHERS = ("BRA", "TON", "KIR")
YEARS = (2017, 2018, 2019)


def record() -> str:
    """Thirty roll calls a year; two camps with some noise. Brazil is with the first camp, in 2019 with the other;
    Tonga casts three votes a year; Kiribati always votes yes."""
    random = Random(3)
    lines = [["date", *EAST, *WEST, *OTHERS]]
    for year in YEARS:
        for k in range(30):
            east, west = random.choice("YYN"), random.choice("NNAY")
            votes = {s: camp if random.random() < 0.85 else "A" for c, camp in ((EAST, east), (WEST, west)) for s in c}
            votes |= {"BRA": west if year == 2019 else east, "TON": "Y" if k < 3 else "X", "KIR": "Y"}
            lines.append([f"{year}-{1 + k % 12:02}-{1 + k // 12:02}", *(votes[s] for s in lines[0][1:])])
    return "\n".join("|" + "|".join(line) + "|" for line in lines)


@pytest.fixture(scope="module")
def release() -> ReleaseCorpus:
    return vote_tables.corpus(*vote_tables.frames(record()))


def release_of(text: str) -> ReleaseCorpus:
    return vote_tables.corpus(*vote_tables.frames(text))


def states(members) -> set[str]:
    return {m.state for m in members}


def test_the_camps_are_found_and_named_by_their_members(release: ReleaseCorpus) -> None:
    answer = blocs(2019, corpus=release)
    assert [states(b.members) for b in answer.blocs] == [{*WEST, "BRA"}, set(EAST)]
    assert [b.number for b in answer.blocs] == [1, 2]
    assert all(m.together == 1 for b in answer.blocs for m in b.members)
    assert (answer.period.label, answer.roll_calls, answer.partitions) == ("2019", 30, 1)
    text = terminal.text(answer)
    assert "Brazil" in text.split("Members, the most central first:")[1].split("\n\n")[0]
    assert f"{answer.blocs[0].members[0].name}, " in text


def test_the_mover_is_named_with_both_blocs(release: ReleaseCorpus) -> None:
    earlier = blocs(2019, corpus=release).earlier
    assert earlier is not None and earlier.period.label == "2018"
    assert [states(m.members) for m in earlier.moves] == [{"BRA"}]
    (move,) = earlier.moves
    assert move.bloc == 1 and move.before_size == 7
    assert len(earlier.compared) == 13
    before = blocs(2018, corpus=release)
    assert before.earlier is not None and before.earlier.moves == ()
    assert before.earlier.alike == 1
    assert "none of the 13 states" in terminal.text(before)


def test_two_years_are_compared_with_the_two_before_where_there_are_any(release: ReleaseCorpus) -> None:
    answer = blocs("2018-2019", corpus=release)
    assert answer.roll_calls == 60
    assert answer.earlier is None
    assert "blocs_first" in {n.id for n in answer.notes}


def test_who_has_no_link_is_listed_with_the_reason(release: ReleaseCorpus) -> None:
    answer = blocs(2019, corpus=release)
    assert [(u.state, u.why, u.cast) for u in answer.unplaced] == [("TON", "few_votes", 3)]
    # Kiribati always votes yes: beyond chance it agrees with nobody, so no bloc gains by it.
    assert states(answer.alone) == {"KIR"}
    assert answer.placed == 14
    assert answer.links == 14 * 13 // 2 and answer.no_link == 0
    loose = blocs(2019, min_common=0, corpus=release)
    assert "TON" not in {u.state for u in loose.unplaced if u.why == "few_votes"}


def test_links_are_kappa_of_the_table(release: ReleaseCorpus) -> None:
    cut = release.cut(Reading(), [blocs(2019, corpus=release).period])
    net = network(cut, 0.5)
    i, j = net.states.index("VNM"), net.states.index("USA")
    assert net.weights[i, j] == pytest.approx(float(kappa_sq(np.array(cut.counts(0, "VNM", "USA").table))))
    assert np.isnan(np.diag(net.weights)).all()
    assert np.allclose(net.weights, net.weights.T, equal_nan=True)


def test_modularity_told_is_that_of_the_blocs_told(release: ReleaseCorpus) -> None:
    answer = blocs(2019, resolution=1.3, corpus=release)
    net = network(release.cut(Reading(), [answer.period]), 0.5)
    number = {m.state: b.number for b in answer.blocs for m in b.members}
    labels = [number.get(s, -k) for k, s in enumerate(net.states, 1)]
    assert answer.modularity == pytest.approx(signed_modularity(net.weights, labels, 1.3))


def test_the_sweep_holds_the_answer_itself(release: ReleaseCorpus) -> None:
    answer = blocs(2019, corpus=release)
    at_one = next(s for s in answer.sweep if s.resolution == 1)
    assert (at_one.sizes, at_one.alone, at_one.alike) == ((7, 6), 1, 1)
    assert len(answer.sweep) == 11
    assert all(sum(s.sizes) + s.alone == answer.placed for s in answer.sweep)


def test_the_same_seed_gives_the_same_answer(release: ReleaseCorpus) -> None:
    assert blocs(2019, seed=4, corpus=release) == blocs(2019, seed=4, corpus=release)


def test_leiden_agrees_on_clear_camps(release: ReleaseCorpus) -> None:
    pytest.importorskip("leidenalg", reason="needs the extra 'graph'")
    answer = blocs(2019, method="leiden", runs=5, corpus=release)
    assert [states(b.members) for b in answer.blocs] == [{*WEST, "BRA"}, set(EAST)]
    assert answer.method == "leiden"


def test_without_leiden_the_extra_is_named(release: ReleaseCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(MissingExtra, match="extra 'graph'"):
        blocs(2019, method="leiden", corpus=release)


def test_by_default_the_last_whole_year() -> None:
    release = release_of(record() + "\n|2020-03-01|" + "|".join("Y" for _ in (*EAST, *WEST, *OTHERS)) + "|")
    assert blocs(corpus=release).period.label == "2019"


def test_every_face_carries_it(release: ReleaseCorpus) -> None:
    answer = blocs(2019, corpus=release)
    table = answer.to_polars()
    assert table.height == 15
    assert table.filter(state="BRA").select("bloc", "moved").row(0) == (1, True)
    assert table.filter(state="KIR").select("bloc", "moved").row(0) == (None, None)
    assert table.filter(state="TON")["unplaced"].to_list() == ["few_votes"]
    told = json.loads(as_json(answer))
    assert told["earlier"]["moves"][0]["members"][0]["state"] == "BRA"
    for text in (as_markdown(answer), as_html(answer), as_csv(answer)):
        assert "Brazil" in text and "made-up" in text


UNANIMOUS = "\n".join(["|date|VNM|RUS|USA|", *(f"|2001-01-{d:02}|Y|Y|Y|" for d in range(1, 9))])
ONE = "|date|VNM|RUS|USA|\n|2001-01-01|Y|N|Y|\n|2002-01-01|Y|N|N|"


@pytest.mark.parametrize(
    ("text", "n"), [(UNANIMOUS, "8 roll calls"), (ONE, "1 roll call")], ids=["unanimous", "one roll call"]
)
def test_no_blocs_without_agreement_beyond_chance(text: str, n: str) -> None:
    with pytest.raises(EmptySelection, match=f"beyond chance on the {n} selected"):
        blocs(2001, corpus=release_of(text))


def test_a_year_before_without_blocs_is_said() -> None:
    before = UNANIMOUS.replace("2001", "2018").replace("VNM|RUS|USA", "BLR|CUB|USA")
    after = [f"|2019-01-{d:02}|{'YN'[d % 2]}|{'YN'[d % 2]}|{'NY'[d % 2]}|" for d in range(1, 9)]
    answer = blocs(2019, corpus=release_of("\n".join([before, *after])))
    assert answer.earlier is None
    assert {"blocs_none_before", "blocs_few"} <= {n.id for n in answer.notes}
    assert [states(b.members) for b in answer.blocs] == [{"BLR", "CUB"}]
    assert states(answer.alone) == {"USA"}
    assert "Belarus and Cuba" in terminal.text(answer)


@pytest.mark.parametrize(
    "choices",
    [{"resolution": 0}, {"resolution": float("nan")}, {"seed": -1}, {"runs": 0}, {"method": "x"}, {"min_common": 2}],
    ids=str,
)
def test_choices_out_of_range(choices: dict[str, object], release: ReleaseCorpus) -> None:
    with pytest.raises(UsageError):
        blocs(2019, corpus=release, **choices)  # type: ignore[arg-type]


def test_periods_out_of_range_and_data_without_roll_calls(release: ReleaseCorpus) -> None:
    with pytest.raises(BadPeriod):
        blocs(1990, corpus=release)
    with pytest.raises(RollCallsMissing):
        blocs(2019, corpus=StarterCorpus.load())
