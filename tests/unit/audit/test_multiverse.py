"""A figure under every equivalent reading, and on two releases: counted anew, reading by reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.audit.multiverse import AXES, TAGS, multiverse
from comity.audit.vintage import vintage
from comity.errors import BadValue, ComityError, EmptySelection, UnknownRelease, UsageError
from comity.model.period import Period
from comity.model.reading import Reading
from comity.report.figures.curve import curve
from comity.report.figures.style import NARROW, WIDE
from comity.report.terminal import text
from comity.report.text_formats import as_csv, as_html, as_json, as_markdown
from comity.study.release import ReleaseCorpus
from small_store import LABELS, fill

ON = {"issue": "hr", "period": "2000-2014"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("multiverse")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
    return folder


@pytest.fixture(autouse=True)
def use_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))


def test_each_version_is_what_its_reading_counts(store: Path) -> None:
    corpora = {label: ReleaseCorpus.load(label) for label in LABELS}
    answer = multiverse("VNM", "RUS", "same=50%", **ON)
    assert len(answer.versions) > 3
    for version in answer.versions:
        chosen = dict(zip(AXES, version.choices, strict=True))
        of, release = chosen.pop("of"), chosen["release"]
        reading = Reading(**{**chosen, "issue": "hr"})  # type: ignore[arg-type]
        counts = corpora[release].cut(reading, [Period(2000, 2014)]).counts(0, "VNM", "RUS")
        n = counts.roll_calls if of == "all" else counts.cast
        assert version.value == pytest.approx(100 * counts.same / n)


def test_only_equivalent_choices_are_in_the_curve(store: Path) -> None:
    answer = multiverse("VNM", "RUS", "same=50%", **ON)
    assert {TAGS[name] for name in AXES} == {"equivalent"}
    assert {x.choice for x in answer.beyond} == {"clock", "start", "end", "abstentions"}
    assert {x.tag for x in answer.beyond} == {"uncertain", "not_equivalent"}
    values = [v.value for v in answer.versions]
    assert values == sorted(values) and values[0] <= answer.declared <= values[-1]  # type: ignore[operator]
    assert sum(answer.shares.values()) == pytest.approx(1)


def test_a_text_that_says_what_its_share_is_of_leaves_no_choice_there(store: Path) -> None:
    answer = multiverse("VNM", "RUS", "same=50%", of="cast", **ON)
    assert {dict(zip(AXES, v.choices, strict=True))["of"] for v in answer.versions} == {"cast"}
    assert "of" not in answer.shares and "of" in {x.choice for x in answer.beyond}


def test_every_format_and_the_figure(store: Path) -> None:
    answer = multiverse("VNM", "RUS", "opposite=20%", **ON)
    for made in (text(answer), text(answer, 80), as_markdown(answer), as_html(answer)):
        assert "equivalent readings" in made
    assert as_csv(answer).count("\n") == len(answer.versions) + 1 and '"curve"' in as_json(answer)
    for size in (WIDE, NARROW):
        drawn = curve(answer, size=size).to_dict()
        assert drawn["vconcat"] and "equivalent" not in drawn["description"]


def test_two_releases_and_what_makes_the_difference(store: Path) -> None:
    """voeten-2016 holds other votes of the same roll calls: every difference is named and adds up."""
    answer = vintage("VNM", "RUS", "same", releases=(LABELS[0], LABELS[2]), **ON)
    assert answer.k[0] + sum(m.adds for m in answer.moved) == answer.k[1]
    only = [sum(m.kind == kind for m in answer.moved) for kind in ("only_first", "only_second")]
    assert answer.n[0] - only[0] + only[1] == answer.n[1]
    assert answer.matched == answer.n[0] - only[0]
    for made in (text(answer, 80), as_markdown(answer), as_html(answer), as_csv(answer), as_json(answer)):
        assert made


def test_a_release_beside_its_twin_differs_in_nothing(store: Path) -> None:
    answer = vintage("VNM", "RUS", "same", releases=(LABELS[0], LABELS[1]), **ON)
    assert answer.k[0] == answer.k[1] and not [m for m in answer.moved if m.kind == "changed"]


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: multiverse("VNM", "RUS", "same=12", **ON), BadValue),
        (lambda: multiverse("VNM", "RUS", "same=50%", of="votes", **ON), BadValue),
        (lambda: multiverse("VNM", "RUS", "same=50%", period="1950-1955"), EmptySelection),
        (lambda: vintage("VNM", "RUS", "alike", releases=(LABELS[0], LABELS[1]), **ON), UsageError),
        (lambda: vintage("VNM", "RUS", "same", releases=(LABELS[0], LABELS[0]), **ON), UsageError),
        (lambda: vintage("VNM", "RUS", "same", releases=(LABELS[0], "none"), **ON), UnknownRelease),
        (lambda: vintage("VNM", "RUS", "same", releases=(LABELS[0], LABELS[1]), period="1950-1955"), EmptySelection),
    ],
)
def test_what_cannot_be_asked(store: Path, ask: object, error: type[ComityError]) -> None:
    with pytest.raises(error):
        ask()  # type: ignore[operator]
