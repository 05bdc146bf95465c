"""comity ideal at the command line: bad input is one line with its exit code, and thin data are said, not guessed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

import vote_tables
from comity import errors
from comity.report.ideal_vote_tables import point
from comity.report.terminal import text
from comity.study.ideal.settings import settings
from comity.study.ideal.show import ideal_show
from small_store import comity

HEAD = "ccode,session,IdealPoint"
FILES = {
    "binary.csv": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe",
    "empty.csv": b"",
    "columns.csv": b"a,b\n1,2\n",
    "semicolons.csv": b"ccode;session;IdealPoint\n2;50;1\n",
    "head.csv": f"{HEAD}\n".encode(),
    "text.csv": f"{HEAD}\n2,50,much\n".encode(),
    "nan.csv": f"{HEAD}\n2,50,nan\n".encode(),
    "endless.csv": f"{HEAD}\n2,1e400,1\n".encode(),
    "late.csv": f"{HEAD}\n2,999999999,1\n".encode(),
    "half.csv": f"{HEAD}\n2,50.5,1\n".encode(),
    "short.csv": f"{HEAD}\n2,50\n".encode(),
    "twice.csv": f"{HEAD}\n2,50,1\n365,50,-1\n2,50,2\n".encode(),
    "ends.csv": f"{HEAD},Q5%,Q95%\n2,50,1,2,0\n".encode(),
    "same.csv": f"{HEAD}\n2,50,1\n365,50,1\n816,50,1\n".encode(),
    "elsewhere.csv": f"{HEAD}\n2,3,1\n365,3,1\n816,3,1\n".encode(),
    "long.csv": f"{HEAD}\n2,50,{'1' * 200_000}\n".encode(),
    "unknown.csv": b"rcid1,rcid2\nx,y\n",
    "blank.csv": b"rcid1,rcid2\nr1,\n",
    "missing.csv": b"rcid1,rcid2\nr1,NA\nr2,NA\n",
    "some.csv": b"rcid1,rcid2\nr1,r9\nx9,r2\n",
}
STATES = ("USA", "RUS", "VNM", "CHN", "FRA", "CUB")
# Session 50 and 51: texts that divide; of 52 one only; 55 has other states and other texts than the rest.
ROWS = [
    *((1995, f"50/{k}", votes) for k, votes in enumerate(("YNNAYN", "YNAAYN", "YNYNYA", "NYYYNY", "YNNNYN"), 1)),
    *((1996, f"51/{k}", votes) for k, votes in enumerate(("YNNAYN", "YAAAYN", "YNYNYA", "NYYYNY", "YYYYYY"), 1)),
    (1997, "52/1", "YNNAYN"),
]
FLAGS = ("yes", "yes", "no", "no", "no")

# command, the error, words of its line
MISTAKES = [
    ("compare binary.csv", errors.DamagedFile, "this is no text"),
    ("compare empty.csv", errors.BadValue, "columns ccode, session, IdealPoint"),
    ("compare columns.csv", errors.BadValue, "columns.csv: a, b"),
    ("compare semicolons.csv", errors.BadValue, "comma-separated"),
    ("compare head.csv", errors.BadValue, "no line below its columns"),
    ("compare text.csv", errors.BadValue, "text.csv, line 2, column IdealPoint: not a value (got 'much')"),
    ("compare nan.csv", errors.BadValue, "got 'nan'"),
    ("compare endless.csv", errors.BadValue, "column session"),
    ("compare late.csv", errors.BadValue, "a session of the Assembly"),
    ("compare half.csv", errors.BadValue, "50.5"),
    ("compare short.csv", errors.BadValue, "got 'nothing'"),
    ("compare twice.csv", errors.BadValue, "lines 2 and 4: ccode 2, session 50"),
    ("compare ends.csv", errors.BadValue, "no more than Q95%"),
    ("compare same.csv", errors.EmptySelection, "all the same"),
    ("compare elsewhere.csv", errors.EmptySelection, "0 of its 3 rows"),
    ("compare long.csv", errors.DamagedFile, "field larger than"),
    ("compare absent.csv", errors.BadFile, "No such file"),
    ("compare .", errors.BadFile, "cannot be read"),
    ("compare", errors.UsageError, "FILE"),
    ("fit --matches binary.csv", errors.DamagedFile, "this is no text"),
    ("fit --matches columns.csv", errors.BadValue, "rcid1, rcid2"),
    ("fit --matches unknown.csv", errors.BadFile, "No roll call of unknown.csv is in made-up"),
    ("fit --matches blank.csv", errors.BadValue, "line 2, column rcid2"),
    ("fit --matches missing.csv", errors.BadValue, "got 'NA'"),
    ("fit --matches absent.csv", errors.BadFile, "absent.csv"),
    ("fit --method gibbs --chains 0", errors.UsageError, "1 chain of 30, or more"),
    ("fit --method gibbs --iterations 5", errors.UsageError, "1 chain of 30, or more"),
    ("fit --method guess", errors.UsageError, "fit, gibbs, gibbs-as-run"),
    ("fit --smooth", errors.UsageError, "--method gibbs"),
    ("fit --issue xx", errors.UsageError, "all, me, nu, di, hr, co, ec, families"),
    ("fit --sessions 9-3", errors.BadPeriod, "Write 3-9"),
    ("fit --sessions 0-4", errors.BadPeriod, "from 1 on"),
    ("fit --sessions 1-", errors.BadPeriod, "such as 1-74"),
    ("fit --sessions 50-51-52", errors.BadPeriod, "such as 1-74"),
    ("fit --sessions 50,51", errors.BadPeriod, "such as 1-74"),
    ("fit --sessions ''", errors.BadPeriod, "such as 1-74"),
    (f"fit --sessions 1-{'9' * 5000}", errors.BadPeriod, "such as 1-74"),
    ("fit --sessions 60-70", errors.EmptySelection, "made-up holds no roll call of these sessions (got '60-70')"),
    ("fit --sessions 52", errors.EmptySelection, "every item in the selection is unanimous"),
    ("fit --release unanimous", errors.EmptySelection, "every item in the selection is unanimous"),
    ("fit --release apart", errors.EmptySelection, "no state and no text connects sessions 55 and 56"),
    ("show", errors.UsageError, "STATE"),
    ("show ''", errors.UsageError, "Which states?"),
    ("show Atlantis", errors.UnknownState, "Atlantis"),
    ("show DDR", errors.EmptySelection, "None of these states cast a vote that is fitted"),
    ("distance VNM VNM", errors.SamePair, "Both are Viet Nam"),
    ("distance VNM DDR", errors.EmptySelection, "no common session"),
    ("vote A/RES/99/9", errors.UnknownIssue, "A/RES/99/9"),
    ("vote A/RES/50/1 --states Atlantis", errors.UnknownState, "Atlantis"),
    ("vote A/RES/50/1 --sessions 51-52", errors.EmptySelection, "It is of session 50"),
    ("vote A/RES/50/3 --issue hr", errors.EmptySelection, "ask without --issue"),
    ("vote A/RES/51/5", errors.EmptySelection, "chose the same"),
    ("vote A/RES/52/1", errors.EmptySelection, "too few texts of its session"),
    ("vote A/RES/50/1 --issue families", errors.EmptySelection, "no vote is left"),
    ("show VNM --release starter", errors.RollCallsMissing, "comity data pull unga"),
]  # fmt: skip


def written(rows: list[tuple[int, str, str]], states: tuple[str, ...] = STATES) -> str:
    """A vote table, dated 1 December, every second text on human rights."""
    lines = ["|date|session|symbol|hr|" + "|".join(states) + "|"]
    for i, (year, symbol, votes) in enumerate(rows):
        head = (f"{year}-12-01", str(year - 1945), f"A/RES/{symbol}", FLAGS[i % len(FLAGS)])
        lines.append("|" + "|".join((*head, *votes)) + "|")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    early = [(year, symbol, votes + "..") for year, symbol, votes in ROWS[:10]]
    late = [(2000 + k // 3, f"{55 + k // 3}/{k}", "......" + v) for k, v in enumerate(("YN", "NY", "YA") * 2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_HOME", str(folder))
        vote_tables.keep(*vote_tables.frames(written(ROWS)))
        vote_tables.keep(*vote_tables.frames(written([(1995, f"50/{k}", "YYYYYY") for k in range(3)])), "unanimous")
        vote_tables.keep(*vote_tables.frames(written(early + late, (*STATES, "BRA", "IND"))), "apart")
    return folder


@pytest.fixture(autouse=True)
def place(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store, and a folder that holds the files."""
    monkeypatch.setenv("COMITY_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)


def asked(command: str) -> list[str]:
    """The command line, on the made-up release and with texts not linked unless it says otherwise."""
    words = shlex.split(command)
    release = () if "--release" in words else ("--release", "made-up")
    matches = () if "--matches" in words else ("--matches", "none")
    return ["ideal", *words, *release, *matches]


@pytest.mark.parametrize(("command", "error", "words"), MISTAKES, ids=[command[:60] for command, _, _ in MISTAKES])
def test_a_mistake_is_one_line(
    command: str, error: type[errors.ComityError], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = comity(asked(command), capsys)
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("comity: ")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert ran.code == error.exit_code


def told(capsys: pytest.CaptureFixture[str], command: str) -> str:
    """What is printed, its lines joined."""
    ran = comity(asked(command), capsys)
    assert (ran.code, ran.err) == (0, "")
    return " ".join(ran.out.split())


def test_a_session_with_one_text_that_divides_it_is_left_out_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "fit")
    assert "roll calls on unanimous texts (1)" in text
    assert "roll calls on the only text that divides its session (1)" in text
    assert "of 2 sessions" in text or "one dimension misses" not in text
    assert "caller" not in text


def test_a_state_with_one_vote_is_left_out_and_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [(year, symbol, votes + ("Y" if i == 0 else "X")) for i, (year, symbol, votes) in enumerate(ROWS)]
    vote_tables.keep(*vote_tables.frames(written(rows, (*STATES, "BRA"))), "single")
    assert "states with a single vote (1)" in told(capsys, "fit --release single")
    assert "not placed in any of these sessions: Brazil." in told(capsys, "show VNM BRA --release single")
    vote = told(capsys, "vote A/RES/50/1 --states VNM,BRA --release single")
    assert "No vote on this roll call is fitted for Brazil." in vote
    assert "Viet Nam stands at" in vote


def test_texts_of_two_categories_only_are_placed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(year, symbol, votes.replace("A", "N")) for year, symbol, votes in ROWS]
    vote_tables.keep(*vote_tables.frames(written(rows)), "two")
    text = told(capsys, "vote A/RES/50/1 --states VNM --release two")
    assert "Viet Nam stands at" in text
    assert "nan" not in text


