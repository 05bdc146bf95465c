"""The reading finder: every reading counted as a slow twin counts it, planted readings recovered, luck told."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.audit.asked import figures_of
from comity.audit.printed import Printed
from comity.audit.solve.find import find
from comity.audit.solve.items import CATEGORIES, Item, parse_item, values
from comity.audit.solve.solve import solve
from comity.audit.solve.space import Base, space
from comity.cli.main import run
from comity.cli.solve import bound
from comity.errors import BadPeriod, BadValue, EmptySelection, SamePair, UnknownIssue, UnknownState, UsageError
from comity.model.period import Period
from comity.model.reading import Reading
from comity.report.terminal import text
from comity.report.text_formats import as_csv, as_html, as_json, as_markdown
from comity.study.release import ReleaseCorpus
from small_store import LABELS, fill

PAIRS = [("VNM", "RUS"), ("VNM", "USA")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("solve")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
    return folder


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


def slow(table: np.ndarray, category: str) -> list[float]:
    """Value of a category in per cent of all, cast, yes and no alone, and with halves; NaN where undefined."""
    part = dict.fromkeys(("same", "opposite", "ambivalent", "absent", "yy", "aa", "nn"), 0)
    for a, b in product(range(4), range(4)):
        k = int(table[a, b])
        if 3 in (a, b):
            part["absent"] += k
        elif a == b:
            part["same"] += k
            part[("yy", "aa", "nn")[a]] += k
        elif {a, b} == {0, 2}:
            part["opposite"] += k
        else:
            part["ambivalent"] += k
    names = {"yes_yes": "yy", "abstain_abstain": "aa", "no_no": "nn"}
    k = part["opposite"] + part["ambivalent"] if category == "diverged" else part[names.get(category, category)]
    cast = part["same"] + part["opposite"] + part["ambivalent"]
    plain = part["yy"] + part["nn"] + part["opposite"]
    nan = math.nan
    of_votes = {"same": part["yy"] + part["nn"], "opposite": k, "yes_yes": k, "no_no": k}.get(category, nan)
    return [
        100 * k / (cast + part["absent"]) if cast + part["absent"] else nan,
        100 * k / cast if cast and category != "absent" else nan,
        100 * of_votes / plain if plain else nan,
        100 * (part["same"] + part["ambivalent"] / 2) / cast if cast and category == "same" else nan,
    ]


@given(arrays(np.int64, (4, 4), elements=st.integers(0, 30)), st.sampled_from(CATEGORIES))
def test_values_against_a_slow_twin(table: np.ndarray, category: str) -> None:
    found = values(table.reshape(16).astype(float), category, share=True)
    np.testing.assert_allclose(found, slow(table, category), rtol=1e-12)


def test_every_reading_counts_what_the_reading_itself_counts(store: Path) -> None:
    """Two hundred readings of the space, drawn at random, against the study's own cut."""
    corpora = [ReleaseCorpus.load(label) for label in LABELS]
    made = space(corpora, PAIRS, ["hr"], Period(2000, 2014), 2)
    by = {c.origin.release: c for c in corpora}
    for k in Random(3).sample(range(len(made.bases)), 200):
        base = made.bases[k]
        cut = by[str(base.reading.release)].cut(base.reading, [base.period])
        assert made.chosen[k] == cut.roll_calls(0)
        for p, (a, b) in enumerate(PAIRS):
            assert made.counts[k, p].reshape(4, 4).tolist() == [list(r) for r in cut.counts(0, a, b).table]


def test_the_declared_reading_is_among_them_and_ends_move_as_told(store: Path) -> None:
    made = space([ReleaseCorpus.load(LABELS[0])], PAIRS, ["all"], Period(2000, 2014), 2)
    declared = [b for b in made.bases if not (b.start or b.end) and b.reading.departures.keys() <= {"release", "issue"}]
    assert [b.period.label for b in declared] == ["2000-2014"]
    assert {(b.start, b.end) for b in made.bases} == set(product(range(-2, 3), repeat=2))
    sessions = [b for b in made.bases if b.reading.clock == "session" and not (b.start or b.end)]
    assert {b.period.label for b in sessions} == {"55-69"}


