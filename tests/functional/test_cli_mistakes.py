"""A user's mistake: one line on standard error, its class's exit code, nothing on standard output, nothing written."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from comity import errors
from comity.store.folder import DERIVED
from small_store import comity, contents, fill

# command line, the error's class, words of the line
MISTAKES = [
    ("pair Atlantis RUS", errors.UnknownState, "Unknown state (got 'Atlantis')"),
    ("pair VNM RUS --vs USA,Atlantis", errors.UnknownState, "Atlantis"),
    ("rank ''", errors.UnknownState, "Unknown state"),
    ("pair Germany FRA --periods 1980 --release starter", errors.AmbiguousState, "DDR"),
    ("pair VNM RUS --periods 1950-1960 --release starter", errors.StateDidNotExist, "VNM"),
    ("pair DDR RUS --periods 1995", errors.StateDidNotExist, "DEU (Germany)"),
    ("pair TLS RUS --periods 1990-1995", errors.StateDidNotExist, "counted from 2002-09-27"),
    ("pair TLS RUS --periods 1990-1995,2005-2010", errors.StateDidNotExist, "Timor-Leste (TLS) held no seat"),
    ("pair CHE RUS --periods 1990-1995", errors.StateDidNotExist, "Switzerland (CHE) held no seat"),
    ("pair VNM RUS --vs CHE --periods 1990-1995", errors.StateDidNotExist, "counted from 2002-09-10"),
    ("rank TLS --period 1990-1995", errors.StateDidNotExist, "Timor-Leste (TLS) held no seat"),
    ("trend YUG RUS --period 2005-2010", errors.StateDidNotExist, "Yugoslavia (YUG) held no seat"),
    ("pair YUG RUS --periods 2005-2010", errors.StateDidNotExist, "Try "),
    ("pair VNM VNM", errors.SamePair, "two different states"),
    ("pair 'Viet Nam' VNM", errors.SamePair, "two different states"),
    ("splits RUS Russia", errors.SamePair, "two different states"),
    ("dossier RUS 'Russian Federation'", errors.SamePair, "two different states"),
    ("pair VNM RUS --periods 2000-1992", errors.BadPeriod, "reversed"),
    ("pair VNM RUS --periods 1992-1999,2020-2000", errors.BadPeriod, "Write 2000-2020"),
    ("pair VNM RUS --periods 1900-1950", errors.BadPeriod, "outside the data"),
    ("trend VNM RUS --period 1992-2099", errors.BadPeriod, "1990-2024"),
    ("pair VNM RUS --clock session --periods 90-99", errors.BadPeriod, "outside the data"),
    ("pair VNM RUS --periods the-nineties", errors.BadPeriod, "Cannot read the period"),
    ("pair VNM RUS --periods 92-99", errors.BadPeriod, "four digits"),
    ("pair VNM RUS --periods ,", errors.BadPeriod, "No period given"),
    ("pair VNM RUS --clock day --periods 1999-02-30", errors.BadPeriod, "No such day"),
    ("trend VNM RUS --clock day", errors.BadPeriod, "year or session"),
    ("export dyad-year --clock day -o made", errors.BadPeriod, "year or session"),
    ("pair VNM RUS --issue humanrights", errors.UnknownIssue, "Did you mean hr?"),
    ("pair VNM RUS --issue hr+xx", errors.UnknownIssue, "all, me, nu, di, hr, co, ec"),
    ("pair VNM RUS --issue set:mine", errors.UnknownIssue, "set:FILE.csv"),
    ("vote A/RES/68/262 --group Atlanteans", errors.UnknownIssue, "Unknown group"),
    ("vote A/RES/78/9999", errors.UnknownIssue, "A/RES/78/9999"),
    ("pair VNM RUS --release nonsense", errors.UnknownRelease, "voeten-2024-wide"),
    ("vote A/RES/68/262 --release nonsense", errors.UnknownRelease, "nonsense"),
    ("data diff voeten-2016 nonsense", errors.UnknownRelease, "nonsense"),
    ("data check nonsense", errors.UnknownRelease, "nonsense"),
    ("data remove nonsense", errors.UnknownRelease, "nonsense"),
    ("data remove ../../escape", errors.UsageError, "label"),
    ("rank RUS --min-common 2", errors.UsageError, "0 to 1"),
    ("rank RUS --min-common -0.1", errors.UsageError, "0 to 1"),
    ("rank RUS --min-common nan", errors.UsageError, "0 to 1"),
    ("rank RUS --min-common half", errors.UsageError, "--min-common"),
    ("pair VNM RUS --format nonsense", errors.UsageError, "'text', 'json', 'csv', 'md', 'html'"),
    ("pair VNM RUS --clock week", errors.UsageError, "'year', 'session', 'day'"),
    ("pair VNM RUS --tally-mismatch maybe", errors.UsageError, "'strict'"),
    ("pair VNM RUS --nonsense", errors.UsageError, "--nonsense"),
    ("pair VNM", errors.UsageError, "See comity pair --help"),
    ("nonsense", errors.UsageError, "See comity --help"),
    ("dossier VNM RUS --format docx -o made", errors.UsageError, "html, md, json, pdf"),
    ("dossier VNM RUS --format pdf,docx -o made", errors.UsageError, "docx"),
    ("dossier VNM RUS --format , -o made", errors.UsageError, "html, md, json, pdf"),
    ("balance VNM --powers USA", errors.UsageError, "two powers or more"),
    ("balance VNM --powers USA,VNM", errors.UsageError, "other than the state"),
    ("balance VNM --weights love=2", errors.UsageError, "votes, arms, trade"),
    ("balance VNM --basis weighted", errors.UsageError, "raw, baseline"),
    ("figure balance VNM --powers USA,CHN -o balance.svg", errors.UsageError, "three powers"),
    ("figure balance VNM -o balance.docx", errors.UsageError, ".svg"),
    ("arms VNM", errors.NoDataset, "comity data add FILE"),
    ("trade VNM RUS", errors.NoDataset, "comity data add FILE"),
    ("figure years VNM RUS -o years.docx", errors.UsageError, ".svg"),
    ("figure nonsense VNM RUS -o years.svg", errors.UsageError, "periods, years"),
    ("figure paths VNM RUS -o paths.docx", errors.UsageError, ".svg"),
    ("figure paths VNM RUS --group nonsense -o paths.svg", errors.UnknownIssue, "asean"),
    ("figure paths VNM RUS --issue nonsense -o paths.svg", errors.UsageError, "families"),
    ("figure distance VNM VNM -o distance.svg", errors.SamePair, "two different states"),
    ("figure distance VNM RUS --release starter -o distance.svg", errors.RollCallsMissing, "comity data add FILE"),
    ("figure map A/RES/99/999 -o map.svg", errors.UnknownIssue, "A/RES/99/999"),
    ("export dyad-year --format xlsx -o made", errors.UsageError, "csv"),
    ("export dyad-year --codes fips -o made", errors.UsageError, "cow"),
    ("cite --format endnote", errors.UsageError, "'bibtex'"),
    ("pair VNM RUS --issue title:Kosovo", errors.EmptySelection, "Widen the period or the issue"),
    ("rank RUS --issue title:Kosovo", errors.EmptySelection, "Widen the period or the issue"),
    ("family show 99999", errors.UsageError, "No family has this number"),
    ("family show 'no such words'", errors.EmptySelection, "comity family list"),
    ("family show question", errors.UsageError, "Give one number"),
    ("family show 0 --states Atlantis", errors.UnknownState, "Atlantis"),
    ("family show 0 --states ,", errors.UsageError, "--states"),
    ("family list --limit -1", errors.UsageError, "--limit"),
    ("atlas -o absent/deep/a.csv", errors.UsageError, "absent/deep"),
    ("pair Atlantis RUS --release voeten-2016 --issue hr", errors.UnknownState, "Atlantis"),
    ("rank VNM --among 'the neighbours'", errors.UnknownIssue, "the neighbours"),
    ("family list --theme weather", errors.UsageError, "right_to_development"),
    ("family list --format xml", errors.UsageError, "csv"),
    ("pair VNM RUS --issue subject:PEACE", errors.FieldMissing, "no subjects"),
    ("pair VNM RUS --paragraph drop", errors.FieldMissing, "paragraph"),
    ("splits VNM RUS --release starter", errors.RollCallsMissing, "comity data add FILE"),
    ("export dyad-year --release starter -o made", errors.RollCallsMissing, "comity data pull unga"),
    ("pair BRA IND --release starter", errors.RollCallsMissing, "VNM"),
    ("rank BRA --release starter", errors.RollCallsMissing, "VNM"),
    ("pair VNM RUS --clock session --release starter", errors.RollCallsMissing, "clock=session"),
    ("data add absent.csv", errors.BadFile, "absent.csv"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        fill()
    return folder


def of_users(store: Path) -> dict[str, bytes]:
    """What the store holds, but for what a question worked out on its way and keeps for the next (store.derived)."""
    return {name: content for name, content in contents(store).items() if DERIVED not in Path(name).parts}


@pytest.mark.parametrize(("command", "error", "words"), MISTAKES, ids=[command for command, _, _ in MISTAKES])
def test_a_mistake_is_one_line_and_writes_nothing(
    command: str,
    error: type[errors.ComityError],
    words: str,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(store))
    monkeypatch.chdir(tmp_path)
    before = of_users(store)
    ran = comity(shlex.split(command), capsys)
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("comity: ")
    assert words in ran.err
    assert "Traceback" not in ran.err
    # A class below the one named may say it more precisely, but every class of a file's fault is named in the list.
    allowed = {e.exit_code for e in (error, *error.__subclasses__())} if error is errors.BadFile else {error.exit_code}
    assert ran.code in allowed
    assert of_users(store) == before
    assert contents(tmp_path) == {}


def test_a_mistake_in_an_empty_store_creates_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMITY_HOME", str(tmp_path / "home"))
    for command in ("pair Atlantis RUS", "pair VNM RUS --release nonsense", "data remove nonsense", "splits VNM RUS"):
        assert comity(shlex.split(command), capsys).code > 1
    assert not (tmp_path / "home").exists()


def test_every_class_of_a_malformed_question_is_met_above() -> None:
    def below(error: type[errors.ComityError]) -> set[type[errors.ComityError]]:
        return {error}.union(*(below(e) for e in error.__subclasses__()))

    met = {error for _, error, _ in MISTAKES}
    assert below(errors.UsageError) <= met
    assert below(errors.NoAnswer) - {errors.NoAnswer} <= met


def test_every_exit_code_has_one_class() -> None:
    classes = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.ComityError)]
    codes = [e.exit_code for e in classes]
    assert len(set(codes)) == len(codes)
    listed = (errors.__doc__ or "").split()
    for e in classes:
        assert listed[listed.index(e.__name__) + 1] == str(e.exit_code), e.__name__


def test_a_group_is_not_a_state_and_its_members_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    ran = comity(["pair", "VNM", "RUS", "--vs", "P5", "--release", "starter"], capsys)
    assert ran.code == errors.UnknownState.exit_code
    assert "P5 is a group, not a state" in ran.err
    assert "CHN, FRA, GBR, RUS, USA" in ran.err