def test_ids_that_no_roll_call_has_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "of some.csv that are not in this release link nothing here (1): x9." in told(
        capsys, "fit --matches some.csv"
    )


def test_draws_are_counted_of_those_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "distance USA RUS --method gibbs --chains 1 --iterations 30 --format md")
    drawn = text.partition(" joint draws")[0].rpartition(" ")[2]
    assert int(drawn) < 100
    assert f"Draws above, of {drawn}" in text


def test_states_may_be_given_with_commas(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "show VNM,RUS --format csv") == told(capsys, "show VNM RUS --format csv")


def test_a_figure_says_which_state_it_cannot_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = comity(
        ["figure", "paths", "RUS", "DDR", "--release", "made-up", "--matches", "none", "-o", "paths.svg"], capsys
    )
    assert made.code == 0
    assert "German Democratic Republic" in (tmp_path / "paths.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [50, 80, 100, 120])
def test_no_number_is_cut_short_however_narrow_the_terminal(width: int) -> None:
    corpus = vote_tables.corpus(*vote_tables.frames(written(ROWS)))
    answer = ideal_show(STATES, settings(matches="none"), corpus=corpus)
    page = text(answer, width=width)
    assert "…" not in page
    for p in answer.points:
        low, high = point(p.low), point(p.high)
        assert f"{low} to {high}" in page
    assert max(map(len, page.splitlines())) <= width


def test_a_figure_of_one_session_is_no_page_of_empty_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ["--release", "made-up", "--matches", "none", "--sessions", "50"]
    for name, more in (("paths", ["--group", "p5"]), ("distance", [])):
        made = comity(["figure", name, "VNM", "RUS", *more, *chosen, "-o", f"{name}.svg"], capsys)
        assert (made.code, made.err) == (0, "")
        drawn = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
        width, height = map(float, drawn.partition('viewBox="0 0 ')[2].partition('"')[0].split())
        assert width < 800
        assert height < 700