def test_a_period_beyond_a_release_is_not_read_from_it(store: Path) -> None:
    with pytest.raises(EmptySelection):
        solve([("VNM", "RUS", "same=50%")], period="1950-1960", shift=0)


@pytest.mark.parametrize("seed", range(12))
def test_a_planted_reading_is_recovered_or_said_not_unique(store: Path, seed: int) -> None:
    random = Random(seed)
    corpus = ReleaseCorpus.load(LABELS[seed % 2])
    made = space([corpus], PAIRS, ["hr"], Period(2000, 2014), 2)
    k, of = random.randrange(len(made.bases)), random.randrange(2)
    hidden = made.bases[k]
    printed = []
    for p, (a, b) in enumerate(PAIRS):
        for category in ("same", "opposite", "ambivalent"):
            value = values(made.counts[k, p].astype(float), category, share=True)[of]
            printed.append((a, b, f"{category}={value:.1f}%"))
    items = [parse_item(figure, a, b) for a, b, figure in printed]
    declared = Base(Reading(release=corpus.origin.release, issue="hr"), Period(2000, 2014), 0, 0)
    found = find(made, items, int(made.chosen[k]), declared, show=len(made.bases) * 8)
    assert len(found.giving_all) == found.all_count  # every one is listed
    given = {(x.base.reading, x.base.period, x.of) for x in found.giving_all}
    assert (hidden.reading, hidden.period, ("all", "cast")[of]) in given
    answer = solve(printed, issue="hr", period="2000-2014", n=int(made.chosen[k]), release=corpus.origin.release)
    assert answer.found.all_count == found.all_count >= 1


def test_fewest_departures_come_first(store: Path) -> None:
    counts = ReleaseCorpus.load().cut(Reading(issue="hr"), [Period(2000, 2014)]).counts(0, "VNM", "RUS")
    answer = solve([("VNM", "RUS", f"same={counts.same}")], issue="hr", period="2000-2014")
    first, *others = answer.found.giving_all
    assert first.departures == () and first.base.period.label == "2000-2014"
    assert [len(r.departures) for r in answer.found.giving_all] == sorted(len(r.departures) for r in (first, *others))


def test_what_shares_are_of_may_be_settled_and_counts_stay_counts(store: Path) -> None:
    counts = ReleaseCorpus.load().cut(Reading(issue="hr"), [Period(2000, 2014)]).counts(0, "VNM", "RUS")
    printed = [
        ("VNM", "RUS", f"same={100 * counts.same / counts.cast:.1f}%"),
        ("VNM", "RUS", f"opposite={counts.opposite}"),
    ]
    free, of_cast = (solve(printed, issue="hr", period="2000-2014", of=of) for of in (None, "cast"))
    assert of_cast.found.tried * 4 == free.found.tried
    assert {r.of for r in of_cast.found.giving_all} == {"cast"}
    assert of_cast.found.giving_all[0].departures == ()
    with pytest.raises(UsageError):
        solve(printed, period="2000-2014", of="everything")


def test_luck_is_high_for_one_loose_figure_and_low_for_many_sharp_ones(store: Path) -> None:
    loose = solve([("VNM", "RUS", "same=50%")], period="2000-2014").found.null_rate
    sharp = [("VNM", s, f"{c}=33.3%") for s in ("RUS", "USA") for c in ("same", "opposite", "ambivalent")]
    assert loose > 0.5 > solve(sharp, period="2000-2014").found.null_rate
    again = [solve([("VNM", "RUS", "same=50%")], period="2000-2014", seed=4).found.null_rate for _ in range(2)]
    assert again[0] == again[1]


