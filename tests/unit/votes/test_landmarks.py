"""The ledger of landmark roll calls: well formed, consistent with its tallies and with the members of the day."""

import datetime as dt
import re
import subprocess
import sys
from dataclasses import asdict, replace

import pytest
from pydantic import ValidationError

from comity.model.choice import Choice
from comity.states.registry import registry
from comity.votes.landmarks import Landmark, Majority, Tally, _parse, landmark, landmarks

SYMBOL = re.compile(r"A/RES/(ES-\d+/\d+|\d+\([IVXL]+\)|\d+/\d+)")
SMALL = Landmark(
    symbol="A/RES/99/1",
    session=99,
    date=dt.date(2044, 11, 1),
    title="A text",
    tally=Tally(2, 1, 1, 1),
    against=("BBB",),
    abstaining=("CCC",),
    absent=("DDD",),
    checked=False,
    record="A record, 2044",
)
every_row = pytest.mark.parametrize("row", landmarks(), ids=lambda row: row.symbol)


def changed(**fields: object) -> Landmark:
    return replace(SMALL, **fields)  # type: ignore[arg-type]


@every_row
def test_symbol_is_normalised_and_found(row: Landmark) -> None:
    assert SYMBOL.fullmatch(row.symbol)
    assert landmark(row.symbol) is row
    assert row.symbol.startswith(f"A/RES/{row.session_label or ''}")


@every_row
def test_session_is_the_regular_session_of_the_date(row: Landmark) -> None:
    opened_in = row.session + 1945
    assert dt.date(opened_in, 9, 1) <= row.date < dt.date(opened_in + 1, 10, 1)


@every_row
def test_tally_counts_the_members_of_the_day(row: Landmark) -> None:
    assert row.tally.members == len(registry().members(row.date))


@every_row
def test_lists_name_members_of_the_day_and_give_the_tally(row: Landmark) -> None:
    choices = row.choices(registry().members(row.date))
    if choices is None:
        assert (row.against, row.abstaining, row.absent) == (None, None, None)
        assert not row.checked
        return
    counts = [list(choices.values()).count(c) for c in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.ABSENT)]
    assert counts == list(asdict(row.tally).values())
    for names in (row.against, row.abstaining, row.absent):
        assert names is not None
        assert list(names) == sorted(names)


@every_row
def test_an_adopted_text_reached_its_majority(row: Landmark) -> None:
    assert row.carried in (True, None)
    assert (row.majority is None) == (row.carried is None)


def test_ledger_has_every_text_of_the_eleventh_emergency_session_in_order() -> None:
    rows = [row for row in landmarks() if row.session_label == "ES-11"]
    numbers = [int(row.symbol.rsplit("/", 1)[1]) for row in rows]
    assert numbers == list(range(1, 10))
    assert [row.date for row in rows] == sorted(row.date for row in rows)


def test_symbols_are_listed_once_and_by_date() -> None:
    rows = landmarks()
    assert len({row.symbol for row in rows}) == len(rows) >= 20
    assert list(rows) == sorted(rows, key=lambda row: row.date)


def test_territorial_integrity_of_ukraine() -> None:
    row = landmark("68/262")
    assert row is not None
    assert asdict(row.tally) == {"in_favour": 100, "against": 11, "abstaining": 58, "absent": 24}
    choices = row.choices(registry().members(row.date))
    assert choices is not None
    assert (choices["RUS"], choices["VNM"], choices["UKR"], choices["LAO"]) == (
        Choice.NO,
        Choice.ABSTAIN,
        Choice.YES,
        Choice.ABSENT,
    )
    assert row.mark == "checked against undl-1992-2022 and voeten-2016"
    assert row.link == "https://undocs.org/A/RES/68/262"


def test_suspension_from_the_human_rights_council_counts_yes_and_no_only() -> None:
    row = landmark("ES-11/3")
    assert row is not None
    assert row.majority is not None
    assert row.majority.rule == "two_thirds"
    assert row.majority.needed(row.tally.in_favour, row.tally.against) == 78
    assert row.carried
    assert row.tally.in_favour < row.tally.members * 2 / 3


@pytest.mark.parametrize(
    ("rule", "yes", "no", "carried"),
    [
        ("simple", 50, 50, False),
        ("simple", 51, 50, True),
        ("two_thirds", 2, 1, True),
        ("two_thirds", 89, 61, False),
        ("two_thirds", 66, 34, False),
        ("two_thirds", 67, 33, True),
        ("two_thirds", 0, 0, False),
    ],
)
def test_majority(rule: str, yes: int, no: int, carried: bool) -> None:
    assert Majority(rule, "a rule").carried(yes, no) is carried  # type: ignore[arg-type]


def test_choices_of_members() -> None:
    assert SMALL.choices(frozenset({"AAA", "BBB", "CCC", "DDD", "EEE"})) == {
        "AAA": Choice.YES,
        "BBB": Choice.NO,
        "CCC": Choice.ABSTAIN,
        "DDD": Choice.ABSENT,
        "EEE": Choice.YES,
    }


@pytest.mark.parametrize("members", [{"AAA", "BBB", "CCC", "DDD"}, {"AAA", "BBB", "CCC", "EEE", "FFF"}])
def test_choices_refuse_other_members(members: set[str]) -> None:
    with pytest.raises(ValueError, match="counts 5 members"):
        SMALL.choices(frozenset(members))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"against": ("BBB", "EEE")}, "lengths"),
        ({"absent": None}, "lengths"),
        ({"absent": ("BBB",)}, "listed twice"),
        ({"record": ""}, "public record"),
        ({"checked": True}, "against what"),
        ({"checked": True, "checked_against": ("a-release",)}, "public record"),
    ],
)
def test_an_inconsistent_row_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        changed(**fields)


@pytest.mark.parametrize("line", ["agianst: []", "session: eight", "tally: {in_favour: 1}"])
def test_a_misspelt_or_mistyped_ledger_is_refused(line: str) -> None:
    good = """
    - symbol: A/RES/8/1
      session: 8
      date: 1953-11-01
      title: A text
      tally: {in_favour: 1, against: 0, abstaining: 0, absent: 0}
      checked: false
      record: A record, 1953
    """
    assert _parse(good)[0].date == dt.date(1953, 11, 1)
    key = line.partition(":")[0]
    kept = [text for text in good.splitlines() if not text.strip().startswith(f"{key}:")]
    with pytest.raises(ValidationError):
        _parse("\n".join([*kept[:-1], f"      {line}"]))


def test_importing_the_module_reads_nothing() -> None:
    code = "import sys, comity.votes.landmarks; print(sorted({'yaml', 'pydantic'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