def test_the_nearest_reading_says_what_would_have_to_change(store: Path) -> None:
    corpus = ReleaseCorpus.load(LABELS[0])
    made = space([corpus], PAIRS[:1], ["hr"], Period(2000, 2014), 0)
    base = Base(Reading(release=LABELS[0], issue="hr"), Period(2000, 2014), 0, 0)
    n = int(made.chosen[0])
    # Of 2 counts that are given and one that is two off, under readings that all have the same N.
    wanted = {c: int(values(made.counts[0, 0].astype(float), c, share=False)[0]) for c in ("same", "opposite")}
    items = [
        parse_item(f"same={wanted['same'] + 2}", "VNM", "RUS"),
        parse_item(f"opposite={wanted['opposite']}", "VNM", "RUS"),
    ]
    found = find(made, items, n, base)
    assert found.all_count == 0 and found.nearest is not None
    assert found.nearest.changes[0] == 2 and found.nearest.changes[1] is None and found.nearest.size == 2


def test_counts_that_a_share_admits() -> None:
    assert list(Printed.parse("12.9 %").counts(124)) == [16]
    item = Item("VNM", "RUS", "same", Printed.parse("35 %"))
    assert list(item.printed.counts(124)) == [43, 44]


def test_every_format(store: Path) -> None:
    answer = solve([("VNM", "RUS", "same=50%"), ("VNM", "USA", "opposite=20%")], issue="hr", period="2000-2014", n=75)
    for made in (text(answer), text(answer, 80), as_markdown(answer), as_html(answer), as_csv(answer), as_json(answer)):
        assert "50%" in made
    told = answer.to_dict()
    assert told["tried"] == answer.found.tried and set(told["question"]) >= {"issue", "period", "n", "printed"}


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"printed": []}, UsageError),
        ({"printed": [("VNM", "RUS", "same")]}, UsageError),
        ({"printed": [("VNM", "RUS", "alike=75%")]}, UsageError),
        ({"printed": [("VNM", "RUS", "same=lots")]}, BadValue),
        ({"printed": [("VNM", "RUS", "same=120%")]}, BadValue),
        ({"printed": [("VNM", "RUS", "same=5 bn USD")]}, BadValue),
        ({"printed": [("VNM", "VNM", "same=75%")]}, SamePair),
        ({"printed": [("VNM", "Atlantis", "same=75%")]}, UnknownState),
        ({"period": "2014-2000"}, BadPeriod),
        ({"period": "lately"}, BadPeriod),
        ({"issue": "love"}, UnknownIssue),
        ({"shift": 11}, UsageError),
        ({"n": 0}, UsageError),
        ({"printed": [("VNM", "RUS", "same=75%")] * 41}, UsageError),
    ],
)
def test_what_cannot_be_asked(store: Path, asked: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        solve(**{"printed": [("VNM", "RUS", "same=75%")], "period": "2000-2014"} | asked)  # type: ignore[arg-type]


def test_each_figure_belongs_to_the_pair_named_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "solve VNM RUS --period 2000-2014 --print same=50% --pair VNM USA --print opposite=20% --format csv"
    monkeypatch.setattr("sys.argv", ["comity", *line.split()])
    with pytest.raises(SystemExit) as left:
        run()
    out = capsys.readouterr().out
    assert left.value.code in (0, None) and "VNM,RUS,same" in out and "VNM,USA,opposite" in out


@pytest.mark.parametrize("line", ["--pair VNM", "--pair VNM --print same=4%", "--pair"])
def test_a_pair_of_one_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="two states"):
        bound(line.split())


def test_a_document_s_figures_are_taken_together() -> None:
    """Six figures of the shipped text, its number of roll calls among them; a period has to be named."""
    held = figures_of("fulcrum-2022", "2000-2020")
    assert held.n == 443 and held.issue == "hr" and len(held.printed) >= 5
    assert ("VNM", "RUS", "same=75 %") in held.printed and {p[:2] for p in held.printed} > {("VNM", "RUS")}
    with pytest.raises(UsageError, match="1992-1999"):
        figures_of("fulcrum-2022")
    with pytest.raises(UsageError, match="fulcrum-2022"):
        figures_of("nobody-1900")
